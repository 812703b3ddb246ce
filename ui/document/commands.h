#pragma once
// The edits of a ProjectDocument. Each keeps the value before and after; JSON is shared, so this is cheap.
#include "ui/document/project_document.h"

#include <QUndoCommand>

#include <utility>

namespace hookbench::document {

/// Typing merges with typing at the same place in the same run.
enum CommandId { NeverMerges = -1, TypesMapping = 1, TypesDestination = 2 };

class ChangeMapping final : public QUndoCommand
{
public:
    ChangeMapping(ProjectDocument &document, int index, destination::Mapping after, TriggerDraftPtr draftAfter,
        std::string pointer, int typingRun)
        : m_document(document)
        , m_index(index)
        , m_before(document.mapping(index))
        , m_after(std::move(after))
        , m_draftBefore(document.triggerDraft(index))
        , m_draftAfter(std::move(draftAfter))
        , m_pointer(std::move(pointer))
        , m_typingRun(typingRun)
    {
    }
    int id() const override { return m_typingRun ? TypesMapping : NeverMerges; }
    bool mergeWith(const QUndoCommand *command) override
    {
        const auto *next = static_cast<const ChangeMapping *>(command);
        if (next->m_index != m_index || next->m_pointer != m_pointer || next->m_typingRun != m_typingRun)
            return false;
        m_after = next->m_after;
        m_draftAfter = next->m_draftAfter;
        setObsolete(m_after == m_before && m_draftAfter == m_draftBefore);
        return true;
    }
    void redo() override { put(m_after, m_draftAfter); }
    void undo() override { put(m_before, m_draftBefore); }

private:
    void put(const destination::Mapping &mapping, const TriggerDraftPtr &draft)
    {
        m_document.m_project.mappings[static_cast<std::size_t>(m_index)] = mapping;
        m_document.m_drafts[static_cast<std::size_t>(m_index)] = draft;
        m_document.apply({ Change::What::Mapping, m_index, -1, m_pointer });
    }

    ProjectDocument &m_document;
    int m_index;
    destination::Mapping m_before;
    destination::Mapping m_after;
    TriggerDraftPtr m_draftBefore;
    TriggerDraftPtr m_draftAfter;
    std::string m_pointer;
    int m_typingRun;
};

class AddMapping final : public QUndoCommand
{
public:
    AddMapping(ProjectDocument &document, int index, destination::Mapping mapping, TriggerDraftPtr draft = {})
        : m_document(document)
        , m_index(index)
        , m_mapping(std::move(mapping))
        , m_draft(std::move(draft))
    {
    }
    void redo() override
    {
        auto &mappings = m_document.m_project.mappings;
        mappings.insert(mappings.begin() + m_index, m_mapping);
        m_document.m_drafts.insert(m_document.m_drafts.begin() + m_index, m_draft);
        m_document.apply({ Change::What::MappingAdded, m_index, -1, {} });
    }
    void undo() override
    {
        auto &mappings = m_document.m_project.mappings;
        mappings.erase(mappings.begin() + m_index);
        m_document.m_drafts.erase(m_document.m_drafts.begin() + m_index);
        m_document.apply({ Change::What::MappingRemoved, m_index, -1, {} });
    }

private:
    ProjectDocument &m_document;
    int m_index;
    destination::Mapping m_mapping;
    TriggerDraftPtr m_draft;
};

class RemoveMapping final : public QUndoCommand
{
public:
    RemoveMapping(ProjectDocument &document, int index)
        : m_add(document, index, document.mapping(index), document.triggerDraft(index))
    {
    }
    void redo() override { m_add.undo(); }
    void undo() override { m_add.redo(); }

private:
    AddMapping m_add;
};

class MoveMapping final : public QUndoCommand
{
public:
    MoveMapping(ProjectDocument &document, int from, int to)
        : m_document(document)
        , m_from(from)
        , m_to(to)
    {
    }
    void redo() override { move(m_from, m_to); }
    void undo() override { move(m_to, m_from); }

private:
    void move(int from, int to)
    {
        auto &mappings = m_document.m_project.mappings;
        destination::Mapping mapping = std::move(mappings[static_cast<std::size_t>(from)]);
        mappings.erase(mappings.begin() + from);
        mappings.insert(mappings.begin() + to, std::move(mapping));
        auto &drafts = m_document.m_drafts;
        TriggerDraftPtr draft = std::move(drafts[static_cast<std::size_t>(from)]);
        drafts.erase(drafts.begin() + from);
        drafts.insert(drafts.begin() + to, std::move(draft));
        m_document.apply({ Change::What::MappingMoved, from, to, {} });
    }

