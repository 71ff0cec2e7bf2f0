# Compiles each pack's lexicon into <data>/languages/<code>/lexicon.bin and carries the notices of its sources along.
add_executable(compile_lexicon ${CMAKE_SOURCE_DIR}/tools/compile_lexicon.cpp)
target_link_libraries(compile_lexicon PRIVATE chancery_language)

file(GLOB lexicon_folders ${CMAKE_SOURCE_DIR}/languages/*/lexicon)
foreach(lexicon_folder IN LISTS lexicon_folders)
  get_filename_component(pack_folder ${lexicon_folder} DIRECTORY)
  get_filename_component(pack_code ${pack_folder} NAME)
  file(GLOB lexicon_sources CONFIGURE_DEPENDS ${lexicon_folder}/*.tsv ${lexicon_folder}/*.zst)
  set(lexicon_file ${CHANCERY_DATA_DIR}/languages/${pack_code}/lexicon.bin)
  add_custom_command(OUTPUT ${lexicon_file}
    COMMAND compile_lexicon ${lexicon_folder} ${lexicon_file}
    DEPENDS compile_lexicon ${lexicon_sources}
    COMMENT "Compiling the lexicon of ${pack_code}" VERBATIM)
  list(APPEND chancery_data_outputs ${lexicon_file})
  file(GLOB lexicon_notices ${lexicon_folder}/LICENSE* ${lexicon_folder}/NOTICE*)
  set(pack_destination ${CMAKE_INSTALL_DATADIR}/chancery/languages/${pack_code})
  install(FILES ${lexicon_file} DESTINATION ${pack_destination})
  install(FILES ${lexicon_notices} DESTINATION ${pack_destination}/lexicon)
endforeach()

# The trainers of the packs' models are built on demand alone.
add_subdirectory(${CMAKE_SOURCE_DIR}/training EXCLUDE_FROM_ALL)
