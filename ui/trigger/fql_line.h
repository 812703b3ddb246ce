#pragma once
// A trigger in one line, coloured, elided, to look at.
#include <QWidget>

namespace hookbench::trigger {

class FqlLine : public QWidget
{
    Q_OBJECT
public:
    explicit FqlLine(QWidget *parent = nullptr);
    const QString &text() const { return m_text; }
    void setText(const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
};

} // namespace hookbench::trigger
