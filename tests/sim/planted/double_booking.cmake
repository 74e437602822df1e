# SPDX-License-Identifier: Apache-2.0
# An attempt that ran into its total timeout is counted twice.
set(source core/gateway/exchange_books.cpp)
set(find [=[
    m_shared.telemetry.attemptEnded(ended, now, m_record->operation);
]=])
set(replace [=[
    m_shared.telemetry.attemptEnded(ended, now, m_record->operation);
    if (outcome.outcome == OutcomeClass::TotalTimeout) {
        m_shared.telemetry.attemptEnded(ended, now, m_record->operation);
    }
]=])
