#pragma once
// Words that fit: labels that elide with the whole text as tool tip, a state with its shape, a key cap.
#include "ui/theme/icons.h"
#include "ui/widgets/chip.h"

#include <QLabel>
#include <QWidget>

namespace hookbench::widgets {

/// The tone's text colour; Neutral: the usual one, or the muted one.
QColor wordColor(Tone tone, bool muted = false);

/// One line of plain text that may be narrower than its text. Paths elide in the middle, words at the end.
class ElidedLabel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    /// What is shown where the text has no room; nothing where this has none either.
    void setShortText(const QString &text);
    void setElideMode(Qt::TextElideMode mode);
    void setMuted(bool muted);
    void setTone(Tone tone); ///< the tone's text colour; Neutral: the usual one
    void setAlignment(Qt::Alignment alignment);
    bool isElided() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    QString m_short;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    Tone m_tone = Tone::Neutral;
    bool m_muted = false;
};

/// Secondary text: the muted colour, whatever the palette is.
class MutedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit MutedLabel(const QString &text = {}, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();
};

/// A state: its shape and its words, which elide. The shape's colour is the state's; `tone` colours the words.
class StatusLabel : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLabel(QWidget *parent = nullptr);

    /// An empty icon name shows words only.
    void setStatus(
        const char *iconName, const QString &text, Tone tone = Tone::Neutral, theme::Tint tint = theme::Tint::Auto);
    QString text() const;
    void setTextFont(const QFont &font);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QByteArray m_iconName;
    QString m_text;
    QFont m_font;
    Tone m_tone = Tone::Neutral;
    theme::Tint m_tint = theme::Tint::Auto;
};

/// "Ctrl+K" as a key on a keyboard.
class KeyCap : public QLabel
{
    Q_OBJECT
public:
    explicit KeyCap(const QString &keys, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace hookbench::widgets
