#include "ui/widgets/body_view.h"

#include "core/base/display.h"
#include "core/json/stringify.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPointer>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace hookbench::widgets {

namespace {

/// What is read at once: less than a frame, and no flicker when one walks through a list.
constexpr std::size_t kReadAtOnce = 24'000;
constexpr std::size_t kMostMatches = 10'000;
constexpr std::size_t kMostTreeMatches = 2'000;
constexpr int kPictureSide = 2000; ///< larger pictures are shown smaller
constexpr std::size_t kOpenedAtOnce = 40; ///< members of the body that are opened with it

QToolButton *iconButton(const char *icon, const QString &words)
{
    auto *button = new QToolButton;
    button->setIcon(theme::icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QString grouped(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

std::vector<int> findText(const QString &text, const QString &needle, bool caseSensitive)
{
    std::vector<int> out;
    const Qt::CaseSensitivity sensitivity = caseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
    for (qsizetype at = text.indexOf(needle, 0, sensitivity); at >= 0 && out.size() < kMostMatches;
         at = text.indexOf(needle, at + needle.size(), sensitivity))
        out.push_back(static_cast<int>(at));
    return out;
}

} // namespace

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , m_body(readBody(std::make_shared<const std::string>(), {}))
    , m_serial(std::make_shared<std::atomic<quint64>>(0))
    , m_leading(new QHBoxLayout)
    , m_trailing(new QHBoxLayout)
    , m_modes(new Segmented({ tr("Pretty"), tr("Raw"), tr("Tree"), tr("Hex") }))
    , m_size(new ElidedLabel)
    , m_wrap(iconButton("wrap", tr("Wrap long lines")))
    , m_search(iconButton("search", tr("Find (Ctrl+F)")))
    , m_pageRow(new QWidget)
    , m_pageWords(new MutedLabel)
    , m_previousPage(iconButton("chevron-left", tr("Previous page")))
    , m_nextPage(iconButton("chevron-right", tr("Next page")))
    , m_note(new StatusLabel)
    , m_pages(new QStackedWidget)
    , m_text(new TextView)
    , m_picturePage(new QSplitter(Qt::Vertical))
    , m_pictureHead(new TextView)
    , m_picture(new QLabel)
    , m_tree(new QTreeView)
    , m_treeModel(new JsonTreeModel(this))
    , m_hex(new HexView)
    , m_wait(new EmptyState("", {}, {}))
    , m_findBar(new FindBar)
{
    m_pool.setMaxThreadCount(1);
    m_modes->setAccessibleName(tr("How the body is shown"));
    m_size->setMuted(true);
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(6, 2, 6, 2);
    bar->setSpacing(6);
    bar->addWidget(m_modes);
    bar->addLayout(m_leading);
    bar->addWidget(m_size, 1);
    bar->addWidget(m_wrap);
    bar->addWidget(m_search);
    bar->addLayout(m_trailing);
    for (QHBoxLayout *part : { m_leading, m_trailing })
        part->setSpacing(2);

    auto *pageLayout = new QHBoxLayout(m_pageRow);
    pageLayout->setContentsMargins(8, 0, 6, 0);
    pageLayout->setSpacing(2);
    m_pageWords->setMinimumWidth(10);
    pageLayout->addWidget(m_pageWords, 1);
    pageLayout->addWidget(m_previousPage);
    pageLayout->addWidget(m_nextPage);
    m_pageRow->hide();
    m_note->hide();
    m_note->setContentsMargins(8, 0, 8, 0);

    m_text->setAccessibleName(tr("Message"));
    m_hex->setAccessibleName(tr("Bytes of the body"));
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_picture);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAlignment(Qt::AlignCenter);
    scroll->setFocusPolicy(Qt::StrongFocus);
    scroll->setAccessibleName(tr("Picture"));
    m_pictureHead->setAccessibleName(tr("Head of the message"));
    auto *splitter = static_cast<QSplitter *>(m_picturePage);
    splitter->addWidget(m_pictureHead);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(1, 2);
    m_tree->setModel(m_treeModel);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAccessibleName(tr("Body as a tree"));
    m_tree->setAlternatingRowColors(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setIndentation(16);
    m_tree->setLayoutDirection(Qt::LeftToRight); // code, as the text
    m_tree->header()->setSectionResizeMode(JsonTreeModel::KeyColumn, QHeaderView::Interactive);
    m_tree->header()->resizeSection(JsonTreeModel::KeyColumn, 180);
    m_tree->header()->setFixedHeight(theme::metric::kTableHeader);
    const auto treeAction = [this](const QString &text, const QKeySequence &keys, bool pointer) {
        auto *action = new QAction(text, m_tree);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, pointer] { copyTreeValue(pointer); });
        m_tree->addAction(action);
    };
    treeAction(tr("&Copy value"), QKeySequence::Copy, false);
    treeAction(tr("Copy &path"), {}, true);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (QWidget *page : { static_cast<QWidget *>(m_text), m_picturePage, static_cast<QWidget *>(m_tree),
             static_cast<QWidget *>(m_hex), static_cast<QWidget *>(m_wait) })
        m_pages->addWidget(page);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_note);
    layout->addWidget(m_pageRow);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_findBar);

    connect(m_modes, &Segmented::chosen, this, [this](int mode) {
        setMode(static_cast<Mode>(mode));
        Q_EMIT modeChosen(mode);
    });
    connect(m_wrap, &QToolButton::toggled, m_text, &TextView::setLineWrapped);
    connect(m_search, &QToolButton::clicked, this, &BodyView::find);
    connect(m_previousPage, &QToolButton::clicked, this, [this] { showPage(page() - 1); });
    connect(m_nextPage, &QToolButton::clicked, this, [this] { showPage(page() + 1); });
    connect(m_findBar, &FindBar::changed, this, [this] { search(true); });
    connect(m_findBar, &FindBar::wanted, this, &BodyView::step);
    connect(m_findBar, &FindBar::closed, this, &BodyView::closeFind);
    auto *findAction = new QAction(tr("&Find…"), this);
    connect(findAction, &QAction::triggered, this, &BodyView::find);
    m_text->addAction(findAction);
    m_hex->addAction(findAction);
    const auto bindKey = [this](const QKeySequence &keys, bool forward) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, forward] { step(forward); });
    };
    bindKey(Qt::Key_F3, true);
    bindKey(Qt::SHIFT | Qt::Key_F3, false);
    present();
}

