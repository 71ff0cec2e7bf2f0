// A text that has lost its line ends (out of a PDF, an optical reader, a corpus): titles, items of lists and notices
// stand in the middle of one line, and no mark ends them. The text between two closing marks, a stretch, is tagged as
// if it were one sentence; at each place where another could begin a linear model then looks at the words, classes and
// verbs on either side. Its weights stand in the pack's sentence-starts.tsv (training/train_starts.cpp).
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

// The places of one stretch after the other at which a sentence may begin, and what the model sees of them. Shared by
// the engine and by training. Linear in the stretch's size. For one thread.
class FlatText {
 public:
  static constexpr std::size_t kFeatures = 38;
  using Features = std::array<std::uint64_t, kFeatures>;
  static constexpr std::size_t kPlace =
      0;  // the number of the feature that tells what stands on either side and no more

  // `tagger` holds what it found of the last stretch.
  FlatText(std::string_view text, const LanguagePack::Tables& tables, SentenceTagger& tagger)
      : text_(text), tables_(tables), tagger_(tagger) {}

  // Tags a stretch, its forms in `strings`, and goes to its first token; both must stay until the next call.
  void begin(std::span<const Surface> stretch, std::string_view strings);
  // Whether the token at hand could begin a sentence at all.
  bool may_start() const;
  // What the model sees of the token at hand, which may_start().
  Features features() const;
  // Goes to the next token; `starts`: the token at hand begins a sentence.
  void pass(bool starts);

 private:
  bool is_behind_stop() const;
  bool may_start_item() const;
  // What a token looks like: capital, capitals, small letter, number, dash, or its mark.
  std::uint64_t shape(std::size_t i) const;
  bool in_capitals(std::size_t i) const;
  // Of tokens outside the stretch too, which have a class, word and shape of their own.
  std::uint64_t upos(std::size_t i) const { return i < words_.size() ? words_[i].upos : kOutside; }
  std::uint64_t form(std::size_t i) const { return i < words_.size() ? tokens_[i].hash : kOutside; }
  std::uint64_t word(std::size_t i) const { return i < words_.size() && words_[i].closed ? form(i) : upos(i); }
  std::uint64_t ending(std::size_t i) const;
  bool finite(std::size_t from, std::size_t to) const { return finite_[to] != finite_[from]; }
  std::uint64_t capitals() const;

  static constexpr std::uint64_t kOutside = 50;

  // What tagging tells of a token.
  struct Word {
    std::uint8_t upos = 0;
    bool closed = false;  // of a closed class, or a mark: the word itself counts
    bool mark = false;
  };
  // What stands between the beginning of the sentence and the token at hand.
  struct Behind {
    std::uint32_t words = 0, capitalised = 0, brackets = 0;
    bool quotes = false, marks = false, comma = false, colon = false;
  };
  void add_behind(std::size_t i);

  std::string_view text_, strings_;
  const LanguagePack::Tables& tables_;
  SentenceTagger& tagger_;
  std::span<const Surface> tokens_;
  std::vector<Word> words_;
  std::vector<std::uint32_t> finite_;  // how many finite verbs stand before each token, and in all
  std::vector<std::uint32_t> mark_;    // where the next mark stands, from each token on
  std::size_t first_ = 0, at_ = 0;     // where the sentence begins, the token at hand
  Behind behind_;
};

// Marks the further ends of sentences in a stretch, as far as the pack has weights for it; whether there are any.
bool part_stretch(FlatText& flat, std::string_view strings, const SentenceStarts& starts, std::span<Surface> stretch);

}  // namespace chancery
