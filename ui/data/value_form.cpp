#include "ui/data/value_form.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "ui/data/json_completion.h"
#include "ui/data/outcome_line.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::data {

using json::Document;
using json::Value;

namespace {

constexpr int kLabelWidth = 76;
constexpr int kMostLiquid = 1000;
constexpr auto kTrialTimer = "trial";
constexpr int kTrialDelayMs = 80;
constexpr int kDeepestForm = 5; // forms in forms; what is deeper is JSON

// Lone surrogates must survive being looked at.
QString toQt(std::string_view wtf8)
{
    return QString::fromStdU16String(json::toUtf16(wtf8));
}

std::string fromQt(const QString &text)
{
    return json::fromUtf16(text.toStdU16String());
}

Document textOf(const QString &text)
{
    auto arena = std::make_shared<json::Arena>();
    const Value value = json::makeString(*arena, fromQt(text));
    return { arena, value };
}

bool isShort(ValueKind kind)
{
    return kind == ValueKind::Variable || kind == ValueKind::MixedText
        || (kind >= ValueKind::Text && kind <= ValueKind::Array) || kind == ValueKind::Nothing;
}

// {{…}} in the colour of variables, the rest plain.
int lexTemplate(QStringView line, int, widgets::TokenSpans &out)
{
    for (qsizetype at = line.indexOf(u"{{"); at >= 0; at = line.indexOf(u"{{", at)) {
        const qsizetype close = line.indexOf(u"}}", at + 2);
        const qsizetype end = close < 0 ? line.size() : close + 2;
        out.push_back({ static_cast<int>(at), static_cast<int>(end - at), widgets::TokenKind::Key });
        at = end;
    }
    return 0;
}

int lexLiquid(QStringView line, int, widgets::TokenSpans &out)
{
    for (qsizetype at = line.indexOf(u'{'); at >= 0 && at + 1 < line.size(); at = line.indexOf(u'{', at)) {
        const QChar next = line[at + 1];
        if (next != u'{' && next != u'%') {
            ++at;
            continue;
        }
        const qsizetype close = line.indexOf(next == u'{' ? u"}}" : u"%}", at + 2);
        const qsizetype end = close < 0 ? line.size() : close + 2;
        out.push_back({ static_cast<int>(at), static_cast<int>(end - at),
            next == u'{' ? widgets::TokenKind::Key : widgets::TokenKind::Word });
        at = end;
    }
    return 0;
}

widgets::CodeEditor::Completions completePlaceholder(const QString &text, int cursor, const EventPaths &paths)
{
    widgets::CodeEditor::Completions found;
    const qsizetype open = text.lastIndexOf(u"{{", cursor - 1);
    if (!paths || open < 0 || text.mid(open, cursor - open).contains(u"}}"))
        return found;
    qsizetype start = cursor;
    const auto part = [](QChar c) { return c.isLetterOrNumber() || QStringView(u"._[]-$").contains(c); };
    while (start > open + 2 && part(text[start - 1]))
        --start;
    const QString typed = text.mid(start, cursor - start);
    found.replaces = static_cast<int>(typed.size());
    for (const EventPath &path : *paths)
        if (path.path.contains(typed, Qt::CaseInsensitive) && path.path != typed)
            found.choices.push_back({ path.path, path.sample });
    return found;
}

widgets::CodeEditor *makeEditor(widgets::LineLexer lexer, int least, int most)
{
    auto *editor = new widgets::CodeEditor;
    editor->setFrameShape(QFrame::StyledPanel);
    editor->setGutter(widgets::CodeEditor::Gutter::None);
    editor->setCurrentLineTinted(false);
    editor->setLexer(std::move(lexer));
    editor->setLineWrapped(true);
    editor->setLinesShown(least, most);
    return editor;
}

} // namespace

