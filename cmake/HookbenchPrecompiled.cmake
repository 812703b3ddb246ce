# hookbench_precompile(<target> <kind>)
#   Compiles <target> with the precompiled headers of <kind>: core, ui, tests or tests_ui, made once each. They hold headers of
#   others only, so that an edit here rebuilds what includes it and nothing else. Sources still include what they use: without
#   HOOKBENCH_FROM_SCRATCH they must compile as well.
set(hookbench_headers_core
    <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <functional> <map> <memory> <mutex> <optional> <span> <string>
    <string_view> <unordered_map> <utility> <vector> <fmt/format.h> <tl/expected.hpp> <QByteArray> <QFile> <QMetaType> <QObject>
    <QString> <QThread> <QTimer>)
set(hookbench_headers_ui ${hookbench_headers_core} <QtWidgets>)
set(hookbench_headers_tests ${hookbench_headers_core} <QtTest>)
set(hookbench_headers_tests_ui ${hookbench_headers_ui} <QtTest>)
set(hookbench_libraries_core fmt::fmt tl::expected Qt6::Core)
set(hookbench_libraries_ui ${hookbench_libraries_core} Qt6::Widgets)
set(hookbench_libraries_tests ${hookbench_libraries_core} Qt6::Test Qt6::Network)
set(hookbench_libraries_tests_ui ${hookbench_libraries_ui} Qt6::Test Qt6::Network)

function(hookbench_precompile target kind)
    if(NOT HOOKBENCH_FROM_SCRATCH)
        return()
    endif()
    set(holder hookbench_precompiled_${kind})
    if(NOT TARGET ${holder})
        file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp CONTENT "")
        add_library(${holder} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp)
        target_link_libraries(${holder} PRIVATE ${hookbench_libraries_${kind}})
        target_precompile_headers(${holder} PRIVATE ${hookbench_headers_${kind}})
    endif()
    target_precompile_headers(${target} REUSE_FROM ${holder})
    target_link_libraries(${target} PRIVATE ${hookbench_libraries_${kind}}) # the same definitions for both
endfunction()