    ProjectDocument &m_document;
    int m_from;
    int m_to;
};

/// Name, enabled, settings and id of the destination.
class ChangeDestination final : public QUndoCommand
{
public:
    struct Head
    {
        std::string id;
        std::string name;
        bool enabled = true;
        json::Document settings;
        friend bool operator==(const Head &, const Head &) = default;
    };
    static Head headOf(const destination::Project &project)
    {
        return { project.id, project.name, project.enabled, project.settings };
    }

    ChangeDestination(ProjectDocument &document, Head after, int typingRun)
        : m_document(document)
        , m_before(headOf(document.project()))
        , m_after(std::move(after))
        , m_typingRun(typingRun)
    {
    }
    int id() const override { return m_typingRun ? TypesDestination : NeverMerges; }
    bool mergeWith(const QUndoCommand *command) override
    {
        const auto *next = static_cast<const ChangeDestination *>(command);
        if (next->m_typingRun != m_typingRun)
            return false;
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }
    void redo() override { put(m_after); }
    void undo() override { put(m_before); }

private:
    void put(const Head &head)
    {
        destination::Project &project = m_document.m_project;
        project.id = head.id;
        project.name = head.name;
        project.enabled = head.enabled;
        project.settings = head.settings;
        m_document.apply({ Change::What::Destination, -1, -1, {} });
    }

    ProjectDocument &m_document;
    Head m_before;
    Head m_after;
    int m_typingRun;
};

/// The saved events, all at once: they are few, and share their JSON.
class ChangeEvents final : public QUndoCommand
{
public:
    ChangeEvents(ProjectDocument &document, std::vector<destination::SavedEvent> after, Change forth, Change back)
        : m_document(document)
        , m_before(document.project().events)
        , m_after(std::move(after))
        , m_forth(std::move(forth))
        , m_back(std::move(back))
    {
    }
    void redo() override { put(m_after, m_forth); }
    void undo() override { put(m_before, m_back); }

private:
    void put(const std::vector<destination::SavedEvent> &events, const Change &change)
    {
        m_document.m_project.events = events;
        m_document.apply(change);
    }

    ProjectDocument &m_document;
    std::vector<destination::SavedEvent> m_before;
    std::vector<destination::SavedEvent> m_after;
    Change m_forth;
    Change m_back;
};

/// The golden tests, all at once: they share their JSON.
class ChangeTests final : public QUndoCommand
{
public:
    ChangeTests(ProjectDocument &document, json::Document after)
        : m_document(document)
        , m_before(document.project().tests)
        , m_after(std::move(after))
    {
    }
    void redo() override { put(m_after); }
    void undo() override { put(m_before); }

private:
    void put(const json::Document &tests)
    {
        m_document.m_project.tests = tests;
        m_document.apply({ Change::What::Tests, -1, -1, {} });
    }

    ProjectDocument &m_document;
    json::Document m_before;
    json::Document m_after;
};

/// The file was read again.
class ReplaceProject final : public QUndoCommand
{
public:
    /// Without drafts there is none of them any more.
    ReplaceProject(ProjectDocument &document, destination::Project after, std::vector<TriggerDraftPtr> drafts = {})
        : m_document(document)
        , m_before(document.project())
        , m_after(std::move(after))
        , m_draftsBefore(document.m_drafts)
        , m_draftsAfter(std::move(drafts))
    {
        m_draftsAfter.resize(m_after.mappings.size());
    }
    void redo() override { put(m_after, m_draftsAfter); }
    void undo() override { put(m_before, m_draftsBefore); }

private:
    void put(const destination::Project &project, const std::vector<TriggerDraftPtr> &drafts)
    {
        m_document.m_project = project;
        m_document.m_drafts = drafts;
        m_document.apply({ Change::What::Everything, -1, -1, {} });
    }

    ProjectDocument &m_document;
    destination::Project m_before;
    destination::Project m_after;
    std::vector<TriggerDraftPtr> m_draftsBefore;
    std::vector<TriggerDraftPtr> m_draftsAfter;
};

} // namespace hookbench::document
