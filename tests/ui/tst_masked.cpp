// Masked headers on the screen: masked and unmasked by eye, key and undo; hidden wherever their value would stand.
#include "window_fixture.h"

#include "core/journal/code.h"
#include "core/pipeline/impact.h"
#include "ui/deliveries/resend_dialog.h"
#include "ui/inspector/compare_window.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/message_page.h"
#include "ui/inspector/trace_view.h"
#include "ui/request/request_section.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/text_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>

using namespace hookbench;
using widgets::KeyValueModel;
using widgets::KeyValueTable;

namespace {

constexpr const char *kSecret = "key-4711-abcdef";

destination::Mapping ordersMapping()
{
    return mappingOf("Orders",
        "{\"url\":\"https://example.com/x\",\"method\":\"POST\",\"headers\":{\"X-Tenant\":\"acme\",\"X-Api-Key\":"
        "\"key-4711-abcdef\",\"Authorization\":\"Bearer abc\"},\"data\":{\"@path\":\"$.\"}}",
        "type = \"track\"");
}

journal::RecordPtr record(HeaderNames masked)
{
    auto out = std::make_shared<journal::DeliveryRecord>();
    journal::Delivery &delivery = out->delivery;
    delivery.id = "d";
    delivery.mappingName = "Orders";
    delivery.method = "POST";
    delivery.url = "https://user:pass@example.com/x";
    delivery.headers = { { "x-api-key", kSecret }, { "x-tenant", "acme" } };
    delivery.body = "{}";
    delivery.maskedHeaders = std::move(masked);
    journal::Attempt attempt;
    attempt.delivery = "d";
    attempt.requestHeaders = delivery.headers;
    attempt.status = 200;
    attempt.responseHeaders = { { "X-Api-Key", kSecret } };
    out->attempts = { attempt };
    return out;
}

} // namespace