BodyView::~BodyView()
{
    ++*m_serial; // whoever works notices
    m_pool.clear();
    m_pool.waitForDone();
}

// Ctrl+F is the window's too, for its lists: within the message it searches the message.
bool BodyView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Find)) {
            event->accept();
            return true;
        }
    } else if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Find)) {
        find();
        return true;
    }
    return QWidget::event(event);
}

void BodyView::work(bool small, std::function<Apply(const std::function<bool()> &stop)> job)
{
    const quint64 serial = ++*m_serial;
    const auto stop = [wanted = m_serial, serial] { return *wanted != serial; };
    if (small) {
        job(stop)();
        Q_EMIT settled();
        return;
    }
    ++m_pending;
    m_pool.start([this, stop, job = std::move(job)] {
        Apply apply = stop() ? Apply() : job(stop);
        QMetaObject::invokeMethod(
            this,
            [this, stop, apply = std::move(apply)] {
                --m_pending;
                if (!stop() && apply)
                    apply();
                if (m_pending == 0)
                    Q_EMIT settled();
            },
            Qt::QueuedConnection);
    });
}

bool BodyView::isSmall() const
{
    return m_body->bytes->size() <= kReadAtOnce && m_head.size() <= kReadAtOnce;
}

int BodyView::pageCount() const
{
    return m_mode == Tree || m_mode == Hex ? 1 : static_cast<int>(m_body->pagesOf(isPretty()).size());
}

void BodyView::show(Message message)
{
    m_message = std::move(message);
    if (!m_message.body)
        m_message.body = std::make_shared<const std::string>();
    m_page = 0;
    const bool small = m_message.body->size() <= kReadAtOnce;
    if (!small) {
        m_wait->setText(tr("Reading %1 bytes…").arg(grouped(m_message.body->size())));
        m_pages->setCurrentIndex(static_cast<int>(Page::Wait));
    }
    m_reading = m_loading = true;
    work(small, [this, message = m_message](const std::function<bool()> &stop) -> Apply {
        BodyPtr body = readBody(message.body, message.contentType, stop);
        std::string head = message.head ? message.head() : std::string();
        return [this, body = std::move(body), head = std::move(head)]() mutable {
            m_head = std::move(head);
            take(std::move(body));
        };
    });
}

