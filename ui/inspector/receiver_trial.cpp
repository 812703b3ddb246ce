#include "ui/inspector/receiver_trial.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

namespace hookbench::inspector {

namespace {

constexpr int kCodeLimitMs = 10'000;
constexpr int kCompilerLimitMs = 60'000;
constexpr qsizetype kMostWords = 400;

} // namespace

ReceiverTrial::ReceiverTrial(QObject *parent)
    : QObject(parent)
    , m_limit(new QTimer(this))
{
    m_limit->setSingleShot(true);
    connect(m_limit, &QTimer::timeout, this, [this] {
        const QString program = m_process ? m_process->program() : QString();
        finish(Result::Failed, tr("%1 took too long and was ended.").arg(program));
    });
}

ReceiverTrial::~ReceiverTrial()
{
    cancel();
}

QString ReceiverTrial::missingProgram(signing::Language language)
{
    for (const signing::RunStep &step : signing::runSteps(language)) {
        const QString program = QString::fromStdString(step.program);
        if (!program.startsWith(u"./") && QStandardPaths::findExecutable(program).isEmpty())
            return program;
    }
    return {};
}

void ReceiverTrial::start(TrialInput input)
{
    cancel();
    m_input = std::move(input);
    m_steps = signing::runSteps(m_input.language);
    m_folder = std::make_unique<QTemporaryDir>();
    QFile file(m_folder->filePath(QLatin1String(signing::receiverFileName(m_input.language))));
    const QByteArray code = QByteArray::fromStdString(signing::receiverCode(m_input.language, m_input.mode));
    if (!m_folder->isValid() || !file.open(QIODevice::WriteOnly) || file.write(code) != code.size()) {
        finish(Result::Failed, tr("The code cannot be written to a temporary folder: %1").arg(file.errorString()));
        return;
    }
    file.close();
    startStep(0);
}

void ReceiverTrial::startStep(std::size_t index)
{
    const signing::RunStep &step = m_steps[index];
    QStringList arguments;
    for (const std::string &argument : step.arguments)
        arguments.append(QString::fromStdString(argument));
    if (step.isCode)
        arguments.append(QString::fromStdString(m_input.header));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(signing::kSecretVariable), QString::fromStdString(m_input.secret));
    if (!environment.contains(QStringLiteral("HOME"))) // Go refuses to work without a place for its cache
        environment.insert(QStringLiteral("GOCACHE"), m_folder->filePath(QStringLiteral("go-cache")));
    environment.insert(QStringLiteral("GO111MODULE"), QStringLiteral("off"));
    QString program = QString::fromStdString(step.program);
    if (program.startsWith(u"./"))
        program = m_folder->filePath(program.mid(2));

    m_process = new QProcess(this);
    m_process->setWorkingDirectory(m_folder->path());
    m_process->setProcessEnvironment(environment);
    connect(m_process, &QProcess::finished, this, [this, index] { endStep(index); });
    connect(m_process, &QProcess::errorOccurred, this, [this, program](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(Result::Failed, tr("%1 cannot be started: %2").arg(program, m_process->errorString()));
    });
    m_limit->start(step.isCode ? kCodeLimitMs : kCompilerLimitMs);
    m_process->start(program, arguments);
    if (!m_process)
        return; // it failed at once
    if (step.isCode)
        m_process->write(m_input.body.data(), static_cast<qint64>(m_input.body.size()));
    m_process->closeWriteChannel();
}

void ReceiverTrial::endStep(std::size_t index)
{
    const QByteArray said = m_process->readAllStandardOutput().trimmed();
    const QString errors = QString::fromUtf8(m_process->readAllStandardError()).trimmed().left(kMostWords);
    const bool normal = m_process->exitStatus() == QProcess::NormalExit;
    const int code = m_process->exitCode();
    if (m_steps[index].isCode) {
        if (normal && code == 0 && said == "valid")
            finish(Result::Accepted);
        else if (normal && code == 1 && said == "invalid")
            finish(Result::Refused);
        else
            finish(Result::Failed, tr("%1 ended with %2. %3").arg(m_process->program()).arg(code).arg(errors));
        return;
    }
    if (!normal || code != 0) {
        finish(Result::Failed, tr("%1 cannot compile it. %2").arg(m_process->program(), errors));
        return;
    }
    m_process->disconnect(this);
    m_process->deleteLater();
    startStep(index + 1);
}

void ReceiverTrial::cancel()
{
    m_limit->stop();
    if (QProcess *process = std::exchange(m_process, nullptr)) {
        process->disconnect(this);
        process->kill();
        if (process->state() != QProcess::NotRunning)
            process->waitForFinished(1'000); // it was killed: a matter of milliseconds
        process->deleteLater();
    }
    m_folder.reset();
}

void ReceiverTrial::finish(Result result, const QString &words)
{
    cancel();
    Q_EMIT finished(result, words);
}

} // namespace hookbench::inspector
