#pragma once
// One value as a form: what it is, and what that takes. Operands that are values themselves are forms inside it, so
// functions nest. Only what the user touches is written; everything else of the value stays as it was.
#include "ui/data/functions.h"
#include "ui/data/path_edit.h"
#include "ui/data/trial.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QGridLayout;
class QVBoxLayout;

namespace hookbench::widgets {
class CodeEditor;
}

namespace hookbench::data {

class ValueForm : public QWidget
{
    Q_OBJECT
public:
    /// `label` names the form for screen readers; an optional value may be left out.
    ValueForm(EventPaths paths, const QString &label, bool optional = false, int depth = 0, QWidget *parent = nullptr);

    const json::Document &value() const { return m_value; }
    /// How parts that show a result of their own get it; call it before setValue.
    void setTrial(Trial trial) { m_trial = std::move(trial); }
    /// The event is another one.
    void tryAgain();
    /// Shows another value; keeps the controls, and what is being typed in them, when they fit it. Does not emit.
    void setValue(const json::Document &value);
    /// Texts that are no value yet, with the shape of the form they stand in; undefined: there are none.
    json::Value unfinished(json::Arena &arena) const;
    /// Writes them again into the form of the same value.
    void restore(json::Value unfinished);
    QComboBox *kindBox() const { return m_kind; }
    /// The first control that edits the value itself.
    QWidget *mainControl() const { return m_main ? m_main : kindWidget(); }

Q_SIGNALS:
    void edited(const hookbench::json::Document &value);
    void accepted(); ///< Enter in a control of one line
    void typed(); ///< a text that may be no value, here or inside

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using Show = std::function<void(json::Value)>;

    QWidget *kindWidget() const;
    void chooseKind();
    void showKind();
    void rebuild();
    void take(const json::Document &value);
    void set(const Operand &operand, json::Value to);
    void setText(const Operand &operand, const QString &text);

    void addControl(const QString &label, QWidget *control, Show show, const std::string &pointer);
    void addOperand(const Operand &operand);
    void addStatic(ValueKind kind);
    void addChoice(const Operand &operand);
    void addFlag(const Operand &operand);
    void addPath(const Operand &operand);
    void addLine(const Operand &operand);
    void addTemplate(const Operand &operand);
    void addLiquid(const Operand &operand);
    void addJson(const Operand &operand);
    void addOutcome(widgets::CodeEditor *editor);
    void addInner(const Operand &operand);

    EventPaths m_paths;
    Trial m_trial;
    QString m_label;
    bool m_optional;
    int m_depth;
    json::Document m_value;
    QComboBox *m_kind;
    QVBoxLayout *m_layout;
    QWidget *m_body = nullptr;
    QGridLayout *m_grid = nullptr;
    QWidget *m_main = nullptr;
    std::vector<std::pair<std::string, Show>> m_shows; ///< by the place below the value
    std::vector<std::pair<std::string, Operand::Type>> m_places; ///< of the operands that have controls
    /// A control whose text may be no value.
    struct Text
    {
        std::string pointer; ///< below the value
        std::function<std::optional<QString>()> unfinished;
        std::function<void(const QString &)> write;
    };
    std::vector<Text> m_texts;
    std::vector<std::pair<std::string, ValueForm *>> m_inner; ///< by the place below the value
    bool m_asJson = false; ///< the user wants to see the JSON of what has a form of its own
    bool m_inLine = false; ///< kind and value share a line
    bool m_showing = false;
};

} // namespace hookbench::data
