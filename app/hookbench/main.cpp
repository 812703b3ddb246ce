// The desktop program: makes the parts, wires them, shows the window.
#include "core/pipeline/session.h"
#include "core/storage/locations.h"
#include "core/storage/secret_store.h"
#include "core/storage/settings.h"
#include "ui/document/recovery.h"
#include "ui/document/workbench.h"
#include "ui/shell/journal_care.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_files.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>

using namespace hookbench;

namespace {

namespace keys = storage::settings;

theme::Scheme schemeOf(const std::string &word)
{
    return word == "dark" ? theme::Scheme::Dark : word == "light" ? theme::Scheme::Light : theme::Scheme::System;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("hookbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Hookbench"));
    QApplication::setApplicationVersion(QStringLiteral(HOOKBENCH_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("hookbench"));

    QTranslator qtWords;
    if (qtWords.load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(&qtWords);
    QTranslator words;
    if (words.load(QStringLiteral(":/i18n/hookbench_en.qm")))
        QApplication::installTranslator(&words);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "A workbench for Segment's Webhooks (Actions) destination."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sample(QStringLiteral("sample"),
        QApplication::translate("main", "Open the sample destination and start the receiver."));
    const QCommandLineOption noKeychain(QStringLiteral("no-keychain"),
        QApplication::translate("main", "Keep secrets in memory for this session only."));
    parser.addOptions({ sample, noKeychain });
    parser.addPositionalArgument(QStringLiteral("file"),
        QApplication::translate("main", "A project or a file of events."), QStringLiteral("[file]"));
    parser.process(application);

    storage::Settings settings(storage::settingsPath());
    theme::Theme theme(schemeOf(settings.get(keys::theme)));
    document::ProjectDocument document;
    document::Secret secret(
        parser.isSet(noKeychain) ? storage::makeMemorySecretStore() : storage::makeKeychainSecretStore());
    pipeline::Session session;
    document::Workbench workbench(document, session, secret, settings);
    QObject::connect(&workbench, &document::Workbench::settingsChanged, &theme,
        [&] { theme.setScheme(schemeOf(settings.get(keys::theme))); });

    const QString recoveryFolder = QString::fromStdString(storage::dataFolder()) + QStringLiteral("/recovery");
    const document::Recovery recovery(document, recoveryFolder);

    shell::MainWindow window(workbench);
    window.restoreLayout();
    window.show();

    // Behind the first paint: what may take a moment.
    QTimer::singleShot(0, &window, [&] {
        if (settings.problem())
            workbench.say(QString::fromStdString(settings.problem()->message));
        if (settings.get(keys::journalOn)) {
            const auto path = storage::prepareJournalPath();
            if (path)
                window.journalCare()->open(*path);
            else
                Q_EMIT session.journalRefused(path.error());
        }
        if (settings.get(keys::startReceiver) && !parser.isSet(sample))
            workbench.startReceiver();
        window.offerLeftWork(document::Recovery::find(recoveryFolder));
        const QStringList files = parser.positionalArguments();
        if (parser.isSet(sample))
            window.files()->trySample();
        else if (!files.isEmpty())
            window.files()->openAny(files.first());
        else
            window.files()->reopenLast();
    });
    return QApplication::exec();
}
