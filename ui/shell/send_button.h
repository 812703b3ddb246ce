#pragma once
// The primary button of the window: "Send", its keys in small, and a menu of the other ways to send.
#include <QToolButton>

namespace hookbench::shell {

class SendButton : public QToolButton
{
    Q_OBJECT
public:
    explicit SendButton(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString keys() const;
};

} // namespace hookbench::shell
