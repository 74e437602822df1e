// SPDX-License-Identifier: Apache-2.0
// Every bound of the program in one place, each with its reason. Full means a clear refusal or a
// counted loss, never growth. What an operator may set is in core/domain/settings.h.
#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <cstdint>

namespace signalbox::bounds {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

// ---- one HTTP message -------------------------------------------------------------------------

/// Bytes of a request or status line with its CRLF; RFC 9112 section 3 asks for 8000 at least.
inline constexpr std::size_t kStartLineBytesMax = 8 * kKiB;
/// Bytes of a request's start line and headers together; the contract answers 431 beyond it.
inline constexpr std::size_t kRequestHeadBytesMax = 32 * kKiB;
/// The same of an answer: providers send long cookies, policies and rate-limit headers.
inline constexpr std::size_t kAnswerHeadBytesMax = 64 * kKiB;
/// Header lines; SDKs send about 20, a browser behind two proxies about 40.
inline constexpr std::size_t kHeadersMax = 128;
/// Empty lines before a start line; RFC 9112 section 2.2 asks a server to forgive at least one.
inline constexpr std::size_t kLeadingBlankLinesMax = 1;
/// Bytes of a method; the longest registered one has 17.
inline constexpr std::size_t kMethodBytesMax = 32;
/// Bytes of a request's body where `server.max_body_mb` says nothing: a few inline images.
inline constexpr std::uint64_t kRequestBodyBytesMax = 20 * kMiB;
/// Bytes of an upstream's JSON answer, by the contract; the attempt fails as unparseable beyond it.
inline constexpr std::size_t kJsonAnswerBytesMax = 64 * kMiB;
/// Bytes set aside for a body before any of it came: a promised length alone must cost no memory.
inline constexpr std::size_t kBodyBytesReservedMax = 64 * kKiB;
/// Bytes of one chunk-size line with extensions and CRLF; a size alone takes at most 18.
inline constexpr std::size_t kChunkLineBytesMax = 512;
/// Bytes of all chunk extensions of a body; nobody uses them but to waste a server's time.
inline constexpr std::size_t kChunkExtensionBytesMax = 4 * kKiB;
/// Bytes of all trailer lines; they are checked and dropped.
inline constexpr std::size_t kTrailerBytesMax = 8 * kKiB;
/// Trailer lines; checksums and timings, a handful in practice.
inline constexpr std::size_t kTrailersMax = 32;
/// 1xx answers before the final one; 100 and 103 come once each.
inline constexpr std::size_t kInterimAnswersMax = 8;
/// Bytes of one server-sent event, its lines included, by the contract; an inline image in one
/// chunk is about 3 MB.
inline constexpr std::size_t kSseEventBytesMax = 8 * kMiB;

// ---- JSON -------------------------------------------------------------------------------------

/// Objects and arrays that may be open at once; deep tool schemas have about 20.
inline constexpr int kJsonDepthMax = 64;
/// Bytes of an upstream's error message that are kept: people read it, and records keep it.
inline constexpr std::size_t kErrorMessageBytesMax = 2 * kKiB;
/// Bytes of an upstream's error body that are read: any message, and a bound for what is none.
inline constexpr std::size_t kErrorBodyBytesMax = 64 * kKiB;
/// From an error's head to its end, after which its status alone decides: another target may wait.
inline constexpr Millis kErrorBodyPatience{5000};
/// Bytes that a thread's JSON reader keeps; what one huge document needed is given back after it.
inline constexpr std::size_t kJsonReaderBytesKept = kMiB;
/// Entries and bytes of what a client's metadata headers may put into every record.
inline constexpr std::size_t kMetadataEntriesMax = 16;
inline constexpr std::size_t kMetadataBytesMax = 256;

// ---- tokens ----------------------------------------------------------------------------------

/// Tokens of a tokenizer; the largest known have about 260,000.
inline constexpr std::size_t kTokenRanksMax = std::size_t{1} << 20U;
/// Bytes of a token; the longest known are runs of 128 blanks and of 256 dashes.
inline constexpr std::size_t kTokenBytesMax = 1024;
/// Bytes of a rank file; OpenAI's newest has 3.6 MB.
inline constexpr std::size_t kRankFileBytesMax = 32 * kMiB;
/// Bytes of a text that are counted exactly, beyond which an estimate must do: some 10 ms of the
/// gateway's thread.
inline constexpr std::size_t kExactTextBytesMax = 256 * kKiB;
/// Models whose bills are learned from: more than a configuration has, though reloads bring new ones.
inline constexpr std::size_t kCalibratedModelsMax = 1024;

// ---- clients' connections ---------------------------------------------------------------------

/// Connections of clients in all; fewer where the process may not open so many files. There is no
/// bound per address: behind a proxy, or on one application server, all clients share one.
inline constexpr std::size_t kClientsMax = 20'000;
/// Files that are not sockets of clients or upstreams: the ledger, logs, libraries' own.
inline constexpr std::size_t kOtherFilesMax = 128;
/// Bytes of the bodies that are being read or served at one time; a body beyond it is refused with
/// 503 `overloaded`. Room for 25 bodies of the greatest default size, or 20,000 of 25 KB; a body
/// is held about three times over while it is translated and sent.
inline constexpr std::uint64_t kBodyBytesInAllMax = 512 * kMiB;
/// Bytes waiting for a client beyond which its upstream is no longer read, and below which it is
/// again: a second of the fastest model's text.
inline constexpr std::size_t kOutgoingBytesHigh = 64 * kKiB;
inline constexpr std::size_t kOutgoingBytesLow = 16 * kKiB;
/// What an emptied buffer of outgoing bytes may keep for the next: an event or two.
inline constexpr std::size_t kOutgoingBytesKept = 2 * kKiB;
/// Bytes not sent yet that the kernel keeps for a client before those; by itself it would take
/// megabytes from us for one who does not read.
inline constexpr int kUnsentBytesMax = 128 * 1024;
/// Bytes of pipelined requests taken off the socket while one is served, beyond which no more are
/// read: that is the depth of pipelining. The same again may come with the last read.
inline constexpr std::size_t kPipelinedBytesMax = 64 * kKiB;
/// Between requests, by the contract.
inline constexpr Seconds kIdleMax{75};
/// A body must bring so many bytes in each such window: 1 KB/s, by the contract.
inline constexpr Seconds kBodyWindow{10};
inline constexpr std::uint64_t kBodyWindowBytesMin = 10 * kKiB;
/// Without the client taking a byte of its answer: longer than a laptop's change of networks.
inline constexpr Seconds kWriteStallMax{60};
/// After a last answer, for the client to read it; longer only serves who sends without listening.
inline constexpr Seconds kLingerMax{2};
/// At a stop, for requests that clients have sent and we have not read: closing at once would
/// answer them with a reset.
inline constexpr Millis kDrainGrace{250};
/// After accept() found no descriptor, which it would do again at once.
inline constexpr Millis kAcceptPause{100};

// ---- upstreams' connections -------------------------------------------------------------------

/// Idle connections kept per place: as many as a busy second needs, not as many as a peak opened.
inline constexpr std::size_t kIdleUpstreamsPerPlaceMax = 256;
/// Addresses kept taken apart: more than a configuration has, though reloads bring new ones.
inline constexpr std::size_t kUpstreamUrlsMax = 256;
/// Providers close idle connections after 60 s or more; ours go first, so that few calls meet a
/// connection that is just being closed.
inline constexpr Seconds kIdleUpstreamMax{50};
/// For an answer that nobody waits for to end, so that its connection can be kept.
inline constexpr Seconds kReleasedUpstreamMax{2};

// ---- pictures fetched -------------------------------------------------------------------------

/// Bytes of one picture: as much as the strictest provider takes inline, and a good photograph.
inline constexpr std::size_t kPictureBytesMax = 10 * kMiB;
/// Bytes of all pictures of a request: with base64's third they fill the largest body taken inline.
inline constexpr std::size_t kPictureBytesPerRequestMax = 15 * kMiB;
/// Pictures of one request, each a connection of its own.
inline constexpr std::size_t kPicturesPerRequestMax = 20;
/// Bytes of an address; signed ones have about 2000.
inline constexpr std::size_t kPictureUrlBytesMax = 8 * kKiB;
/// Redirects on the way to a picture: to https, to a host of files, to a copy.
inline constexpr int kPictureRedirectsMax = 3;
/// From the first look for its address to the last byte.
inline constexpr Millis kPicturePatience{10'000};
/// Pictures on their way at one time, and bytes of those that are on it or in a request; beyond
/// either a request is refused with 503 `overloaded`.
inline constexpr std::size_t kPictureFetchesMax = 256;
inline constexpr std::uint64_t kPictureBytesInAllMax = 256 * kMiB;

// ---- embeddings -------------------------------------------------------------------------------

/// Texts of a request for embeddings, as OpenAI has it; twenty calls of the smallest batch are 200.
inline constexpr std::size_t kEmbeddingTextsMax = 2048;

// ---- calls of our own --------------------------------------------------------------------------

/// Health checks in the air at one time; the others wait for their next turn.
inline constexpr std::size_t kHealthChecksMax = 16;
/// Between two checks of a target: more would be load, and a bill.
inline constexpr Millis kHealthCheckEveryMin{1000};

/// Shadows in the air at one time; what comes beyond them is left out, and counted.
inline constexpr std::size_t kShadowsMax = 16;
/// Bytes of a request that has a shadow, and of either answer: a longer one is not followed.
inline constexpr std::size_t kShadowRequestBytesMax = 256 * kKiB;
inline constexpr std::size_t kShadowAnswerBytesMax = 256 * kKiB;

// ---- the cache --------------------------------------------------------------------------------

/// Pairs of questions that were nearly taken for the same, kept for people to look at.
inline constexpr std::size_t kNearMissesKept = 200;
/// Questions that may wait at once to be compared where large scopes are kept, and each of them for so long:
/// then it is a miss.
inline constexpr std::size_t kComparisonsMax = 256;
inline constexpr Millis kComparePatience{100};
/// Texts of one call of the cache's embedder, and how long it may take; each request waits a little less.
inline constexpr std::size_t kEmbedTextsMax = 64;
inline constexpr Millis kEmbedTimeout{2000};
inline constexpr Millis kEmbedPatience{1500};
/// It is not asked for so long after it failed: requests must not wait for it in vain, one after another.
inline constexpr Millis kEmbedRest{10'000};
/// How long the points for an evaluation may take in all, each call for them, and the wait for room before one.
inline constexpr Millis kStudyPatience{120'000};
inline constexpr Millis kStudyCallTimeout{10'000};
inline constexpr Millis kStudyPause{500};
/// Pairs of an evaluation by a target, which is paid for each text.
inline constexpr std::size_t kStudyPairsMax = 3000;
/// Points of questions that are remembered, of some 2 KB each.
inline constexpr std::size_t kEmbeddingsRemembered = 2000;
/// Requests that wait for an equal one in the air; one more asks for itself.
inline constexpr std::size_t kFollowersMax = 10'000;

// ---- answers continued -------------------------------------------------------------------------

/// Bytes of an answer's text that are kept for another target to go on with, should its stream
/// break: the longest answers of today's models. A longer one is not continued.
inline constexpr std::size_t kBegunAnswerBytesMax = 256 * kKiB;

// ---- queues between threads -------------------------------------------------------------------

/// Records that wait for the ledger, those being written included: half a minute of a full disk
/// at 600 requests a second, about 60 MB.
inline constexpr std::size_t kLedgerQueueMax = 20'000;
/// Beyond them, of operators' acts, which no flood of requests may displace.
inline constexpr std::size_t kLedgerAuditReserve = 1000;
/// Entries in one transaction: long enough to be fast, short enough to be lost in a crash.
inline constexpr std::size_t kLedgerBatchMax = 500;
/// Entries that wait for the log's thread: a second of the fastest traffic.
inline constexpr std::size_t kLogEntriesMax = 20'000;
/// The log in all: eight old files of 32 MiB beside the current one.
inline constexpr std::size_t kLogFileBytesMax = 32 * kMiB;
inline constexpr std::size_t kLogFilesKept = 8;
/// Finished requests that wait for the console: a second of the fastest traffic it can list.
inline constexpr std::size_t kConsoleRecordsMax = 5000;
/// Results of an operator's acts that wait for the console.
inline constexpr std::size_t kConsoleResultsMax = 1000;

// ---- the admin API ----------------------------------------------------------------------------

/// Streams of events: a handful of consoles. One that reads slowly misses events and is told how
/// many; nothing is kept for it beyond its connection's own buffer.
inline constexpr std::size_t kEventStreamsMax = 32;
/// Questions to the ledger that wait for its one reader.
inline constexpr std::size_t kAdminQuestionsMax = 64;
/// Rows of one page.
inline constexpr int kPageRowsMax = 1000;
/// Rows of a costs answer: five years of hours, or of days of 25 names.
inline constexpr std::size_t kCostRowsMax = 50'000;
/// Prepared statements kept: filters combine in hundreds of ways, a person uses a few.
inline constexpr std::size_t kStatementsMax = 64;

// ---- state and files --------------------------------------------------------------------------

/// Breaker transitions that the state shows: a bad day of one provider.
inline constexpr std::size_t kTransitionsShownMax = 200;
/// Transitions of one breaker between two looks of the gateway, which takes them on every tick.
inline constexpr std::size_t kTransitionsPendingMax = 64;
/// A configuration is written by hand; beyond this it is some other file.
inline constexpr std::size_t kConfigBytesMax = 4 * kMiB;
/// A key or token; a certificate's key is read by OpenSSL.
inline constexpr std::size_t kSecretBytesMax = 64 * kKiB;

} // namespace signalbox::bounds
