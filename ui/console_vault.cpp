// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that wait for a passphrase are said over the pages: without them requests fail.
#include "ui/console_window.h"
#include "ui/pages/keys_panel.h"
#include "ui/pages/settings_page.h"
#include "ui/settings_source.h"
#include "ui/text/key_text.h"
#include "ui/widgets/notice_bar.h"

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void ConsoleWindow::connectVault()
{
    if (m_options.source != nullptr) {
        connect(m_options.source, &SettingsSource::changed, this, &ConsoleWindow::refreshVault);
        refreshVault();
    }
}

void ConsoleWindow::refreshVault()
{
    const VaultView vault = m_options.source->vault();
    if (vault.state != VaultView::State::Locked || vault.waiting == 0) {
        return m_vaultBar->hide();
    }
    m_vaultBar->say(NoticeBar::Tone::Warning, text::vaultSentence(vault), tr("Unlock…"), [this] {
        showPage(u"settings"_s);
        m_settingsPage->keys()->showVault();
    });
}

} // namespace signalbox::ui
