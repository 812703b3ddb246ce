#pragma once
// Small framed words: Badge only tells (18 px), Chip can be pressed or checked (20 or 24 px). Colour only repeats what
// text and icon say.
#include <QAbstractButton>
#include <QWidget>

class QPainter;

namespace hookbench::widgets {

enum class Tone { Neutral, Accent, Success, Warning, Error };

class Badge : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit Badge(const QString &text = {}, Tone tone = Tone::Neutral, QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    void setTone(Tone tone);
    void setMono(bool mono); ///< for methods and other bytes
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// For delegates: the size `text` needs, and the painting into `rect`.
    static QSize sizeOf(const QString &text, bool mono = false);
    static void paint(
        QPainter *painter, const QRect &rect, const QString &text, Tone tone, bool mono = false, bool filled = true);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone;
    bool m_mono = false;
};

class Chip : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Chip(const QString &text = {}, QWidget *parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }
    /// An icon of the theme; its colour follows the tone unless the name has one of its own.
    void setIconName(const char *name);
    void setLarge(bool large); ///< 24 px, for toolbars
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QByteArray m_iconName;
    Tone m_tone = Tone::Neutral;
    bool m_large = false;
};

/// The colours of a tone.
struct ToneColors
{
    QColor text, fill, border;
};
ToneColors toneColors(Tone tone);

} // namespace hookbench::widgets
