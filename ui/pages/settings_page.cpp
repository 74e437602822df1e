// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings_page.h"

#include "ui/pages/alert_settings.h"
#include "ui/pages/alert_telling_form.h"
#include "ui/pages/connection_panel.h"
#include "ui/pages/keys_panel.h"
#include "ui/pages/shortcuts_panel.h"
#include "ui/settings_source.h"
#include "ui/theme/theme.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLabelChars = 14; // wide enough for all, so that the sections' fields stand in line

/// Labels on the left, what they are about beside them.
class Rows
{
public:
    explicit Rows(QWidget *body)
        : m_body(body)
        , m_grid(new QGridLayout(body))
    {
        m_grid->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
        m_grid->setHorizontalSpacing(kWide);
        m_grid->setVerticalSpacing(kGap);
        m_grid->setColumnStretch(1, 1);
        m_grid->setColumnMinimumWidth(0, kLabelChars * body->fontMetrics().averageCharWidth());
    }

    void add(const QString &label, QWidget *field)
    {
        const int row = m_grid->rowCount();
        m_grid->addWidget(new QLabel(label, m_body), row, 0);
        m_grid->addWidget(field, row, 1, Qt::AlignLeft);
    }

private:
    QWidget *m_body;
    QGridLayout *m_grid;
};

/// A row of choices that is the menu's: either changes the other.
Segments *choices(const QString &name, const QList<QAction *> &actions, QWidget *parent)
{
    QStringList words;
    for (const QAction *action : actions) {
        words << QString(action->text()).remove(u'&');
    }
    auto *row = new Segments(name, words, parent);
    for (int i = 0; i < actions.size(); ++i) {
        const auto follow = [row, i](bool on) {
            if (on) {
                row->setCurrent(i);
            }
        };
        follow(actions[i]->isChecked());
        QObject::connect(actions[i], &QAction::toggled, row, follow);
    }
    QObject::connect(row, &Segments::currentChanged, row, [actions](int index) {
        if (!actions[index]->isChecked()) {
            actions[index]->trigger();
        }
    });
    return row;
}

} // namespace

SettingsPage::SettingsPage(ConsoleState &state,
                           AlertDesk &alerts,
                           const SettingsChoices &choices,
                           SettingsSource *source,
                           const QString &version,
                           QWidget *parent)
    : Page(state, tr("Settings"), parent)
    , m_source(source)
{
    setObjectName(u"settings"_s);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(kWide, 2, kHalfGap, kWide);
    column->setSpacing(kPad);
    const Connection connection = m_state.source().connection();
    if (connection.isFar() && !connection.isRecorded()) {
        m_connection = new ConnectionPanel(content);
        column->addWidget(new Section(tr("Connection"), m_connection, content));
        connect(m_connection, &ConnectionPanel::tokenAsked, this, &SettingsPage::tokenAsked);
    }
    column->addWidget(new Section(tr("Appearance"), buildLooks(choices), content));
    if (m_source != nullptr) {
        m_keys = new KeysPanel(*m_source, content);
        column->addWidget(new Section(tr("Providers' keys"), m_keys, content));
    }
    column->addWidget(new Section(tr("Alerts"), new AlertSettings(alerts, content), content));
    column->addWidget(
        new Section(tr("Who is told of alerts"), new AlertTellingForm(alerts, content), content));
    if (m_source != nullptr) {
        column->addWidget(new Section(tr("Files"), buildFiles(), content));
        connect(m_source, &SettingsSource::changed, this, &SettingsPage::refreshFiles);
    }
    m_sections = column;
    m_about = new Section(tr("About"), buildAbout(version), content);
    column->addWidget(m_about);
    column->addStretch();
    scrollOver(content);
}

void SettingsPage::setShortcuts(ShortcutBook &book)
{
    auto *panel = new ShortcutsPanel(book, m_about->parentWidget());
    m_sections->insertWidget(m_sections->indexOf(m_about),
                             new Section(tr("Keyboard shortcuts"), panel, m_about->parentWidget()));
}

QWidget *SettingsPage::buildLooks(const SettingsChoices &all)
{
    auto *body = new QWidget(this);
    Rows rows(body);
    rows.add(tr("Theme"), choices(tr("Theme"), all.themes, body));
    rows.add(tr("Text size"), choices(tr("Text size"), all.textSizes, body));
    rows.add(tr("Rows"), choices(tr("Rows"), all.rows, body));
    rows.add(tr("Times"), choices(tr("Times"), all.zones, body));
    rows.add(tr("Profile"), choices(tr("Profile"), all.profiles, body));
    auto *note = new QLabel(tr("The profile marks the window, so that nobody works on the wrong "
                               "installation."),
                            body);
    note->setForegroundRole(QPalette::PlaceholderText);
    rows.add(QString(), note);
    rows.add(tr("Language"), choices(tr("Language"), all.languages, body));
    return body;
}

