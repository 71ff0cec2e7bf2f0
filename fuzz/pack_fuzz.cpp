// The pack loader and the reader of CoNLL-U: foreign bytes as a lexicon, a tagger, a pack's tables, and a treebank. The
// first byte of the input says which. Whatever loads must also work: its readings are looked up and walked.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "language/conllu.h"
#include "language/lexicon.h"
#include "language/tagger.h"

namespace {

using namespace chancery;

std::filesystem::path folder() {
  static const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("chancery-pack-fuzz-" + std::to_string(::getpid()));
  return path;
}

std::filesystem::path write(const std::string& name, std::string_view bytes) {
  std::filesystem::create_directories(folder());
  const std::filesystem::path path = folder() / name;
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

void try_lexicon(std::string_view bytes) {
  const auto lexicon = Lexicon::open(write("lexicon.bin", bytes));
  if (!lexicon) return;
  for (const std::string_view form : {"", "le", "négociaient", "1945"})
    for (const LexiconReading& reading : lexicon->find(form))
      if (reading.tag >= lexicon->tags().size() || lexicon->append_of(reading).size() > 255) std::abort();
}

// A header that passes every check but the checksum is never met by chance, so the checksum is put right.
void try_sealed_lexicon(std::string_view bytes) {
  LexiconHeader header{};
  if (bytes.size() < sizeof(header)) return;
  std::string sealed(bytes);
  std::memcpy(&header, sealed.data(), sizeof(header));
  std::memcpy(header.magic, kLexiconMagic, sizeof(header.magic));
  header.version = Lexicon::kVersion;
  header.header_size = sizeof(header);
  header.file_size = sealed.size();
  header.checksum = checksum_of(std::string_view(sealed).substr(sizeof(header)));
  std::memcpy(sealed.data(), &header, sizeof(header));
  try_lexicon(sealed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 6) {
    case 0:
      try_lexicon(bytes);
      break;
    case 1:
      try_sealed_lexicon(bytes);
      break;
    case 2:
      (void)Tagger::open(write("tagger.bin", bytes), {});
      break;
    default: {
      static constexpr std::string_view kNames[] = {"pack.toml", "tokens.tsv", "multiword.tsv"};
      write(std::string(kNames[data[0] % 3]), bytes);
      (void)LanguagePack::load(folder());
      std::filesystem::remove(folder() / kNames[data[0] % 3]);
    }
  }
  return 0;
}
