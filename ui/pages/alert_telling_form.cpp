// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alert_telling_form.h"

#include "ui/pages/alert_desk.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimeEdit>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kHourMinutes = 60;
constexpr int kUrlChars = 46;
constexpr int kTrayRow = 7;
constexpr int kNameChars = 24;

QTime timeAt(int minute)
{
    return {minute / kHourMinutes, minute % kHourMinutes};
}

int minuteOf(const QTimeEdit &edit)
{
    return edit.time().hour() * kHourMinutes + edit.time().minute();
}

/// Widgets beside each other, in one cell.
QHBoxLayout *together(std::initializer_list<QWidget *> widgets)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(kGap);
    for (QWidget *widget : widgets) {
        line->addWidget(widget);
    }
    line->addStretch();
    return line;
}

QLineEdit *makeLine(const QString &name, const QString &spoken, int chars, QWidget *parent)
{
    auto *line = new QLineEdit(parent);
    line->setObjectName(name);
    line->setAccessibleName(spoken);
    line->setMinimumWidth(chars * line->fontMetrics().averageCharWidth());
    return line;
}

} // namespace

AlertTellingForm::AlertTellingForm(AlertDesk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    grid->setHorizontalSpacing(kWide);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    buildOutlets(*grid);
    buildHook(*grid);
    buildTimes(*grid);
    connect(&m_desk, &AlertDesk::rulesChanged, this, &AlertTellingForm::show);
    connect(&m_desk, &AlertDesk::hookFinished, this, [this](bool ok, const QString &message) {
        say(!ok, message);
    });
    show();
}

QCheckBox *AlertTellingForm::addSwitch(const QString &name, const QString &text)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(u"alert."_s + name);
    connect(box, &QCheckBox::clicked, this, &AlertTellingForm::apply);
    return box;
}

QPushButton *AlertTellingForm::addTest(const QString &name,
                                       const QString &text,
                                       const QString &spoken)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(u"alert."_s + name);
    button->setAccessibleName(spoken);
    button->setFont(themeFont(TypeRole::Caption));
    return button;
}

QTimeEdit *AlertTellingForm::addTime(const QString &name, const QString &spoken)
{
    auto *edit = new QTimeEdit(this);
    edit->setObjectName(u"alert."_s + name);
    edit->setAccessibleName(spoken);
    edit->setDisplayFormat(u"HH:mm"_s);
    edit->setKeyboardTracking(false);
    connect(edit, &QTimeEdit::timeChanged, this, &AlertTellingForm::apply);
    return edit;
}

void AlertTellingForm::buildOutlets(QGridLayout &grid)
{
    const AlertOutlets &outlets = m_desk.outlets();
    m_desktop = addSwitch(u"desktop"_s,
                          tr("Notify on the desktop while the window is not in front"));
    QPushButton *test = addTest(u"test"_s, tr("Send Test"), tr("Send a test notification"));
    m_desktop->setEnabled(outlets.desktop != nullptr);
    test->setEnabled(outlets.desktop != nullptr);
    connect(test, &QPushButton::clicked, &m_desk, &AlertDesk::sendTest);
    m_sound = addSwitch(u"sound"_s, tr("Play a sound"));
    QPushButton *play = addTest(u"play"_s, tr("Play"), tr("Play the alerts' sound"));
    const QString silent = outlets.chime == nullptr ? tr("There is no sound here.")
                                                    : outlets.chime->whySilent();
    m_sound->setEnabled(silent.isEmpty());
    play->setEnabled(silent.isEmpty());
    auto *why = new QLabel(silent, this);
    why->setForegroundRole(QPalette::PlaceholderText);
    why->setVisible(!silent.isEmpty());
    connect(play, &QPushButton::clicked, &m_desk, &AlertDesk::playTest);
    grid.addWidget(m_desktop, 0, 0);
    grid.addLayout(together({test}), 0, 1);
    if (outlets.tray != nullptr && outlets.tray->isAvailable()) {
        m_tray = addSwitch(u"tray"_s, tr("Show a sign in the tray while an alert is open"));
        grid.addWidget(m_tray, kTrayRow, 0, 1, 2);
    }
    grid.addWidget(m_sound, 1, 0);
    grid.addLayout(together({play, why}), 1, 1);
}

void AlertTellingForm::buildHook(QGridLayout &grid)
{
    m_hook = addSwitch(u"hook"_s, tr("Post to a webhook (JSON)"));
    m_url = makeLine(u"alert.hookUrl"_s, tr("Address of the webhook"), kUrlChars, this);
    m_url->setPlaceholderText(u"https://hooks.example.org/signalbox"_s);
    m_post = addTest(u"post"_s, tr("Send Test"), tr("Send a test to the webhook"));
    m_header = makeLine(u"alert.hookHeader"_s, tr("Header of the secret"), kNameChars / 2, this);
    m_secret = makeLine(u"alert.hookSecret"_s, tr("Where the secret is kept"), kNameChars, this);
    m_secret->setPlaceholderText(u"env:HOOK_TOKEN"_s);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"alert.hookProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *header = new QLabel(tr("Header"), this);
    auto *secret = new QLabel(tr("with the secret"), this);
    grid.addWidget(m_hook, 2, 0);
    grid.addLayout(together({m_url, m_post}), 2, 1);
    grid.addLayout(together({header, m_header, secret, m_secret}), 3, 1);
    grid.addWidget(m_problem, 4, 1);
    for (QLineEdit *line : {m_url, m_header, m_secret}) {
        connect(line, &QLineEdit::editingFinished, this, &AlertTellingForm::applyHook);
    }
    connect(m_post, &QPushButton::clicked, this, [this] {
        say(false, tr("Sending…"));
        m_desk.postTest();
    });
    for (QWidget *widget : {static_cast<QWidget *>(m_hook),
                            static_cast<QWidget *>(m_url),
                            static_cast<QWidget *>(m_header),
                            static_cast<QWidget *>(m_secret)}) {
        widget->setEnabled(m_desk.outlets().hook != nullptr);
    }
}

