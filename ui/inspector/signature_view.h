#pragma once
// What X-Signature of a delivery is worth: which bytes it covers, what they give with the present secret in both modes,
// what would explain a value that does not verify, what could be changed unnoticed, and the code a receiver needs.
// Beside each other where there is room, else one below the other. Window thread only; the search for explanations runs
// in a thread of its own.
#include "core/journal/record.h"
#include "ui/inspector/signature_words.h"

#include <QWidget>

#include <optional>

class QBoxLayout;
class QGridLayout;
class QLabel;
class QTableWidget;

namespace hookbench::widgets {
class Banner;
class CodeEditor;
class Segmented;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class CoverageBar;
class ReceiverCodeView;

class SignatureView : public QWidget
{
    Q_OBJECT
public:
    explicit SignatureView(QWidget *parent = nullptr);
    void show(const journal::DeliveryRecord &record, const std::string &secret);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QLabel *addRow(QGridLayout *grid, int row, const QString &title, widgets::StatusLabel **state);
    void showVerdict();
    void showBody();
    void showComparison(const std::string &secret);
    void showEvents();
    void showTampering(const std::string &secret);
    void searchExplanations(const journal::DeliveryRecord &record);
    void takeExplanations(const std::vector<signing::Explanation> &explanations);

    SignatureFacts m_facts;
    std::vector<signing::KnownSecret> m_known; ///< of this session, the present one first
    quint64 m_search = 0; ///< answers to older searches are dropped
    QBoxLayout *m_columns = nullptr;
    widgets::Banner *m_verdict;
    widgets::Banner *m_why; ///< explanations of a mismatch
    widgets::Banner *m_warning;
    CoverageBar *m_bar;
    widgets::Segmented *m_form;
    widgets::CodeEditor *m_body;
    QLabel *m_bodyTitle;
    QLabel *m_coveredTitle = nullptr;
    QLabel *m_header = nullptr;
    QLabel *m_covered = nullptr;
    QLabel *m_whole = nullptr;
    widgets::StatusLabel *m_coveredState = nullptr;
    widgets::StatusLabel *m_wholeState = nullptr;
    QWidget *m_eventsPart;
    QTableWidget *m_events;
    QWidget *m_tamperPart;
    QTableWidget *m_tampering;
    QLabel *m_gap;
    ReceiverCodeView *m_receiver;
};

} // namespace hookbench::inspector
