// The knowledge before it is compiled: rows of the TSV tables, checked one by one, then made into the image that
// Knowledge maps. The build uses it on knowledge/*.tsv; a user's own tables go the same way, laid over ours.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/knowledge.h"

namespace chancery {

// Collects tables, then compiles them. Not for use from several threads at once.
class Sources {
 public:
  Sources() = default;
  // What a compiled file holds, to lay tables over it.
  static Sources from(const Knowledge& knowledge);

  // Begins a layer: rows that follow win over rows before, and may replace things with the same id.
  void begin_layer() { ++layer_; }
  // Adds the rows of one table; which table it is, its columns say. `language` is the pack's code for its titles.tsv
  // and empty else. Fails with malformed, naming `file`, line and reason.
  Result<void> add_table(std::string_view text, const std::string& file, const std::string& language = {});
  // The bytes of the compiled file. Fails with malformed where rows refer to what does not exist or contradict.
  Result<std::string> compile() const;

 private:
  friend class Compiler;
  struct Where {
    std::uint32_t file = 0;  // index into files_
    std::uint32_t line = 0;
    std::uint32_t layer = 0;
  };
  struct ThingSource {
    Where where;
    ThingKind kind = ThingKind::place;
    std::string wikidata, role, state, owner, seat;
    bool woman = false, outlet = false, body_of_state = false, circle = false, capital = false, placed = false;
    std::int32_t start = INT32_MIN, end = INT32_MAX;
    float weight = 0.3F, latitude = 0, longitude = 0;
    std::string capital_place;                                   // of a state
    std::map<std::string, std::string> names;                    // primary, by language
    std::map<std::string, std::vector<std::string>> adjectives;  // of a state, by language, in the order of the column
  };
  struct NameSource {
    Where where;
    std::string thing;
    std::vector<std::string> words;  // folded
    NameForm form = NameForm::name;
    bool upper_only = true, acronym = false;
  };
  struct RoleSource {
    std::string role;
    bool body = false, every_state = false;
    float weight = 0.3F;
  };
  struct TitleSource {
    std::string role, language, gender, number, text;
    std::vector<std::string> owners;
  };
  struct TenureSource {
    Where where;
    std::string office, person;
    std::int32_t start = INT32_MIN, end = INT32_MAX;
    Granularity granularity = Granularity::day;
  };
  struct MemberSource {
    Where where;
    std::string organisation, member;
  };
  struct Row;

  Result<void> add_thing(const Row& row, ThingKind kind);
  Result<void> add_names(const Row& row, const std::string& thing, std::string_view column, NameForm form);
  Result<void> add_metonym(const Row& row);
  Result<void> add_role(const Row& row);
  Result<void> add_title(const Row& row, const std::string& language);
  Result<void> add_tenure(const Row& row);
  Result<void> add_members(const Row& row);
  void add_name(const std::string& thing, std::string_view text, NameForm form, Where where);

  std::uint32_t layer_ = 0;
  std::vector<std::string> files_;
  std::map<std::string, ThingSource> things_;
  std::vector<NameSource> names_;
  std::map<std::string, RoleSource> roles_;
  std::vector<TitleSource> titles_;
  std::map<std::string, std::uint32_t> joining_words_;  // folded word → image::WordFlag
  std::vector<TenureSource> tenures_;
  std::vector<MemberSource> members_;
};

}  // namespace chancery
