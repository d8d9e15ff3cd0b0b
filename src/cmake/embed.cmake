# b2a_embed(TARGET NAMESPACE ns FILES symbol=path …): compiles each file into TARGET as
# `namespace b2a::ns { extern const std::string_view symbol; }`, declared in the generated header "embedded/<ns>.hpp".
function(b2a_embed target)
  cmake_parse_arguments(E "" "NAMESPACE" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${E_NAMESPACE})
  set(header "#pragma once\n#include <string_view>\nnamespace b2a::${E_NAMESPACE} {\n")
  set(objects "")
  foreach(pair IN LISTS E_FILES)
    string(REGEX MATCH "^([^=]+)=(.+)$" _ "${pair}")
    set(symbol ${CMAKE_MATCH_1})
    set(path ${CMAKE_MATCH_2})
    string(APPEND header "extern const std::string_view ${symbol};\n")
    set(source ${out}/${symbol}.cpp)
    add_custom_command(OUTPUT ${source}
      COMMAND ${CMAKE_COMMAND} -DINPUT=${path} -DOUTPUT=${source} -DSYMBOL=${symbol} -DNAMESPACE=${E_NAMESPACE}
              -P ${PROJECT_SOURCE_DIR}/src/cmake/embed_file.cmake
      DEPENDS ${path} ${PROJECT_SOURCE_DIR}/src/cmake/embed_file.cmake VERBATIM)
    target_sources(${target} PRIVATE ${source})
  endforeach()
  string(APPEND header "}\n")
  file(CONFIGURE OUTPUT ${out}/embedded/${E_NAMESPACE}.hpp CONTENT "${header}" @ONLY)
  target_include_directories(${target} PRIVATE ${out})
endfunction()
