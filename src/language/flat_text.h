// A text that has lost its line ends (out of a PDF, an optical reader, a corpus): titles, items of lists and notices
// stand in the middle of one line, and no mark ends them. The text between two closing marks, a stretch, is tagged as
// if it were one sentence; then the likeliest of all ways to part it at the places where a sentence could begin is
// found. A linear model looks at each place, at each sentence that a parting would make, and at what the whole text
// tells of the words. Its weights stand in the pack's sentence-starts.tsv (training/train_starts.cpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/sentence_tagger.h"
#include "language/tables.h"
#include "language/tokenise.h"

namespace chancery {

// The places of one stretch after the other, and what the model sees. Shared by the engine and by training. For one
// thread.
class FlatText {
 public:
  static constexpr std::size_t kPlaceFeatures = 32, kCutFeatures = 24, kPieceFeatures = 18;

  // `tagger` holds what it found of the last stretch.
  FlatText(std::string_view text, const LanguagePack::Tables& tables, SentenceTagger& tagger)
      : text_(text), tables_(tables), tagger_(tagger) {}

  // Counts what the whole text tells of its words; before the first stretch.
  void survey(std::span<const Surface> tokens);
  // Tags a stretch, its forms in `strings`; both must stay until the next call.
  void begin(std::span<const Surface> stretch, std::string_view strings);
  // The tokens at which a sentence could begin at all, in order; the stretch's first token is none of them.
  std::span<const std::uint32_t> places() const { return places_; }

  // What the model sees of a place, whatever stands at the other places.
  std::array<std::uint64_t, kPlaceFeatures> place(std::size_t i);
  // What it sees of a place when the sentence before it begins at `first`.
  std::array<std::uint64_t, kCutFeatures> cut(std::size_t first, std::size_t i);
  // What it sees of a sentence that ends before `end`, which may be the stretch's.
  std::array<std::uint64_t, kPieceFeatures> piece(std::size_t first, std::size_t end);

 private:
  bool may_start(std::size_t i) const;
  bool is_behind_stop(std::size_t i) const;
  bool may_start_item(std::size_t i) const;
  // What a token looks like: capital, capitals, small letter, number, dash, or its mark.
  std::uint64_t shape_of(std::size_t i) const;
  bool in_capitals(std::size_t i) const;
  // Of tokens outside the stretch too, which have a class, word and shape of their own.
  std::uint64_t shape(std::size_t i) const { return i < words_.size() ? words_[i].shape : kOutside; }
  std::uint64_t upos(std::size_t i) const { return i < words_.size() ? words_[i].upos : kOutside; }
  std::uint64_t form(std::size_t i) const { return i < words_.size() ? tokens_[i].hash : kOutside; }
  std::uint64_t word(std::size_t i) const { return i < words_.size() && words_[i].closed ? form(i) : upos(i); }
  std::uint64_t lexical(std::size_t i);
  std::uint64_t ending(std::size_t i) const;
  bool finite(std::size_t from, std::size_t to) const { return finite_[to] != finite_[from]; }
  std::uint64_t capitals(std::size_t first, std::size_t i) const;
  std::uint64_t inside(std::size_t first, std::size_t i) const;
  std::uint64_t repeats(std::size_t first, std::size_t i) const;

  static constexpr std::uint64_t kOutside = 50;

  // What tagging tells of a token, and what it looks like.
  struct Word {
    std::uint8_t upos = 0;
    bool closed = false;  // of a closed class, or a mark: the word itself counts
    bool mark = false;
    bool governs = false;  // what follows hangs on it
    bool finite = false;
    std::uint32_t shape = 0;
    std::uint32_t lexical = 0;
  };
  static Word word_of(const TagFacts& tag);
  // How many of each stand before a token.
  struct Sums {
    std::uint32_t words = 0, capitalised = 0, marks = 0, commas = 0, colons = 0, straight = 0;
    std::int32_t brackets = 0, quotes = 0;  // open ones
  };
  void add(std::size_t i, Sums& sums) const;
  void add_up();
  void find_verbs();
  void find_places();
  // How often a word, or two words in a row, stand in the text.
  struct Seen {
    std::uint64_t key = 0;    // 0: an empty slot
    std::uint16_t opens = 0;  // behind a closing mark
    std::uint16_t inner = 0;  // elsewhere, with a capital
  };
  std::size_t slot_of(std::uint64_t key) const;
  Seen& note(std::uint64_t key);
  std::uint64_t seen_class(std::size_t i) const;
  std::uint64_t pair_class(std::size_t i) const;

  std::string_view text_, strings_;
  const LanguagePack::Tables& tables_;
  SentenceTagger& tagger_;
  std::span<const Surface> tokens_;
  std::vector<Word> words_;
  std::vector<Word> of_tag_;           // what each tag tells
  std::vector<Sums> sums_;             // before each token, and in all; empty as long as nobody asks
  std::vector<std::uint32_t> finite_;  // how many finite verbs stand from each token on
  std::vector<std::uint32_t> mark_;    // where the next mark stands, from each token on
  std::vector<std::uint32_t> places_;
  std::vector<Seen> seen_;      // a power of two of them, by key
  std::uint64_t previous_ = 0;  // what the stretch before began with
  std::size_t semicolons_ = 0;
};

// Marks the further ends of sentences in a stretch, as far as the pack has weights for it; whether there are any.
bool part_stretch(FlatText& flat, std::string_view strings, const SentenceStarts& starts, std::span<Surface> stretch);

}  // namespace chancery
