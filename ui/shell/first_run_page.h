#pragma once
// What the centre shows while the destination has no mapping: one clear thing to do.
#include <QWidget>

class QLabel;

namespace hookbench::shell {

class ActionCatalogue;

class FirstRunPage : public QWidget
{
    Q_OBJECT
public:
    FirstRunPage(const ActionCatalogue &actions, QWidget *parent = nullptr);
    void setReceiverPort(int port);
    QWidget *firstFocus() const { return m_try; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_try;
    QLabel *m_hint;
};

} // namespace hookbench::shell
