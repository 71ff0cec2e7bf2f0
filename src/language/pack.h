// A language pack: one folder of data that holds every linguistic fact about a language. Rooms above ask it for their
// own files by name (`file("speech.toml")`) and keep what they compile from them in their own immutable objects, so
// this room knows nothing of speech cues or event frames. docs/language-pack.md describes each file.
#pragma once

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

  // What the lexicon knows of one form (lower case, accents as written), in order of likelihood.
  struct Reading;
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  LanguagePack();
  std::unique_ptr<Tables> tables_;
};

}  // namespace chancery
