#pragma once
// Tries receiver code against one delivery, in its own runtime where that is on this machine: no shell, a folder of its
// own that is removed afterwards, the secret in the environment, ten seconds at most (a minute for a compiler).
// The window goes on meanwhile; starting again, or the end of this object, ends the programs. Window thread only.
#include "core/signing/receiver_code.h"

#include <QObject>
#include <QString>

#include <memory>

class QProcess;
class QTemporaryDir;
class QTimer;

namespace hookbench::inspector {

struct TrialInput
{
    signing::Language language = signing::Language::Node;
    signing::Mode mode = signing::Mode::FirstEvent;
    std::string body;
    std::string header;
    std::string secret;
};

class ReceiverTrial : public QObject
{
    Q_OBJECT
public:
    enum class Result { Accepted, Refused, Failed };
    Q_ENUM(Result)

    explicit ReceiverTrial(QObject *parent = nullptr);
    ~ReceiverTrial() override;

    /// The first program that is not on this machine; empty: all are.
    static QString missingProgram(signing::Language language);
    void start(TrialInput input);
    void cancel();
    bool isRunning() const { return m_process != nullptr; }

Q_SIGNALS:
    /// `words` says what went wrong, for Failed.
    void finished(hookbench::inspector::ReceiverTrial::Result result, const QString &words);

private:
    void startStep(std::size_t index);
    void endStep(std::size_t index);
    void finish(Result result, const QString &words = {});

    TrialInput m_input;
    std::vector<signing::RunStep> m_steps;
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess *m_process = nullptr;
    QTimer *m_limit;
};

} // namespace hookbench::inspector
