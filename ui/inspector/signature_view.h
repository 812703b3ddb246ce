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
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace hookbench::widgets {
class Banner;
class CodeEditor;
class Segmented;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class CoverLane;
class CoverageBar;
class ReceiverCodeView;

class SignatureView : public QWidget
{
    Q_OBJECT
public:
    explicit SignatureView(QWidget *parent = nullptr);
    void show(const journal::DeliveryRecord &record, const std::string &secret);
    /// Whether the mapping of the delivery still sends batches, which could be turned off.
    void setBatching(bool batching);

Q_SIGNALS:
    void batchingOffRequested();
    /// A copy of the delivery is to be sent with this body and the signature it has.
    void tamperedCopyRequested(const std::string &body);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QWidget *makeComparison();
    QWidget *makeGap();
    void fitLeft();
    void showSecret(const std::string &secret);
    void showVerdict();
    void showBody();
    void showComparison(const std::string &secret);
    void showEvents();
    bool isSignedUnchecked() const;
    void showTampering(const std::string &secret);
    void searchExplanations(const journal::DeliveryRecord &record);
    void takeExplanations(const std::vector<signing::Explanation> &explanations);

    SignatureFacts m_facts;
    std::vector<signing::KnownSecret> m_known; ///< of this session, the present one first
    quint64 m_search = 0; ///< answers to older searches are dropped
    std::vector<signing::Tampering> m_tried;
    QBoxLayout *m_columns = nullptr;
    QWidget *m_left = nullptr;
    widgets::Banner *m_verdict;
    widgets::Banner *m_why; ///< explanations of a mismatch
    widgets::Banner *m_warning;
    CoverageBar *m_bar;
    widgets::Segmented *m_form;
    widgets::CodeEditor *m_body;
    CoverLane *m_lane;
    QLabel *m_bodyTitle;
    QLineEdit *m_secret;
    QAction *m_eye;
    QString m_masked;
    QString m_plain;
    struct Compared
    {
        QLabel *title;
        QLabel *value;
        widgets::StatusLabel *state;
    };
    QGridLayout *m_grid = nullptr;
    Compared m_header{};
    Compared m_covered{};
    Compared m_whole{};
    QWidget *m_eventsPart;
    QTableWidget *m_events;
    QWidget *m_tamperPart;
    QTableWidget *m_tampering;
    QWidget *m_gap = nullptr;
    QPushButton *m_batchingOff;
    QPushButton *m_sendTampered;
    ReceiverCodeView *m_receiver;
};

} // namespace hookbench::inspector
