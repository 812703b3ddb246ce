#pragma once
// A recorded request to be changed before it is sent again. What is not touched goes out as it was recorded, byte for
// byte; a body that is no text, or a very large one, cannot be edited here.
#include "core/journal/record.h"
#include "core/pipeline/resend.h"

#include <QDialog>
#include <QString>

#include <optional>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLineEdit;
class QPlainTextEdit;

namespace hookbench::widgets {
class Banner;
class CodeEditor;
} // namespace hookbench::widgets

namespace hookbench::deliveries {

/// "Name: value" a line; with `masked` credentials and those headers have dots for a value.
QString linesOfHeaders(const Headers &headers, const std::optional<HeaderNames> &masked = std::nullopt);
/// The reverse, empty lines apart; where dots stand for a value of `hidden`, it is that value. Error code:
/// resend-header, with the line.
Result<Headers> headersFromLines(const QString &text, const Headers &hidden = {});

class ResendDialog : public QDialog
{
    Q_OBJECT
public:
    /// `secret`: to sign with, empty: there is none.
    ResendDialog(journal::RecordPtr record, std::string secret, QWidget *parent = nullptr);
    /// What is different from the record.
    const pipeline::Resend &resend() const { return m_resend; }

private:
    void read();
    void tell(const Error &error);
    void tellOfSignature();
    bool readHeaders();
    void showSecrets(bool shown);

    journal::RecordPtr m_record;
    std::string m_secret;
    pipeline::Resend m_resend;
    QComboBox *m_method;
    QLineEdit *m_url;
    QPlainTextEdit *m_headers;
    QCheckBox *m_showSecrets;
    Headers m_known; ///< as read last
    QString m_lines; ///< of which
    widgets::CodeEditor *m_body;
    QCheckBox *m_sign;
    widgets::Banner *m_oldSignature;
    widgets::Banner *m_problem;
    QDialogButtonBox *m_buttons;
};

} // namespace hookbench::deliveries
