// SPDX-License-Identifier: GPL-3.0-or-later
// A prompt that is sent nowhere: its facts, the rule that hits, and where it would go.
#pragma once

#include "ui/state/routing_draft.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace signalbox::ui {

class NoticeBar;
class PromptEdit;
class Segments;

class PromptTester : public QWidget
{
    Q_OBJECT

public:
    PromptTester(ConfigSource &source, RoutingDraft &draft, QWidget *parent = nullptr);

    /// Routes and draft anew.
    void refresh();
    void setRoute(const std::string &name);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildPrompt();
    QWidget *buildAnswer();
    [[nodiscard]] QByteArray body() const;
    [[nodiscard]] bool usesDraft() const;
    void ask();
    void explained(const Explanation &explanation);
    void showFacts(const RequestRecord &record);
    void showRules(const RequestRecord &record);
    void showDecision(const RequestRecord &record);
    [[nodiscard]] std::optional<RouteSettings> routeOf(const RequestRecord &record) const;

    ConfigSource &m_source;
    RoutingDraft &m_draft;
    PromptEdit *m_prompt = nullptr;
    QComboBox *m_route = nullptr;
    Segments *m_which = nullptr;
    QCheckBox *m_stream = nullptr;
    QCheckBox *m_tools = nullptr;
    QCheckBox *m_json = nullptr;
    QSpinBox *m_maxTokens = nullptr;
    NoticeBar *m_problem = nullptr;
    QGridLayout *m_facts = nullptr;
    QVBoxLayout *m_rules = nullptr;
    QVBoxLayout *m_candidates = nullptr;
    QLabel *m_conclusion = nullptr;
    QTimer m_pause; ///< between the last key and the question
    quint64 m_asked = 0;
};

} // namespace signalbox::ui
