# The data that the program reads at run time, as it lies beside the program: <build>/data in the build tree,
# share/chancery once installed. Text files of the packs are links to the sources, so an edit takes effect at once;
# the knowledge and the lexicons are compiled here.
set(CHANCERY_DATA_DIR ${CMAKE_BINARY_DIR}/data)
set(chancery_data_outputs)

file(GLOB_RECURSE pack_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/languages/*)
foreach(pack_file IN LISTS pack_files)
  if(pack_file MATCHES "^languages/[a-z]+/lexicon/")
    continue()  # sources of the compiled lexicon
  endif()
  get_filename_component(folder ${CHANCERY_DATA_DIR}/${pack_file} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${pack_file} ${CHANCERY_DATA_DIR}/${pack_file} SYMBOLIC)
  get_filename_component(pack_folder ${pack_file} DIRECTORY)
  if(pack_file MATCHES "^languages/[a-z]+/")
    install(FILES ${pack_file} DESTINATION ${CMAKE_INSTALL_DATADIR}/chancery/${pack_folder})
  endif()
endforeach()

foreach(part lexicon knowledge)
  if(EXISTS ${CMAKE_SOURCE_DIR}/cmake/data_${part}.cmake)
    include(cmake/data_${part}.cmake)
  endif()
endforeach()

add_custom_target(data ALL DEPENDS ${chancery_data_outputs})
if(TARGET chancery)
  add_dependencies(chancery data)
endif()
