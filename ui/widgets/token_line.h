#pragma once
// One line of text in which {{…}} stands for something that is filled in later: those parts look like tokens, and what
// is typed inside them is completed. Ctrl+Space, or typing {{, opens the choices.
#include <QLineEdit>

#include <functional>
#include <utility>
#include <vector>

class QCompleter;
class QStandardItemModel;

namespace hookbench::widgets {

/// Start and length of every {{…}}, the last of which may lack its end.
std::vector<std::pair<int, int>> tokenSpans(QStringView text);

class TokenLine : public QLineEdit
{
    Q_OBJECT
public:
    /// What can stand between the braces, with a sample of what it becomes. Asked while typing: be quick.
    using Choices = std::function<std::vector<std::pair<QString, QString>>(const QString &typed)>;

    explicit TokenLine(QWidget *parent = nullptr);
    void setChoices(Choices choices);
    /// Opens a token at the cursor and shows what it can be.
    void insertToken();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colour();
    void complete(bool asked);
    void take(const QString &choice);
    int openToken() const; ///< where the text of the token under the cursor begins, -1: the cursor is in none

    QCompleter *m_completer;
    QStandardItemModel *m_found;
    Choices m_choices;
};

} // namespace hookbench::widgets
