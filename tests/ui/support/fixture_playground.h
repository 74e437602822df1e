// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway for the playground that says what a test wants it to say, when it wants it to.
#pragma once

#include "ui/playground_source.h"

#include "core/domain/record.h"

#include <QElapsedTimer>

#include <vector>

namespace signalbox::ui {

class FixturePlayground : public PlaygroundSource
{
    Q_OBJECT

public:
    using PlaygroundSource::PlaygroundSource;

    [[nodiscard]] QString whyNot() const override { return m_whyNot; }
    [[nodiscard]] QString address() const override;
    void ask(const PlaygroundQuestion &question) override;
    /// Ends it, as a gateway does.
    void stop(quint64 run) override;
    /// Answered when the event loop runs: 21 tokens, at most $0.0031; a model `…/free` has no price.
    void count(quint64 id, const QByteArray &body) override;

    [[nodiscard]] const std::vector<PlaygroundQuestion> &asked() const { return m_asked; }
    [[nodiscard]] const std::vector<quint64> &stopped() const { return m_stopped; }
    [[nodiscard]] int counts() const { return m_counts; }
    /// Milliseconds on one clock, for each question asked.
    [[nodiscard]] const std::vector<qint64> &askedAtMs() const { return m_askedAtMs; }
    [[nodiscard]] QString modelOf(std::size_t question) const;

    void setWhyNot(const QString &why);
    /// More text for the question with this number, from 0.
    void say(std::size_t question, const QString &text, const QString &reasoning = {});
    /// The same with a piece of any kind; its run, and what is the first piece's, are filled in.
    void tell(std::size_t question, PlaygroundPiece piece);
    void end(std::size_t question, const QString &reason = QStringLiteral("stop"));
    void fail(std::size_t question, PlaygroundFailure failure);
    /// What the log would have of it.
    [[nodiscard]] std::shared_ptr<RequestRecord> record(std::size_t question) const;

private:
    std::vector<PlaygroundQuestion> m_asked;
    std::vector<qint64> m_askedAtMs;
    std::vector<quint64> m_stopped;
    std::vector<bool> m_spoken;
    QElapsedTimer m_clock;
    QString m_whyNot;
    int m_counts = 0;
};

} // namespace signalbox::ui
