#pragma once
// The code a receiver verifies deliveries with, in the language of the user's choice, and whether it accepts the
// delivery that is shown. Window thread only.
#include "ui/inspector/receiver_trial.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace hookbench::widgets {
class CodeEditor;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class ReceiverCodeView : public QWidget
{
    Q_OBJECT
public:
    explicit ReceiverCodeView(QWidget *parent = nullptr);

    /// What to try the code against. No header or no secret: there is nothing to try, `why` says so.
    void setDelivery(TrialInput input, const QString &why);

private:
    void showCode();
    void tryIt();
    void save();
    signing::Language language() const;

    QComboBox *m_language;
    QPushButton *m_try;
    widgets::CodeEditor *m_code;
    widgets::StatusLabel *m_result;
    ReceiverTrial *m_trial;
    TrialInput m_input;
    QString m_whyNot;
};

} // namespace hookbench::inspector