ValueForm::ValueForm(EventPaths paths, const QString &label, bool optional, int depth, QWidget *parent)
    : QWidget(parent)
    , m_paths(std::move(paths))
    , m_label(label)
    , m_optional(optional)
    , m_depth(depth)
    , m_kind(new QComboBox)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    m_kind->setAccessibleName(tr("Kind of %1").arg(label));
    m_kind->setMaxVisibleItems(30);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    if (optional)
        m_kind->addItem(kindName(ValueKind::Nothing), static_cast<int>(ValueKind::Nothing));
    for (const ValueKind kind : offeredKinds()) {
        if (kind == ValueKind::Text || kind == ValueKind::Coalesce || kind == ValueKind::Literal)
            m_kind->insertSeparator(m_kind->count());
        m_kind->addItem(isFunction(kind) ? theme::icon("fx") : QIcon(), kindName(kind), static_cast<int>(kind));
        m_kind->setItemData(m_kind->count() - 1, kindHint(kind), Qt::ToolTipRole);
    }
    connect(m_kind, &QComboBox::activated, this, &ValueForm::chooseKind);
    rebuild();
}

QWidget *ValueForm::kindWidget() const
{
    return m_kind;
}

void ValueForm::setValue(const Document &value)
{
    if (json::identical(m_value, value))
        return;
    const ValueKind before = kindOf(m_value);
    m_value = value;
    const bool tooDeep = m_depth >= kDeepestForm && isFunction(kindOf(value));
    std::vector<std::pair<std::string, Operand::Type>> places;
    if (!tooDeep)
        for (const Operand &operand : operandsOf(value))
            places.emplace_back(operand.pointer, operand.type);
    if (!m_asJson && (kindOf(value) != before || places != m_places)) {
        rebuild();
        return;
    }
    m_showing = true;
    for (const auto &[pointer, show] : m_shows)
        show(json::valueAt(m_value, pointer));
    m_showing = false;
}

void ValueForm::showKind()
{
    const ValueKind kind = m_asJson ? ValueKind::Raw : kindOf(m_value);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    m_kind->setToolTip(kindHint(kind));
}

void ValueForm::chooseKind()
{
    const auto kind = static_cast<ValueKind>(m_kind->currentData().toInt());
    if (kind == (m_asJson ? ValueKind::Raw : kindOf(m_value)))
        return;
    // As JSON the value stays what it is; only the way it is written changes.
    m_asJson = kind == ValueKind::Raw;
    if (m_asJson)
        rebuild();
    else if (kind == kindOf(m_value))
        rebuild();
    else
        take(converted(m_value, kind));
    if (QWidget *control = mainControl(); control != m_kind)
        control->setFocus(Qt::OtherFocusReason);
}

void ValueForm::take(const Document &value)
{
    setValue(value);
    Q_EMIT edited(m_value);
}

void ValueForm::set(const Operand &operand, Value to)
{
    if (m_showing)
        return;
    m_value = operand.pointer.empty() ? Document::copyOf(to) : withOperand(m_value, operand, to);
    Q_EMIT edited(m_value);
}

void ValueForm::setText(const Operand &operand, const QString &text)
{
    const bool leaveOut = operand.optional && text.isEmpty();
    set(operand, leaveOut ? Value() : textOf(text).root());
}

void ValueForm::rebuild()
{
    // Controls inside may be the ones that asked: they go when they are done.
    if (m_body) {
        m_body->hide();
        m_layout->removeWidget(m_body);
        m_layout->removeWidget(m_kind);
        m_kind->setParent(this);
        m_body->deleteLater();
    }
    m_shows.clear();
    m_texts.clear();
    m_inner.clear();
    m_places.clear();
    m_main = nullptr;
    m_body = new QWidget(this);
    m_grid = new QGridLayout(m_body);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    const ValueKind kind = kindOf(m_value);
    m_showing = true;
    const bool asJson = m_asJson || kind == ValueKind::Raw || (m_depth >= kDeepestForm && isFunction(kind));
    m_inLine = isShort(kind) && !asJson;
    if (m_inLine) {
        // Kind and value share a line.
        m_grid->addWidget(m_kind, 0, 0, Qt::AlignTop);
        m_kind->show();
    } else {
        m_layout->addWidget(m_kind, 0, Qt::AlignLeft);
        m_kind->show();
    }
    if (asJson) {
        Operand whole;
        whole.type = Operand::Type::Json;
        addJson(whole);
    } else if (kind >= ValueKind::Text && kind <= ValueKind::Array) {
        addStatic(kind);
    } else {
        for (const Operand &operand : operandsOf(m_value)) {
            m_places.emplace_back(operand.pointer, operand.type);
            addOperand(operand);
        }
        if (kind == ValueKind::Merge) {
            auto *more = new QToolButton;
            more->setText(tr("Object"));
            more->setIcon(theme::icon("plus"));
            more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            more->setAccessibleName(tr("Add an object"));
            theme::setRole(more, theme::Role::Link);
            connect(more, &QToolButton::clicked, this, [this] { take(withAnotherObject(m_value)); });
            m_grid->addWidget(more, m_grid->rowCount(), 1, Qt::AlignLeft);
        }
    }
    if (kind == ValueKind::Nothing)
        m_grid->setColumnStretch(2, 1);
    m_layout->addWidget(m_body);
    if (m_main)
        setTabOrder(m_kind, m_main);
    showKind();
    m_showing = false;
}

