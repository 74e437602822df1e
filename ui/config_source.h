// SPDX-License-Identifier: GPL-3.0-or-later
// The console's only handle on the configuration: texts, what is wrong with them, and their past.
#pragma once

#include "ui/attempt_bill.h"

#include "core/base/time.h"
#include "core/domain/follow_up.h"
#include "core/domain/proposal.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/domain/trial.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace signalbox::ui {

/// What the gateway runs by.
struct RunningConfig
{
    QString text;
    QString revision; ///< of the text: 12 hex digits; empty: nothing is known yet
    qint64 number = 0; ///< of the last change, for people: "Plan 17"; 0: none was kept yet
    std::shared_ptr<const Configuration> settings; ///< null: nothing is known yet
    QString whyFixed; ///< why it cannot be changed, in a sentence; empty: it can
};

struct ConfigFault
{
    int line = 0; ///< from 1; 0: of the whole text
    int column = 0; ///< from 1, in code points
    QString message; ///< a sentence
    /// Such as `route[0].rule[1].targets[2].weight`, counted from 0 in the text's order; empty where
    /// the text is no TOML, or the fault is of no key.
    QString path;

    friend bool operator==(const ConfigFault &, const ConfigFault &) = default;
};

/// What a text says in vain, though it is valid.
struct ConfigWarning
{
    QString route; ///< empty: of no route
    QString rule; ///< empty: of the whole route
    QString message; ///< a sentence

    friend bool operator==(const ConfigWarning &, const ConfigWarning &) = default;
};

struct CheckedConfig
{
    std::shared_ptr<const Configuration> settings; ///< null: there are faults
    std::vector<ConfigFault> faults; ///< by place; a syntax error comes alone
    std::vector<ConfigWarning> warnings;
};

/// What is to become of one route.
struct RouteChange
{
    QString route; ///< its name in the text; empty: it is a new one, behind the others
    /// Nothing: it goes. Another name than `route`: it is renamed. Its rules are known by their
    /// names; where one is gone and one is new that has its conditions or targets, it was renamed.
    std::optional<RouteSettings> wanted;
};

/// What is to become of the cache's settings; what is not set stays.
struct CacheChange
{
    QString mode = {}; ///< `off`, `exact`, `semantic`; empty: as it is
    std::optional<double> threshold = {}; ///< of likeness, 0..1

    friend bool operator==(const CacheChange &, const CacheChange &) = default;
};

/// What a model costs from now on.
struct PriceChange
{
    QString provider;
    QString model; ///< the provider's own name
    QString input; ///< US dollars per million tokens, as it was typed
    QString output; ///< likewise

    friend bool operator==(const PriceChange &, const PriceChange &) = default;
};

struct EditedConfig
{
    QString text; ///< empty: there is a problem
    QString problem; ///< a sentence: what is faulty, or cannot be changed but by hand
};

/// What another gateway's configuration says and ours does not say in the same way.
struct ImportNote
{
    enum class Kind : std::uint8_t {
        Dropped, ///< it has no equivalent
        Changed, ///< it was taken over as something alike
        Key, ///< a key has to be put where the message says
    };
    Kind kind = Kind::Dropped;
    int line = 1;
    QString path; ///< such as `model_list[0].litellm_params.tags`
    QString message; ///< never with a secret

    friend bool operator==(const ImportNote &, const ImportNote &) = default;
};

struct ImportedConfig
{
    QString format; ///< of the file, for people
    /// What goes behind the text that it was made for; empty: all it needs is there.
    QString providers = {};
    int providerCount = 0;
    std::vector<RouteSettings> routes = {};
    std::vector<ImportNote> notes = {}; ///< by line
    std::vector<ConfigFault> faults = {}; ///< not empty: nothing else is there
};

struct DiffLine
{
    enum class Kind : std::uint8_t {
        Same,
        Removed,
        Added
    };
    Kind kind = Kind::Same;
    int before = 0; ///< its line in the old text, from 1; 0: it is not there
    int after = 0; ///< likewise in the new one
    QString text; ///< without the line's end

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// Changes close to each other, with up to three lines around them.
struct DiffHunk
{
    std::vector<DiffLine> lines; ///< never empty

