# SPDX-License-Identifier: Apache-2.0
# How a room, an executable and a test are declared; warnings and dependencies in one place.
include_guard()

find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(tomlplusplus 3.3 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq>=14)
find_package(spdlog REQUIRED)
find_package(CLD2 REQUIRED)
find_package(Hnswlib REQUIRED)
find_package(ICU 70 REQUIRED COMPONENTS uc)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
if(SIGNALBOX_CONSOLE)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets Charts Svg Network)
    find_package(Qt6Keychain REQUIRED)
endif()

find_program(SIGNALBOX_CCACHE ccache)
if(SIGNALBOX_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${SIGNALBOX_CCACHE})
endif()

set(SIGNALBOX_WARNINGS
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
    -Wcast-align -Wconversion -Wsign-conversion -Wdouble-promotion -Wformat=2
    -Wimplicit-fallthrough -Wextra-semi -Wundef -Wsuggest-override -Wswitch-enum -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND SIGNALBOX_WARNINGS -Wduplicated-cond -Wlogical-op)
    # gcc begins to collect its garbage at 300 MB instead of 128: most sources here need less, and a
    # sixth of the compiler's time went into it.
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:--param=ggc-min-heapsize=300000>)
endif()

set(SIGNALBOX_QT_DEFINITIONS
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_JAVA_STYLE_ITERATORS QT_STRICT_ITERATORS
    QT_NO_CAST_TO_ASCII QT_RESTRICTED_CAST_FROM_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 QT_MESSAGELOGCONTEXT)

# moc cannot read libstdc++'s <concepts> before c++config.h has defined its macros.
set(CMAKE_AUTOMOC_MOC_OPTIONS --include cstddef)

set(SIGNALBOX_BOOST_DEFINITIONS BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)

function(signalbox_common target)
    target_compile_options(${target} PRIVATE ${SIGNALBOX_WARNINGS})
    target_compile_definitions(${target} PRIVATE
        ${SIGNALBOX_QT_DEFINITIONS} ${SIGNALBOX_BOOST_DEFINITIONS})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()

include(SharedHeaders)

# signalbox_room(core/http SOURCES a.cpp ... LINKS core/base ... [QT])
# A static library of one room. LINKS names other rooms by their path, or imported targets.
# QT runs moc over the room's headers.
function(signalbox_room room)
    cmake_parse_arguments(ROOM "QT" "" "SOURCES;LINKS" ${ARGN})
    string(REPLACE "/" "_" name "signalbox/${room}")
    add_library(${name} STATIC ${ROOM_SOURCES})
    signalbox_common(${name})
    signalbox_precompiled(${name} ${SIGNALBOX_HEADERS})
    if(ROOM_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
    endif()
    signalbox_links(${name} PUBLIC ${ROOM_LINKS})
endfunction()

function(signalbox_links target scope)
    foreach(link IN LISTS ARGN)
        if(link MATCHES "^(core|ui|app|tests)(/|$)")
            string(REPLACE "/" "_" link "signalbox/${link}")
        endif()
        target_link_libraries(${target} ${scope} ${link})
    endforeach()
endfunction()

# signalbox_program(signalboxd SOURCES main.cpp LINKS core/runtime ...)
function(signalbox_program name)
    cmake_parse_arguments(PROGRAM "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${PROGRAM_SOURCES})
    signalbox_common(${name})
    signalbox_precompiled(${name} ${SIGNALBOX_HEADERS})
    signalbox_links(${name} PRIVATE ${PROGRAM_LINKS})
endfunction()

# All that `./dev sanitize` needs for its run under ThreadSanitizer.
add_custom_target(thread_tests)

# signalbox_test(tst_sse_parser LINKS core/http [SOURCES more.cpp] [SLOW] [THREADS] [TIMEOUT s])
# One Qt Test program from NAME.cpp. SLOW keeps it out of `./dev test --quick`; THREADS has it run
# under ThreadSanitizer, because threads of ours meet in it or in a program it starts.
function(signalbox_test name)
    cmake_parse_arguments(TEST "SLOW;THREADS" "TIMEOUT" "SOURCES;LINKS" ${ARGN})
    # moc over this one file. AUTOMOC would scan, generate and compile a file more for each test.
    add_custom_command(OUTPUT ${name}.moc
        COMMAND Qt6::moc ${CMAKE_CURRENT_SOURCE_DIR}/${name}.cpp -o ${name}.moc
        DEPENDS ${name}.cpp VERBATIM)
    add_executable(${name} ${name}.cpp ${name}.moc ${TEST_SOURCES})
    signalbox_common(${name})
    signalbox_precompiled(${name} ${SIGNALBOX_HEADERS})
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_compile_definitions(${name} PRIVATE
        SIGNALBOX_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SIGNALBOX_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    signalbox_links(${name} PRIVATE Qt6::Test ${TEST_LINKS})
    add_test(NAME ${name} COMMAND ${name})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;TZ=UTC;LANG=C.UTF-8;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/tsan.supp:halt_on_error=1;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0;UBSAN_OPTIONS=print_stacktrace=1")
    set(labels)
    if(TEST_SLOW)
        list(APPEND labels slow)
    endif()
    if(TEST_THREADS)
        list(APPEND labels threads)
        add_dependencies(thread_tests ${name})
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${labels}")
endfunction()
