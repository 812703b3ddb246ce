#pragma once
// The project being edited: one destination::Project value, an undo stack, the current mapping and the current event.
// Every edit of the project is a command; views listen to changed() and never keep a copy.
//
// Edits name their place as the project file does. `Edit::Typing` merges with the edit before it when both went to the
// same place, until endTyping(), a save or another edit: one undo step for one stretch of typing.
//
// Threads: the window's only. Checking and parsing of large texts happen on the thread pool and come back as signals;
// nothing here blocks beyond reading and writing the project file itself.
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/project.h"
#include "core/json/value.h"
#include "ui/document/change.h"
#include "ui/document/event_list.h"
#include "ui/document/quick_fix.h"
#include "ui/document/trigger_draft.h"
#include "ui/document/unfinished.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QFileSystemWatcher;
class QUndoStack;

namespace hookbench::document {

enum class Edit { Single, Typing };
/// Whether a save may replace what another program wrote to the file since it was read.
enum class Overwrite { No, Yes };

/// The event in the editor: its text as typed, and what it means.
struct CurrentEvent
{
    QString name; ///< "Track – Order Completed"
    std::string text;
    json::Document event; ///< undefined while the text is no JSON object
    std::optional<Error> error; ///< why not, with a position in the text
    bool parsing = false; ///< a large text is still being read; event and error are of the text before it
    bool edited = false; ///< the text is not what its list has
    int shown = 0; ///< another number: another event is shown, though it may read the same
};

/// What editors show of a mapping that it cannot hold.
struct MappingDrafts
{
    struct Data
    {
        std::string text;
        json::Document over; ///< the data in force while it was typed
    };
    TriggerDraftPtr trigger; ///< null: the trigger is all there is
    std::optional<Data> data;
};

class ProjectDocument : public QObject
{
    Q_OBJECT
public:
    explicit ProjectDocument(QObject *parent = nullptr);
    ~ProjectDocument() override;

    const destination::Project &project() const { return m_project; }
    QUndoStack *undoStack() const { return m_undo; }

    // --- the file

    /// Forgets everything for a new, empty destination, which has no file.
    void startNew(const QString &name);
    /// As startNew, with content: the sample destination.
    void startWith(destination::Project project, const QString &name);
    Result<void> open(const QString &path);
    /// To the file it came from; writes nothing when nothing was changed. Error codes beside those of storage:
    /// file-changed-outside.
    Result<void> save(Overwrite overwrite = Overwrite::No);
    /// To another file, under a new id: copies of a file shall not share a secret by accident.
    Result<void> saveAs(const QString &path);
    /// Unsaved work that was left behind: the file it belongs to, with the work on top as one undoable edit.
    void restore(destination::Project project, const QString &path, const std::string &eventText,
        const Unfinished &unfinished = {});
    /// Reads the file again, as one undoable edit.
    Result<void> reload();
    /// What another program wrote is not wanted: the next save replaces it, and until then there is something to save.
    void keepMine();
    QString filePath() const { return m_path; } ///< empty: not saved yet
    QString displayName() const; ///< file name, or the destination's name
    bool isModified() const;
    /// The project as it was last read, written or begun with.
    const destination::Project &savedProject() const { return m_saved; }
    /// Which saved mapping this one was; nullopt: it is new. See counterpart.h.
    std::optional<int> savedMapping(int index) const;
    /// It is not as it was saved, or new.
    bool isMappingEdited(int index) const;
    /// Saving will write the file in another layout than the one it has.
    bool willReformat() const { return !m_canonical; }

    // --- the destination

    /// Gives a project without an id one: the secret is kept under it.
    void ensureId();
    void setDestinationName(const QString &name, Edit edit = Edit::Single);
    void setDestinationEnabled(bool enabled);
    /// Hides the values of that header, of whatever case, wherever they are shown, or shows them again.
    void setHeaderMasked(const QString &name, bool masked);

    // --- mappings

