#pragma once
// Looks like a search field and opens the command palette.
#include <QAbstractButton>

namespace hookbench::shell {

class PaletteField : public QAbstractButton
{
    Q_OBJECT
public:
    explicit PaletteField(QWidget *parent = nullptr);
    void setKeys(const QString &keys);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};

} // namespace hookbench::shell
