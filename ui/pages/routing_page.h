// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets which requests: routes edited as a draft, tried, reviewed, applied and rolled back.
#pragma once

#include "ui/pages/page.h"
#include "ui/state/routing_draft.h"

#include <QTimer>

#include <functional>

class QLabel;
class QStackedWidget;

namespace signalbox::ui {

class DraftBar;
class ForesightSource;
class LedgerSource;
class MatrixView;
class NoticeBar;
class PreviewPanel;
class PromptTester;
class RoutesView;
class RoutingConflict;
class RoutingHistory;
class RoutingImport;
class RoutingReview;
class Segments;
class TrialBar;

class RoutingPage : public Page
{
    Q_OBJECT

public:
    enum View {
        Routes,
        Try,
        Matrix,
        Revisions,
        Review,
        Conflict,
        Import
    };

    /// \p config null: nothing is known of the configuration; there is no draft then. \p ledger null:
    /// nothing is known of the past.
    RoutingPage(ConsoleState &state,
                ConfigSource *config,
                LedgerSource *ledger = nullptr,
                QWidget *parent = nullptr);

    /// Who says what a draft would have done; null: nobody. To be set once.
    void setForesight(ForesightSource *foresight);
    /// Asks for it, beside the routes.
    void preview();
    /// Puts \p targets, by name, among those that no proposal gives more weight: in the draft, of each
    /// route whose weights are proposed and that asks them. Says so where there is none.
    void veto(const QStringList &targets);

    void refresh() override;
    [[nodiscard]] QUndoStack *undoStack() override;
    /// Null without a configuration.
    [[nodiscard]] RoutingDraft *draft() const { return m_draft; }
    [[nodiscard]] RoutesView *routes() const { return m_routes; }
    [[nodiscard]] MatrixView *matrix() const { return m_matrix; }
    [[nodiscard]] View view() const;
    void setView(View view);
    /// The review, or from there: apply.
    void reviewOrApply();
    /// Applies at once; \p done hears whether it worked, once.
    void apply(const QString &why, std::function<void(bool)> done = {});
    /// The draft takes a share of the requests first.
    void applyToShare(const QString &why, const TrialTerms &terms);
    /// A change is on trial now.
    [[nodiscard]] bool hasTrial() const;
    /// It serves all from now on (\p takeOver), or nobody.
    void endTrial(bool takeOver);
    void rollBack(qint64 number);
    /// Asks for a file of another gateway and puts it into the draft.
    void askWhatToImport();

Q_SIGNALS:
    /// The draft, or what can be done with it or with a trial, is another.
    void draftChanged();

private:
    [[nodiscard]] std::optional<ExpectedEffect> expected() const;
    void build();
    void connectParts();
    void connectTrial();
    void refreshNotices();
    void refreshTrial();
    void refreshTrialEnd();
    void beginApplying();
    void refreshFaults();
    void settle();
    void applied(const ApplyOutcome &outcome);
    void tellApplied(const ApplyOutcome &outcome);
    void openConflict(const ApplyOutcome &outcome);
    void openOvertaken();
    void restore(qint64 number, const QString &text);

    ConfigSource *m_config;
    LedgerSource *m_ledger;
    RoutingDraft *m_draft = nullptr;
    Segments *m_choice = nullptr;
    DraftBar *m_bar = nullptr;
    NoticeBar *m_fixed = nullptr;
    NoticeBar *m_overtaken = nullptr;
    NoticeBar *m_fault = nullptr;
    NoticeBar *m_outcome = nullptr;
    TrialBar *m_trial = nullptr;
    NoticeBar *m_trialEnd = nullptr;
    std::int64_t m_readEnd = 0; ///< the trial whose end was read
    quint64 m_ending = 0;
    QStackedWidget *m_views = nullptr;
    RoutesView *m_routes = nullptr;
    PreviewPanel *m_preview = nullptr; ///< null: there is none
    PromptTester *m_tester = nullptr;
    MatrixView *m_matrix = nullptr;
    RoutingHistory *m_history = nullptr;
    RoutingReview *m_review = nullptr;
    RoutingConflict *m_conflict = nullptr;
    RoutingImport *m_import = nullptr;
    QTimer m_settle; ///< since the last edit; the text is made when it is over
    quint64 m_applying = 0;
    std::int64_t m_proposal = 0; ///< that the draft took over; 0: none
    std::function<void(bool)> m_done;
};

} // namespace signalbox::ui
