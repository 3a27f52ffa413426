# SPDX-License-Identifier: Apache-2.0
# A room is a folder that is one library target. Its sources are the folder's own files, re-read at every build.

add_library(corridor_flags INTERFACE)  # one target carries every flag; nothing global
target_compile_options(corridor_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror=switch
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>"  # false in GCC 12 at -O3 (bugs 105651, 105562)
  $<$<BOOL:${CORRIDOR_WERROR}>:-Werror>
  -ffp-contract=off)  # no fused multiply-add behind our back: results are equal on every CPU
target_include_directories(corridor_flags INTERFACE ${PROJECT_SOURCE_DIR})

function(corridor_room name)
  cmake_parse_arguments(ROOM "" "" "LINK;PRIVATE_LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC corridor_flags ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE_LINK})
endfunction()
