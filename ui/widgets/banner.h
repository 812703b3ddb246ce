#pragma once
// A sentence across a pane: information, success, warning or error, with its shape, what more there is to say (beside
// the sentence where both have room, else below it) and actions.
#include "ui/widgets/chip.h"

#include <QFrame>

class QBoxLayout;
class QLabel;
class QHBoxLayout;
class QAbstractButton;

namespace hookbench::widgets {

class Banner : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(Tone tone = Tone::Accent, QWidget *parent = nullptr);

    void setTone(Tone tone);
    /// The shape; empty: the tone's own (info, ok, warn, fail).
    void setIconName(const char *name);
    /// The sentence, semi-bold when there is `detail`.
    void setText(const QString &text, const QString &detail = {});
    QAbstractButton *addAction(const QString &text);
    void setClosable(bool closable);
    /// Whether the sentence and its detail stand in one line.
    bool isOneLine() const { return m_oneLine; }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void dress();
    void fit();
    int roomForWords() const;

    Tone m_tone;
    QByteArray m_iconName;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QBoxLayout *m_words;
    QHBoxLayout *m_actions;
    QAbstractButton *m_close;
    bool m_oneLine = false;
};

} // namespace hookbench::widgets
