// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/prompt_tester.h"

#include "ui/models/explain_text.h"
#include "ui/text/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/prompt_edit.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kPauseMs = 250;
constexpr int kMaxTokensMost = 1'000'000;
constexpr int kFactColumns = 2;
constexpr int kLineWide = 96;
constexpr int kVerdictWide = 380;

void clear(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QLabel *line(const QString &words, bool quiet)
{
    auto *label = new QLabel(words);
    label->setWordWrap(true);
    label->setMinimumWidth(kLineWide); // else its height is guessed for a narrower one
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (quiet) {
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    return label;
}

QWidget *padded(QLayout *layout)
{
    auto *body = new QWidget;
    auto *inner = new QVBoxLayout(body);
    inner->setContentsMargins(kGap, 0, kGap, 0);
    inner->addLayout(layout);
    return body;
}

} // namespace

PromptTester::PromptTester(ConfigSource &source, RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_draft(draft)
{
    setObjectName(u"tester"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, kPad);
    row->setSpacing(kPad);
    row->addWidget(buildPrompt(), 1);
    row->addWidget(buildAnswer(), 1);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &PromptTester::ask);
    const auto later = [this] { m_pause.start(kPauseMs); };
    connect(m_prompt, &QPlainTextEdit::textChanged, this, later);
    connect(m_route, &QComboBox::currentIndexChanged, this, later);
    connect(m_which, &Segments::currentChanged, this, later);
    connect(m_maxTokens, &QSpinBox::valueChanged, this, later);
    for (QCheckBox *box : {m_stream, m_tools, m_json}) {
        connect(box, &QCheckBox::toggled, this, later);
    }
    connect(&m_draft, &RoutingDraft::changed, this, [this, later] {
        if (isVisible()) {
            refresh();
            later();
        }
    });
    connect(&m_source,
            &ConfigSource::explained,
            this,
            [this](quint64 id, const Explanation &explanation) {
                if (id == m_asked) {
                    explained(explanation);
                }
            });
}

QWidget *PromptTester::buildPrompt()
{
    auto *body = new QWidget(this);
    m_prompt = new PromptEdit([this](const QString &text) { return m_source.cjkSpans(text); },
                              body);
    m_prompt->setObjectName(u"testPrompt"_s);
    m_prompt->setAccessibleName(tr("Prompt to try"));
    m_prompt->setPlaceholderText(tr("Paste a prompt. Nothing is sent to any provider."));
    m_route = new QComboBox(body);
    m_route->setObjectName(u"testRoute"_s);
    m_route->setAccessibleName(tr("Route to try"));
    m_which = new Segments(tr("Decide by"), {tr("My draft"), tr("What runs")}, body);
    m_which->setObjectName(u"testWhich"_s);
    m_stream = new QCheckBox(tr("Streams"), body);
    m_tools = new QCheckBox(tr("Has tools"), body);
    m_json = new QCheckBox(tr("Wants JSON"), body);
    m_maxTokens = new QSpinBox(body);
    m_maxTokens->setObjectName(u"testMaxTokens"_s);
    m_maxTokens->setAccessibleName(tr("Output tokens allowed"));
    m_maxTokens->setRange(0, kMaxTokensMost);
    m_maxTokens->setSingleStep(100);
    m_maxTokens->setSpecialValueText(tr("no limit given"));
    m_maxTokens->setSuffix(tr(" tokens out"));
    m_maxTokens->setKeyboardTracking(false);
    auto *first = new QHBoxLayout;
    first->setSpacing(kPad);
    first->addWidget(m_route);
    first->addWidget(m_which);
    first->addStretch();
    auto *second = new QHBoxLayout;
    second->setSpacing(kPad);
    for (QWidget *field : QList<QWidget *>{m_stream, m_tools, m_json, m_maxTokens}) {
        second->addWidget(field);
    }
    second->addStretch();
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(kGap, 0, kGap, 0);
    column->setSpacing(kGap);
    column->addLayout(first);
    column->addWidget(m_prompt, 1);
    column->addLayout(second);
    auto *section = new Section(tr("Try a prompt"), body, this);
    section->setNote(tr("nothing is sent; marked characters count for the CJK share"));
    return section;
}

QWidget *PromptTester::buildAnswer()
{
    auto *content = new QWidget;
    m_problem = new NoticeBar(u"testProblem"_s, content);
    m_problem->hide();
    m_conclusion = new QLabel(content);
    m_conclusion->setObjectName(u"testConclusion"_s);
    m_conclusion->setWordWrap(true);
    m_conclusion->setFont(themeFont(TypeRole::Strong));
    m_facts = new QGridLayout;
    m_facts->setHorizontalSpacing(kPad);
    m_facts->setVerticalSpacing(2);
    m_facts->setColumnStretch(1, 1);
    m_facts->setColumnStretch(3, 1);
    m_rules = new QVBoxLayout;
    m_rules->setSpacing(kHalfGap);
    m_rules->setAlignment(Qt::AlignTop);
    m_candidates = new QVBoxLayout;
    m_candidates->setSpacing(kHalfGap);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, kHalfGap, 0);
    column->setSpacing(kPad);
    column->addWidget(m_problem);
    column->addWidget(m_conclusion);
    column->addWidget(new Section(tr("Facts"), padded(m_facts), content));
    column->addWidget(new Section(tr("Rules"), padded(m_rules), content));
    column->addWidget(new Section(tr("Targets, in the order they would be asked"),
                                  padded(m_candidates),
                                  content));
    column->addStretch();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    return area;
}