class TestMasked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEyeMasksAndShows()
    {
        Window w({ ordersMapping() });
        KeyValueTable *table = headers(w);
        const QAbstractItemModelTester tester(table->rows());
        QVERIFY(shown(table, 1).contains(QLatin1String(kSecret)));
        QVERIFY(!cell(table, 1).data(KeyValueModel::RowRole).toBool());
        clickEye(table, 1);
        QCOMPARE(w.document.project().maskedHeaders, HeaderNames{ "X-Api-Key" });
        QCOMPARE(w.undoText(), QStringLiteral("Mask header"));
        QVERIFY(!shown(table, 1).contains(QStringLiteral("4711")));
        QVERIFY(shown(table, 1).contains(QChar(0x2022)));
        QVERIFY(cell(table, 1)
                    .data(Qt::AccessibleDescriptionRole)
                    .toString()
                    .contains(QStringLiteral("X-Api-Key is masked")));
        QCOMPARE(w.document.setting(0, "/headers/X-Api-Key").asString(), std::string_view(kSecret));
        clickEye(table, 1); // a look
        QVERIFY(shown(table, 1).contains(QLatin1String(kSecret)));
        QCOMPARE(w.document.project().maskedHeaders.size(), std::size_t{ 1 });
        clickEye(table, 1);
        QVERIFY(!shown(table, 1).contains(QStringLiteral("4711")));
        w.trigger("edit.undo");
        QVERIFY(w.document.project().maskedHeaders.empty());
        QVERIFY(shown(table, 1).contains(QLatin1String(kSecret)));
        QVERIFY(!w.document.isModified());
        w.trigger("edit.redo");
        QVERIFY(!shown(table, 1).contains(QStringLiteral("4711")));
    }

    void theKeyMasksAndUnmasks()
    {
        Window w({ ordersMapping() });
        KeyValueTable *table = headers(w);
        table->setFocus();
        table->setCurrentIndex(cell(table, 1));
        QTest::keyClick(table, Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(w.document.project().maskedHeaders, HeaderNames{ "X-Api-Key" });
        QTest::keyClick(table, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(w.document.project().maskedHeaders.empty());
        QCOMPARE(w.undoText(), QStringLiteral("Unmask header"));
        // Credentials are masked always, and say so.
        table->setCurrentIndex(cell(table, 2));
        QTest::keyClick(table, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(w.document.project().maskedHeaders.empty());
        QVERIFY(!shown(table, 2).contains(QStringLiteral("abc")));
        QVERIFY(cell(table, 2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("always masked")));
    }

    void theMenuMasksAndCopiesOnlyWhatIsSeen()
    {
        Window w({ ordersMapping() });
        KeyValueTable *table = headers(w);
        table->setCurrentIndex(cell(table, 1));
        QVERIFY(choose(table, QStringLiteral("Mask")));
        QCOMPARE(w.document.project().maskedHeaders, HeaderNames{ "X-Api-Key" });
        QVERIFY(!choose(table, QStringLiteral("Copy the value")));
        QVERIFY(choose(table, QStringLiteral("Show the value")));
        QVERIFY(choose(table, QStringLiteral("Copy the value")));
        QCOMPARE(QApplication::clipboard()->text(), QLatin1String(kSecret));
        QVERIFY(choose(table, QStringLiteral("Unmask")));
        QVERIFY(w.document.project().maskedHeaders.empty());
    }

    void aRenamedHeaderStaysMasked()
    {
        Window w({ ordersMapping() });
        w.document.setHeaderMasked(QStringLiteral("x-api-KEY"), true);
        KeyValueTable *table = headers(w);
        QVERIFY(cell(table, 1).data(KeyValueModel::RowRole).toBool());
        QVERIFY(table->rows()->setData(
            table->rows()->index(1, KeyValueModel::KeyColumn), QStringLiteral("X-Other"), Qt::EditRole));
        QCOMPARE(w.document.project().maskedHeaders, (HeaderNames{ "x-api-KEY", "X-Other" }));
        QVERIFY(cell(table, 1).data(KeyValueModel::RowRole).toBool());
        QCOMPARE(w.undoText(), QStringLiteral("Rename header"));
        w.trigger("edit.undo");
        QCOMPARE(w.document.project().maskedHeaders, HeaderNames{ "x-api-KEY" });
        QVERIFY(!w.document.setting(0, "/headers/X-Api-Key").isUndefined());
    }

    void theInspectorHidesIt_data()
    {
        QTest::addColumn<bool>("byTheRecord");
        QTest::newRow("the record says so") << true;
        QTest::newRow("the project says so now") << false;
    }
    void theInspectorHidesIt()
    {
        QFETCH(bool, byTheRecord);
        Window w({ ordersMapping() });
        auto *inspector = w.window.findChild<inspector::Inspector *>();
        QVERIFY(inspector);
        inspector->show(record(byTheRecord ? HeaderNames{ "X-API-KEY" } : HeaderNames()));
        const auto texts = [&] {
            QString all;
            for (int tab = 0; tab < inspector->tabs()->count(); ++tab) {
                inspector->tabs()->setCurrentIndex(tab);
                (void)QTest::qWaitFor([&] { return inspector->isSettled(); });
                QTest::qWait(20);
                for (auto *view : inspector->findChildren<widgets::TextView *>())
                    all += view->isVisibleTo(inspector) ? view->text() : QString();
                for (auto *editor : inspector->findChildren<widgets::CodeEditor *>())
                    all += editor->isVisibleTo(inspector) ? editor->toPlainText() : QString();
            }
            return all;
        };
        if (!byTheRecord) {
            QVERIFY(texts().contains(QLatin1String(kSecret)));
            w.document.setHeaderMasked(QStringLiteral("X-Api-Key"), true);
        }
        const QString all = texts();
        QVERIFY(all.contains(QStringLiteral("x-api-key"), Qt::CaseInsensitive));
        QVERIFY(all.contains(QStringLiteral("acme")));
        QVERIFY2(!all.contains(QLatin1String(kSecret)), qPrintable(all));
        w.trigger("delivery.curl");
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("REDACTED")));
        QVERIFY(!QApplication::clipboard()->text().contains(QLatin1String(kSecret)));
        // Asked for, it is shown.
        inspector->tabs()->setCurrentIndex(0);
        inspector->request()->setSecretsShown(true);
        QTRY_VERIFY(inspector->request()->view()->textView()->text().contains(QLatin1String(kSecret)));
    }

    void comparingTellsThatItDiffers()
    {
        const inspector::ComparedMessage before = inspector::comparedMessage(record({}), false);
        inspector::ComparedMessage after = inspector::comparedMessage(record({ "X-Api-Key" }), false);
        after.headers[0].value = "another-key-0815";
        const inspector::Comparison comparison = inspector::compare(before, after, false);
        QCOMPARE(comparison.places.size(), std::size_t{ 1 });
        const QString all
            = comparison.places[0].before + comparison.places[0].after + comparison.beforeText + comparison.afterText;
        QVERIFY(!all.contains(QLatin1String(kSecret)) && !all.contains(QStringLiteral("0815")));
        QVERIFY(!all.contains(QStringLiteral("user:pass")));
    }

    void theTraceHidesIt_data()
    {
        QTest::addColumn<bool>("inADirective");
        QTest::newRow("headers as a list") << false;
        QTest::newRow("headers made by a directive") << true;
    }
    void theTraceHidesIt()
    {
        QFETCH(bool, inADirective);
        pipeline::TraceQuestion question;
        question.mapping = ordersMapping();
        if (inADirective)
            question.mapping.settings
                = *json::parse("{\"url\":\"https://example.com/x\",\"method\":\"POST\",\"headers\":{\"@merge\":{"
                               "\"objects\":[{\"X-Tenant\":\"acme\"},{\"X-Api-Key\":\"key-4711-abcdef\"}],"
                               "\"direction\":\"right\"}},\"data\":{\"@path\":\"$.\"}}");
        question.events = { "{\"type\":\"track\"}" };
        const pipeline::Trace trace = pipeline::trace(question, nullptr);
        QString all;
        for (const inspector::TraceStep &step : inspector::traceSteps(trace, 0, *record({ "X-Api-Key" })))
            all += step.text->text;
        QVERIFY(all.contains(QStringLiteral("X-Api-Key")) && all.contains(QStringLiteral("acme")));
        QVERIFY(!all.contains(QLatin1String(kSecret)));
    }

    void impactHidesIt()
    {
        destination::Project project = destination::newProject("n");
        project.mappings = { ordersMapping() };
        project.maskedHeaders = { "x-api-key" };
        const auto before
            = std::make_shared<const pipeline::Plan>(project, pipeline::PlanOptions{ .testEvents = true });
        project.mappings[0] = mappingOf("Orders",
            "{\"url\":\"https://example.com/x\",\"method\":\"POST\",\"headers\":{\"X-Api-Key\":\"other-key-0815\","
            "\"Authorization\":\"Bearer other\"},\"data\":{\"@path\":\"$.\"}}",
            "type = \"track\"");
        const auto after = std::make_shared<const pipeline::Plan>(project, pipeline::PlanOptions{ .testEvents = true });
        const json::Document event = json::parse("{\"type\":\"track\"}").value();
        const pipeline::EventImpact impact = pipeline::ImpactComparison(before, 0, after, 0).of(0, event, nullptr);
        QCOMPARE(impact.places.size(), std::size_t{ 3 });
        for (const pipeline::ImpactPlace &place : impact.places)
            for (const std::string &text : { place.before, place.after })
                QVERIFY2(text.find("key-") == std::string::npos && text.find("abc") == std::string::npos
                        && text.find("other") == std::string::npos,
                    text.c_str());
    }

    void editingBeforeResendingHidesIt()
    {
        const theme::Theme theme(theme::Scheme::Light);
        deliveries::ResendDialog dialog(record({ "X-Api-Key" }), {});
        auto *lines = named<QPlainTextEdit>(dialog, QStringLiteral("Headers"));
        auto *show = dialog.findChild<QCheckBox *>();
        for (QCheckBox *box : dialog.findChildren<QCheckBox *>())
            if (box->text().contains(QStringLiteral("credentials")))
                show = box;
        auto *buttons = dialog.findChild<QDialogButtonBox *>();
        QVERIFY(lines && show && buttons);
        QVERIFY(!lines->toPlainText().contains(QLatin1String(kSecret)));
        // What is hidden goes out as it was when something else is edited.
        lines->setPlainText(lines->toPlainText().replace(QStringLiteral("acme"), QStringLiteral("other")));
        send(buttons);
        QVERIFY(dialog.resend().headers.has_value());
        QCOMPARE(*dialog.resend().headers, (Headers{ { "x-api-key", kSecret }, { "x-tenant", "other" } }));
        show->setChecked(true);
        QVERIFY(lines->toPlainText().contains(QLatin1String(kSecret)));
        QVERIFY(lines->toPlainText().contains(QStringLiteral("other")));
        lines->setPlainText(lines->toPlainText().replace(QLatin1String(kSecret), QStringLiteral("new-key")));
        show->setChecked(false);
        QVERIFY(!lines->toPlainText().contains(QStringLiteral("new-key")));
        send(buttons);
        QCOMPARE(*dialog.resend().headers, (Headers{ { "x-api-key", "new-key" }, { "x-tenant", "other" } }));
    }

private:
    static KeyValueTable *headers(const Window &w)
    {
        return w.window.findChild<request::RequestSection *>()->headers();
    }
    static QModelIndex cell(const KeyValueTable *table, int row)
    {
        return table->rows()->index(row, KeyValueModel::ValueColumn);
    }
    static QString shown(const KeyValueTable *table, int row) { return cell(table, row).data().toString(); }
    static void clickEye(KeyValueTable *table, int row)
    {
        const QRect r = table->visualRect(cell(table, row));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, QPoint(r.right() - 14, r.center().y()));
    }
    /// The entry of the context menu, by its words without the mnemonic; false: it cannot be chosen.
    static bool choose(KeyValueTable *table, const QString &words)
    {
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), table->mapToGlobal(QPoint()));
        QApplication::sendEvent(table->viewport(), &asked);
        auto *menu = table->findChildren<QMenu *>().value(table->findChildren<QMenu *>().size() - 1);
        if (!menu)
            return false;
        bool chosen = false;
        for (QAction *action : menu->actions())
            if (QString(action->text()).remove(u'&').section(u'\t', 0, 0) == words && action->isEnabled()) {
                action->trigger();
                chosen = true;
            }
        delete menu;
        return chosen;
    }
    template <typename T>
    static T *named(const QWidget &parent, const QString &name)
    {
        for (T *widget : parent.findChildren<T *>())
            if (widget->accessibleName() == name)
                return widget;
        return nullptr;
    }
    static void send(const QDialogButtonBox *buttons)
    {
        for (QAbstractButton *button : buttons->buttons())
            if (buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
                button->click();
    }
};

QTEST_MAIN(TestMasked)
#include "tst_masked.moc"