void ValueForm::addControl(const QString &label, QWidget *control, Show show, const std::string &pointer)
{
    const int row = m_inLine ? 0 : m_grid->rowCount();
    if (!label.isEmpty()) {
        auto *words = new widgets::MutedLabel(label);
        words->setMinimumWidth(kLabelWidth);
        words->setMinimumHeight(theme::metric::kInput);
        words->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        m_grid->addWidget(words, row, 0, Qt::AlignTop);
        m_grid->addWidget(control, row, 1);
    } else if (row == 0) {
        m_grid->addWidget(control, row, 1);
    } else {
        m_grid->addWidget(control, row, 0, 1, 2);
    }
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label.isEmpty() ? m_label : tr("%1, %2").arg(m_label, label));
    if (!m_main && control->focusPolicy() != Qt::NoFocus)
        m_main = control;
    control->installEventFilter(this);
    show(json::valueAt(m_value, pointer));
    m_shows.emplace_back(pointer, std::move(show));
}

void ValueForm::addOperand(const Operand &operand)
{
    switch (operand.type) {
    case Operand::Type::Value:
        addInner(operand);
        return;
    case Operand::Type::Path:
        addPath(operand);
        return;
    case Operand::Type::MixedText:
        addTemplate(operand);
        return;
    case Operand::Type::Liquid:
        addLiquid(operand);
        return;
    case Operand::Type::Json:
        addJson(operand);
        return;
    case Operand::Type::Text:
        addLine(operand);
        return;
    case Operand::Type::Flag:
        addFlag(operand);
        return;
    case Operand::Type::Choice:
    case Operand::Type::Test:
        addChoice(operand);
        return;
    }
}

void ValueForm::addInner(const Operand &operand)
{
    auto *inner = new ValueForm(m_paths, operand.label, operand.optional, m_depth + 1);
    inner->setTrial(m_trial);
    connect(inner, &ValueForm::edited, this, [this, operand](const Document &value) { set(operand, value); });
    connect(inner, &ValueForm::accepted, this, &ValueForm::accepted);
    connect(inner, &ValueForm::typed, this, &ValueForm::typed);
    m_inner.emplace_back(operand.pointer, inner);
    QWidget *control = inner;
    if (operand.removable) {
        control = new QWidget;
        auto *row = new QHBoxLayout(control);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(inner, 1);
        auto *remove = new QToolButton;
        remove->setIcon(theme::icon("close"));
        remove->setAutoRaise(true);
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setToolTip(tr("Remove %1").arg(operand.label));
        remove->setAccessibleName(remove->toolTip());
        connect(remove, &QToolButton::clicked, this, [this, operand] { take(withOperand(m_value, operand, {})); });
        row->addWidget(remove, 0, Qt::AlignTop);
    }
    addControl(
        operand.label, control, [inner](Value value) { inner->setValue(Document::copyOf(value)); }, operand.pointer);
    if (!m_main)
        m_main = inner->mainControl();
}

