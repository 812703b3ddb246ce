#pragma once
// Keeps the journal well: opens it, salvages a damaged one and says so, removes what is older or more than may be kept,
// compacts it when asked. The work is done by the session's threads. Window thread only.
#include "core/base/result.h"
#include "core/journal/journal.h"

#include <QObject>
#include <QTimer>

#include <stop_token>
#include <string>

class QAbstractButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Banner;
}

namespace hookbench::shell {

/// What may be kept according to the settings: `days` and `megabytes`, each 0 for no limit.
journal::Retention retentionOf(int days, int megabytes, journal::WallMs now);

class JournalCare : public QObject
{
    Q_OBJECT
public:
    /// Binds "journal.compact". The banner is this object's to fill.
    JournalCare(document::Workbench &workbench, widgets::Banner *banner, QObject *parent = nullptr);
    ~JournalCare() override;

    /// Nothing is recorded before.
    void open(const std::string &path);
    /// Removes what is too old or too much, off this thread. Done by itself some seconds after opening, when the
    /// settings change, and then now and then.
    void thin();
    void compact();
    bool isCompacting() const { return m_isCompacting; }

private:
    void onOpened(const QString &salvaged);
    void onRefused(const Error &error);
    void onDamaged(const Error &error);
    void showState();
    enum class Offer { Nothing, OpenAgain, Salvage };
    void show(int tone, const QString &text, const QString &detail, Offer offer);

    document::Workbench &m_workbench;
    widgets::Banner *m_banner;
    QAbstractButton *m_again;
    QAbstractButton *m_salvage;
    std::string m_path;
    QTimer m_thinAgain;
    QTimer m_compactingLong; ///< compacting is told when it takes its time
    std::stop_source m_stop;
    bool m_isOpen = false;
    bool m_isThinning = false;
    bool m_isCompacting = false;
};

} // namespace hookbench::shell
