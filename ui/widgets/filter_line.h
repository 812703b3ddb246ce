#pragma once
// One line for a filter: words in their colours, completion while typing, the place of a mistake underlined with its
// message. What the language is, others know. Positions are UTF-16.
#include "ui/widgets/tokens.h"

#include <QLineEdit>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QCompleter;
class QStandardItemModel;

namespace hookbench::widgets {

class FilterLine : public QLineEdit
{
    Q_OBJECT
public:
    struct Choice
    {
        QString label;
        QString insert;
        QString detail; ///< shown behind the label
    };
    struct Choices
    {
        int start = 0; ///< what is replaced
        int length = 0;
        std::vector<Choice> items;
    };
    struct Mistake
    {
        int start = 0;
        int length = 0;
        QString message;
    };
    /// Asked while typing: be quick.
    using Completer = std::function<Choices(const QString &text, int cursor)>;
    using Spans = std::function<TokenSpans(const QString &text)>;

    explicit FilterLine(QWidget *parent = nullptr);
    void setCompleter(Completer completer);
    void setSpans(Spans spans);
    void setMistake(std::optional<Mistake> mistake);
    const std::optional<Mistake> &mistake() const { return m_mistake; }
    QCompleter *popup() const { return m_popup; }
    /// As if it had been typed.
    void apply(const QString &text);

Q_SIGNALS:
    /// The text is not being typed any more: after a pause, Enter, a choice.
    void settled(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colour();
    void complete(bool asked);
    void take(const QModelIndex &choice);
    void settle();

    QCompleter *m_popup;
    QStandardItemModel *m_found;
    Completer m_completer;
    Spans m_spans;
    Choices m_choices;
    std::optional<Mistake> m_mistake;
    QTimer m_pause;
    QString m_settled;
};

} // namespace hookbench::widgets
