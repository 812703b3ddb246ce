#include "core/storage/settings.h"

#include "core/base/logging.h"
#include "core/storage/file.h"

#include <QFile>
#include <QSettings>
#include <QStringList>

#include <fmt/format.h>

#include <algorithm>

namespace hookbench::storage {

namespace {

QString keyOf(const char *key)
{
    return QString::fromLatin1(key);
}

bool isChoice(std::string_view word, std::string_view choices)
{
    if (choices.empty())
        return true;
    for (std::size_t at = 0; at <= choices.size();) {
        const std::size_t end = std::min(choices.find('|', at), choices.size());
        if (choices.substr(at, end - at) == word)
            return true;
        at = end + 1;
    }
    return false;
}

} // namespace

Settings::Settings(const std::string &path)
    : m_store(std::make_unique<QSettings>(QFile::decodeName(path.c_str()), QSettings::IniFormat))
{
    (void)m_store->allKeys(); // sections are parsed on demand; now is when a mistake has to show
    if (m_store->status() == QSettings::NoError)
        return;
    m_problem = Error{ "settings-damaged",
        fmt::format("The settings in {} cannot be read. The defaults are used and changes last until the program ends. "
                    "Correct the "
                    "file, or move it away, and start again.",
            path),
        {}, std::nullopt };
    qCWarning(lcStorage, "%s", m_problem->message.c_str());
    m_store.reset();
}

Settings::~Settings() = default;

std::string Settings::fileName() const
{
    return QFile::encodeName(m_store->fileName()).toStdString();
}

QVariant Settings::value(const char *key) const
{
    return m_store ? m_store->value(keyOf(key)) : m_session.value(keyOf(key));
}

void Settings::setValue(const char *key, const QVariant &value)
{
    if (!m_store) {
        m_session.insert(keyOf(key), value);
        return;
    }
    // QSettings would make the file readable for all; a proxy's password may be in it. It keeps the mode of one that is
    // there.
    if (const std::string path = fileName();
        !QFile::exists(m_store->fileName()) && makeFolder(path.substr(0, path.rfind('/'))))
        (void)writeFileAtomically(path, {}); // what is wrong will be said by save
    m_store->setValue(keyOf(key), value);
}

void Settings::remove(const char *key)
{
    if (m_store)
        m_store->remove(keyOf(key));
    else
        m_session.remove(keyOf(key));
}

bool Settings::get(const Setting<bool> &setting) const
{
    const QString word = value(setting.key).toString(); // true and false once they have been in the file
    if (word == QLatin1String("true") || word == QLatin1String("1"))
        return true;
    if (word == QLatin1String("false") || word == QLatin1String("0"))
        return false;
    return setting.fallback;
}

int Settings::get(const Setting<int> &setting) const
{
    bool isNumber = false;
    const int number = value(setting.key).toInt(&isNumber);
    return isNumber && number >= setting.least && number <= setting.most ? number : setting.fallback;
}

std::string Settings::get(const Setting<std::string> &setting) const
{
    const QVariant stored = value(setting.key);
    if (stored.metaType().id() != QMetaType::QString)
        return std::string(setting.fallback);
    std::string text = stored.toString().toStdString();
    return isChoice(text, setting.choices) ? text : std::string(setting.fallback);
}

QByteArray Settings::get(const Setting<QByteArray> &setting) const
{
    return value(setting.key).toByteArray();
}

TextList Settings::get(const Setting<TextList> &setting) const
{
    TextList list;
    for (const QString &text : value(setting.key).toStringList()) {
        if (list.size() < setting.most)
            list.push_back(text.toStdString());
    }
    return list;
}

void Settings::set(const Setting<bool> &setting, bool value)
{
    setValue(setting.key, value);
}

void Settings::set(const Setting<int> &setting, int value)
{
    setValue(setting.key, std::clamp(value, setting.least, setting.most));
}

void Settings::set(const Setting<std::string> &setting, std::string_view value)
{
    if (isChoice(value, setting.choices))
        setValue(setting.key, QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())));
}

void Settings::set(const Setting<QByteArray> &setting, const QByteArray &value)
{
    setValue(setting.key, value);
}

void Settings::set(const Setting<TextList> &setting, const TextList &value)
{
    QStringList list;
    for (const std::string &text : value) {
        if (static_cast<std::size_t>(list.size()) < setting.most)
            list.append(QString::fromStdString(text));
    }
    setValue(setting.key, list);
}

void Settings::prepend(const Setting<TextList> &setting, const std::string &value)
{
    TextList list = get(setting);
    std::erase(list, value);
    list.insert(list.begin(), value);
    set(setting, list);
}

Result<void> Settings::save()
{
    if (m_problem)
        return tl::unexpected(*m_problem);
    m_store->sync();
    if (m_store->status() == QSettings::NoError)
        return {};
    return fail("settings-write",
        fmt::format(
            "The settings could not be written to {}. They last until the program ends. Check that the folder may be "
            "written and that the disk is not full.",
            fileName()));
}

} // namespace hookbench::storage
