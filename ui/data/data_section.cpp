#include "ui/data/data_section.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/mapping/mapping.h"
#include "ui/data/functions.h"
#include "ui/data/json_mapping.h"
#include "ui/data/mapping_view.h"
#include "ui/data/sources.h"
#include "ui/data/visual_mapping.h"
#include "ui/document/workbench.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/segmented.h"

#include <QStackedWidget>
#include <QToolButton>

#include <fmt/format.h>

namespace hookbench::data {

namespace {

enum Shape { WholeEvent, BuiltObject };
constexpr std::string_view kPointer = "/data";

json::Document wholeEvent()
{
    static const json::Document kWhole = json::parse(R"({"@path":"$."})").value();
    return kWhole;
}

} // namespace

DataSection::DataSection(document::Workbench &workbench, QWidget *parent)
    : SectionBand(3, tr("Data"), parent)
    , m_workbench(workbench)
    , m_events(workbench.document())
    , m_shape(new widgets::Segmented({ tr("Whole event $."), tr("Build object") }))
    , m_views(new widgets::Segmented({ tr("Visual"), tr("JSON") }))
    , m_add(new QToolButton)
    , m_fields(new QToolButton)
    , m_pages(new QStackedWidget)
    , m_visual(new VisualMapping(workbench, m_events))
    , m_json(new JsonMapping(workbench))
{
    for (QToolButton *button : { m_fields, m_add }) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        theme::setRole(button, theme::Role::Link);
    }
    m_add->setText(tr("Field"));
    m_add->setIcon(theme::icon("plus", theme::Tint::Accent));
    m_add->setToolTip(tr("Add a field to the object (Ins in the tree)"));
    m_add->setAccessibleName(tr("Add field"));
    m_fields->setToolButtonStyle(Qt::ToolButtonIconOnly); // its words would not fit into a narrow window
    m_fields->setIcon(theme::icon("generate", theme::Tint::Accent));
    m_fields->setCheckable(true);
    m_fields->setToolTip(tr("Fields of the loaded events, to tick or to drag onto the mapping"));
    m_fields->setAccessibleName(tr("Suggested fields"));
    addLeading(m_shape);
    addTrailing(m_fields);
    addTrailing(m_add);
    addTrailing(m_views);
    m_pages->addWidget(m_visual);
    m_pages->addWidget(m_json);
    m_pages->setMinimumHeight(6 * theme::metric::kTreeRow);
    setBody(m_pages);

    document::ProjectDocument &document = workbench.document();
    connect(m_shape, &widgets::Segmented::chosen, this, &DataSection::choose);
    connect(m_views, &widgets::Segmented::chosen, this, [this](int view) {
        setView(static_cast<View>(view));
        if (view == Json)
            m_json->editor()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_add, &QToolButton::clicked, this, [this] {
        setFolded(false);
        m_visual->addField();
    });
    connect(m_fields, &QToolButton::toggled, m_visual, &VisualMapping::setFieldsShown);
    connect(m_visual, &VisualMapping::fieldsShownChanged, m_fields, &QToolButton::setChecked);
    // Text that is no mapping yet has no tree; going there would hide it.
    connect(m_json, &JsonMapping::takenChanged, this, [this](bool taken) {
        m_views->setChoiceEnabled(
            Visual, taken, taken ? QString() : tr("The JSON is not valid yet. Mend or undo it first."));
    });
    connect(m_visual, &VisualMapping::rowChosen, this, &DataSection::tellSources);
    connect(&document, &document::ProjectDocument::changed, this, &DataSection::showMapping);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &DataSection::showMapping);
    connect(&workbench, &document::Workbench::evaluationChanged, this, &DataSection::showPreview);
    connect(&workbench, &document::Workbench::jumpRequested, this, &DataSection::jump);
    connect(&document, &document::ProjectDocument::dataTextFound, this, [this] {
        setFolded(false);
        setView(Json);
    });
    connect(&document, &document::ProjectDocument::editorFound, this, &DataSection::openEditor,
        Qt::QueuedConnection); // behind what shows its mapping
    showMapping();
    showPreview();
}

void DataSection::setView(View view)
{
    m_views->setCurrent(view);
    m_pages->setCurrentIndex(view);
    m_add->setVisible(view == Visual);
    m_fields->setVisible(view == Visual);
}

