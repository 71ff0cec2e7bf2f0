# knowledge/*.tsv and the packs' titles.tsv, compiled into data/knowledge.bin.
add_executable(compile_knowledge ${CMAKE_SOURCE_DIR}/tools/compile_knowledge.cpp)
target_link_libraries(compile_knowledge PRIVATE chancery_knowledge)

file(GLOB knowledge_tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*.tsv)
file(GLOB title_tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/languages/*/titles.tsv)
set(title_arguments)
foreach(table IN LISTS title_tables)
  get_filename_component(folder ${table} DIRECTORY)
  get_filename_component(language ${folder} NAME)
  list(APPEND title_arguments --titles ${language} ${table})
endforeach()

add_custom_command(
  OUTPUT ${CHANCERY_DATA_DIR}/knowledge.bin
  COMMAND compile_knowledge ${CHANCERY_DATA_DIR}/knowledge.bin ${knowledge_tables} ${title_arguments}
  DEPENDS compile_knowledge ${knowledge_tables} ${title_tables}
  COMMENT "Compiling the knowledge"
  VERBATIM)
list(APPEND chancery_data_outputs ${CHANCERY_DATA_DIR}/knowledge.bin)
install(FILES ${CHANCERY_DATA_DIR}/knowledge.bin DESTINATION ${CMAKE_INSTALL_DATADIR}/chancery)
