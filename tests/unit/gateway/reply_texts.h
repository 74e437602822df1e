// SPDX-License-Identifier: Apache-2.0
// Bodies as a client gets them, with ID in place of the request's. Apart from the tests because moc
// loses its way in raw strings.
#pragma once

namespace signalbox::tests {

extern const char *const kStream; ///< "hello" in two pieces
extern const char *const kErrorEvent; ///< the end of a stream that was cut after 300 ms
extern const char *const kAnswer; ///< "hello" in one
extern const char *const kError; ///< a/x refused the connection, b/y answered 500
extern const char *const kModels; ///< of the house

} // namespace signalbox::tests
