# SPDX-License-Identifier: Apache-2.0
# The libraries' headers that many sources include, compiled once: a third off the time of a whole build.
# The presets dev and asan have it. The others compile every source from its own includes, so that
# none of them lacks one.
include_guard()

option(SIGNALBOX_PCH "Precompile the libraries' headers that many sources share" OFF)
if(SIGNALBOX_PCH AND SIGNALBOX_CCACHE)
    # ccache takes a source with a precompiled header only when told that it may.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${SIGNALBOX_CCACHE})
endif()

# Qt Test tells each program its folder, for QFINDTESTDATA, by which no test here looks for its data:
# it would take a precompiled header for each folder.
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS)

# signalbox_headers(qt_widgets LINKS Qt6::Widgets HEADERS <QWidget> ...)
# Compiles HEADERS for what is declared where SIGNALBOX_HEADERS is `qt_widgets`. The compiler takes
# them only with the flags they were compiled with: LINKS names what brings such, as Qt does -fPIC.
function(signalbox_headers name)
    cmake_parse_arguments(ARG "" "" "HEADERS;LINKS" ${ARGN})
    if(NOT SIGNALBOX_PCH)
        return()
    endif()
    set(source ${CMAKE_BINARY_DIR}/generated/no_code.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "")
    add_library(headers_${name} OBJECT ${source})
    signalbox_common(headers_${name})
    target_link_libraries(headers_${name} PRIVATE ${ARG_LINKS})
    target_precompile_headers(headers_${name} PRIVATE ${ARG_HEADERS})
endfunction()

# signalbox_precompiled(target qt_widgets) gives them to a target; with no name it has none.
# gcc 12 forgets that precompiled headers are the system's and warns of bounds within std::string
# where there is nothing wrong; the builds without them have these warnings.
function(signalbox_precompiled target)
    if(SIGNALBOX_PCH AND ARGN)
        target_precompile_headers(${target} REUSE_FROM headers_${ARGN})
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            target_compile_options(${target} PRIVATE
                -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
        endif()
    endif()
endfunction()

set(standard_headers
    <algorithm> <array> <chrono> <cmath> <cstdint> <functional> <map> <memory> <optional> <set> <span>
    <string> <string_view> <utility> <variant> <vector>)
set(network_headers
    <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp>
    <nlohmann/json.hpp>)

signalbox_headers(standard HEADERS ${standard_headers})
signalbox_headers(simdjson LINKS simdjson::simdjson HEADERS ${standard_headers} <simdjson.h>)
signalbox_headers(network HEADERS ${standard_headers} ${network_headers})
signalbox_headers(qt_network LINKS Qt6::Core HEADERS ${standard_headers} ${network_headers} <QString>)
signalbox_headers(qt_test LINKS Qt6::Test HEADERS ${standard_headers} <nlohmann/json.hpp> <QTest>)
if(SIGNALBOX_CONSOLE)
    signalbox_headers(qt_widgets LINKS Qt6::Widgets HEADERS ${standard_headers}
        <QApplication> <QBoxLayout> <QDateTime> <QLabel> <QPainter> <QPushButton> <QWidget>)
endif()
