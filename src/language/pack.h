// A language pack: one folder of data that holds every linguistic fact about a language. Rooms above ask it for their
// own files by name (`file("speech.toml")`) and keep what they compile from them in their own immutable objects, so
// this room knows nothing of speech cues or event frames. docs/language-pack.md describes each file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace chancery {

// Immutable after loading; may be shared between threads.
class LanguagePack {
 public:
  // Loads `directory` (…/languages/fr). Fails with not_found, malformed or unsupported, naming the file and line.
  static Result<std::shared_ptr<const LanguagePack>> load(const std::filesystem::path& directory);
  ~LanguagePack();
  LanguagePack(const LanguagePack&) = delete;
  LanguagePack& operator=(const LanguagePack&) = delete;

  std::string_view code() const;  // ISO 639-1: "fr"
  // The contents of one of the pack's text files, read at load; not_found if the pack has none of that name.
  Result<std::string_view> file(std::string_view name) const;

  // The full CoNLL-U FEATS of a token's tag (Token::tag), more than Morph keeps: "Definite=Def|PronType=Art"; "_" for
  // none.
  std::string_view tag_features(std::uint16_t tag) const;
  // The name of a relation (Token::deprel): "nsubj"; empty for 0 and for what the pack does not know.
  std::string_view relation(std::uint8_t deprel) const;
  // What is compiled from the tables, for this room alone (tables.h).
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  LanguagePack();
  std::unique_ptr<Tables> tables_;
};

}  // namespace chancery
