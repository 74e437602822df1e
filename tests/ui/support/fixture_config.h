// SPDX-License-Identifier: GPL-3.0-or-later
// The fixture's configuration and its past, with real texts and no gateway.
#pragma once

#include "ui/config_source.h"

#include <map>

namespace signalbox::ui {

/// Reads, edits and compares as the program does. What is applied is kept in memory; answers come
/// when the event loop runs.
class FixtureConfig : public ConfigSource
{
    Q_OBJECT

public:
    explicit FixtureConfig(QObject *parent = nullptr);

    [[nodiscard]] RunningConfig running() const override;
    [[nodiscard]] CheckedConfig check(const QString &text) const override;
    [[nodiscard]] EditedConfig edit(const QString &text, const RouteChange &change) const override;
    [[nodiscard]] EditedConfig editCache(const QString &text,
                                         const CacheChange &change) const override;
    [[nodiscard]] EditedConfig editPrices(const QString &text,
                                          const std::vector<PriceChange> &changes) const override;
    [[nodiscard]] ImportedConfig importFile(const QByteArray &file,
                                            const QString &name,
                                            const QString &text) const override;
    [[nodiscard]] std::vector<DiffHunk> diff(const QString &before,
                                             const QString &after) const override;
    [[nodiscard]] std::vector<TextSpan> cjkSpans(const QString &text) const override;
    /// $3 per million in, $15 out, for every target.
    [[nodiscard]] std::optional<AttemptBill> bill(const AttemptRecord &attempt,
                                                  SystemTime started) const override;
    /// As it was, with another rule.
    [[nodiscard]] std::optional<Decision> decideAgain(const RequestRecord &record) const override;
    using ConfigSource::apply;
    void apply(quint64 id,
               const QString &text,
               const QString &base,
               const QString &why,
               const ChangeOrigin &origin) override;
    void applyToShare(quint64 id,
                      const QString &text,
                      const QString &base,
                      const QString &why,
                      const TrialTerms &terms,
                      qint64 proposal) override;
    void endTrial(quint64 id, bool takeOver, const QString &why) override;
    [[nodiscard]] std::shared_ptr<const TrialView> trial() const override { return m_trial; }
    void rollBack(quint64 id, qint64 number, const QString &base, const QString &why) override;
    void askProposals(quint64 id) override;
    void refuseProposal(quint64 id, qint64 number, const QString &why) override;
    void askRevisions(quint64 id) override;
    void askRevision(quint64 id, qint64 number) override;
    void explain(quint64 id, const QByteArray &body, const QString &text) override;

    /// Somebody else applies \p text.
    void applyAs(const QString &who, const QString &text, const QString &why);
    /// What is proposed, newest first.
    void setProposals(std::vector<Proposal> proposals) { m_proposals = std::move(proposals); }
    [[nodiscard]] const std::vector<Proposal> &proposals() const { return m_proposals; }
    /// What is on trial, or was; null: nothing ever.
    void setTrial(std::shared_ptr<const TrialView> trial);
    /// What came of the newest revision, and of previews on the whole.
    void setFollowUp(const FollowUp &followUp, const ForesightTruth &truth)
    {
        m_past.front().followUp = followUp;
        m_truth = truth;
    }
    /// Of what was applied last.
    [[nodiscard]] const ChangeOrigin &origin() const { return m_origin; }
    /// The running text with \p before replaced once by \p after.
    [[nodiscard]] QString textWith(const QString &before, const QString &after) const;
    void setFixed(const QString &why);
    /// What is applied next fails with this sentence; empty: it works.
    void failApply(const QString &why) { m_failure = why; }
    [[nodiscard]] const std::vector<ConfigRevision> &past() const { return m_past; }
    /// How often something was to be explained; nothing is ever sent.
    [[nodiscard]] int questions() const { return m_questions; }

private:
    [[nodiscard]] static QString revisionOf(const QString &text);
    void put(const QString &text, ConfigRevision revision);
    [[nodiscard]] bool isConflict(quint64 id, const QString &base);
    void answer(quint64 id, const ApplyOutcome &outcome);

    QString m_text;
    std::vector<ConfigRevision> m_past; ///< newest first
    std::map<qint64, QString> m_texts; ///< by number
    std::shared_ptr<const TrialView> m_trial;
    std::vector<Proposal> m_proposals;
    QString m_tried; ///< the text on trial
    ChangeOrigin m_origin;
    ForesightTruth m_truth;
    QString m_fixed;
    QString m_failure;
    int m_questions = 0;
};

} // namespace signalbox::ui
