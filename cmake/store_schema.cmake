# schema.sql becomes a string in a generated header, so that the program needs no file to make a record.
set(schema_source ${CMAKE_SOURCE_DIR}/src/store/schema.sql)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_source})
file(READ ${schema_source} CHANCERY_SCHEMA)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/schema_sql.h @ONLY CONTENT
  "// Made from src/store/schema.sql.\n#pragma once\ninline constexpr char kSchemaSql[] = R\"sql(@CHANCERY_SCHEMA@)sql\";\n")
if(TARGET chancery_store)
  get_target_property(store_type chancery_store TYPE)
  if(NOT store_type STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(chancery_store PRIVATE ${CMAKE_BINARY_DIR}/generated)
  endif()
endif()