void ValueForm::addPath(const Operand &operand)
{
    auto *edit = new PathEdit(m_paths);
    connect(edit, &QLineEdit::textChanged, this, [this, operand](const QString &text) {
        const QString path = text.startsWith(QLatin1String("$.")) ? text : QString(u"$." + text);
        setText(operand, path);
    });
    addControl(
        operand.label, edit,
        [edit](Value value) {
            QString path = value.isString() ? toQt(shownPath(value.asString())) : QString();
            if (path.startsWith(QLatin1String("$."))) // a key named $: typed like this, its $. would be the event's
                path.prepend(QLatin1String("$."));
            if (edit->text() != path && u"$." + path != edit->text())
                edit->setText(path);
        },
        operand.pointer);
}

void ValueForm::addLine(const Operand &operand)
{
    auto *edit = new QLineEdit;
    edit->setFont(theme::font(theme::Text::Mono));
    connect(edit, &QLineEdit::textChanged, this, [this, edit, operand](const QString &text) {
        theme::setInvalid(edit,
            operand.most > 0 && text.size() > operand.most
                ? tr("At most %n characters; these are %1.", nullptr, operand.most).arg(text.size())
                : QString());
        setText(operand, text);
    });
    addControl(
        operand.label, edit,
        [edit](Value value) {
            const QString text = value.isString() ? toQt(value.asString()) : QString();
            if (edit->text() != text)
                edit->setText(text);
        },
        operand.pointer);
}

void ValueForm::addChoice(const Operand &operand)
{
    auto *box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (const auto &[written, shown] : operand.choices)
        box->addItem(shown, QString::fromStdString(written));
    connect(box, &QComboBox::activated, this, [this, box, operand] {
        const Document chosen = textOf(box->currentData().toString());
        if (operand.type == Operand::Type::Test)
            take(withOperand(m_value, operand, chosen));
        else
            set(operand, chosen);
    });
    const bool test = operand.type == Operand::Type::Test;
    addControl(
        operand.label, box,
        [box, test](Value value) {
            QString written;
            if (test)
                written = value.contains("exists") ? QStringLiteral("exists") : QStringLiteral("blank");
            else if (value.isString())
                written = toQt(value.asString());
            int row = box->findData(written);
            if (row < 0 && !written.isEmpty()) { // what Segment's own form would not write
                box->addItem(written, written);
                row = box->count() - 1;
            }
            box->setCurrentIndex(row);
        },
        operand.pointer);
}

void ValueForm::addFlag(const Operand &operand)
{
    auto *box = new QCheckBox(operand.label);
    box->setAccessibleName(operand.label);
    connect(box, &QCheckBox::clicked, this,
        [this, operand](bool on) { set(operand, on == operand.flagDefault ? Value() : Value::boolean(on)); });
    addControl(
        {}, box,
        [box, operand](Value value) { box->setChecked(value.isBoolean() ? value.asBoolean() : operand.flagDefault); },
        operand.pointer);
}

void ValueForm::addTemplate(const Operand &operand)
{
    widgets::CodeEditor *editor = makeEditor(lexTemplate, 1, 5);
    editor->setPlaceholder(tr("Order {{properties.order_id}}"));
    editor->setToolTip(tr("{{ begins a variable; Ctrl+Space shows what the event has"));
    editor->setCompleter(
        [paths = m_paths](const QString &text, int cursor) { return completePlaceholder(text, cursor, paths); });
    connect(editor, &QPlainTextEdit::textChanged, this,
        [this, editor, operand] { setText(operand, editor->toPlainText()); });
    addControl(
        operand.label, editor,
        [editor](Value value) { editor->replaceText(value.isString() ? toQt(value.asString()) : QString()); },
        operand.pointer);
}

