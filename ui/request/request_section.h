#pragma once
// Section 2: where the request goes and how: method, URL, headers, batching. A setting that a directive makes is shown
// and edited as the directive's JSON; nothing is lost by looking at it.
#include "core/json/value.h"
#include "ui/widgets/section_band.h"

#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QCheckBox;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class KeyValueTable;
class StatusLabel;
class Switch;
struct KeyValueRow;
} // namespace hookbench::widgets

namespace hookbench::request {

class RequestSection : public widgets::SectionBand
{
    Q_OBJECT
public:
    explicit RequestSection(document::Workbench &workbench, QWidget *parent = nullptr);

    QLineEdit *url() const { return m_url; }
    QComboBox *method() const { return m_method; }
    widgets::KeyValueTable *headers() const { return m_headers; }
    widgets::Switch *batching() const { return m_batching; }
    QSpinBox *batchSize() const { return m_batchSize; }

private:
    QWidget *makeBatching();
    void showMapping();
    void showHeaders();
    void showIssues();
    void showUrlNote();
    void setHeader(int row, const widgets::KeyValueRow &before, const widgets::KeyValueRow &after);
    void addHeader(const widgets::KeyValueRow &row);
    void removeHeader(int row);
    void replaceHeaders(const std::vector<std::pair<std::string, json::Document>> &members, const QString &words);
    std::vector<std::pair<std::string, json::Document>> headerMembers() const;
    void takeBatchKeys();
    void jump(const std::string &pointer);

    document::Workbench &m_workbench;
    QComboBox *m_method;
    QLineEdit *m_url;
    widgets::StatusLabel *m_urlNote;
    widgets::KeyValueTable *m_headers;
    QLineEdit *m_headersDirective;
    widgets::Switch *m_batching;
    QSpinBox *m_batchSize;
    QWidget *m_batchWords;
    QList<QCheckBox *> m_batchKeys;
    widgets::StatusLabel *m_problem;
    QLabel *m_summary;
    int m_index = -1;
    bool m_filling = false;
};

} // namespace hookbench::request