    int mappingCount() const { return static_cast<int>(m_project.mappings.size()); }
    /// The mapping, which must exist.
    const destination::Mapping &mapping(int index) const { return m_project.mappings.at(static_cast<size_t>(index)); }
    int currentMapping() const { return m_currentMapping; } ///< -1: there is none
    void setCurrentMapping(int index);
    /// New and disabled, behind the current one; it becomes the current one. Returns its index.
    int addMapping(const QString &name);
    int insertMapping(int index, destination::Mapping mapping, const QString &undoText);
    int duplicateMapping(int index);
    void removeMapping(int index);
    void moveMapping(int from, int to);
    bool canAddMapping() const { return whyNotAddMapping().isEmpty(); }
    /// Why there can be no more of them, as a sentence; empty: there can.
    QString whyNotAddMapping() const;
    /// A name no mapping has: "Mapping", "Mapping 2"…
    QString freshMappingName() const;

    void setMappingName(int index, const QString &name, Edit edit = Edit::Single);
    void setMappingEnabled(int index, bool enabled);
    void setMappingTrigger(int index, const std::string &fql, Edit edit = Edit::Single);
    /// The same under a name of its own ("Add condition"). With a draft the editor shows what `fql` does not say yet:
    /// pass the trigger that stays in force. Without one the draft before it is gone.
    void editTrigger(
        int index, const std::string &fql, TriggerDraftPtr draft, const QString &undoText, Edit edit = Edit::Single);
    /// What the trigger's editor shows instead of the mapping's trigger; null: the trigger is all there is.
    TriggerDraftPtr triggerDraft(int index) const { return m_drafts.at(static_cast<size_t>(index)).trigger; }
    /// Makes a draft of what its toJson gave. Null: it is none any more.
    using DraftReader = std::function<TriggerDraftPtr(const json::Document &)>;
    void setDraftReader(DraftReader read) { m_readDraft = std::move(read); }
    /// The JSON text of a mapping's data while it is none; nullopt: it is valid again.
    void keepDataText(int index, std::optional<std::string> text);
    /// What keepDataText kept, unless the data became other ones since.
    std::optional<std::string> dataText(int index) const;
    /// What stands in an open editor and is not in force; nullopt: there is no such editor.
    void keepEditor(std::optional<OpenEditor> editor);
    Unfinished unfinished() const;
    /// The value below the mapping's settings: pointer "/url", "/headers/X-Tenant", "/data/total", "" for all of it.
    json::Value setting(int index, const std::string &pointer) const;
    /// Replaces or adds it; `value` is copied. `undoText` names the edit: "Change URL". An undefined value removes it.
    void setSetting(
        int index, const std::string &pointer, json::Value value, const QString &undoText, Edit edit = Edit::Single);
    void removeSetting(int index, const std::string &pointer, const QString &undoText);
    /// All of a mapping at once, as one undo step.
    void replaceMapping(int index, destination::Mapping mapping, const QString &undoText);
    /// One undo step, named as the fix is.
    void applyFix(const QuickFix &fix);

    /// The next typing starts a step of its own: call it when an editor loses the focus.
    void endTyping();

    // --- events

    /// Saved events of the project, as a list.
    std::shared_ptr<const EventList> savedEvents() const;
    void addSavedEvent(const QString &name, const json::Document &event);
    void removeSavedEvent(int index);
    void renameSavedEvent(int index, const QString &name);
    void replaceSavedEvent(int index, const json::Document &event);

    /// The events at hand (never null) and which of them is current, -1: none of them.
    const EventList &events() const { return *m_events; }
    std::shared_ptr<const EventList> eventList() const { return m_events; }
    int currentEventIndex() const { return m_eventIndex; }
    void setEvents(std::shared_ptr<const EventList> events, int current = 0);
    void setCurrentEventIndex(int index);

