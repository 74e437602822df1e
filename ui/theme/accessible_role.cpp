// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/accessible_role.h"

#include <QAbstractButton>
#include <QAccessibleWidget>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QVariant>
#include <QWidget>

namespace signalbox::ui {

namespace {

constexpr char kRoleProperty[] = "accessibleRole";

class RoleInterface : public QAccessibleWidget
{
public:
    using QAccessibleWidget::QAccessibleWidget;

    [[nodiscard]] QStringList actionNames() const override
    {
        const QStringList names = QAccessibleWidget::actionNames();
        return role() == QAccessible::Button ? QStringList{pressAction()} + names : names;
    }
    void doAction(const QString &name) override
    {
        if (name != pressAction()) {
            return QAccessibleWidget::doAction(name);
        }
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QCoreApplication::postEvent(widget(),
                                        new QKeyEvent(type, Qt::Key_Return, Qt::NoModifier));
        }
    }
};

/// A widget with the properties `value`, `minimum` and `maximum`.
class SliderInterface
    : public RoleInterface
    , public QAccessibleValueInterface
{
public:
    using RoleInterface::RoleInterface;

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface *>(this)
                                                   : RoleInterface::interface_cast(type);
    }
    [[nodiscard]] QVariant currentValue() const override { return widget()->property("value"); }
    void setCurrentValue(const QVariant &value) override { widget()->setProperty("value", value); }
    [[nodiscard]] QVariant maximumValue() const override { return widget()->property("maximum"); }
    [[nodiscard]] QVariant minimumValue() const override { return widget()->property("minimum"); }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }
};

class CheckableInterface : public QAccessibleWidget
{
public:
    explicit CheckableInterface(QAbstractButton *button)
        : QAccessibleWidget(button, QAccessible::CheckBox)
    {}

    [[nodiscard]] QAccessible::Role role() const override
    {
        const QButtonGroup *group = button().group();
        return group != nullptr && group->exclusive() ? QAccessible::RadioButton
                                                      : QAccessible::CheckBox;
    }
    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        const QString text = QAccessibleWidget::text(which);
        return text.isEmpty() && which == QAccessible::Name ? button().text().remove(u'&') : text;
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = true;
        state.checked = button().isChecked();
        return state;
    }
    [[nodiscard]] QStringList actionNames() const override
    {
        return QStringList{toggleAction()} + QAccessibleWidget::actionNames();
    }
    void doAction(const QString &name) override
    {
        if (name != toggleAction()) {
            return QAccessibleWidget::doAction(name);
        }
        button().click();
    }

private:
    [[nodiscard]] QAbstractButton &button() const
    {
        return *static_cast<QAbstractButton *>(widget());
    }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *button = qobject_cast<QAbstractButton *>(object);
        button != nullptr && button->isCheckable()) {
        return new CheckableInterface(button);
    }
    auto *widget = qobject_cast<QWidget *>(object);
    const QVariant role = widget == nullptr ? QVariant() : widget->property(kRoleProperty);
    if (!role.isValid()) {
        return nullptr;
    }
    const auto known = static_cast<QAccessible::Role>(role.toInt());
    return known == QAccessible::Slider ? new SliderInterface(widget, known)
                                        : new RoleInterface(widget, known);
}

} // namespace

void setAccessibleRole(QWidget *widget, QAccessible::Role role)
{
    widget->setProperty(kRoleProperty, static_cast<int>(role));
}

void installAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace signalbox::ui