/// A path that can be selected and copied.
QWidget *SettingsPage::addPath(const QString &name, const QString &title)
{
    auto *row = new QWidget(this);
    auto *path = new QLabel(row);
    path->setObjectName(u"path."_s + name);
    path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_paths.insert(name, path);
    auto *copy = new QPushButton(tr("Copy"), row);
    copy->setObjectName(u"copyPath."_s + name);
    copy->setAccessibleName(tr("Copy the path: %1").arg(title));
    copy->setFont(themeFont(TypeRole::Caption));
    connect(copy, &QPushButton::clicked, this, [path] {
        QApplication::clipboard()->setText(path->text());
    });
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kPad);
    line->addWidget(copy);
    line->addWidget(path, 1);
    return row;
}

QWidget *SettingsPage::buildFiles()
{
    auto *body = new QWidget(this);
    Rows rows(body);
    const QList<std::pair<QString, QString>> paths{{u"configuration"_s, tr("Configuration")},
                                                   {u"revisions"_s, tr("Earlier ones")},
                                                   {u"ledger"_s, tr("Ledger")},
                                                   {u"log"_s, tr("Log")}};
    for (const auto &[name, title] : paths) {
        rows.add(title, addPath(name, title));
    }
    m_kept = new QLabel(body);
    m_kept->setObjectName(u"retention"_s);
    rows.add(tr("Kept"), m_kept);
    refreshFiles();
    return body;
}

QWidget *SettingsPage::buildAbout(const QString &version)
{
    auto *body = new QWidget(this);
    Rows rows(body);
    const QString words = tr("Signalbox %1, Qt %2")
                              .arg(version.isEmpty() ? tr("(no version)") : version,
                                   QString::fromLatin1(qVersion()));
    auto *row = new QWidget(body);
    auto *copy = new QPushButton(tr("Copy"), row);
    copy->setObjectName(u"copyVersion"_s);
    copy->setAccessibleName(tr("Copy the version"));
    copy->setFont(themeFont(TypeRole::Caption));
    connect(copy, &QPushButton::clicked, this, [words] {
        QApplication::clipboard()->setText(words + u", "_s + QSysInfo::prettyProductName());
    });
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kPad);
    line->addWidget(copy);
    line->addWidget(new QLabel(words, row));
    rows.add(tr("Version"), row);
    rows.add(tr("Licence"),
             new QLabel(tr("GPL-3.0-or-later for the console, Apache-2.0 for the gateway"), body));
    return body;
}

void SettingsPage::refreshFiles()
{
    const FilesView files = m_source->files();
    const QList<std::pair<QString, QString>> paths{{u"configuration"_s, files.configuration},
                                                   {u"revisions"_s, files.revisions},
                                                   {u"ledger"_s, files.ledger},
                                                   {u"log"_s, files.log}};
    const QString none = files.isFar ? tr("on the gateway's machine") : tr("in no file");
    for (const auto &[name, path] : paths) {
        m_paths[name]->setText(path.isEmpty() ? none : path);
    }
    if (files.isFar) {
        m_kept->setText(tr("As the gateway's configuration says (keep_requests_days under "
                           "[ledger])"));
        return;
    }
    const auto words = [](int days) { return days == 1 ? tr("one day") : tr("%1 days").arg(days); };
    const QString requests = tr("Requests for %1 (keep_requests_days under [ledger])")
                                 .arg(words(files.keepRequestsDays));
    m_kept->setText(files.keepBodiesDays == 0
                        ? tr("%1; prompts and answers are not kept").arg(requests)
                        : tr("%1; prompts and answers, without keys, for %2 (keep_bodies_days)")
                              .arg(requests, words(files.keepBodiesDays)));
}

void SettingsPage::refresh()
{
    if (m_connection != nullptr) {
        m_connection->setConnection(m_state.source().connection());
    }
    if (m_keys != nullptr) {
        m_keys->setLive(m_state.snapshot().get(), m_state.now());
    }
}

/// Somebody may have changed the file or unlocked the keychain while another page was in front.
void SettingsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (m_source != nullptr) {
        m_source->lookAgain();
    }
}

} // namespace signalbox::ui
