#pragma once
// A message to look at: its head and its body, Pretty (indented, a picture as a picture), Raw (every byte told), Tree
// and Hex; pages of 1 MB, search in all of them (Ctrl+F). Whatever takes time is read, indented and searched on another
// thread; what is shown meanwhile says so.
#include "ui/widgets/body.h"
#include "ui/widgets/json_tree_model.h"

#include <QThreadPool>
#include <QWidget>

#include <array>
#include <atomic>

class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace hookbench::widgets {

class ElidedLabel;
class EmptyState;
class FindBar;
class Segmented;
class StatusLabel;
class TextView;

struct Message
{
    BytesPtr body; ///< null: there is none
    std::string contentType;
    std::function<std::string()> head; ///< start line and header fields; called on another thread; may be empty
    QString note; ///< what a reader must know: "The response went on; this is what was kept"
};

class BodyView : public QWidget
{
    Q_OBJECT
public:
    enum Mode { Pretty, Raw, Tree, Hex };

    explicit BodyView(QWidget *parent = nullptr);
    ~BodyView() override;

    void show(Message message);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    /// False while something is being read or searched.
    bool isSettled() const { return m_pending == 0; }
    const BodyPtr &body() const { return m_body; }
    int page() const { return static_cast<int>(m_page); }
    int pageCount() const;
    void showPage(int page);
    /// Opens the search.
    void find();

    /// In front of the modes and behind the size: what belongs to this message.
    QHBoxLayout *leading() const { return m_leading; }
    QHBoxLayout *trailing() const { return m_trailing; }

    TextView *textView() const { return m_text; }
    HexView *hexView() const { return m_hex; }
    QTreeView *treeView() const { return m_tree; }
    FindBar *findBar() const { return m_findBar; }
    Segmented *modes() const { return m_modes; }

Q_SIGNALS:
    void settled();
    void modeChosen(int mode); ///< by the user

protected:
    bool event(QEvent *event) override;

private:
    enum class Page { Text, Image, Tree, Hex, Wait };
    using Apply = std::function<void()>;
    /// `job` runs elsewhere unless the work is small; what it returns runs here unless something newer was asked for.
    void work(bool small, std::function<Apply(const std::function<bool()> &stop)> job);
    bool isSmall() const;
    bool isPretty() const { return m_mode == Pretty; }

    void take(BodyPtr body);
    void present();
    void presentText(ShownTextPtr text);
    void presentPicture();
    void showFacts();
    void copyTreeValue(bool pointer);

    void search(bool fromStart);
    void step(bool forward);
    void showMatch(int match);
    void searchOtherPages(bool forward);
    void tellMatches();
    bool shownIsText() const;
    void closeFind();
    int matchCount() const;

    Message m_message;
    std::string m_head;
    BodyPtr m_body;
    Mode m_mode = Pretty;
    std::size_t m_page = 0;
    std::shared_ptr<std::atomic<quint64>> m_serial; ///< of what was asked for last
    int m_pending = 0;
    bool m_reading = false; ///< the body, of what show() was given
    bool m_loading = false; ///< that, or the page to be shown

    std::vector<int> m_textMatches;
    std::vector<std::size_t> m_hexMatches;
    std::vector<JsonPlace> m_treeMatches;
    int m_matchLength = 0;
    int m_match = -1;

    QHBoxLayout *m_leading;
    QHBoxLayout *m_trailing;
    Segmented *m_modes;
    ElidedLabel *m_size;
    QToolButton *m_wrap;
    QToolButton *m_search;
    QWidget *m_pageRow;
    QLabel *m_pageWords;
    QToolButton *m_previousPage;
    QToolButton *m_nextPage;
    StatusLabel *m_note;
    QStackedWidget *m_pages;
    TextView *m_text;
    QWidget *m_picturePage;
    TextView *m_pictureHead;
    QLabel *m_picture;
    QTreeView *m_tree;
    JsonTreeModel *m_treeModel;
    HexView *m_hex;
    EmptyState *m_wait;
    FindBar *m_findBar;
    QThreadPool m_pool; ///< last: it waits for its work, which posts to this object
};

} // namespace hookbench::widgets
