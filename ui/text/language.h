// SPDX-License-Identifier: GPL-3.0-or-later
// The languages of the console, and putting one on the whole program.
#pragma once

#include <QList>
#include <QString>

namespace signalbox::ui {

/// Beside the first, which follows the desktop, in the order in which they are offered.
enum class Language {
    System,
    English,
    Chinese, ///< simplified
};

inline constexpr int kLanguageCount = static_cast<int>(Language::Chinese) + 1;

/// As it is kept: `en`, `zh_CN`; empty for the desktop's.
[[nodiscard]] QString languageCode(Language language);
/// The one with that code; System for any other.
[[nodiscard]] Language languageOf(const QString &code);
/// What the language calls itself; empty for System.
[[nodiscard]] QString languageName(Language language);

/// Every text and number made from now on is of that language; what is made already stays. Where
/// the desktop's is none of ours, texts are English and numbers the desktop's. To be called once,
/// before the first window. \pre there is a QCoreApplication
void installLanguage(Language language);

} // namespace signalbox::ui