    const CurrentEvent &currentEvent() const { return m_event; }
    /// The text in the event editor. Typed text is not part of the project until it is saved there.
    void setEventText(const std::string &text);
    /// Another event, from no list: a sample, one received.
    void showEvent(const QString &name, const std::string &text);

    // --- golden tests

    /// All of `tests`, as core/destination/golden_test.h edits it. `undoText` names the edit: "Rename test".
    void setTests(const json::Document &tests, const QString &undoText);

    // --- what is wrong

    /// Of the project as it was when the last check ended, and of the drafts as they are.
    const Issues &issues() const { return m_issues; }
    /// The check of the project as it is now has ended.
    bool issuesAreCurrent() const { return !m_checkPending && !m_checking; }

Q_SIGNALS:
    void changed(const hookbench::document::Change &change);
    void maskedHeadersChanged();
    void modifiedChanged(bool modified);
    void pathChanged(const QString &path);
    void currentMappingChanged(int index);
    void eventsChanged(); ///< another list, or another size of it
    void currentEventChanged(); ///< text, meaning or index of the current event
    void issuesChanged();
    void unfinishedChanged();
    /// Restored work left the data of the current mapping half-typed: dataText() has it.
    void dataTextFound();
    /// Restored work had this editor open, on the current mapping.
    void editorFound(const hookbench::document::OpenEditor &editor);
    /// The file is not what was read or written last. Never for our own writes.
    void fileChangedOutside();
    void fileGone();
    /// What another program did to the file is undone.
    void fileAsKnown();

private:
    friend class ChangeDestination;
    friend class ChangeMapping;
    friend class AddMapping;
    friend class RemoveMapping;
    friend class MoveMapping;
    friend class ChangeEvents;
    friend class ChangeTests;
    friend class ReplaceProject;

    void adopt(destination::Project project, const QString &path, bool canonical);
    void apply(const Change &change);
    void putMapping(int index, const destination::Mapping &mapping, MappingDrafts drafts);
    MappingDrafts takeMapping(int index);
    void putTests(const json::Document &tests);
    void pushMapping(int index, destination::Mapping after, std::string pointer, const QString &text, Edit edit);
    void pushMapping(int index, destination::Mapping after, TriggerDraftPtr draft, std::string pointer,
        const QString &text, Edit edit);
    Issues issuesOfDrafts() const;
    void gatherIssues();
    void followSavedEvents(const Change &change);
    void parseEvent();
    void scheduleCheck();
    void runCheck();
    void watch();
    void lookAtFile();
    bool isFileChangedOutside() const;
    void rememberFile(std::string_view bytes);
    void showEventOfList();
    void takeParsed(Result<json::Document> parsed);
    void emitModified();

    destination::Project m_project;
    destination::Project m_saved;
    HeaderNames m_maskedBefore; ///< as maskedHeadersChanged() told last
    std::vector<MappingDrafts> m_drafts; ///< one for each mapping, mostly empty
    DraftReader m_readDraft;
    std::optional<OpenEditor> m_editor;
    QUndoStack *m_undo;
    QString m_path;
    bool m_canonical = true;
    QByteArray m_fileOnDisk; ///< a hash of the bytes that were seen last
    QByteArray m_fileKnown; ///< of those that were read, written, or decided against
    QByteArray m_fileSaved; ///< of those that m_saved was read from or written as
    QFileSystemWatcher *m_watcher;
    QTimer m_watchDelay;

    int m_currentMapping = -1;
    int m_typingRun = 0;

    std::shared_ptr<const EventList> m_events;
    int m_eventIndex = -1;
    bool m_showsSaved = true;
    CurrentEvent m_event;
    int m_eventGeneration = 0;

    Issues m_checked; ///< what the last check found
    Issues m_draftIssues;
    Issues m_issues; ///< both
    QTimer m_checkDelay;
    bool m_checkPending = false;
    bool m_checking = false;
    bool m_wasModified = false;

    QThreadPool m_pool; ///< last member: it waits for its work, which posts to this object
};

} // namespace hookbench::document
