#pragma once
// What can be done with chosen deliveries, or with all that are listed: send them again in five ways, write them to a
// file. Asks what it has to ask; window thread only.
#include "core/pipeline/resend.h"
#include "ui/deliveries/delivery_export.h"

#include <QObject>

#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

class QMenu;
class QWidget;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::deliveries {

/// Asks before what cannot be taken back, or goes out many times; Cancel is what Enter means.
bool isConfirmed(QWidget *window, const QString &question, const QString &detail, const QString &verb);

class DeliveryActions : public QObject
{
    Q_OBJECT
public:
    using Sequences = std::vector<std::int64_t>;

    DeliveryActions(document::Workbench &workbench, QWidget *window);
    ~DeliveryActions() override;

    /// Entries for the chosen ones and for all listed ones; `record` is the one looked at, or null.
    void fillResend(QMenu *menu, const Sequences &chosen, const Sequences &listed, const journal::RecordPtr &record);
    void fillExport(QMenu *menu, const Sequences &chosen, const Sequences &listed);

    void resendAsItWas(const Sequences &sequences);
    void resendSigned(const Sequences &sequences);
    void resendMapped(const Sequences &sequences);
    void resendTo(const QString &url, const Sequences &sequences);
    /// `withSecrets`: exact values, also of what is hidden on the screen.
    void exportTo(const QString &path, ExportForm form, const Sequences &sequences, bool withSecrets = false);
    /// From so many on sending again asks first.
    static constexpr std::size_t kManyToSend = 20;

Q_SIGNALS:
    void told(const QString &text, const QString &detail);

private:
    void send(const Sequences &sequences, const pipeline::Resend &resend, bool mapAgain = false);
    void askToSend(std::size_t count, const std::set<std::string> &hosts, const std::function<void()> &go);
    void askForUrl(const Sequences &sequences);
    void edit(const journal::RecordPtr &record);
    void askForFile(ExportForm form, const Sequences &sequences);

    document::Workbench &m_workbench;
    QWidget *m_window;
    std::stop_source m_stop;
};

} // namespace hookbench::deliveries
