// Which language a page is in, and which of its passages are in another one. Function words of the loaded packs decide
// where they are plenty, which is nearly always and costs next to nothing; where they leave a doubt, CLD2 is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/cue_tables.h"
#include "page/page.h"
#include "text/span.h"

namespace chancery {

// The language of a text by CLD2, which looks at letters in fours and at scripts: ISO 639-1, or ISO 639-3 where the
// former has no code; empty if it is not sure. At most the first 4 KiB are looked at.
std::string detect_language(std::string_view text);

// Counts the function words of a page, passage by passage.
class LanguageCounts {
 public:
  explicit LanguageCounts(const PageCues::Tables& tables) : tables_(tables) {}

  // Returns the languages (as in KnownWord::languages) of which two words stand there that no other language has: what
  // is in one of them needs no second look. Nothing is returned once enough words were counted.
  std::uint64_t add(const std::vector<LineWord>& words);
  // Splits and adds as many words of the passage as are still wanted.
  std::uint64_t add(std::string_view text, Span passage);
  // The language with the most function words; empty if they are too few to tell.
  std::string likely() const;
  // Whether words of another language than this one (ISO 639-1) are more than twice as many, and some.
  bool speak_against(std::string_view language) const;
  // The same, if no other language comes near and there are words enough to be sure of it.
  std::string sure() const;

 private:
  std::size_t best() const;

  const PageCues::Tables& tables_;
  std::vector<std::uint32_t> counts_;  // by language
  std::uint32_t words_ = 0;
  std::vector<LineWord> scratch_;
};

// The language of the article that the blocks make, by its counts, else by CLD2 unless they speak against it, else as likely.
std::string language_of(std::string_view text, const std::vector<Block>& blocks, const LanguageCounts& counts);

// Takes the paragraphs that are in another language than the page out of its blocks, and notes them, and the longer
// quotations in another language that stand inside the page's own sentences, in page.foreign. `shown` is what
// LanguageCounts::add() returned for each block, or shorter.
void part_foreign(const PageCues::Tables& tables, const std::vector<std::uint64_t>& shown, Page& page);

}  // namespace chancery