void AlertTellingForm::buildTimes(QGridLayout &grid)
{
    m_gather = new QSpinBox(this);
    m_gather->setObjectName(u"alert.gather"_s);
    m_gather->setAccessibleName(tr("Tell together what comes within so many seconds"));
    m_gather->setRange(0, kGatherMaxSeconds);
    m_gather->setSuffix(tr(" s"));
    m_gather->setSpecialValueText(tr("each at once"));
    m_gather->setKeyboardTracking(false);
    connect(m_gather, &QSpinBox::valueChanged, this, &AlertTellingForm::apply);
    m_quiet = addSwitch(u"quiet"_s, tr("Quiet hours for desktop and sound"));
    m_from = addTime(u"quietFrom"_s, tr("Quiet from"));
    m_to = addTime(u"quietTo"_s, tr("Quiet until"));
    m_critical = addSwitch(u"criticalAlways"_s, tr("but for what is critical"));
    grid.addWidget(new QLabel(tr("Tell together what comes within"), this), 5, 0);
    grid.addLayout(together({m_gather}), 5, 1);
    grid.addWidget(m_quiet, 6, 0);
    grid.addLayout(together({m_from, new QLabel(tr("to"), this), m_to, m_critical}), 6, 1);
}

void AlertTellingForm::show()
{
    const AlertTelling &telling = m_desk.rules().telling;
    const QSignalBlocker noGather(m_gather);
    const QSignalBlocker noFrom(m_from);
    const QSignalBlocker noTo(m_to);
    m_desktop->setChecked(telling.desktop);
    m_sound->setChecked(telling.sound);
    if (m_tray != nullptr) {
        m_tray->setChecked(telling.tray);
    }
    m_hook->setChecked(telling.hook);
    if (!m_refused) {
        m_url->setText(telling.hookUrl);
        m_header->setText(telling.hookHeader);
        m_secret->setText(telling.hookSecret);
    }
    m_post->setEnabled(m_desk.outlets().hook != nullptr && !telling.hookUrl.isEmpty());
    m_gather->setValue(telling.gatherSeconds);
    m_quiet->setChecked(telling.quiet);
    m_from->setTime(timeAt(telling.quietFrom));
    m_to->setTime(timeAt(telling.quietTo));
    m_critical->setChecked(telling.criticalAlways);
    for (QWidget *widget : {static_cast<QWidget *>(m_from),
                            static_cast<QWidget *>(m_to),
                            static_cast<QWidget *>(m_critical)}) {
        widget->setEnabled(telling.quiet);
    }
}

void AlertTellingForm::apply()
{
    AlertRules rules = m_desk.rules();
    AlertTelling &telling = rules.telling;
    telling.desktop = m_desktop->isChecked();
    telling.sound = m_sound->isChecked();
    if (m_tray != nullptr) {
        telling.tray = m_tray->isChecked();
    }
    telling.hook = m_hook->isChecked();
    telling.gatherSeconds = m_gather->value();
    telling.quiet = m_quiet->isChecked();
    telling.quietFrom = minuteOf(*m_from);
    telling.quietTo = minuteOf(*m_to);
    telling.criticalAlways = m_critical->isChecked();
    if (telling.hook && telling.hookUrl.isEmpty()) {
        say(true, tr("There is no address yet: nothing is posted."));
    }
    m_desk.setRules(rules);
}

void AlertTellingForm::applyHook()
{
    AlertRules rules = m_desk.rules();
    AlertTelling &telling = rules.telling;
    telling.hookUrl = m_url->text().trimmed();
    telling.hookSecret = m_secret->text().trimmed();
    telling.hookHeader = m_header->text().trimmed();
    QString problem = telling.hookUrl.isEmpty() ? QString() : whyNoHook(telling.hookUrl);
    for (const QString &other :
         {whyNoSecret(telling.hookSecret), whyNoHeader(telling.hookHeader)}) {
        problem = problem.isEmpty() ? other : problem;
    }
    m_refused = !problem.isEmpty();
    if (m_refused) {
        return say(true, problem);
    }
    if (rules != m_desk.rules()) {
        say(false, {});
        m_desk.setRules(rules);
    }
}

void AlertTellingForm::say(bool bad, const QString &text)
{
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, bad ? Theme::of(this).open : Theme::of(this).muted);
    m_problem->setPalette(palette);
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace signalbox::ui
