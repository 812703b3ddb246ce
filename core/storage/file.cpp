#include "core/storage/file.h"

#include <QFile>
#include <QSaveFile>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookbench::storage {

namespace {

/// Closes itself.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return m_fd; }
    bool ok() const { return m_fd >= 0; }

private:
    int m_fd;
};

std::string folderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

tl::unexpected<Error> cannotRead(const std::string &path, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return fail("file-not-found", fmt::format("There is no file {}. Check the name and the folder.", path));
    case EISDIR:
        return fail("file-is-directory", fmt::format("{} is a folder, a file is needed. Name a file inside it.", path));
    case EACCES:
    case EPERM:
        return fail("file-no-permission",
            fmt::format("You may not read {}. Ask its owner for permission, or copy it to a folder of yours.", path));
    default:
        return fail("file-read", fmt::format("Reading {} failed: {}.", path, std::strerror(error)));
    }
}

tl::unexpected<Error> cannotWrite(const std::string &path, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return fail("file-not-found",
            fmt::format("{} cannot be written: there is no folder {}. Make it first.", path, folderOf(path)));
    case EISDIR:
        return fail("file-is-directory",
            fmt::format("{} is a folder, it cannot be written as a file. Choose another name.", path));
    case EACCES:
    case EPERM:
    case EROFS:
        return fail("file-no-permission",
            fmt::format("You may not write {} ({}). Nothing was changed. Save it in a folder of yours.", path,
                std::strerror(error)));
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return fail("file-disk-full",
            fmt::format("{} was not written: {}. The old file, if any, is unchanged. Free some space and try again.",
                path, std::strerror(error)));
    default:
        return fail("file-write",
            fmt::format("Writing {} failed: {}. The old file, if any, is unchanged.", path, std::strerror(error)));
    }
}

tl::unexpected<Error> tooBig(const std::string &path, std::size_t maxBytes, std::optional<std::size_t> size)
{
    const std::string found
        = size ? fmt::format("{} has {} bytes", path, *size) : fmt::format("{} has more than {} bytes", path, maxBytes);
    return fail(
        "file-too-big", fmt::format("{}, at most {} are read. Split it, or send it as a stream.", found, maxBytes));
}

/// The file a chain of symbolic links ends at, whether it exists or not.
Result<std::string> followLinks(std::string path)
{
    constexpr int kMostLinks = 40; // as Linux
    for (int i = 0; i < kMostLinks; ++i) {
        std::array<char, PATH_MAX> target{};
        const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
        if (length < 0)
            return path;
        const std::string_view text(target.data(), static_cast<std::size_t>(length));
        path = text.starts_with('/') ? std::string(text) : folderOf(path) + "/" + std::string(text);
    }
    return cannotWrite(path, ELOOP);
}

/// Some file systems cannot sync (EINVAL, ENOTSUP); that is no reason to refuse a save.
int syncDescriptor(int fd)
{
    while (::fsync(fd) != 0) {
        if (errno == EINTR)
            continue;
        return errno == EINVAL || errno == ENOTSUP || errno == EROFS ? 0 : errno;
    }
    return 0;
}

} // namespace

Result<std::string> readFile(const std::string &path, std::size_t maxBytes)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat info = {};
    if (!file.ok() || ::fstat(file.get(), &info) != 0)
        return cannotRead(path, errno);
    if (S_ISDIR(info.st_mode))
        return cannotRead(path, EISDIR);
    if (S_ISREG(info.st_mode) && static_cast<std::size_t>(info.st_size) > maxBytes)
        return tooBig(path, maxBytes, static_cast<std::size_t>(info.st_size));

    std::string bytes;
    if (S_ISREG(info.st_mode))
        bytes.reserve(static_cast<std::size_t>(info.st_size));
    std::array<char, 65'536> buffer;
    for (;;) {
        const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
        if (count == 0)
            return bytes;
        if (count < 0) {
            if (errno == EINTR)
                continue;
            return cannotRead(path, errno);
        }
        if (static_cast<std::size_t>(count) > maxBytes - bytes.size())
            return tooBig(path, maxBytes, std::nullopt);
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

Result<void> writeFileAtomically(const std::string &path, std::string_view bytes, std::optional<unsigned> mode)
{
    const Result<std::string> target = followLinks(path);
    if (!target)
        return tl::unexpected(target.error());

    struct stat old = {};
    const bool replaces = ::stat(target->c_str(), &old) == 0;
    if (!replaces && errno != ENOENT)
        return cannotWrite(path, errno);
    if (replaces && S_ISDIR(old.st_mode))
        return cannotWrite(path, EISDIR);
    if (replaces && !S_ISREG(old.st_mode))
        return fail(
            "file-write", fmt::format("{} is a device or a pipe, it cannot be replaced. Choose another name.", path));
    // A folder one may write would let a read-only file be replaced; who made it read-only meant it.
    if (replaces && ::faccessat(AT_FDCWD, target->c_str(), W_OK, AT_EACCESS) != 0)
        return cannotWrite(path, errno);

    const Descriptor folder(::open(folderOf(*target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.ok())
        return cannotWrite(path, errno);

    QSaveFile file(QFile::decodeName(target->c_str()));
    errno = 0;
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return cannotWrite(path, errno != 0 ? errno : EACCES);
    // Before the first byte is in it.
    if (::fchmod(file.handle(), static_cast<mode_t>(mode.value_or(replaces ? old.st_mode & 07777U : kPrivateMode)))
        != 0)
        return cannotWrite(path, errno);
    if (replaces && (old.st_uid != ::geteuid() || old.st_gid != ::getegid()))
        (void)!::fchown(file.handle(), old.st_uid, old.st_gid); // only root can; others become the owner

    errno = 0;
    if (file.write(bytes.data(), static_cast<qint64>(bytes.size())) != static_cast<qint64>(bytes.size()))
        return cannotWrite(path, errno != 0 ? errno : EIO);
    if (const int error = syncDescriptor(file.handle()); error != 0)
        return cannotWrite(path, error);
    errno = 0;
    if (!file.commit())
        return cannotWrite(path, errno != 0 ? errno : EIO);
    // The new name is durable only once its folder is. The file is written by now: a failure here is worth no alarm to
    // the user, since both the old and the new content are whole.
    (void)syncDescriptor(folder.get());
    return {};
}

Result<void> makeFolder(const std::string &path)
{
    if (path.empty())
        return fail("file-write", "A folder without a name cannot be made.");
    for (std::size_t at = 1; at != std::string::npos;) {
        at = path.find('/', at);
        const std::string part = path.substr(0, at);
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
            const int error = errno;
            // A read-only folder above is no obstacle as long as the next one is there.
            struct stat info = {};
            if (::stat(part.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
                if (error == ENOTDIR)
                    return fail("file-not-directory",
                        fmt::format("The folder {} cannot be made: {} is a file.", path, folderOf(part)));
                return cannotWrite(part, error);
            }
        }
        if (at != std::string::npos)
            ++at;
    }
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        return cannotWrite(path, errno);
    if (!S_ISDIR(info.st_mode))
        return fail("file-not-directory",
            fmt::format("{} is a file, a folder is needed. Move it away or name another folder.", path));
    return {};
}

} // namespace hookbench::storage
