// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes_view.h"

#include "ui/pages/route_editor.h"
#include "ui/text/names.h"
#include "ui/text/routing_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/section.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kListWide = 176;
constexpr int kRowTall = 30;
constexpr int kNameRole = Qt::UserRole;

} // namespace

RoutesView::RoutesView(ConsoleState &state, RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_list(new QListWidget)
    , m_add(new QPushButton(tr("New Route"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_import(new QPushButton(tr("Import…"), this))
    , m_area(new QScrollArea(this))
    , m_right(new QVBoxLayout)
    , m_editor(new RouteEditor(state, draft))
{
    m_list->setObjectName(u"routes"_s);
    m_list->setAccessibleName(tr("Routes"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_add->setObjectName(u"newRoute"_s);
    m_add->setFont(themeFont(TypeRole::Caption));
    m_remove->setObjectName(u"removeRoute"_s);
    m_remove->setAccessibleName(tr("Remove this route"));
    m_remove->setFont(themeFont(TypeRole::Caption));
    m_import->setObjectName(u"importRoutes"_s);
    m_import->setAccessibleName(tr("Import routes from another gateway's configuration"));
    m_import->setFont(themeFont(TypeRole::Caption));
    auto *section = new Section(tr("Routes"), m_list, this);
    section->setFixedWidth(kListWide);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kHalfGap);
    buttons->addWidget(m_add, 1);
    buttons->addWidget(m_remove);
    auto *left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, kPad);
    left->setSpacing(kGap);
    left->addWidget(section, 1);
    left->addLayout(buttons);
    left->addWidget(m_import);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_editor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPad);
    row->addLayout(left);
    m_right->setSpacing(kPad);
    m_right->addWidget(m_area, 1);
    row->addLayout(m_right, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_editor->setRoute(current());
        m_area->ensureVisible(0, 0);
    });
    connect(m_editor, &RouteEditor::renamed, this, &RoutesView::showRoute);
    connect(m_add, &QPushButton::clicked, this, &RoutesView::addRoute);
    connect(m_remove, &QPushButton::clicked, this, &RoutesView::removeRoute);
    connect(m_import, &QPushButton::clicked, this, &RoutesView::importAsked);
    connect(qApp, &QApplication::focusChanged, m_area, [this](QWidget *, QWidget *now) {
        if (now != nullptr && m_editor->isAncestorOf(now)) {
            m_area->ensureWidgetVisible(now);
        }
    });
}

void RoutesView::setBelow(QWidget *panel)
{
    m_right->setContentsMargins(0, 0, 0, kPad);
    m_right->addWidget(panel);
}

std::string RoutesView::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item == nullptr ? std::string() : item->data(kNameRole).toString().toStdString();
}

void RoutesView::refresh()
{
    const std::vector<std::string> changed = m_draft.changedRoutes();
    const auto &routes = m_draft.state().routes;
    const std::string before = m_editor->route();
    {
        const QSignalBlocker quiet(m_list);
        while (m_list->count() > static_cast<int>(routes.size())) {
            delete m_list->takeItem(m_list->count() - 1);
        }
        while (m_list->count() < static_cast<int>(routes.size())) {
            new QListWidgetItem(m_list);
        }
        for (int i = 0; i < m_list->count(); ++i) {
            const RouteSettings &route = routes[static_cast<std::size_t>(i)].settings;
            const QString name = text::fromUtf8(route.name);
            const bool edited = std::ranges::find(changed, route.name) != changed.end();
            QListWidgetItem *item = m_list->item(i);
            item->setText(edited ? u"%1 •"_s.arg(name) : name);
            item->setData(kNameRole, name);
            item->setData(Qt::AccessibleTextRole, edited ? tr("%1, edited").arg(name) : name);
            item->setToolTip(text::strategyName(route.strategy));
            item->setSizeHint(QSize(0, kRowTall));
            if (route.name == before) {
                m_list->setCurrentRow(i);
            }
        }
        if (m_list->currentRow() < 0 && m_list->count() > 0) {
            m_list->setCurrentRow(0);
        }
    }
    const bool fixed = !m_draft.whyFixed().isEmpty();
    m_add->setEnabled(!fixed);
    m_add->setToolTip(fixed ? m_draft.whyFixed() : tr("A route of the draft, without targets"));
    m_import->setEnabled(!fixed);
    m_import->setToolTip(fixed
                             ? m_draft.whyFixed()
                             : tr("Puts a LiteLLM config.yaml or a Portkey config into the draft"));
    m_remove->setEnabled(!fixed && m_list->count() > 0);
    m_remove->setToolTip(m_remove->isEnabled() ? tr("Takes the route out of the draft")
                                               : m_draft.whyFixed());
    m_editor->setRoute(current());
}

void RoutesView::showRoute(const std::string &name)
{
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(kNameRole).toString().toStdString() == name) {
            m_list->setCurrentRow(i);
        }
    }
}

void RoutesView::addRoute()
{
    std::string name;
    for (int number = 1; name.empty() || m_draft.state().route(name) != nullptr; ++number) {
        name = "route-" + std::to_string(number);
    }
    m_draft.edit(tr("Add a route"), [&](RoutingState &state) {
        RouteSettings route;
        route.name = name;
        route.strategy = Strategy::Weighted;
        state.routes.push_back({.origin = {}, .settings = route});
    });
    showRoute(name);
    auto *field = m_editor->findChild<QLineEdit *>(u"routeName"_s);
    field->setFocus(Qt::OtherFocusReason);
    field->selectAll();
}

void RoutesView::removeRoute()
{
    const std::string name = current();
    m_draft.edit(tr("Remove %1").arg(text::fromUtf8(name)), [&](RoutingState &state) {
        std::erase_if(state.routes,
                      [&](const DraftRoute &route) { return route.settings.name == name; });
    });
}

} // namespace signalbox::ui
