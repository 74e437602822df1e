// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cache_summary.h"

#include "ui/models/cache_text.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fill_bar.h"
#include "ui/widgets/section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::size_t kProvidersShown = 5;

QWidget *stack(const QList<QWidget *> &parts, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(kGap, 0, kGap, kHalfGap);
    column->setSpacing(kHalfGap);
    for (QWidget *part : parts) {
        column->addWidget(part);
    }
    column->addStretch(1);
    return box;
}

} // namespace

CacheSummary::CacheSummary(QWidget *parent)
    : QWidget(parent)
    , m_rate(label("rate", true))
    , m_kindsOfHits(label("kinds"))
    , m_bar(new FillBar(tr("How full the cache is"), this))
    , m_fill(label("fill"))
    , m_trouble(label("trouble"))
    , m_promptShare(label("promptShare", true))
    , m_byProvider(label("byProvider"))
    , m_saved(label("saved", true))
    , m_waiting(label("waiting"))
    , m_unpriced(label("unpriced"))
{
    m_own = new Section(tr("Response cache"),
                        stack({m_rate, m_kindsOfHits, m_bar, m_fill, m_trouble}, this),
                        this);
    auto *prompt = new Section(tr("Providers' prompt caches"),
                               stack({m_promptShare, m_byProvider}, this),
                               this);
    auto *saved = new Section(tr("Saved"), stack({m_saved, m_waiting, m_unpriced}, this), this);
    saved->setNote(tr("since the gateway's start"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPad);
    row->addWidget(m_own, 5);
    row->addWidget(prompt, 5);
    row->addWidget(saved, 3);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

QLabel *CacheSummary::label(const char *name, bool large)
{
    auto *made = new QLabel(this);
    made->setObjectName(u"cache."_s + QLatin1StringView(name));
    made->setFont(themeFont(large ? TypeRole::Title : TypeRole::Caption));
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

void CacheSummary::show(const CacheView &view, const QHash<QString, QString> &kinds)
{
    showOwn(view);
    showPrompt(view, kinds);
    showSaved(view);
}

void CacheSummary::showOwn(const CacheView &view)
{
    const bool off = view.isOff();
    m_rate->setText(off                        ? tr("Cache is off")
                    : view.totals.lookups == 0 ? tr("Nothing asked yet")
                                               : hitRate(view.totals));
    QStringList kinds{modeText(view), hitKinds(view.totals)};
    kinds.removeAll(QString());
    m_kindsOfHits->setText(off ? tr("Nothing is looked up and nothing is kept.")
                               : kinds.join(u'\n'));
    const bool filled = !off || view.entryCount > 0;
    m_bar->setVisible(filled);
    m_fill->setVisible(filled);
    m_bar->setShare(fillShare(view), fillText(view));
    QString fill = fillText(view);
    if (view.totals.evicted > 0) {
        fill +=
            tr("; %1 made room").arg(text::count(static_cast<std::int64_t>(view.totals.evicted)));
    }
    m_fill->setText(fill);
    m_trouble->setText(view.trouble.empty() ? QString() : u"▲ "_s + text::fromUtf8(view.trouble));
    m_trouble->setVisible(!view.trouble.empty());
}

void CacheSummary::showPrompt(const CacheView &view, const QHash<QString, QString> &kinds)
{
    std::uint64_t prompt = 0;
    std::uint64_t cached = 0;
    std::vector<PromptCacheShare> shares = view.promptCaches;
    std::erase_if(shares, [](const PromptCacheShare &share) { return share.promptTokens == 0; });
    std::ranges::sort(shares, [](const PromptCacheShare &a, const PromptCacheShare &b) {
        return a.promptTokens > b.promptTokens;
    });
    QStringList lines;
    for (const PromptCacheShare &share : shares) {
        prompt += share.promptTokens;
        cached += share.cachedTokens;
        const QString kind = kinds.value(text::fromUtf8(share.provider));
        lines << tr("%1 %2", "a provider and its share")
                     .arg(text::providerName(share.provider, kind.toStdString()),
                          promptShare(share.cachedTokens, share.promptTokens));
    }
    m_byProvider->setToolTip(lines.join(u'\n'));
    if (shares.size() > kProvidersShown) {
        lines = lines.first(static_cast<qsizetype>(kProvidersShown));
        lines << tr("and %n more", nullptr, static_cast<int>(shares.size() - kProvidersShown));
    }
    m_promptShare->setText(prompt == 0 ? text::dash() : promptShare(cached, prompt));
    m_promptShare->setToolTip(tr("cached input"));
    m_byProvider->setText(prompt == 0 ? tr("No provider has told of tokens yet.")
                                      : lines.join(u" · "_s));
}

void CacheSummary::showSaved(const CacheView &view)
{
    const CacheTotals &totals = view.totals;
    const bool none = totals.hits() + totals.shared == 0;
    m_saved->setText(none ? text::dash() : text::money(totals.saved));
    m_waiting->setText(
        none ? tr("No answer was given again yet.")
             : tr("%1 of waiting")
                   .arg(text::span(std::chrono::duration_cast<Micros>(totals.waitSaved))));
    m_unpriced->setVisible(totals.unpricedHits > 0);
    m_unpriced->setText(tr("%n hit(s) saved nobody knows how much: their price is not known",
                           nullptr,
                           static_cast<int>(totals.unpricedHits)));
}

} // namespace signalbox::ui
