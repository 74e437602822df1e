// SPDX-License-Identifier: Apache-2.0
// What a program that holds keys and many sockets asks of the system.
#pragma once

namespace signalbox::runtime {

/// To be called once, before a secret is read. No core dump is written and no process of the same
/// user may read our memory: a key passes through too many buffers (request heads, TLS, the
/// library's own) for marking a few of them to help. The limit of open files is raised as far as
/// we may. What the system refuses stays as it was.
void prepareProcess();

/// Gives free memory that the allocator keeps back to the system. Takes a millisecond for some ten
/// megabytes; every thread that allocates waits for it. Does nothing where the allocator cannot.
void releaseFreeMemory();

} // namespace signalbox::runtime
