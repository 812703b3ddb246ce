#include "ui/inspector/signature_view.h"

#include "core/signing/verify.h"
#include "ui/inspector/http_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace hookbench::inspector {

SignatureView::SignatureView(QWidget *parent)
    : QWidget(parent)
    , m_verdict(new widgets::Banner)
    , m_warning(new widgets::Banner(widgets::Tone::Warning))
    , m_body(new widgets::CodeEditor)
{
    auto *grid = new QGridLayout;
    grid->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 6);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    m_header = addRow(grid, 0, tr("X-Signature header"), nullptr);
    m_covered = addRow(grid, 1, tr("Recomputed, covered bytes"), &m_coveredState);
    m_whole = addRow(grid, 2, tr("Recomputed, whole body"), &m_wholeState);
    m_body->setReadOnly(true);
    m_body->setGutter(widgets::CodeEditor::Gutter::ByteOffsets);
    m_body->setLineWrapped(true);
    m_body->setCurrentLineTinted(false);
    m_body->setLexer(widgets::jsonLexer());
    m_body->setAccessibleName(tr("Body, with the signed bytes marked"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_verdict);
    layout->addLayout(grid);
    layout->addWidget(m_warning);
    layout->addWidget(m_body, 1);
}

QLabel *SignatureView::addRow(QGridLayout *grid, int row, const QString &title, widgets::StatusLabel **state)
{
    auto *name = new widgets::MutedLabel(title);
    auto *value = new QLabel;
    value->setFont(theme::font(theme::Text::Mono));
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(title);
    grid->addWidget(name, row, 0);
    grid->addWidget(value, row, 1);
    if (state) {
        *state = new widgets::StatusLabel;
        grid->addWidget(*state, row, 2);
    }
    return value;
}

void SignatureView::show(const journal::DeliveryRecord &record, const std::string &secret)
{
    using widgets::Tone;
    const journal::Delivery &delivery = record.delivery;
    const Headers &headers = !record.attempts.empty() && !record.attempts.back().requestHeaders.empty()
        ? record.attempts.back().requestHeaders
        : delivery.headers;
    const Header *header = findHeader(headers, "x-signature");
    const signing::Verdict verdict = signing::verify(
        delivery.body, header ? std::optional<std::string_view>(header->value) : std::nullopt, secret);
    const std::size_t events = delivery.events.size();
    switch (verdict) {
    case signing::Verdict::ValidWholeBody:
        m_verdict->setTone(Tone::Success);
        m_verdict->setIconName("ok");
        m_verdict->setText(tr("Valid"), tr("The signature covers the whole body, %1 bytes.").arg(delivery.body.size()));
        break;
    case signing::Verdict::ValidFirstEvent:
        m_verdict->setTone(Tone::Success);
        m_verdict->setIconName("ok-part");
        m_verdict->setText(tr("Valid for event 1 of %1").arg(events),
            tr("The signature covers %1 of %2 bytes.")
                .arg(delivery.signedBytes ? delivery.signedBytes->second : 0)
                .arg(delivery.body.size()));
        break;
    case signing::Verdict::Invalid:
        m_verdict->setTone(Tone::Error);
        m_verdict->setIconName("fail");
        m_verdict->setText(tr("Does not verify with the present secret"),
            tr("Another secret was set when it was sent, or the mapping wrote X-Signature itself."));
        break;
    case signing::Verdict::Unsigned:
        m_verdict->setTone(Tone::Neutral);
        m_verdict->setIconName("dash");
        m_verdict->setText(tr("Unsigned"),
            tr("It was sent without X-Signature: no shared secret was set, or the first event has no data."));
        break;
    case signing::Verdict::NoSecret:
        m_verdict->setTone(Tone::Neutral);
        m_verdict->setIconName("key");
        m_verdict->setText(
            tr("No shared secret"), tr("There is nothing to verify with. Set the destination's shared secret."));
        break;
    }
    m_header->setText(header ? QString::fromStdString(header->value) : tr("none"));
    const auto compare = [&](QLabel *value, widgets::StatusLabel *state, std::string_view bytes) {
        const QString hex = secret.empty() ? tr("–") : QString::fromStdString(signing::Signer(secret).sign(bytes));
        value->setText(hex);
        const bool known = header && !secret.empty();
        const bool equal = known && hex.toStdString() == header->value;
        state->setVisible(known);
        state->setStatus(
            equal ? "ok" : "fail", equal ? tr("Equal") : tr("Differs"), equal ? Tone::Success : Tone::Error);
    };
    const std::string_view body = delivery.body;
    const bool isBatch = delivery.signedBytes && delivery.signedBytes->first > 0;
    const std::string_view covered
        = delivery.signedBytes ? body.substr(delivery.signedBytes->first, delivery.signedBytes->second) : body;
    compare(m_covered, m_coveredState, covered);
    compare(m_whole, m_wholeState, body);
    m_warning->setVisible(isBatch && events > 1);
    if (events > 1)
        m_warning->setText(events == 2 ? tr("Event 2 can be changed unnoticed")
                                       : tr("Events 2 to %1 can be changed unnoticed").arg(events),
            tr("Segment signs only the first event of a batch. Accept HTTPS only, or turn batching off."));

    m_body->replaceText(bodyText(body, false));
    std::vector<widgets::CodeEditor::Range> ranges;
    if (delivery.signedBytes && body.size() <= kLongestShown) {
        const theme::Tokens &t = theme::tokens();
        const int start = m_body->fromByteOffset(delivery.signedBytes->first);
        const int end = m_body->fromByteOffset(delivery.signedBytes->first + delivery.signedBytes->second);
        ranges.push_back({ start, end - start, QBrush(t.sel) });
        if (isBatch)
            ranges.push_back(
                { end, m_body->fromByteOffset(body.size()) - end, QBrush(t.warningLine, Qt::BDiagPattern) });
    }
    m_body->setRanges(std::move(ranges));
}

} // namespace hookbench::inspector