    friend bool operator==(const DiffHunk &, const DiffHunk &) = default;
};

/// Where a change comes from.
struct ChangeOrigin
{
    std::optional<ExpectedEffect> foretold = {}; ///< by a preview of exactly its text
    qint64 proposal = 0; ///< that it takes over, as it was or edited; 0: none
};

struct ApplyOutcome
{
    enum class Kind : std::uint8_t {
        Applied, ///< also where nothing had to change
        Conflict, ///< somebody was faster: nothing was changed; `theirs` is what is there now
        Faulty, ///< nothing was changed; see `faults`
        Failed, ///< nothing was changed; see `problem`
    };
    Kind kind = Kind::Failed;
    QString revision = {}; ///< Applied: the new one. Conflict: theirs
    qint64 number = 0; ///< likewise
    QString replaced = {}; ///< Applied: the revision before, for a rollback
    qint64 trial = 0; ///< Applied to a share first: nothing else is in force yet
    QString theirs = {}; ///< Conflict: their text
    QString author = {}; ///< Conflict: who; `file`: somebody with an editor
    std::optional<SystemTime> time =
        {}; ///< Conflict: when; nothing: it is in the file, not applied
    std::vector<ConfigFault> faults = {};
    QString problem = {}; ///< a sentence, whenever it was not applied
};

/// A change that was applied once.
struct ConfigRevision
{
    enum class Cause : std::uint8_t {
        Start, ///< the gateway started with it
        Applied, ///< by an operator
        RolledBack, ///< by an operator, to `restored`
        File, ///< the file was edited, and read again
    };
    qint64 number = 0; ///< grows by one
    QString revision; ///< of the text; a rollback has the one it went back to
    SystemTime time;
    Cause cause = Cause::Applied;
    qint64 restored = 0; ///< RolledBack: that revision's number
    QString who; ///< the operator; `console`, `file`, `gateway`
    QString why; ///< in their words; may be empty
    int linesAdded = 0; ///< against the revision before
    int linesRemoved = 0;
    std::optional<FollowUp> followUp = {}; ///< nothing: nothing was foretold of it

    friend bool operator==(const ConfigRevision &, const ConfigRevision &) = default;
};

/// What the gateway would do with a request, by the text that was asked for.
struct Explanation
{
    /// Its facts, needs, route, rule and decision; nothing of it was sent. Null: see `problem`.
    std::shared_ptr<const RequestRecord> record;
    QString problem = {}; ///< a sentence
};

/// A piece of a text, in UTF-16 units.
struct TextSpan
{
    qsizetype from = 0;
    qsizetype length = 0;

    friend bool operator==(const TextSpan &, const TextSpan &) = default;
};

/// Lives on the UI thread, as do all its callers. No function of it ever blocks: those that return
/// something compute it, the others are answered later, once each, with their \p id.
class ConfigSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual RunningConfig running() const = 0;

    // ---- of texts alone: nothing is asked, nothing changes -----------------------------------

    [[nodiscard]] virtual CheckedConfig check(const QString &text) const = 0;
    /// \p text with another route: every byte outside what changed is as it was. A change that
    /// changes nothing gives \p text.
    [[nodiscard]] virtual EditedConfig edit(const QString &text,
                                            const RouteChange &change) const = 0;
    /// \p text with other settings of the cache, likewise.
    [[nodiscard]] virtual EditedConfig editCache(const QString &text,
                                                 const CacheChange &change) const = 0;
    /// \p text with other prices, likewise.
    [[nodiscard]] virtual EditedConfig editPrices(
        const QString &text, const std::vector<PriceChange> &changes) const = 0;
    /// A LiteLLM `config.yaml` or a Portkey config object, to be added to \p text. \p name of the file.
    [[nodiscard]] virtual ImportedConfig importFile(const QByteArray &file,
                                                    const QString &name,
                                                    const QString &text) const = 0;
    [[nodiscard]] virtual std::vector<DiffHunk> diff(const QString &before,
                                                     const QString &after) const = 0;
    /// Where \p text has the characters that the fact `cjk_share` counts as Chinese, Japanese or
    /// Korean; in order, without overlap.
    [[nodiscard]] virtual std::vector<TextSpan> cjkSpans(const QString &text) const = 0;

