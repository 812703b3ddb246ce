#pragma once
// A delivery as something to run elsewhere: cURL, HTTPie, requests, fetch, raw HTTP, HAR. Secrets are hidden until they
// are asked for. Window thread only.
#include "core/journal/code.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace hookbench::widgets {
class Banner;
class CodeEditor;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class AsCodeView : public QWidget
{
    Q_OBJECT
public:
    explicit AsCodeView(QWidget *parent = nullptr);

    void show(const journal::RecordPtr &record, const std::string &secret);
    /// Puts the cURL command of `record` on the clipboard, secrets hidden. A body that no command line carries is
    /// written to a private temporary file that the command names. Answers with a sentence about what was done.
    static QString copyAsCurl(const journal::DeliveryRecord &record, const std::string &secret);
    static QString copyAsHar(const journal::DeliveryRecord &record, const std::string &secret);
    /// The bytes of the request, when they are text.
    static QString copyRaw(const journal::DeliveryRecord &record, const std::string &secret);

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void refresh();
    void copy();
    void save();
    bool isHar() const;
    journal::CodeForm form() const;

    QComboBox *m_form;
    QToolButton *m_secrets;
    QToolButton *m_copy;
    widgets::Banner *m_notice;
    widgets::CodeEditor *m_text;
    journal::RecordPtr m_record;
    std::string m_secret;
    std::string m_bytes; ///< what Copy and Save take
    std::string m_body; ///< of the body file
    bool m_needsBodyFile = false;
};

} // namespace hookbench::inspector
