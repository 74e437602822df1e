// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/keychain_backend.h"

#include <qt6keychain/keychain.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

KeychainAnswer answerOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::NoError) {
        return {};
    }
    if (job.error() == QKeychain::EntryNotFound) {
        return {.kind = KeychainAnswer::Kind::Missing, .problem = job.errorString()};
    }
    const QString words = job.errorString();
    return {.kind = KeychainAnswer::Kind::Failed,
            .problem = words.isEmpty() ? u"error %1"_s.arg(static_cast<int>(job.error())) : words};
}

/// A job deletes itself. It must not be deleted before: the library keeps plain pointers to it.
template <class Job, class Read>
void start(Job *job, const QString &entry, QObject *context, KeychainBackend::Then then, Read read)
{
    job->setKey(entry);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, then = std::move(then), read] {
        KeychainAnswer answer = answerOf(*job);
        if (answer.kind == KeychainAnswer::Kind::Ok) {
            read(answer);
        }
        then(answer);
    });
    job->start();
}

} // namespace

void QtKeychainBackend::read(const QString &entry, Then then)
{
    auto *job = new QKeychain::ReadPasswordJob(u"signalbox"_s);
    start(job, entry, this, std::move(then), [job](KeychainAnswer &answer) {
        answer.secret = Secret(job->textData().toStdString());
    });
}

void QtKeychainBackend::write(const QString &entry, const Secret &secret, Then then)
{
    auto *job = new QKeychain::WritePasswordJob(u"signalbox"_s);
    const std::string_view text = secret.expose();
    job->setTextData(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    start(job, entry, this, std::move(then), [](KeychainAnswer &) {});
}

void QtKeychainBackend::remove(const QString &entry, Then then)
{
    auto *job = new QKeychain::DeletePasswordJob(u"signalbox"_s);
    start(job, entry, this, std::move(then), [](KeychainAnswer &) {});
}

} // namespace signalbox::app
