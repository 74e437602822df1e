// SPDX-License-Identifier: GPL-3.0-or-later
// How many requests there were when: a bar for each bucket, of which a stretch can be chosen.
#pragma once

#include "core/domain/ledger_query.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// A drag chooses a stretch, and so do the arrow keys: they walk along the bars, with Shift they
/// take them along, Return chooses. Failed requests are hatched. What the walker is on is said in
/// the accessible description and in a tooltip.
class RequestHistogram : public QWidget
{
    Q_OBJECT

public:
    explicit RequestHistogram(QWidget *parent = nullptr);

    /// \p buckets are equally long and end at \p until; \p words stand at the left over them.
    void setBuckets(std::vector<HistogramBucket> buckets, SystemTime until, const QString &words);
    void clear();
    [[nodiscard]] const std::vector<HistogramBucket> &buckets() const { return m_buckets; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Of the chosen buckets, the beginning of the first and the end of the last.
    void spanChosen(qint64 fromMs, qint64 toMs);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] std::optional<int> bucketAt(double x) const;
    [[nodiscard]] qint64 endOf(int bucket) const;
    [[nodiscard]] QString wordsFor(int bucket) const;
    void walk(int by, bool takingAlong);
    void choose();

    std::vector<HistogramBucket> m_buckets;
    SystemTime m_until{};
    QString m_words;
    std::optional<int> m_from; ///< where the stretch was begun
    std::optional<int> m_at; ///< where the walker is
    bool m_dragging = false;
};

} // namespace signalbox::ui
