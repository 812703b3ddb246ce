#pragma once
// What X-Signature of a delivery is worth: which bytes it covers, what they give with the present secret, and what
// stays unprotected.
#include "core/journal/record.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;

namespace hookbench::widgets {
class Banner;
class CodeEditor;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class SignatureView : public QWidget
{
    Q_OBJECT
public:
    explicit SignatureView(QWidget *parent = nullptr);
    void show(const journal::DeliveryRecord &record, const std::string &secret);

private:
    QLabel *addRow(QGridLayout *grid, int row, const QString &title, widgets::StatusLabel **state);

    widgets::Banner *m_verdict;
    widgets::Banner *m_warning;
    QLabel *m_header;
    QLabel *m_covered;
    QLabel *m_whole;
    QLabel *m_coveredTitle = nullptr;
    widgets::StatusLabel *m_coveredState = nullptr;
    widgets::StatusLabel *m_wholeState = nullptr;
    widgets::CodeEditor *m_body;
};

} // namespace hookbench::inspector
