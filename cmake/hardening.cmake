# What makes a mistake in memory end the program instead of becoming somebody's way in. Included
# before the first target, since every object and every precompiled header must agree.
# tests/hardening.cmake reads the program that comes of it.
# SPDX-License-Identifier: GPL-3.0-or-later
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

# Without this CMake compiles for a position-independent program and leaves the linking of one to
# the compiler's default.
check_pie_supported(LANGUAGES CXX)

# Not everywhere: clash protection is GCC's and newer Clang's, control-flow protection x86's.
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
  string(MAKE_C_IDENTIFIER "PUSHDECK_HAS${flag}" has)
  check_cxx_compiler_flag(${flag} ${has})
  if(${has})
    add_compile_options(${flag})
    list(APPEND PUSHDECK_HARDENING_FLAGS ${flag})
  endif()
endforeach()

# The tables through which calls leave the program are filled at start and read-only from then on;
# no stack is executable.
set(PUSHDECK_HARDENING_LINKS -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
check_linker_flag(CXX "${PUSHDECK_HARDENING_LINKS}" PUSHDECK_HAS_HARDENING_LINKS)
if(PUSHDECK_HAS_HARDENING_LINKS)
  add_link_options(${PUSHDECK_HARDENING_LINKS})
endif()

# libstdc++ checks what its containers and optionals require: a few compares, so in each build.
add_compile_definitions(_GLIBCXX_ASSERTIONS)

# glibc checks sizes that the optimiser knows, so there must be one; the sanitizers check the same
# calls better, and are blind where glibc has replaced them.
if(CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT PUSHDECK_SANITIZE)
  # Level 3, sizes known only at run time, wants GCC 12 and glibc 2.35. Older ones warn and take 2.
  set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -Werror")
  check_cxx_source_compiles("
    #include <cstring>
    #if !defined(__USE_FORTIFY_LEVEL) || __USE_FORTIFY_LEVEL < 3
    #error not level 3
    #endif
    int main() { return 0; }" PUSHDECK_HAS_FORTIFY_3)
  unset(CMAKE_REQUIRED_FLAGS)
  if(PUSHDECK_HAS_FORTIFY_3)
    set(PUSHDECK_FORTIFY 3)
  else()
    set(PUSHDECK_FORTIFY 2)
  endif()
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=${PUSHDECK_FORTIFY})
endif()
