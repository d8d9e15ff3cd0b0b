# Flags that every target of ours shares. Third-party headers come in as SYSTEM and stay silent.
add_library(b2a_options INTERFACE)
target_compile_features(b2a_options INTERFACE cxx_std_20)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

target_compile_options(b2a_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wimplicit-fallthrough -Werror=switch -Werror=return-type)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False positives of g++ 12 in libstdc++ itself (GCC bugs 105329, 105593).
  target_compile_options(b2a_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-tsan)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # libstdc++ 12's own stable_sort uses a function that it marks deprecated; clang does not see that it is a system header's call.
  target_compile_options(b2a_options INTERFACE -Wno-deprecated-declarations)
endif()
option(B2A_WERROR "Treat warnings as errors" OFF)
if(B2A_WERROR)
  target_compile_options(b2a_options INTERFACE -Werror)
endif()

target_compile_definitions(b2a_options INTERFACE
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  SPDLOG_FMT_EXTERNAL $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
target_compile_options(b2a_options INTERFACE
  $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> $<$<CONFIG:Release>:-fstack-protector-strong>)
target_link_options(b2a_options INTERFACE -Wl,-z,relro,-z,now)

set(B2A_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
if(B2A_SANITIZE)
  target_compile_options(b2a_options INTERFACE -fsanitize=${B2A_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(b2a_options INTERFACE -fsanitize=${B2A_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # clang cannot instrument indirect calls in coroutines ("difference across sections").
    target_compile_options(b2a_options INTERFACE -fno-sanitize=function)
  endif()
endif()

find_program(B2A_CCACHE ccache)
if(B2A_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${B2A_CCACHE})
endif()
find_program(B2A_MOLD mold)
if(B2A_MOLD)
  target_link_options(b2a_options INTERFACE -fuse-ld=mold)
endif()