void DataSection::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int index = document.currentMapping();
    if (index < 0)
        return;
    const json::Document &settings = document.mapping(index).settings;
    m_events.setTrigger(document.mapping(index).trigger);
    const json::Value value = settings->find("data");
    m_shape->setCurrent(json::identical(value, wholeEvent()) ? WholeEvent : BuiltObject);
    if (index == m_index && json::identical(value, m_shown) && m_json->isCurrent())
        return;
    const bool another = index != m_index;
    if (another)
        m_built = {};
    m_index = index;
    m_shown = json::Document(settings.arena(), value);
    m_sources.reset();
    m_visual->model()->setHighlighted({});
    m_visual->setMapping(index, m_shown);
    m_json->setMapping(index, m_shown);
    if (document.dataText(index))
        setView(Json);
    const bool fields = m_visual->model()->tree().topContainer().has_value() || value.isUndefined();
    m_add->setEnabled(fields);
    m_fields->setEnabled(fields);
    const bool empty = kindOf(value) == ValueKind::Object && value.size() == 0;
    if (another || !fields || empty)
        m_visual->setFieldsShown(empty);
    if (m_visual->view()->hasFocus())
        tellSources();
}

const std::vector<mapping::Source> &DataSection::sources()
{
    if (!m_sources) {
        const auto compiled = mapping::Mapping::compile(m_workbench.document().mapping(m_index).settings);
        m_sources = compiled ? compiled->provenance() : std::vector<mapping::Source>();
    }
    return *m_sources;
}

void DataSection::tellSources()
{
    QStringList paths;
    if (const Row *row = m_visual->view()->currentRow(); row && m_index >= 0)
        for (const std::string &path : sourcesOf(*row, sources()))
            paths << QString::fromStdString(path);
    m_visual->model()->setHighlighted({});
    Q_EMIT sourcesChosen(paths);
}

void DataSection::addFields(const QStringList &eventPaths)
{
    setFolded(false);
    if (m_json->isTaken()) // what is half typed there is not hidden
        setView(Visual);
    m_visual->addFields(eventPaths);
}

void DataSection::markReadersOf(const QString &eventPath)
{
    if (m_index < 0)
        return;
    m_visual->model()->setHighlighted(readersOf(eventPath.toStdString(), m_visual->model()->tree(), sources()));
}

void DataSection::openEditor(const document::OpenEditor &editor)
{
    constexpr std::string_view kBelow = "/settings/data";
    if (!editor.pointer.starts_with(kBelow))
        return;
    setFolded(false);
    if (m_json->isTaken())
        setView(Visual);
    m_visual->openEditor(editor.pointer.substr(kBelow.size()), editor.state);
}

void DataSection::choose(int shape)
{
    const json::Value value = m_workbench.document().setting(m_index, "/data");
    const bool whole = json::identical(value, wholeEvent());
    if (shape == WholeEvent && !whole) {
        m_built = json::Document::copyOf(value);
        m_workbench.document().setSetting(m_index, "/data", wholeEvent(), tr("Send the whole event"));
    } else if (shape == BuiltObject && whole) {
        const json::Document built = m_built->isUndefined() ? json::parse("{}").value() : m_built;
        m_workbench.document().setSetting(m_index, "/data", built, tr("Build an object"));
        if (m_views->current() == Json)
            m_json->editor()->setFocus();
    }
}

void DataSection::jump(const std::string &pointer)
{
    const std::string place = fmt::format("/mappings/{}/settings{}", m_index, kPointer);
    if (pointer != place && !pointer.starts_with(place + '/'))
        return;
    setFolded(false);
    if (m_views->current() == Json)
        m_json->reveal(pointer.substr(place.size()));
    else
        m_visual->reveal(pointer.substr(place.size()));
}

void DataSection::showPreview()
{
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    ResolvedData resolved;
    if (evaluation && evaluation->preview && evaluation->selected == static_cast<std::size_t>(m_index)) {
        resolved.known = true;
        const auto &settings = evaluation->preview->resolved;
        if (settings) {
            resolved.value = json::Document(settings->arena(), settings->root().find("data"));
        } else {
            const pipeline::RequestPreview &preview = *evaluation->preview;
            resolved.error = settings.error();
            resolved.value = json::Document(preview.rest.arena(), preview.rest->find("data"));
            for (Error fault : preview.faults)
                if (fault.path.starts_with(kPointer)) {
                    fault.path.erase(0, kPointer.size());
                    resolved.faults.push_back(std::move(fault));
                }
            if (resolved.error->path.starts_with(kPointer))
                resolved.error->path.erase(0, kPointer.size());
            else
                resolved.error->path.clear();
        }
    }
    m_visual->setResolved(resolved);
    m_json->setResolved(resolved);
}

} // namespace hookbench::data
