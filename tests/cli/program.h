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
        return { ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1, m_process.readAllStandardOutput(),
            m_process.readAllStandardError() };
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

/// `hookbench-cli receive` in a process of its own.
class ReceiverProgram
{
public:
    explicit ReceiverProgram(const QString &home, const QStringList &arguments = {})
        : m_program(home)
    {
        m_program.start(QStringList { QStringLiteral("receive") } + arguments);
        QElapsedTimer timer;
        timer.start();
        while (!m_program.process().canReadLine() && timer.elapsed() < 10'000)
            m_program.process().waitForReadyRead(100);
        const auto line = json::parse(m_program.process().readLine().toStdString());
        if (line)
            m_url = QString::fromStdString(std::string(line->root().find("listening").asString()));
    }

    QString url() const { return m_url; }
    Finished stop()
    {
        m_program.process().terminate();
        return m_program.finish();
    }
    Finished finish() { return m_program.finish(); }

private:
    Program m_program;
    QString m_url;
};

} // namespace hookbench::test