void BodyView::take(BodyPtr body)
{
    m_reading = false;
    m_pool.start([old = std::exchange(m_body, std::move(body))] {}); // a large one takes its time to go
    const bool isJson = m_body->kind == Body::Kind::Json;
    const bool empty = m_body->kind == Body::Kind::Empty;
    m_modes->setChoiceEnabled(Tree, isJson, isJson ? QString() : tr("The body is no JSON"));
    m_modes->setChoiceEnabled(Hex, !empty, empty ? tr("There is no body") : QString());
    present();
}

void BodyView::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    m_page = 0;
    m_modes->setCurrent(mode);
    if (!m_reading)
        present();
}

void BodyView::showPage(int page)
{
    if (m_reading)
        return;
    m_page = static_cast<std::size_t>(std::clamp(page, 0, pageCount() - 1));
    present();
}

// The mode the user chose stays; a body that cannot be shown so is shown as text.
void BodyView::present()
{
    m_textMatches.clear();
    m_hexMatches.clear();
    m_treeMatches.clear();
    m_match = -1;
    m_loading = false;
    const bool asTree = m_mode == Tree && m_body->kind == Body::Kind::Json;
    const bool asHex = m_mode == Hex && m_body->kind != Body::Kind::Empty;
    m_modes->setCurrent(m_mode == Raw ? Raw : asTree ? Tree : asHex ? Hex : Pretty);
    m_wrap->setVisible(!asTree && !asHex);
    if (asTree) {
        m_treeModel->setDocument(m_body->json);
        m_tree->expand(m_treeModel->index(0, 0));
        const QModelIndex top = m_treeModel->index(0, 0);
        if (m_body->json->size() <= kOpenedAtOnce)
            for (int row = 0; row < m_treeModel->rowCount(top); ++row)
                m_tree->expand(m_treeModel->index(row, 0, top));
        m_tree->setCurrentIndex(top);
        m_pages->setCurrentIndex(static_cast<int>(Page::Tree));
        showFacts();
        search(false);
        return;
    }
    if (asHex) {
        m_hex->setBytes(m_body->bytes);
        m_pages->setCurrentIndex(static_cast<int>(Page::Hex));
        showFacts();
        search(false);
        return;
    }
    if (m_mode != Raw && m_body->kind == Body::Kind::Image) {
        presentPicture();
        showFacts();
        return;
    }
    showFacts();
    m_loading = true;
    work(isSmall(), [this, body = m_body, pretty = m_mode != Raw, page = m_page, head = m_head](const auto &) -> Apply {
        ShownTextPtr text = shownPage(*body, pretty, page, head);
        return [this, text = std::move(text)]() mutable { presentText(std::move(text)); };
    });
}

void BodyView::presentText(ShownTextPtr text)
{
    if (m_mode != Raw && m_body->kind == Body::Kind::Binary) {
        auto told = std::make_shared<ShownText>(*text);
        told->text += tr("[%1 bytes that are no text. Hex shows them, Raw writes them out.]")
                          .arg(grouped(m_body->bytes->size()));
        text = std::move(told);
    }
    m_loading = false;
    m_text->setText(std::move(text));
    m_pages->setCurrentIndex(static_cast<int>(Page::Text));
    search(false);
}

void BodyView::presentPicture()
{
    QImage image = m_body->image;
    if (std::max(image.width(), image.height()) > kPictureSide)
        image = image.scaled(kPictureSide, kPictureSide, Qt::KeepAspectRatio, Qt::FastTransformation);
    m_picture->setPixmap(QPixmap::fromImage(image));
    m_picture->adjustSize();
    m_picture->setAccessibleName(tr("%1 picture, %2 by %3 pixels")
                                     .arg(QString::fromStdString(m_body->imageFormat))
                                     .arg(m_body->image.width())
                                     .arg(m_body->image.height()));
    auto head = std::make_shared<ShownText>();
    appendShown(*head, m_head, ShowSpace::AsBytes, httpLexer({}));
    m_pictureHead->setText(std::move(head));
    m_pictureHead->setVisible(!m_head.empty());
    m_pages->setCurrentIndex(static_cast<int>(Page::Image));
}

