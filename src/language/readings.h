// What a surface token may be: the candidates among which the tagger chooses, and the lemma of the one it chose. Shared
// by the engine and by training, so the two cannot drift.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/tables.h"
#include "language/tokenise.h"

namespace chancery {

// The readings of a sentence's tokens, one list each, never empty. Lists that the lexicon has are referred to, others
// are made up in a pool that all tokens of the sentence share.
class CandidateLists {
 public:
  static constexpr std::size_t kMost = Lexicon::kMostReadings;

  void clear() {
    entries_.clear();
    pool_.clear();
  }
  std::size_t size() const { return entries_.size(); }
  std::span<const LexiconReading> operator[](std::size_t i) const {
    const Entry& e = entries_[i];
    return {e.listed != nullptr ? e.listed : pool_.data() + e.set.first, e.set.size};
  }
  // What the readings are as a whole.
  const LexiconSet& set(std::size_t i) const { return entries_[i].set; }
  // Whether the lexicon has the form.
  bool known(std::size_t i) const { return entries_[i].known; }

  // Adds the candidates of one more token. Training gives `without`: a tag that the treebanks count once less for this
  // form, so that a word is learnt from as if this place in the text had not been counted.
  void add(const Surface& token, std::string_view form, bool first_in_sentence, const LanguagePack::Tables& tables,
           const std::uint16_t* without = nullptr);

 private:
  struct Entry {
    const LexiconReading* listed = nullptr;
    LexiconSet set;  // where it is made up, `first` counts in the pool
    bool known = false;
  };
  void add_listed(const LexiconSet& set, std::span<const LexiconReading> found) {
    entries_.push_back({found.data(), set, true});
  }
  void add_word(const LexiconSet& set, std::span<const LexiconReading> found, const Surface& token, bool first,
                const LanguagePack::Tables& tables);
  void add_unknown(const Surface& token, std::string_view form, const LanguagePack::Tables& tables);
  std::vector<LexiconReading> counted_without(std::span<const LexiconReading> found, std::uint16_t tag) const;
  void keep_words(const Surface& token, const LanguagePack::Tables& tables);

  // Candidates that are made up: begun, filled one after the other, and added.
  void begin_made_up() { begin_ = pool_.size(); }
  void make_up(const LexiconReading& reading) {
    if (pool_.size() - begin_ < kMost) pool_.push_back(reading);
  }
  void add_made_up(bool known, const LanguagePack::Tables& tables);
  bool has_tag(std::uint16_t tag) const;

  std::vector<Entry> entries_;
  std::vector<LexiconReading> pool_;
  std::size_t begin_ = 0;
};

// Appends the lemma of a token in this reading to `out`. `surface` is the token as the page writes it.
void append_lemma(const LexiconReading& reading, std::string_view form, std::string_view surface,
                  const Lexicon& lexicon, std::string& out);

}  // namespace chancery