void ValueForm::addLiquid(const Operand &operand)
{
    widgets::CodeEditor *editor = makeEditor(lexLiquid, 3, 8);
    editor->setPlaceholder(tr("{{ properties.coupon | upcase }}"));
    editor->setCompleter(
        [paths = m_paths](const QString &text, int cursor) { return completePlaceholder(text, cursor, paths); });
    auto *count = new widgets::StatusLabel;
    count->setTextFont(theme::font(theme::Text::Small));
    const auto tell = [editor, count] {
        const auto length = editor->toPlainText().size();
        const bool tooLong = length > kMostLiquid;
        count->setStatus(tooLong ? "fail" : "",
            tr("%1 of %2 characters").arg(QLocale().toString(length), QLocale().toString(kMostLiquid)),
            tooLong ? widgets::Tone::Error : widgets::Tone::Neutral);
        theme::setInvalid(editor, tooLong ? tr("Segment takes at most 1,000 characters.") : QString());
    };
    connect(editor, &QPlainTextEdit::textChanged, this, [this, editor, operand, tell] {
        tell();
        setText(operand, editor->toPlainText());
    });
    addControl(
        operand.label, editor,
        [editor](Value value) { editor->replaceText(value.isString() ? toQt(value.asString()) : QString()); },
        operand.pointer);
    m_grid->addWidget(count, m_grid->rowCount(), 0, 1, 2);
    tell();
    if (m_depth > 0 && m_trial) // by itself, its result is that of the whole value
        addOutcome(editor);
}

void ValueForm::addOutcome(widgets::CodeEditor *editor)
{
    auto *line = new OutcomeLine;
    m_grid->addWidget(line, m_grid->rowCount(), 0, 1, 2);
    auto *wait = new QTimer(line);
    wait->setObjectName(QLatin1String(kTrialTimer));
    wait->setSingleShot(true);
    wait->setInterval(kTrialDelayMs);
    connect(wait, &QTimer::timeout, line,
        [this, line] { m_trial(m_value, line, [line](const Outcome &outcome) { line->show(outcome); }); });
    connect(editor, &QPlainTextEdit::textChanged, wait, qOverload<>(&QTimer::start));
    wait->start();
}

void ValueForm::tryAgain()
{
    for (QTimer *wait : findChildren<QTimer *>(QLatin1String(kTrialTimer)))
        wait->start();
}

void ValueForm::addJson(const Operand &operand)
{
    widgets::CodeEditor *editor = makeEditor(widgets::jsonLexer(), 2, 10);
    editor->setCompleter([paths = m_paths](const QString &text, int cursor) {
        return paths ? completeMapping(text, cursor, *paths) : widgets::CodeEditor::Completions();
    });
    connect(editor, &QPlainTextEdit::textChanged, this, [this, editor, operand] {
        const auto value = json::parse(editor->toPlainText().toStdString());
        std::vector<widgets::CodeEditor::Mark> marks;
        if (!value)
            marks.push_back({ value.error().position ? editor->fromByteOffset(value.error().position->offset) : 0, 1,
                false, QString::fromStdString(value.error().message) });
        theme::setInvalid(editor, value ? QString() : marks.front().message);
        editor->setMarks(std::move(marks));
        if (value && !json::identical(json::valueAt(m_value, operand.pointer), *value))
            set(operand, *value);
        Q_EMIT typed();
    });
    m_texts.push_back({ operand.pointer,
        [editor]() -> std::optional<QString> {
            QString text = editor->toPlainText();
            return json::parse(text.toStdString()) ? std::nullopt : std::optional(std::move(text));
        },
        [editor](const QString &text) { editor->replaceText(text); } });
    addControl(
        operand.label, editor,
        [editor](Value value) {
            const auto shown = json::parse(editor->toPlainText().toStdString());
            if (!shown || !json::identical(*shown, value))
                editor->replaceText(QString::fromStdString(json::stringify(value, 2)));
        },
        operand.pointer);
}

