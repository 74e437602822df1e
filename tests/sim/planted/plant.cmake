# SPDX-License-Identifier: Apache-2.0
# cmake -D root=... -D fault=FILE -D output=FILE -P plant.cmake
# Writes the source that FILE names, with its fault planted, to output.
include(${fault})
file(READ ${root}/${source} text)
string(FIND "${text}" "${find}" first)
string(FIND "${text}" "${find}" last REVERSE)
if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${fault}: what it replaces does not stand exactly once in ${source}")
endif()
string(REPLACE "${find}" "${replace}" text "${text}")
file(WRITE ${output} "${text}")
