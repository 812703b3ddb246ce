#pragma once
// What the panels share, handed to each of them by constructor: the document, the session, the secret, the settings and
// the actions of the window. Panels never know each other; they meet here. Window thread only. The app owns the parts
// and outlives the window.
//
// The workbench asks the session again, some milliseconds after the last edit, what the current event would become, and
// keeps the answer: triggers, preview and matches are all read from evaluation().
#include "ui/document/project_document.h"
#include "ui/document/secret.h"

#include "core/pipeline/session.h"
#include "core/storage/settings.h"

#include <QAction>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <utility>

namespace hookbench::document {

enum class SendWhich {
    CurrentEvent, ///< to every enabled mapping
    AllEvents,
    ThisMappingOnly, ///< the current event to the current mapping, though it be disabled
};

class Workbench : public QObject
{
    Q_OBJECT
public:
    Workbench(ProjectDocument &document, pipeline::Session &session, Secret &secret, storage::Settings &settings,
        QObject *parent = nullptr);

    ProjectDocument &document() const { return m_document; }
    pipeline::Session &session() const { return m_session; }
    Secret &secret() const { return m_secret; }
    storage::Settings &settings() const { return m_settings; }

    /// What the current event would become; null until the first answer, and while there is no event.
    const pipeline::EvaluationPtr &evaluation() const { return m_evaluation; }
    /// Edits since then have not been answered yet: show the old answer as it is, it comes within a few frames.
    bool evaluationIsOld() const { return m_evaluationDelay.isActive() || m_asked != m_answered; }
    /// How many enabled mappings match the current event: it would go out by these. nullopt: there is no evaluation.
    std::optional<int> matchCount() const;

    /// The settings as the pipeline takes them.
    pipeline::PlanOptions planOptions() const;
    pipeline::RunOptions runOptions() const;

    /// Why nothing can be sent now, as a sentence; empty: it can.
    QString whyNotSend(SendWhich which) const;
    /// The first error of the mapping at `index`: nothing is sent by it until that is mended. Empty: none.
    QString errorOf(int index) const;
    /// Which enabled mappings stay out of a run because of their errors, as a sentence; empty: none.
    QString whoIsLeftOut() const;
    void send(SendWhich which);
    void stop() { m_session.stop(); }

    void startReceiver();
    void stopReceiver();
    /// Why the receiver could not start, empty when it runs or was stopped.
    const QString &receiverProblem() const { return m_receiverProblem; }

    /// An action of the window's catalogue, e.g. "mapping.new", to show in buttons and menus. Never null: an id that
    /// does not exist is a mistake in the program and stops it.
    QAction *action(const char *id) const;
    /// Says what the action does. Until then it is invisible: nothing on the screen is dead.
    template <typename Do>
    void bind(const char *id, QObject *context, Do &&carryOut)
    {
        QAction *bound = action(id);
        QObject::connect(bound, &QAction::triggered, context, std::forward<Do>(carryOut));
        bound->setVisible(true);
    }
    void registerAction(const char *id, QAction *action);

    /// Shows the place: a pointer into the project document, e.g. /mappings/2/settings/url. Selects the mapping first.
    /// `message` is that of the problem to mend there, when there is one.
    void jumpTo(const std::string &pointer, const std::string &message = {});
    /// While jumpRequested is told.
    const std::string &jumpMessage() const { return m_jumpMessage; }
    /// Loads events from a file (NDJSON, a JSON array, one event) into the event panel.
    void openEvents(const QString &path) { Q_EMIT openEventsRequested(path); }
    /// A sentence in the status bar, for some seconds.
    void say(const QString &sentence) { Q_EMIT said(sentence); }
    /// Line and column of the text cursor, both from 1, for the status bar.
    void showCursor(int line, int column) { Q_EMIT cursorShown(line, column); }
    /// Something of the settings was changed in the settings dialog.
    void tellSettingsChanged();

Q_SIGNALS:
    void evaluationChanged();
    void sendabilityChanged();
    void receiverChanged();
    void settingsChanged();
    void jumpStarting(); ///< the place is to come into sight
    void jumpRequested(const std::string &pointer);
    void openEventsRequested(const QString &path);
    void said(const QString &sentence);
    void cursorShown(int line, int column);

private:
    QString namedError(int index) const;
    void leaveOut(pipeline::RunOptions &run);
    void askSoon();
    void ask();
    void take(const pipeline::EvaluationPtr &evaluation);
    std::vector<std::string> allowedHosts() const;

    ProjectDocument &m_document;
    pipeline::Session &m_session;
    Secret &m_secret;
    storage::Settings &m_settings;
    pipeline::EvaluationPtr m_evaluation;
    QTimer m_evaluationDelay;
    std::uint64_t m_asked = 0;
    std::uint64_t m_answered = 0;
    QString m_receiverProblem;
    std::string m_jumpMessage;
    QHash<QByteArray, QAction *> m_actions;
};

} // namespace hookbench::document
