#pragma once
// The line under a text in which people search: what, upper and lower case or not, next and previous, how many there
// are. Enter and F3 go on, with Shift back, Esc closes. It searches nothing itself.
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace hookbench::widgets {

class MutedLabel;

class FindBar : public QWidget
{
    Q_OBJECT
public:
    explicit FindBar(QWidget *parent = nullptr);

    /// Shows itself with the whole needle chosen; `proposal` replaces it unless empty.
    void open(const QString &proposal = {});
    QString needle() const;
    bool isCaseSensitive() const;
    /// "3 of 12", "Searching…"; empty: nothing.
    void setResult(const QString &words, bool found = true);
    QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void changed(); ///< needle or case
    void wanted(bool forward); ///< the next or the previous one
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QLineEdit *m_edit;
    QToolButton *m_case;
    MutedLabel *m_result;
};

} // namespace hookbench::widgets
