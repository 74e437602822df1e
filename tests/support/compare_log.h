// SPDX-License-Identifier: Apache-2.0
// Compares the log of a virtual gateway and shows both when they differ.
#pragma once

#include "tests/support/virtual_gateway.h"

#include <QTest>

namespace signalbox::tests {

inline QString logOf(const VirtualGateway &world)
{
    return QString::fromStdString(world.log());
}

} // namespace signalbox::tests

#define COMPARE_LOG(actual, expected) \
    do { \
        const QString is = (actual); \
        const QString should = (expected); \
        QVERIFY2(is == should, \
                 qPrintable(QStringLiteral("\nis:     ") + is + QStringLiteral("\nshould: ") \
                            + should)); \
    } while (false)
