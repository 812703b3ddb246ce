#pragma once
// One delivery in full: the request that was sent, the response that came, what its signature is worth.
#include "core/journal/record.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class CodeEditor;
class EmptyState;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class SignatureView;

class Inspector : public QWidget
{
    Q_OBJECT
public:
    explicit Inspector(document::Workbench &workbench, QWidget *parent = nullptr);
    void show(std::optional<journal::DeliveryRecord> record);
    const std::optional<journal::DeliveryRecord> &record() const { return m_record; }
    QTabBar *tabs() const { return m_tabs; }
    widgets::CodeEditor *text() const { return m_text; }

private:
    enum Tab { RequestTab, ResponseTab, SignatureTab };
    void refresh();
    QToolButton *toggle(const char *icon, const QString &words);

    document::Workbench &m_workbench;
    std::optional<journal::DeliveryRecord> m_record;
    QTabBar *m_tabs;
    QToolButton *m_pretty;
    QToolButton *m_secrets;
    QToolButton *m_copy;
    QStackedWidget *m_pages;
    widgets::CodeEditor *m_text;
    widgets::EmptyState *m_empty;
    SignatureView *m_signature;
};

} // namespace hookbench::inspector
