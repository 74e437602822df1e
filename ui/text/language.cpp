// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

// Must stand outside every namespace: the macro declares a global function.
static void loadTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace signalbox::ui {

namespace {

/// Traditional characters are other ones: who reads those gets English.
QLocale localeOf(Language language)
{
    switch (language) {
    case Language::English: {
        const QLocale system = QLocale::system();
        return system.language() == QLocale::English ? system : QLocale(QLocale::English);
    }
    case Language::Chinese:
        return {QLocale::Chinese, QLocale::SimplifiedHanScript, QLocale::China};
    case Language::System:
        break;
    }
    return QLocale::system();
}

Language spoken(const QLocale &locale)
{
    const bool simplified = locale.language() == QLocale::Chinese
                            && locale.script() == QLocale::SimplifiedHanScript;
    return simplified ? Language::Chinese : Language::English;
}

void add(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(qApp);
    if (translator->load(file, folder)) {
        QCoreApplication::installTranslator(translator);
    } else {
        delete translator;
    }
}

} // namespace

QString languageCode(Language language)
{
    switch (language) {
    case Language::English:
        return u"en"_s;
    case Language::Chinese:
        return u"zh_CN"_s;
    case Language::System:
        break;
    }
    return {};
}

Language languageOf(const QString &code)
{
    for (int i = 1; i < kLanguageCount; ++i) {
        if (languageCode(static_cast<Language>(i)) == code) {
            return static_cast<Language>(i);
        }
    }
    return Language::System;
}

QString languageName(Language language)
{
    switch (language) {
    case Language::English:
        return u"English"_s;
    case Language::Chinese:
        return u"简体中文"_s;
    case Language::System:
        break;
    }
    return {};
}

void installLanguage(Language language)
{
    loadTranslations();
    const QLocale locale = localeOf(language);
    QLocale::setDefault(locale);
    const QString code = languageCode(spoken(locale));
    // Qt's own dialogs first: what is installed last is asked first.
    add(u"qtbase_"_s + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    add(u"signalbox_"_s + code, u":/i18n"_s);
}

} // namespace signalbox::ui
