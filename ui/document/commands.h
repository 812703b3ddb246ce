#pragma once
// The edits of a ProjectDocument. Each keeps the value before and after; JSON is shared, so this is cheap. Golden tests
// go on meaning the mappings they meant: see destination::testsFollowing.
#include "core/destination/golden_test.h"
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
        , m_testsBefore(document.project().tests)
        , m_testsAfter(followed())
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
        // A name typed through one that another mapping has leaves no trace in the tests.
        m_testsAfter = followed();
        m_document.putTests(m_testsAfter);
        setObsolete(m_after == m_before && m_draftAfter == m_draftBefore);
        return true;
    }
    void redo() override { put(m_after, m_draftAfter, m_testsAfter); }
    void undo() override { put(m_before, m_draftBefore, m_testsBefore); }

private:
    json::Document followed() const
    {
        if (m_after.name == m_before.name)
            return m_testsBefore;
        destination::Project before = m_document.project();
        before.mappings[static_cast<std::size_t>(m_index)] = m_before;
        before.tests = m_testsBefore;
        destination::Project after = m_document.project();
        after.mappings[static_cast<std::size_t>(m_index)] = m_after;
        return destination::testsFollowing(before, after, [](std::size_t place) { return place; });
    }
    void put(const destination::Mapping &mapping, const TriggerDraftPtr &draft, const json::Document &tests)
    {
        m_document.m_project.mappings[static_cast<std::size_t>(m_index)] = mapping;
        m_document.m_drafts[static_cast<std::size_t>(m_index)].trigger = draft;
        m_document.apply({ Change::What::Mapping, m_index, -1, m_pointer });
        m_document.putTests(tests);
    }

    ProjectDocument &m_document;
    int m_index;
    destination::Mapping m_before;
    destination::Mapping m_after;
    TriggerDraftPtr m_draftBefore;
    TriggerDraftPtr m_draftAfter;
    json::Document m_testsBefore;
    json::Document m_testsAfter;
    std::string m_pointer;
    int m_typingRun;
};

class AddMapping final : public QUndoCommand
{
public:
    AddMapping(ProjectDocument &document, int index, destination::Mapping mapping)
        : m_document(document)
        , m_index(index)
        , m_mapping(std::move(mapping))
        , m_tests(document.project().tests)
    {
        destination::Project after = document.project();
        after.mappings.insert(after.mappings.begin() + index, m_mapping);
        const auto at = static_cast<std::size_t>(index);
        m_testsAfter = destination::testsFollowing(
            document.project(), after, [at](std::size_t place) { return place < at ? place : place + 1; });
    }
    void redo() override
    {
        m_document.putMapping(m_index, m_mapping, m_drafts);
        m_document.putTests(m_testsAfter);
    }
    void undo() override
    {
        m_drafts = m_document.takeMapping(m_index);
        m_document.putTests(m_tests);
    }

private:
    ProjectDocument &m_document;
    int m_index;
    destination::Mapping m_mapping;
    MappingDrafts m_drafts;
    json::Document m_tests;
    json::Document m_testsAfter;
};

class RemoveMapping final : public QUndoCommand
{
public:
    RemoveMapping(ProjectDocument &document, int index)
        : m_document(document)
        , m_index(index)
        , m_mapping(document.mapping(index))
        , m_tests(document.project().tests)
    {
        destination::Project after = document.project();
        after.mappings.erase(after.mappings.begin() + index);
        const auto at = static_cast<std::size_t>(index);
        m_testsAfter = destination::testsFollowing(
            document.project(), after, [at](std::size_t place) -> std::optional<std::size_t> {
                if (place == at)
                    return std::nullopt;
                return place < at ? place : place - 1;
            });
    }
    void redo() override
    {
        m_drafts = m_document.takeMapping(m_index);
        m_document.putTests(m_testsAfter);
    }
    void undo() override
    {
        m_document.putMapping(m_index, m_mapping, m_drafts);
        m_document.putTests(m_tests);
    }

private:
    ProjectDocument &m_document;
    int m_index;
    destination::Mapping m_mapping;
    MappingDrafts m_drafts;
    json::Document m_tests;
    json::Document m_testsAfter;
};

class MoveMapping final : public QUndoCommand
{
public:
    MoveMapping(ProjectDocument &document, int from, int to)
        : m_document(document)
        , m_from(from)
        , m_to(to)
        , m_tests(document.project().tests)
    {
        destination::Project after = document.project();
        moved(after.mappings, from, to);
        m_testsAfter = destination::testsFollowing(document.project(), after, [from, to](std::size_t place) {
            const int at = static_cast<int>(place);
            if (at == from)
                return static_cast<std::size_t>(to);
            return static_cast<std::size_t>(at > from && at <= to ? at - 1 : at < from && at >= to ? at + 1 : at);
        });
    }
    void redo() override { move(m_from, m_to, m_testsAfter); }
    void undo() override { move(m_to, m_from, m_tests); }

private:
    template <typename T>
    static void moved(std::vector<T> &all, int from, int to)
    {
        T one = std::move(all[static_cast<std::size_t>(from)]);
        all.erase(all.begin() + from);
        all.insert(all.begin() + to, std::move(one));
    }
    void move(int from, int to, const json::Document &tests)
    {
        moved(m_document.m_project.mappings, from, to);
        moved(m_document.m_drafts, from, to);
        m_document.apply({ Change::What::MappingMoved, from, to, {} });
        m_document.putTests(tests);
    }

    ProjectDocument &m_document;
    int m_from;
    int m_to;
    json::Document m_tests;
    json::Document m_testsAfter;
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
        HeaderNames maskedHeaders;
        friend bool operator==(const Head &, const Head &) = default;
    };
    static Head headOf(const destination::Project &project)
    {
        return { project.id, project.name, project.enabled, project.settings, project.maskedHeaders };
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
        project.maskedHeaders = head.maskedHeaders;
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
    void put(const json::Document &tests) { m_document.putTests(tests); }

    ProjectDocument &m_document;
    json::Document m_before;
    json::Document m_after;
};

/// The file was read again.
class ReplaceProject final : public QUndoCommand
{
public:
    /// Without drafts there is none of them any more.
    ReplaceProject(ProjectDocument &document, destination::Project after, std::vector<MappingDrafts> drafts = {})
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
    void put(const destination::Project &project, const std::vector<MappingDrafts> &drafts)
    {
        m_document.m_project = project;
        m_document.m_drafts = drafts;
        m_document.apply({ Change::What::Everything, -1, -1, {} });
    }

    ProjectDocument &m_document;
    destination::Project m_before;
    destination::Project m_after;
    std::vector<MappingDrafts> m_draftsBefore;
    std::vector<MappingDrafts> m_draftsAfter;
};

} // namespace hookbench::document
