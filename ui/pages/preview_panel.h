// SPDX-License-Identifier: GPL-3.0-or-later
// What the draft would have done to the traffic on record: beside it, and anew with each change.
#pragma once

#include "ui/foresight_source.h"
#include "ui/state/routing_draft.h"
#include "ui/widgets/card.h"

#include <QTimer>

#include <cstdint>
#include <optional>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace signalbox::ui {

class Segments;

/// Once it was asked for it follows the draft: each change is looked at by a sample first, and by all
/// of the period's requests when the draft has rested.
class PreviewPanel : public Card
{
    Q_OBJECT

public:
    /// Both must outlive it.
    PreviewPanel(ForesightSource &source, RoutingDraft &draft, QWidget *parent = nullptr);

    /// Asks now, and again with each change.
    void preview();
    /// Null: there is no answer yet.
    [[nodiscard]] const std::shared_ptr<const Foresight> &shown() const { return m_shown; }
    [[nodiscard]] bool isAsking() const { return m_asked != 0; }
    /// What the routes that \p text changes are expected to come to, by what is shown. Nothing where
    /// that is of another text, of a part of the traffic, or of a recording.
    [[nodiscard]] std::optional<ExpectedEffect> expectedOf(const QString &text) const;

Q_SIGNALS:
    /// shown() is another.
    void shownChanged();

private:
    void build();
    void askForRecording();
    void draftChanged();
    void ask(bool sample);
    void cancel();
    void take(const ForesightAnswer &answer);
    void show(const Foresight &foresight);
    void showParts(const Foresight &foresight);
    void fitColumns();
    /// What a row says while it is closed.
    enum class Sums : std::uint8_t {
        Nothing, ///< it is open
        Share,
        Cost
    };
    void addRow(const EffectRow &row, const QString &name, Sums sums);
    void setBusy(bool busy);

    ForesightSource &m_source;
    RoutingDraft &m_draft;
    QLabel *m_scope;
    QComboBox *m_period;
    QPushButton *m_button; ///< preview, or stop
    QProgressBar *m_progress;
    Segments *m_parts; ///< which parts of the traffic the table has
    QTreeWidget *m_table;
    QLabel *m_notes;
    QTimer m_rest; ///< since the last change
    QString m_recording; ///< chosen last
    std::shared_ptr<const Foresight> m_shown;
    ForesightQuestion m_question; ///< in the air, or answered last
    ForesightQuestion m_shownFor; ///< that what is shown answers
    bool m_follows = false;
    bool m_sample = false; ///< of the question in the air
    quint64 m_asked = 0; ///< 0: nothing is in the air
};

} // namespace signalbox::ui
