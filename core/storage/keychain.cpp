#include "core/storage/keychain.h"

#include <QObject>

#include <qt6keychain/keychain.h>

namespace hookbench::storage {

namespace {

QString serviceName()
{
    return QStringLiteral("hookbench");
}

/// QtKeychain. Its jobs delete themselves and run one after the other.
class SystemKeychain final : public Keychain
{
public:
    void read(const std::string &key, OnReply reply) override
    {
        auto *job = new QKeychain::ReadPasswordJob(serviceName());
        start(job, key, std::move(reply), [job] { return job->textData().toStdString(); });
    }

    void write(const std::string &key, const std::string &secret, OnReply reply) override
    {
        auto *job = new QKeychain::WritePasswordJob(serviceName());
        job->setTextData(QString::fromStdString(secret));
        start(job, key, std::move(reply), [] { return std::string(); });
    }

    void remove(const std::string &key, OnReply reply) override
    {
        start(new QKeychain::DeletePasswordJob(serviceName()), key, std::move(reply), [] { return std::string(); });
    }

private:
    template <typename Secret>
    void start(QKeychain::Job *job, const std::string &key, OnReply reply, Secret secret)
    {
        job->setInsecureFallback(false);
        job->setKey(QString::fromStdString(key));
        QObject::connect(job, &QKeychain::Job::finished, &m_context, [job, secret, reply = std::move(reply)] {
            switch (job->error()) {
            case QKeychain::NoError:
                return reply({ Answer::Done, secret(), {} });
            case QKeychain::EntryNotFound:
                return reply({ Answer::NotFound, {}, {} });
            default:
                return reply({ Answer::Failed, {}, job->errorString().toStdString() });
            }
        });
        job->start();
    }

    QObject m_context;
};

} // namespace

std::unique_ptr<Keychain> makeSystemKeychain()
{
    return std::make_unique<SystemKeychain>();
}

} // namespace hookbench::storage
