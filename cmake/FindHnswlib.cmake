# SPDX-License-Identifier: Apache-2.0
# Graphs of near neighbours, headers alone, which ship no package file of their own.
find_path(HNSWLIB_INCLUDE_DIR hnswlib/hnswlib.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Hnswlib REQUIRED_VARS HNSWLIB_INCLUDE_DIR)
mark_as_advanced(HNSWLIB_INCLUDE_DIR)
if(HNSWLIB_FOUND AND NOT TARGET hnswlib::hnswlib)
    add_library(hnswlib::hnswlib INTERFACE IMPORTED)
    set_target_properties(hnswlib::hnswlib PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${HNSWLIB_INCLUDE_DIR}")
endif()
