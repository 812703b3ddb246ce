#pragma once
// Section 2: where the request goes and how: method, URL, headers, batching. A setting that is taken from the event is
// shown with {{…}}, one that another directive makes as the directive's JSON; nothing is lost by looking at it.
#include "ui/request/event_variables.h"
#include "ui/widgets/section_band.h"

#include <string>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class KeyValueTable;
class StatusLabel;
class Switch;
class TokenLine;
} // namespace hookbench::widgets

namespace hookbench::request {

class BatchingView;
class HeadersView;

/// Where Segment would behave otherwise than the request from here, in a few words; empty: nowhere.
struct ReachNote
{
    QString words;
    QString explanation;
};
ReachNote reachNote(json::Value url);

class RequestSection : public widgets::SectionBand
{
    Q_OBJECT
public:
    explicit RequestSection(document::Workbench &workbench, QWidget *parent = nullptr);

    QLineEdit *url() const;
    QComboBox *method() const { return m_method; }
    widgets::KeyValueTable *headers() const;
    widgets::Switch *batching() const;
    QSpinBox *batchSize() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showMapping();
    void showMethod(const QString &method);
    void showIssues();
    void showUrlNote();
    void takeUrl(const QString &text);
    void jump(const std::string &pointer);

    document::Workbench &m_workbench;
    QComboBox *m_method;
    widgets::TokenLine *m_url;
    QToolButton *m_insert;
    widgets::StatusLabel *m_urlNote;
    widgets::StatusLabel *m_becomes; ///< a mapped URL for the current event
    HeadersView *m_headers;
    BatchingView *m_batching;
    QBoxLayout *m_sides; ///< headers and batching, side by side where there is room
    widgets::StatusLabel *m_problem;
    QLabel *m_summary;
    EventVariables m_variables; ///< of the current event, read when first asked for
    bool m_variablesAreOld = true;
    int m_index = -1;
};

} // namespace hookbench::request
