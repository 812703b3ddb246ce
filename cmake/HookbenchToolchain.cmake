# Compiler settings shared by every target.
add_compile_definitions(QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_USE_QSTRINGBUILDER QT_NO_KEYWORDS
                        QT_DISABLE_DEPRECATED_BEFORE=0x060400)
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough
                    $<$<NOT:$<CONFIG:Debug>>:-fno-plt> -fvisibility-inlines-hidden)
# GCC 12 sees overlapping copies in std::string + (bug 105651, fixed in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict)
endif()
if(HOOKBENCH_WERROR)
    add_compile_options(-Werror)
endif()
if(HOOKBENCH_SANITIZE)
    # AddressSanitizer reports what is read through a null pointer by itself; checking for it beforehand is a third of a build.
    add_compile_options(-fsanitize=${HOOKBENCH_SANITIZE} -fno-sanitize=null -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${HOOKBENCH_SANITIZE})
endif()
if(HOOKBENCH_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
find_program(CCACHE ccache)
if(CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
set(from_scratch ON)
if(CCACHE)
    set(from_scratch OFF)
endif()
# Halves the time of a build from nothing and doubles that of a build after an edit, which ccache makes short either way.
option(HOOKBENCH_FROM_SCRATCH "Compile few large units with precompiled headers" ${from_scratch})
set(CMAKE_UNITY_BUILD ${HOOKBENCH_FROM_SCRATCH})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)
set(CMAKE_AUTOMOC_COMPILER_PREDEFS OFF) # asks the compiler once a target; no header of ours depends on its answer
find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()