    // ---- of what was, by the running configuration ------------------------------------------

    /// How the cost of an attempt that began at \p started comes about; nothing where its usage is not
    /// known, the provider stated the cost itself, or there is no price. Its sum may differ from the
    /// ledger's where prices were changed since.
    [[nodiscard]] virtual std::optional<AttemptBill> bill(const AttemptRecord &attempt,
                                                          SystemTime started) const = 0;
    /// What would be decided of \p record now, with its facts, and what was known of its candidates
    /// then; targets that were none count as vetoed. Nothing where its route is gone.
    [[nodiscard]] virtual std::optional<Decision> decideAgain(
        const RequestRecord &record) const = 0;

    // ---- of the gateway ----------------------------------------------------------------------

    /// Answered by applied(). \p base is the revision that the draft began with; nothing is changed
    /// where another one runs, or stands in the file. \p why may be empty. What \p origin foretells is
    /// kept with the revision, and compared with what then happens.
    virtual void apply(quint64 id,
                       const QString &text,
                       const QString &base,
                       const QString &why,
                       const ChangeOrigin &origin) = 0;
    void apply(quint64 id, const QString &text, const QString &base, const QString &why)
    {
        apply(id, text, base, why, {});
    }
    /// Answered by applied(): \p text serves a share of the requests of the routes that it changes,
    /// and all of them when it has turned out no worse. \p proposal as in ChangeOrigin.
    virtual void applyToShare(quint64 id,
                              const QString &text,
                              const QString &base,
                              const QString &why,
                              const TrialTerms &terms,
                              qint64 proposal) = 0;
    /// Answered by trialEnded(). The one that runs serves all (\p takeOver), or nobody.
    virtual void endTrial(quint64 id, bool takeOver, const QString &why) = 0;
    /// The newest, running or ended; null: none is known.
    [[nodiscard]] virtual std::shared_ptr<const TrialView> trial() const = 0;
    /// Answered by applied(). Goes back to the text of revision \p number, if \p base still runs.
    virtual void rollBack(quint64 id, qint64 number, const QString &base, const QString &why) = 0;
    /// Answered by proposalsArrived().
    virtual void askProposals(quint64 id) = 0;
    /// Answered by proposalRefused().
    virtual void refuseProposal(quint64 id, qint64 number, const QString &why) = 0;
    /// Answered by revisionsArrived(), after truthArrived() where that is known.
    virtual void askRevisions(quint64 id) = 0;
    /// Answered by revisionArrived().
    virtual void askRevision(quint64 id, qint64 number) = 0;
    /// Answered by explained(). \p body is a chat completions request in JSON; \p text the
    /// configuration to decide by, with the present state of its targets; empty: the running one.
    virtual void explain(quint64 id, const QByteArray &body, const QString &text) = 0;

Q_SIGNALS:
    /// running() answers differently now: another revision, or another `whyFixed`.
    void changed();
    void applied(quint64 id, const ApplyOutcome &outcome);
    /// trial() answers differently now.
    void trialChanged();
    /// \p problem is a sentence; empty: it was done.
    void trialEnded(quint64 id, const QString &problem);
    /// Newest first.
    void proposalsArrived(quint64 id,
                          const std::vector<Proposal> &proposals,
                          const QString &problem);
    void proposalRefused(quint64 id, const QString &problem);
    void truthArrived(const ForesightTruth &truth);
    /// Newest first, at most the hundred newest. \p problem is a sentence; empty: it worked.
    void revisionsArrived(quint64 id,
                          const std::vector<ConfigRevision> &revisions,
                          const QString &problem);
    /// \p diff is against the revision before; empty for the first that is kept.
    void revisionArrived(quint64 id,
                         const QString &text,
                         const std::vector<DiffHunk> &diff,
                         const QString &problem);
    void explained(quint64 id, const Explanation &explanation);
};

} // namespace signalbox::ui
