#pragma once
// What a list or pane shows while it has nothing: a quiet icon, what is missing, and the one next thing to do.
#include <QWidget>

class QLabel;
class QAbstractButton;
class QVBoxLayout;

namespace hookbench::widgets {

class EmptyState : public QWidget
{
    Q_OBJECT
public:
    /// An empty icon name shows none.
    EmptyState(const char *iconName, const QString &title, const QString &text, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setText(const QString &text);
    /// Behind the text, as a key cap.
    void setKeys(const QString &keys);
    QAbstractButton *addButton(const QString &text, const char *iconName = "");

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void dress();

    QByteArray m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_keys;
    QVBoxLayout *m_layout;
};

} // namespace hookbench::widgets
