#pragma once
// Everything that is set once and holds for all projects. Nothing changes before OK.
#include <QDialog>

#include <functional>
#include <vector>

class QFormLayout;
class QListWidget;
class QStackedWidget;
class QVBoxLayout;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::storage {
template <typename T>
struct Setting;
}

namespace hookbench::ui {

class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Page { Appearance, Delivery, Receiver, Records };

    explicit SettingsDialog(document::Workbench &workbench, QWidget *parent = nullptr);
    void showPage(Page page);
    void accept() override;

private:
    struct Choice
    {
        const char *value;
        QString words;
    };
    QFormLayout *addPage(const QString &title);
    void addChoice(QFormLayout *form, const QString &label, const storage::Setting<std::string> &setting,
        const std::vector<Choice> &choices);
    void addText(QFormLayout *form, const QString &label, const storage::Setting<std::string> &setting,
        const QString &placeholder, std::function<QString(const QString &)> whyWrong = {});
    /// `unit` is shown behind the number, which is the setting's divided by `scale`.
    void addNumber(QFormLayout *form, const QString &label, const storage::Setting<int> &setting, const QString &unit,
        int scale, const QString &special = {});
    void addSwitch(QFormLayout *form, const QString &text, const storage::Setting<bool> &setting, const QString &words);
    void addNote(QFormLayout *form, const QString &words);
    void fillAppearance();
    void fillDelivery();
    void fillReceiver();
    void fillRecords();
    void showValidity();

    document::Workbench &m_workbench;
    QListWidget *m_titles;
    QStackedWidget *m_pages;
    class QPushButton *m_ok = nullptr;
    std::vector<std::function<void()>> m_keep; ///< writes one control into the settings
    std::vector<std::function<bool()>> m_isValid;
};

} // namespace hookbench::ui
