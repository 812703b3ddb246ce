#pragma once
// The Request or the Response tab: one message of the chosen attempt, with what is done with it.
#include "core/journal/record.h"

#include <QWidget>

class QAction;
class QComboBox;
class QStackedWidget;
class QToolButton;

namespace hookbench::widgets {
class BodyView;
class EmptyState;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class MessagePage : public QWidget
{
    Q_OBJECT
public:
    enum class Side { Request, Response };

    explicit MessagePage(Side side, QWidget *parent = nullptr);

    void show(const journal::RecordPtr &record, int attempt);
    void setSecretsShown(bool shown);
    widgets::BodyView *view() const { return m_view; }
    QComboBox *attempts() const { return m_attempts; }

Q_SIGNALS:
    void attemptChosen(int attempt);
    void secretsToggled(bool shown);
    void said(const QString &sentence);

private:
    void fillAttempts();
    void present();
    void copyBody();
    void copyHead();
    void saveBody();
    const std::string &bodyBytes() const;

    const Side m_side;
    journal::RecordPtr m_record;
    int m_attempt = -1;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    widgets::BodyView *m_view;
    QComboBox *m_attempts;
    QToolButton *m_secrets;
    QToolButton *m_copy;
    QAction *m_saveBody;
};

} // namespace hookbench::inspector
