#pragma once
// A sentence across a pane: information, success, warning or error, with its shape, an optional second line and
// actions.
#include "ui/widgets/chip.h"

#include <QFrame>

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

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void dress();

    Tone m_tone;
    QByteArray m_iconName;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QHBoxLayout *m_actions;
    QAbstractButton *m_close;
};

} // namespace hookbench::widgets