void BodyView::showFacts()
{
    QString facts;
    QString bytes;
    if (m_body->kind != Body::Kind::Empty) {
        facts = bytes = tr("%1 B").arg(grouped(m_body->bytes->size()));
        if (m_body->kind == Body::Kind::Image)
            facts += tr(", %1 %2 × %3")
                         .arg(QString::fromStdString(m_body->imageFormat))
                         .arg(m_body->image.width())
                         .arg(m_body->image.height());
        else if (!m_message.contentType.empty())
            facts += QStringLiteral(", ")
                + QString::fromStdString(escapeForDisplay(m_message.contentType.substr(0, 200)));
    }
    m_size->setText(facts);
    m_size->setShortText(bytes);
    QStringList notes;
    if (!m_message.note.isEmpty())
        notes += m_message.note;
    if (m_body->invalidUtf8 && m_body->kind != Body::Kind::Image && m_body->charset.empty())
        notes
            += tr("Not valid UTF-8 from byte %1 on; such bytes are shown as \\xNN.").arg(grouped(*m_body->invalidUtf8));
    if (!m_body->charset.empty() && m_mode == Pretty)
        notes += tr("Converted from %1; Raw shows the bytes.").arg(QString::fromStdString(m_body->charset));
    if (!m_body->jsonError.empty())
        notes += tr("Says it is JSON, but: %1").arg(QString::fromStdString(escapeForDisplay(m_body->jsonError)));
    m_note->setVisible(!notes.isEmpty());
    m_note->setStatus("warn", notes.join(u' '));
    const int pages = pageCount();
    m_pageRow->setVisible(pages > 1);
    if (pages > 1) {
        const std::vector<std::size_t> &starts = m_body->pagesOf(isPretty());
        const std::size_t size = m_body->textOf(isPretty()).size();
        const std::size_t end = m_page + 1 < starts.size() ? starts[m_page + 1] : size;
        const QString words = m_page == 0
            ? tr("Showing the first 1 MB of %1 bytes (page 1 of %2)").arg(grouped(size), grouped(starts.size()))
            : tr("Showing bytes %1 to %2 of %3 (page %4 of %5)")
                  .arg(grouped(starts[m_page]), grouped(end - 1), grouped(size), grouped(m_page + 1),
                      grouped(starts.size()));
        m_pageWords->setText(words);
        m_pageWords->setToolTip(words);
        m_previousPage->setEnabled(m_page > 0);
        m_nextPage->setEnabled(m_page + 1 < starts.size());
    }
}

void BodyView::copyTreeValue(bool pointer)
{
    const QModelIndex index = m_tree->currentIndex();
    if (!index.isValid())
        return;
    const json::Value value = m_treeModel->valueAt(index);
    const std::string text = pointer ? m_treeModel->pointerOf(index)
        : value.isString()           ? std::string(value.asString())
                                     : json::stringify(value, 2);
    QApplication::clipboard()->setText(QString::fromStdString(text));
}

// --- search

void BodyView::find()
{
    const QString chosen = m_pages->currentWidget() == m_text ? m_text->selectedText() : QString();
    m_findBar->open(chosen.contains(u'\n') || chosen.size() > 200 ? QString() : chosen);
    search(true);
}

int BodyView::matchCount() const
{
    const QWidget *shown = m_pages->currentWidget();
    return static_cast<int>(shown == m_tree ? m_treeMatches.size()
            : shown == m_hex                ? m_hexMatches.size()
                                            : m_textMatches.size());
}

void BodyView::search(bool fromStart)
{
    if (m_findBar->isHidden() || m_loading) // what is loaded is searched then
        return;
    const QString needle = m_findBar->needle();
    QWidget *shown = m_pages->currentWidget();
    const bool sensitive = m_findBar->isCaseSensitive();
    if (needle.isEmpty() || (shown != m_text && shown != m_tree && shown != m_hex)) {
        m_textMatches.clear();
        m_hexMatches.clear();
        m_treeMatches.clear();
        m_text->setMatches({}, 0, -1);
        m_hex->setMatches({}, 0, -1);
        m_findBar->setResult({});
        return;
    }
    m_findBar->setResult(tr("Searching…"));
    const auto tell = [this, fromStart] {
        m_match = -1;
        if (matchCount() > 0)
            showMatch(0);
        else if (shownIsText() && pageCount() > 1 && fromStart)
            searchOtherPages(true);
        else
            tellMatches();
    };
    if (shown == m_text) {
        m_matchLength = static_cast<int>(needle.size());
        work(isSmall(), [this, needle, sensitive, text = m_text->sharedText(), tell](const auto &) -> Apply {
            return [this, tell, found = findText(text->text, needle, sensitive)]() mutable {
                m_textMatches = std::move(found);
                m_text->setMatches(m_textMatches, m_matchLength, -1);
                tell();
            };
        });
    } else if (shown == m_tree) {
        work(isSmall(),
            [this, needle = needle.toStdString(), sensitive, body = m_body, tell](const auto &stop) -> Apply {
                return
                    [this, tell, found = findInJson(body->json, needle, sensitive, kMostTreeMatches, stop)]() mutable {
                        m_treeMatches = std::move(found);
                        tell();
                    };
            });
    } else {
        const std::string bytes = needleBytes(needle);
        const bool exact = sensitive || bytes != needle.toStdString();
        m_matchLength = static_cast<int>(bytes.size());
        work(isSmall(), [this, bytes, exact, body = m_body, tell](const auto &) -> Apply {
            return [this, tell, found = findBytes(*body->bytes, bytes, exact, kMostMatches)]() mutable {
                m_hexMatches = std::move(found);
                tell();
            };
        });
    }
}