void PromptTester::refresh()
{
    const QString chosen = m_route->currentText();
    QStringList names;
    for (const DraftRoute &route : m_draft.state().routes) {
        names << text::fromUtf8(route.settings.name);
    }
    QStringList shown;
    for (int i = 0; i < m_route->count(); ++i) {
        shown << m_route->itemText(i);
    }
    if (shown != names) {
        const QSignalBlocker quiet(m_route);
        m_route->clear();
        m_route->addItems(names);
        m_route->setCurrentIndex(std::max(0, static_cast<int>(names.indexOf(chosen))));
    }
    m_which->setVisible(m_draft.isModified());
}

void PromptTester::setRoute(const std::string &name)
{
    refresh();
    m_route->setCurrentText(text::fromUtf8(name));
}

void PromptTester::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    ask();
}

bool PromptTester::usesDraft() const
{
    return m_draft.isModified() && m_which->current() == 0;
}

QByteArray PromptTester::body() const
{
    QJsonObject request{{u"model"_s, m_route->currentText()},
                        {u"messages"_s,
                         QJsonArray{QJsonObject{{u"role"_s, u"user"_s},
                                                {u"content"_s, m_prompt->toPlainText()}}}}};
    if (m_stream->isChecked()) {
        request[u"stream"_s] = true;
    }
    if (m_json->isChecked()) {
        request[u"response_format"_s] = QJsonObject{{u"type"_s, u"json_object"_s}};
    }
    if (m_maxTokens->value() > 0) {
        request[u"max_tokens"_s] = m_maxTokens->value();
    }
    if (m_tools->isChecked()) {
        const QJsonObject function{{u"name"_s, u"lookup"_s},
                                   {u"parameters"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
        request[u"tools"_s] = QJsonArray{
            QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, function}}};
    }
    return QJsonDocument(request).toJson(QJsonDocument::Compact);
}

void PromptTester::ask()
{
    if (!isVisible() || m_route->count() == 0) {
        return;
    }
    if (usesDraft() && m_draft.edited().text.isEmpty()) {
        return explained({.record = nullptr, .problem = m_draft.edited().problem});
    }
    m_asked = nextConfigRequest();
    m_source.explain(m_asked, body(), usesDraft() ? m_draft.edited().text : QString());
}

void PromptTester::explained(const Explanation &explanation)
{
    if (explanation.problem.isEmpty()) {
        m_problem->hide();
    } else {
        m_problem->say(NoticeBar::Tone::Bad, explanation.problem);
    }
    clear(*m_facts);
    clear(*m_rules);
    clear(*m_candidates);
    m_conclusion->clear();
    if (explanation.record != nullptr) {
        showFacts(*explanation.record);
        showRules(*explanation.record);
        showDecision(*explanation.record);
    }
}

/// A copy: what it stands in may go with the next configuration.
std::optional<RouteSettings> PromptTester::routeOf(const RequestRecord &record) const
{
    if (usesDraft()) {
        const DraftRoute *route = m_draft.state().route(record.route);
        return route == nullptr ? std::nullopt : std::optional(route->settings);
    }
    const RunningConfig running = m_source.running();
    const RouteSettings *route = running.settings == nullptr
                                     ? nullptr
                                     : running.settings->route(record.route);
    return route == nullptr ? std::nullopt : std::optional(*route);
}

void PromptTester::showFacts(const RequestRecord &record)
{
    int place = 0;
    for (const auto &[name, value] : factRows(record.facts)) {
        const int column = 2 * (place % kFactColumns);
        QLabel *fact = line(name, true);
        fact->setWordWrap(false);
        m_facts->addWidget(fact, place / kFactColumns, column);
        m_facts->addWidget(line(value, false), place / kFactColumns, column + 1);
        ++place;
    }
}

void PromptTester::showRules(const RequestRecord &record)
{
    const std::optional<RouteSettings> route = routeOf(record);
    const auto verdicts = ruleVerdicts(record, route ? &*route : nullptr);
    for (const RuleVerdict &verdict : verdicts) {
        auto *label = line((verdict.hit ? u"✓ "_s : u"– "_s) + verdict.rule + u": "_s
                               + verdict.words,
                           !verdict.hit);
        label->setObjectName(u"verdict."_s + verdict.rule);
        if (verdict.hit) {
            label->setFont(themeFont(TypeRole::Strong));
        }
        label->setMinimumWidth(kVerdictWide);
        m_rules->addWidget(label);
    }
    if (verdicts.empty()) {
        m_rules->addWidget(line(tr("The route has no rules."), true));
    }
}

void PromptTester::showDecision(const RequestRecord &record)
{
    const auto lines = candidateLines(record.decision);
    for (const CandidateLine &candidate : lines) {
        const QString name = text::fromUtf8(candidate.target.name());
        const QString place = candidate.place == 0 ? u"✕"_s : u"%1."_s.arg(candidate.place);
        auto *label = line(u"%1 %2 – %3"_s.arg(place, name, candidate.words), candidate.place == 0);
        label->setObjectName(u"candidate."_s + name);
        label->setMinimumWidth(kVerdictWide);
        m_candidates->addWidget(label);
    }
    if (lines.empty() || lines.front().place == 0) {
        return m_conclusion->setText(tr("No target could take it now."));
    }
    const QString target = text::fromUtf8(lines.front().target.name());
    m_conclusion->setText(
        record.decision.draw
            ? tr("It would go to %1 this time: chance decides by the weights.").arg(target)
            : tr("It would go to %1.").arg(target));
}

} // namespace signalbox::ui
