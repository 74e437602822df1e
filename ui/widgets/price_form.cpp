// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/price_form.h"

#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kFieldCharacters = 12;

/// Up to 100,000 with at most six decimals, as the configuration takes it.
QRegularExpression figurePattern()
{
    return QRegularExpression(u"(100000|\\d{1,5})(\\.\\d{1,6})?"_s);
}

} // namespace

PriceForm::PriceForm(QWidget *parent)
    : Card(parent)
    , m_grid(new QGridLayout)
    , m_more(new QLabel(this))
    , m_review(new QPushButton(tr("Show the Change"), this))
{
    setObjectName(u"prices"_s);
    auto *title = new QLabel(tr("Prices, in US dollars per million tokens"), this);
    title->setFont(themeFont(TypeRole::Strong));
    auto *note = new QLabel(tr("They hold for requests to come. What was booked without a price "
                               "stays n/a."),
                            this);
    note->setFont(themeFont(TypeRole::Caption));
    note->setWordWrap(true);
    m_more->setFont(themeFont(TypeRole::Caption));
    m_review->setObjectName(u"prices.review"_s);
    m_review->setProperty(kDressProperty, u"primary"_s);
    m_review->setEnabled(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"prices.cancel"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(note, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_review);
    m_grid->setHorizontalSpacing(kPad);
    m_grid->setVerticalSpacing(kGap);
    m_grid->setColumnStretch(3, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap, kPad, kGap);
    column->setSpacing(kGap);
    column->addWidget(title);
    column->addLayout(m_grid);
    column->addWidget(m_more);
    column->addLayout(buttons);
    connect(m_review, &QPushButton::clicked, this, &PriceForm::reviewAsked);
    connect(cancel, &QPushButton::clicked, this, &PriceForm::cancelled);
}

QLineEdit *PriceForm::addField(const QString &name, const QString &title, int row, int column)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(name);
    field->setAccessibleName(title);
    field->setPlaceholderText(column == 1 ? tr("input") : tr("output"));
    field->setValidator(new QRegularExpressionValidator(figurePattern(), field));
    field->setFixedWidth(kFieldCharacters * field->fontMetrics().averageCharWidth() + 2 * kPad);
    m_grid->addWidget(field, row, column);
    connect(field, &QLineEdit::textChanged, this, &PriceForm::onTyped);
    connect(field, &QLineEdit::returnPressed, m_review, &QPushButton::click);
    return field;
}

void PriceForm::setModels(const std::vector<Model> &models)
{
    for (const Row &row : m_rows) {
        for (QWidget *part : QList<QWidget *>{row.label, row.input, row.output}) {
            m_grid->removeWidget(part);
            part->hide();
            part->deleteLater();
        }
    }
    m_rows.clear();
    for (std::size_t i = 0; i < std::min(models.size(), kRowsMax); ++i) {
        const Model &model = models[i];
        const QString name = model.provider + u'/' + model.name;
        const int at = static_cast<int>(i);
        auto *label = new QLabel(name, this);
        m_grid->addWidget(label, at, 0);
        QLineEdit *input =
            addField(u"prices.input.%1"_s.arg(at), tr("%1, price of the input").arg(name), at, 1);
        QLineEdit *output =
            addField(u"prices.output.%1"_s.arg(at), tr("%1, price of the output").arg(name), at, 2);
        label->setBuddy(input);
        m_rows.push_back({model, label, input, output});
    }
    const int more = static_cast<int>(models.size()) - static_cast<int>(m_rows.size());
    m_more->setText(tr("%n more model(s) without a price", nullptr, more));
    m_more->setVisible(more > 0);
    onTyped();
    if (!m_rows.empty()) {
        m_rows.front().input->setFocus(Qt::OtherFocusReason);
    }
}

std::vector<PriceChange> PriceForm::changes() const
{
    std::vector<PriceChange> changes;
    for (const Row &row : m_rows) {
        if (row.input->hasAcceptableInput() && row.output->hasAcceptableInput()) {
            changes.push_back({.provider = row.model.provider,
                               .model = row.model.name,
                               .input = row.input->text(),
                               .output = row.output->text()});
        }
    }
    return changes;
}

void PriceForm::onTyped()
{
    m_review->setEnabled(!changes().empty());
}

} // namespace signalbox::ui
