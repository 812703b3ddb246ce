#include "core/storage/keychain.h"
#include "core/storage/secret_store.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimer>

#include <map>

using namespace hookbench::storage;

namespace {

/// A keychain that works, or refuses, as the test says; it answers from the event loop.
class ScriptedKeychain final : public Keychain
{
public:
    struct State
    {
        std::map<std::string, std::string> entries;
        bool refuses = false;
        int questions = 0;
    };
    explicit ScriptedKeychain(State &state)
        : m_state(state)
    {
    }

    void read(const std::string &key, OnReply reply) override
    {
        answer(std::move(reply), [this, key]() -> Reply {
            const auto found = m_state.entries.find(key);
            if (found == m_state.entries.end())
                return { Answer::NotFound, {}, {} };
            return { Answer::Done, found->second, {} };
        });
    }
    void write(const std::string &key, const std::string &secret, OnReply reply) override
    {
        answer(std::move(reply), [this, key, secret]() -> Reply {
            m_state.entries[key] = secret;
            return { Answer::Done, {}, {} };
        });
    }
    void remove(const std::string &key, OnReply reply) override
    {
        answer(std::move(reply), [this, key]() -> Reply {
            return { m_state.entries.erase(key) == 1 ? Answer::Done : Answer::NotFound, {}, {} };
        });
    }

private:
    template <typename Action>
    void answer(OnReply reply, Action action)
    {
        ++m_state.questions;
        QTimer::singleShot(0, &m_context, [this, reply = std::move(reply), action = std::move(action)] {
            reply(m_state.refuses ? Reply{ Answer::Failed, {}, "the keyring is locked" } : action());
        });
    }

    State &m_state;
    QObject m_context;
};

constexpr int kWaitMs = 20'000;

SecretReading readNow(SecretStore &store, const std::string &id)
{
    std::optional<SecretReading> answer;
    store.read(id, [&](SecretReading reading) { answer = std::move(reading); });
    if (answer || !QTest::qWaitFor([&] { return answer.has_value(); }, kWaitMs))
        return { "answered too early or never", {} };
    return *answer;
}

Kept waitFor(const std::function<void(SecretStore::OnDone)> &call)
{
    std::optional<Kept> answer;
    call([&](Kept kept) { answer = std::move(kept); });
    if (answer || !QTest::qWaitFor([&] { return answer.has_value(); }, kWaitMs))
        return { Keeping::Session, "answered too early or never" };
    return *answer;
}

Kept writeNow(SecretStore &store, const std::string &id, const std::string &secret)
{
    return waitFor([&](SecretStore::OnDone done) { store.write(id, secret, std::move(done)); });
}

Kept removeNow(SecretStore &store, const std::string &id)
{
    return waitFor([&](SecretStore::OnDone done) { store.remove(id, std::move(done)); });
}

} // namespace

class TestSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_state = {};
        m_store = makeKeychainSecretStore(std::make_unique<ScriptedKeychain>(m_state));
    }

    void keepsInTheKeychain()
    {
        QCOMPARE(readNow(*m_store, "p").secret, std::nullopt);
        const Kept kept = writeNow(*m_store, "p", "geheim ü");
        QVERIFY(kept.keeping == Keeping::Keychain);
        QVERIFY(kept.word.empty());
        QCOMPARE(m_state.entries.at("p"), std::string("geheim ü"));
        QCOMPARE(readNow(*m_store, "p").secret, std::optional<std::string>("geheim ü"));
        QCOMPARE(readNow(*m_store, "other").secret, std::nullopt);

        QVERIFY(removeNow(*m_store, "p").keeping == Keeping::Keychain);
        QVERIFY(m_state.entries.empty());
        QVERIFY(removeNow(*m_store, "p").keeping == Keeping::Keychain);
        QCOMPARE(readNow(*m_store, "p").secret, std::nullopt);
    }

    void anEmptySecretIsNone()
    {
        (void)writeNow(*m_store, "p", "x");
        QVERIFY(writeNow(*m_store, "p", "").keeping == Keeping::Keychain);
        QVERIFY(m_state.entries.empty());
    }

    void keepsForTheSessionWhatTheKeychainRefuses()
    {
        m_state.refuses = true;
        const Kept kept = writeNow(*m_store, "p", "secret-word");
        QVERIFY(kept.keeping == Keeping::Session);
        QVERIFY2(kept.word.find("the keyring is locked") != std::string::npos, kept.word.c_str());
        QVERIFY(kept.word.find("secret-word") == std::string::npos);
        const SecretReading reading = readNow(*m_store, "p");
        QCOMPARE(reading.secret, std::optional<std::string>("secret-word"));
        QVERIFY(reading.kept.keeping == Keeping::Session);
        QVERIFY(!reading.kept.word.empty());
        QVERIFY(m_state.entries.empty());
    }

    void aReadingThatFailsSaysSo()
    {
        m_state.entries["p"] = "unreachable";
        m_state.refuses = true;
        const SecretReading reading = readNow(*m_store, "p");
        QCOMPARE(reading.secret, std::nullopt);
        QVERIFY(reading.kept.keeping == Keeping::Session);
    }

    void whatWasSaidLastCountsWhenTheKeychainComesBack()
    {
        (void)writeNow(*m_store, "p", "old");
        m_state.refuses = true;
        (void)writeNow(*m_store, "p", "new");
        m_state.refuses = false;
        QCOMPARE(readNow(*m_store, "p").secret, std::optional<std::string>("new"));

        QVERIFY(writeNow(*m_store, "p", "newest").keeping == Keeping::Keychain);
        QCOMPARE(readNow(*m_store, "p").secret, std::optional<std::string>("newest"));
        QVERIFY(readNow(*m_store, "p").kept.keeping == Keeping::Keychain);

        m_state.refuses = true;
        (void)removeNow(*m_store, "p");
        m_state.refuses = false;
        QCOMPARE(readNow(*m_store, "p").secret, std::nullopt);
    }

    void answersInOrder()
    {
        QStringList order;
        std::optional<std::string> seen;
        m_store->write("p", "1", [&](const Kept &) { order << QStringLiteral("write 1"); });
        m_store->write("p", "2", [&](const Kept &) { order << QStringLiteral("write 2"); });
        m_store->read("p", [&](const SecretReading &reading) {
            order << QStringLiteral("read");
            seen = reading.secret;
        });
        QVERIFY(order.isEmpty());
        QTRY_COMPARE(order.size(), 3);
        QCOMPARE(order, (QStringList{ QStringLiteral("write 1"), QStringLiteral("write 2"), QStringLiteral("read") }));
        QCOMPARE(seen, std::optional<std::string>("2"));
    }

    void saysNothingOnceItIsGone()
    {
        bool called = false;
        m_store->write("p", "1", [&](const Kept &) { called = true; });
        m_store.reset();
        QTest::qWait(20);
        QVERIFY(!called);
    }

    void theMemoryStoreKeepsForTheSession()
    {
        const auto memory = makeMemorySecretStore();
        QCOMPARE(readNow(*memory, "p").secret, std::nullopt);
        QVERIFY(writeNow(*memory, "p", "secret").keeping == Keeping::Session);
        QCOMPARE(readNow(*memory, "p").secret, std::optional<std::string>("secret"));
        QCOMPARE(readNow(*memory, "q").secret, std::nullopt);
        (void)removeNow(*memory, "p");
        QCOMPARE(readNow(*memory, "p").secret, std::nullopt);
    }

    void theRealKeychainAnswersOrIsReplacedByMemory()
    {
        // Whatever this machine has: the secret is there afterwards, and the store says where.
        const auto real = makeKeychainSecretStore();
        const std::string id = "hookbench-test-" + std::to_string(QCoreApplication::applicationPid());
        const Kept kept = writeNow(*real, id, "secret");
        const SecretReading reading = readNow(*real, id);
        QCOMPARE(reading.secret, std::optional<std::string>("secret"));
        QVERIFY(reading.kept.keeping == kept.keeping);
        QCOMPARE(kept.word.empty(), kept.keeping == Keeping::Keychain);
        (void)removeNow(*real, id);
        QCOMPARE(readNow(*real, id).secret, std::nullopt);
    }

private:
    ScriptedKeychain::State m_state;
    std::unique_ptr<SecretStore> m_store;
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secret_store.moc"
