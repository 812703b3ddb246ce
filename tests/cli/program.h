#pragma once
// Runs hookbench-cli as its users do: a process with arguments, standard input, an environment of its own.
#include "core/json/parse.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace hookbench::test {

struct Finished
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    std::vector<json::Document> lines() const
    {
        std::vector<json::Document> documents;
        for (const QByteArray &line : out.split('\n'))
            if (!line.isEmpty())
                documents.push_back(json::parse(line.toStdString()).value());
        return documents;
    }
};

class Program
{
public:
    explicit Program(const QString &home)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), home);
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
        environment.insert(QStringLiteral("HOOKBENCH_SHARED_SECRET"), QStringLiteral("hb_demo_4f7c21d09be8"));
        m_process.setProcessEnvironment(environment);
        m_process.setProgram(QStringLiteral(HOOKBENCH_CLI));
    }

    QProcess &process() { return m_process; }

    Program &start(const QStringList &arguments)
    {
        m_process.setArguments(arguments);
        m_process.start();
        return *this;
    }

    Finished finish(int ms = 60'000)
    {
        const bool ended = m_process.waitForFinished(ms);
        return { ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1,
            m_process.readAllStandardOutput(), m_process.readAllStandardError() };
    }

    static Finished run(const QString &home, const QStringList &arguments, const QByteArray &input = {})
    {
        Program program(home);
        program.start(arguments);
        program.process().write(input);
        program.process().closeWriteChannel();
        return program.finish();
    }

private:
    QProcess m_process;
};

/// `hookbench-cli receive` in a process of its own. Its lines go to a file: nobody reads a pipe while the sender is
/// waited for.
class ReceiverProgram
{
public:
    explicit ReceiverProgram(const QString &home, const QStringList &arguments = {})
        : m_output(home + QStringLiteral("/receive-%1.ndjson").arg(++s_count))
        , m_program(home)
    {
        m_program.process().setStandardOutputFile(m_output);
        m_program.start(QStringList{ QStringLiteral("receive") } + arguments);
        QElapsedTimer timer;
        timer.start();
        while (!output().contains('\n') && timer.elapsed() < 30'000)
            QTest::qWait(20);
        if (const auto line = json::parse(output().split('\n').front().toStdString()))
            m_url = QString::fromStdString(std::string(line->root().find("listening").asString()));
    }

    QString url() const { return m_url; }
    Finished stop()
    {
        m_program.process().terminate();
        return finish();
    }
    /// What it printed behind the first line.
    Finished finish()
    {
        Finished finished = m_program.finish();
        const QByteArray all = output();
        finished.out = all.mid(all.indexOf('\n') + 1);
        return finished;
    }

private:
    QByteArray output() const
    {
        QFile file(m_output);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static inline int s_count = 0;
    QString m_output;
    Program m_program;
    QString m_url;
};

} // namespace hookbench::test