bool BodyView::shownIsText() const
{
    return m_pages->currentWidget() == m_text;
}

void BodyView::step(bool forward)
{
    if (m_findBar->isHidden()) {
        find();
        return;
    }
    if (m_loading)
        return;
    const int count = matchCount();
    const int wanted = m_match + (forward ? 1 : -1);
    if (wanted >= 0 && wanted < count)
        showMatch(wanted);
    else if (shownIsText() && pageCount() > 1)
        searchOtherPages(forward);
    else if (count > 0)
        showMatch(forward ? 0 : count - 1);
}

void BodyView::showMatch(int match)
{
    m_match = match;
    const QWidget *shown = m_pages->currentWidget();
    if (shown == m_text) {
        m_text->setMatches(m_textMatches, m_matchLength, match);
    } else if (shown == m_hex) {
        m_hex->setMatches(m_hexMatches, static_cast<std::size_t>(m_matchLength), match);
    } else if (shown == m_tree) {
        const QModelIndex index = m_treeModel->indexOf(m_treeMatches[static_cast<std::size_t>(match)]);
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
    tellMatches();
}

// From the page shown around to itself, the first that has any.
void BodyView::searchOtherPages(bool forward)
{
    const QString needle = m_findBar->needle();
    if (needle.isEmpty())
        return;
    m_findBar->setResult(tr("Searching…"));
    work(false,
        [this, needle, sensitive = m_findBar->isCaseSensitive(), body = m_body, head = m_head, pretty = m_mode != Raw,
            from = m_page, forward](const auto &stop) -> Apply {
            const std::size_t count = body->pagesOf(pretty).size();
            for (std::size_t i = 1; i <= count && !stop(); ++i) {
                const std::size_t page = (from + (forward ? i : count * 2 - i)) % count;
                ShownTextPtr text = shownPage(*body, pretty, page, head);
                std::vector<int> found = findText(text->text, needle, sensitive);
                if (found.empty())
                    continue;
                return [this, forward, page, text = std::move(text), found = std::move(found),
                           length = static_cast<int>(needle.size())]() mutable {
                    m_page = page;
                    showFacts();
                    m_text->setText(std::move(text));
                    m_textMatches = std::move(found);
                    m_matchLength = length;
                    showMatch(forward ? 0 : matchCount() - 1);
                };
            }
            return [this] { tellMatches(); };
        });
}

void BodyView::tellMatches()
{
    const int count = matchCount();
    if (m_findBar->needle().isEmpty()) {
        m_findBar->setResult({});
        return;
    }
    const std::size_t most = m_pages->currentWidget() == m_tree ? kMostTreeMatches : kMostMatches;
    const QString many = static_cast<std::size_t>(count) >= most ? tr("%1 or more").arg(grouped(most))
                                                                 : grouped(static_cast<std::size_t>(count));
    const QString where = shownIsText() && pageCount() > 1
        ? tr(", page %1 of %2").arg(grouped(m_page + 1), grouped(static_cast<std::size_t>(pageCount())))
        : QString();
    m_findBar->setResult(count == 0 ? tr("Not found") : tr("%1 of %2").arg(m_match + 1).arg(many) + where, count > 0);
}

void BodyView::closeFind()
{
    m_findBar->hide();
    m_textMatches.clear();
    m_hexMatches.clear();
    m_treeMatches.clear();
    m_match = -1;
    m_text->setMatches({}, 0, -1);
    m_hex->setMatches({}, 0, -1);
    m_pages->currentWidget()->setFocus();
}

} // namespace hookbench::widgets
