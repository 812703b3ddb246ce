#pragma once
// The shared secret of the open project: see it, change it, make one up, copy it; and where it is kept, in plain words.
#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::ui {

class SecretDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SecretDialog(document::Workbench &workbench, QWidget *parent = nullptr);
    void accept() override;

    /// 32 random characters, 190 bits.
    static QString makeSecret();

private:
    void showKeeping();
    void setShown(bool shown);

    document::Workbench &m_workbench;
    QLineEdit *m_secret;
    QAction *m_eye;
    QLabel *m_keeping;
    bool m_edited = false;
};

} // namespace hookbench::ui
