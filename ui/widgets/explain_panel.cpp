// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/explain_panel.h"

#include "ui/config_source.h"
#include "ui/models/explanation.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/attempts_view.h"
#include "ui/widgets/bodies_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

void addLines(QTreeWidgetItem *parent,
              const std::vector<ExplanationLine> &lines,
              const Theme &theme)
{
    for (const ExplanationLine &line : lines) {
        auto *item = new QTreeWidgetItem(parent, {line.text});
        item->setToolTip(0, line.text);
        if (line.tone == ExplanationLine::Tone::Quiet) {
            item->setForeground(0, theme.muted);
        } else if (line.tone == ExplanationLine::Tone::Bad) {
            item->setForeground(0, theme.open);
        }
        addLines(item, line.parts, theme);
    }
}

} // namespace

ExplainPanel::ExplainPanel(QWidget *parent)
    : Card(parent)
    , m_title(new QLabel(this))
    , m_attempts(new AttemptsView(this))
    , m_tree(new QTreeWidget(this))
    , m_bodies(new BodiesView(this))
{
    setObjectName(u"explain"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tree->setObjectName(u"explain.tree"_s);
    m_tree->setAccessibleName(tr("Explanation"));
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(kWide);
    m_tree->setUniformRowHeights(true);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    const auto add = [this, top](const QString &name, const QString &text, const QString &tip) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(name);
        button->setToolTip(tip);
        top->addWidget(button);
        return button;
    };
    m_bodiesButton = add(u"explain.bodies"_s,
                         tr("Show Bodies"),
                         tr("What was said, without keys; that you looked is put on record"));
    m_bodiesButton->setCheckable(true);
    m_bodiesButton->hide();
    auto *tryButton = add(u"explain.try"_s,
                          tr("Open in Playground"),
                          tr("Ask the same model and the one that answered"));
    auto *curlButton = add(u"explain.curl"_s, tr("Copy as curl"), tr("A command for a shell"));
    auto *copyButton = add(u"explain.copy"_s, tr("Copy"), tr("Copy the explanation as text"));
    auto *closeButton = add(u"explain.close"_s, tr("Close"), tr("Close the explanation"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap, kPad, kGap);
    column->setSpacing(kGap);
    column->addLayout(top);
    column->addWidget(m_attempts);
    column->addWidget(m_tree, 1);
    column->addWidget(m_bodies, 1);
    m_bodies->hide();
    connect(m_bodiesButton, &QPushButton::toggled, this, &ExplainPanel::showBodies);
    connect(copyButton, &QPushButton::clicked, this, &ExplainPanel::copy);
    connect(tryButton, &QPushButton::clicked, this, &ExplainPanel::playgroundAsked);
    connect(curlButton, &QPushButton::clicked, this, &ExplainPanel::curlAsked);
    connect(closeButton, &QPushButton::clicked, this, &ExplainPanel::closed);
}

void ExplainPanel::setLedger(LedgerSource *ledger)
{
    m_bodies->setLedger(ledger);
    m_bodiesButton->setVisible(ledger != nullptr);
}

/// In place of the tree, which is there again when one has seen enough.
void ExplainPanel::showBodies(bool shown)
{
    m_tree->setHidden(shown);
    m_bodies->setVisible(shown);
    if (shown && m_record != nullptr) {
        m_bodies->lookUp(m_record->id);
    } else {
        m_bodies->clear();
    }
}

void ExplainPanel::setRecord(const RequestRecord &record)
{
    ExplainedBy by;
    if (m_config != nullptr) {
        by.bill = [this](const AttemptRecord &attempt, SystemTime started) {
            return m_config->bill(attempt, started);
        };
        by.decideAgain = [this](const RequestRecord &of) { return m_config->decideAgain(of); };
    }
    const auto lines = explain(record, by);
    const QString id = text::fromUtf8(record.id);
    if (m_record == nullptr || m_record->id != record.id) {
        m_bodiesButton->setChecked(false); // each is asked for by itself
    }
    m_record = std::make_shared<const RequestRecord>(record);
    m_text = u"%1 %2\n%3"_s.arg(text::fullTime(record.arrived), id, asText(lines));
    m_title->setText(tr("Explain %1 · %2").arg(text::clockTenths(record.arrived), id));
    m_attempts->setRecord(record);
    m_tree->clear();
    addLines(m_tree->invisibleRootItem(), lines, Theme::of(this));
    m_tree->expandAll();
}

void ExplainPanel::copy()
{
    QGuiApplication::clipboard()->setText(m_text);
}

} // namespace signalbox::ui