void ValueForm::addStatic(ValueKind kind)
{
    Operand whole;
    switch (kind) {
    case ValueKind::Text: {
        if (m_value->asString().find('\n') != std::string_view::npos) {
            widgets::CodeEditor *editor = makeEditor({}, 2, 8);
            connect(editor, &QPlainTextEdit::textChanged, this,
                [this, editor, whole] { setText(whole, editor->toPlainText()); });
            addControl({}, editor,
                [editor](Value value) { editor->replaceText(value.isString() ? toQt(value.asString()) : QString()); },
                {});
            return;
        }
        auto *edit = new QLineEdit;
        edit->setPlaceholderText(tr("Empty text; or choose from the event as you type"));
        QCompleter *completer = makePathCompleter(m_paths, edit);
        edit->setCompleter(completer);
        // A path that is chosen is meant as the variable, not as a text that looks like one.
        connect(
            completer, qOverload<const QString &>(&QCompleter::activated), this,
            [this](const QString &path) { take(variableOf(fromQt(path))); }, Qt::QueuedConnection);
        connect(edit, &QLineEdit::textChanged, this, [this, whole](const QString &text) { setText(whole, text); });
        addControl({}, edit,
            [edit](Value value) {
                const QString text = value.isString() ? toQt(value.asString()) : QString();
                if (edit->text() != text)
                    edit->setText(text);
            },
            {});
        return;
    }
    case ValueKind::Number: {
        auto *edit = new QLineEdit;
        edit->setFont(theme::font(theme::Text::Mono));
        connect(edit, &QLineEdit::textChanged, this, [this, edit, whole](const QString &text) {
            const auto number = json::parse(text.trimmed().toStdString());
            const bool valid = number && number->root().isNumber();
            theme::setInvalid(edit, valid ? QString() : tr("“%1” is no number. Write it as in JSON: -12.5").arg(text));
            if (valid && !json::identical(m_value, *number))
                set(whole, *number);
            Q_EMIT typed();
        });
        m_texts.push_back({ {},
            [edit]() -> std::optional<QString> {
                const auto number = json::parse(edit->text().trimmed().toStdString());
                return number && number->root().isNumber() ? std::nullopt : std::optional(edit->text());
            },
            [edit](const QString &text) { edit->setText(text); } });
        addControl({}, edit,
            [edit](Value value) {
                const auto shown = json::parse(edit->text().trimmed().toStdString());
                if (!shown || !json::identical(*shown, value))
                    edit->setText(QString::fromStdString(json::stringify(value)));
            },
            {});
        return;
    }
    case ValueKind::Boolean: {
        auto *box = new QComboBox;
        box->addItems({ QStringLiteral("true"), QStringLiteral("false") });
        box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(box, &QComboBox::activated, this, [this, whole](int row) { set(whole, Value::boolean(row == 0)); });
        addControl(
            {}, box, [box](Value value) { box->setCurrentIndex(value.isBoolean() && value.asBoolean() ? 0 : 1); }, {});
        return;
    }
    default: {
        auto *hint = new widgets::MutedLabel(kindHint(kind));
        hint->setWordWrap(true);
        addControl({}, hint, [](Value) {}, {});
    }
    }
}

json::Value ValueForm::unfinished(json::Arena &arena) const
{
    json::ObjectBuilder texts(arena);
    bool any = false;
    for (const Text &text : m_texts)
        if (const auto written = text.unfinished()) {
            texts.add(json::makeString(arena, text.pointer).asString(), json::makeString(arena, fromQt(*written)));
            any = true;
        }
    json::ObjectBuilder inner(arena);
    bool anyInner = false;
    for (const auto &[pointer, form] : m_inner)
        if (const Value below = form->unfinished(arena); !below.isUndefined()) {
            inner.add(json::makeString(arena, pointer).asString(), below);
            anyInner = true;
        }
    if (!any && !anyInner)
        return {};
    return json::ObjectBuilder(arena)
        .add("asJson", Value::boolean(m_asJson))
        .add("texts", texts.build())
        .add("inner", inner.build())
        .build();
}

void ValueForm::restore(json::Value unfinished)
{
    if (const Value asJson = unfinished.find("asJson"); asJson.isBoolean() && asJson.asBoolean() != m_asJson) {
        m_asJson = asJson.asBoolean();
        rebuild();
    }
    for (const Text &text : m_texts)
        if (const Value written = unfinished.find("texts").find(text.pointer); written.isString())
            text.write(toQt(written.asString()));
    for (const auto &[pointer, form] : m_inner)
        if (const Value below = unfinished.find("inner").find(pointer); !below.isUndefined())
            form->restore(below);
}

bool ValueForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!enter || (key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return QWidget::eventFilter(watched, event);
    const auto *editor = qobject_cast<widgets::CodeEditor *>(watched);
    const bool oneLine = qobject_cast<QLineEdit *>(watched) || (editor && kindOf(m_value) == ValueKind::MixedText);
    if (!oneLine)
        return QWidget::eventFilter(watched, event);
    Q_EMIT accepted();
    return true;
}

} // namespace hookbench::data
