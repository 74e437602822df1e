// SPDX-License-Identifier: GPL-3.0-or-later
// The cache at a glance: our own, the providers' prompt caches, and what was saved.
#pragma once

#include "core/domain/cache_view.h"

#include <QHash>
#include <QWidget>

class QLabel;

namespace signalbox::ui {

class FillBar;
class Section;

class CacheSummary : public QWidget
{
    Q_OBJECT

public:
    explicit CacheSummary(QWidget *parent = nullptr);

    /// \p kinds of the providers, by their ids.
    void show(const CacheView &view, const QHash<QString, QString> &kinds);

private:
    void showOwn(const CacheView &view);
    void showPrompt(const CacheView &view, const QHash<QString, QString> &kinds);
    void showSaved(const CacheView &view);
    QLabel *label(const char *name, bool large = false);

    QLabel *m_rate;
    QLabel *m_kindsOfHits;
    FillBar *m_bar;
    QLabel *m_fill;
    QLabel *m_trouble;
    QLabel *m_promptShare;
    QLabel *m_byProvider;
    QLabel *m_saved;
    QLabel *m_waiting;
    QLabel *m_unpriced;
    Section *m_own;
};

} // namespace signalbox::ui
