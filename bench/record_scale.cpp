// What a page costs when it joins a record, small or large. Readings of generated pages go straight into the store: a
// world of states, officials and places, a few hundred pages a day, stories that several pages tell within days, a
// third of the pages reprints with edits. At each size the record is closed and opened again, and then `--sample` pages
// are added: in one run, as `add` does, and one by one, as somebody would who reads a page a minute.
//
// Prints processor time a page (milliseconds) for making ready (what the reading threads do), saving, settling and
// merging, and the bytes of the record a page.
//
// --go-on takes up the record of an earlier run (of the same seed) instead of beginning anew.
//
// usage: bench_record_scale [--sizes 10000,100000] [--sample N] [--seed N] [--record FILE] [--shuffled] [--go-on]
#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "store/store.h"
#include "time/time.h"

namespace chancery {
namespace {

// Our own, so that a seed gives the same pages everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ * 0x2545F4914F6CDD1DU;
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() >> 33) % count; }
  bool chance(unsigned percent) { return below(100) < percent; }
  // Zipf-like: the k-th of `count` about as often as 1 in k.
  std::size_t skewed(std::size_t count) {
    const double u = static_cast<double>(next() >> 11) / 9007199254740992.0;
    return static_cast<std::size_t>(std::pow(static_cast<double>(count), u)) - 1;
  }

 private:
  std::uint64_t state_;
};

constexpr std::size_t kPagesADay = 250;
constexpr std::size_t kStoriesADay = 60;
constexpr std::size_t kStates = 190;
constexpr std::size_t kOfficials = 2000;
constexpr std::size_t kPlaces = 1500;
constexpr std::size_t kVocabulary = 40000;
constexpr std::int32_t kFirstDay = 14600;  // 2009-12-22

std::string state_id(std::size_t one) {
  return fmt::format("state/{}{}{}", static_cast<char>('A' + one / 26 % 26), static_cast<char>('A' + one % 26),
                     static_cast<char>('A' + one * 7 % 26));
}

std::string word(std::size_t rank) {
  static constexpr std::array<const char*, 16> kSyllables = {"ra", "ten", "mi", "so", "lu",  "ca",  "pré", "di",
                                                             "on", "ver", "ba", "né", "tri", "gué", "sa",  "po"};
  std::string out;
  for (std::size_t left = rank + 16; left > 0; left /= 16) out += kSyllables[left % 16];
  return out;
}

std::string sentence(Dice& dice, std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i) out += (i == 0 ? "" : " ") + word(dice.skewed(kVocabulary));
  return out;
}

std::string iso(std::int32_t day) { return Day{day}.iso(); }

struct Said {
  std::size_t speaker;
  std::string words;
};
struct Told {
  std::string kind, status;
  std::vector<std::size_t> actors, targets;  // states; 1000 + n for officials
  std::size_t place = kPlaces;               // none
  std::int32_t date = 0;                     // 0: none
  std::string content;
};
struct Story {
  std::int32_t day;
  std::vector<std::string> sentences;
  std::vector<Said> said;
  std::vector<Told> told;
};

std::size_t some_party(Dice& dice) { return dice.chance(60) ? dice.skewed(kStates) : 1000 + dice.skewed(kOfficials); }

Told some_event(Dice& dice, std::int32_t day) {
  static constexpr std::array<const char*, 16> kKinds = {
      "attack", "attack", "request", "request",   "accuse", "agree",   "reject", "promise",
      "visit",  "meet",   "meet",    "negotiate", "call",   "propose", "aid",    "withdraw"};
  Told one;
  one.kind = kKinds[dice.below(kKinds.size())];
  one.status = dice.chance(75) ? "happened" : "planned";
  for (std::size_t i = 0; i < (dice.chance(50) ? 1U : 2U); ++i) one.actors.push_back(some_party(dice));
  if (dice.chance(30)) one.targets.push_back(some_party(dice));
  if (dice.chance(30)) one.place = dice.skewed(kPlaces);
  if (dice.chance(30)) one.date = day + static_cast<std::int32_t>(dice.below(7)) - 4;
  one.content = sentence(dice, 8);
  return one;
}

Story story_of(std::uint64_t seed, std::int32_t day, std::size_t number) {
  Dice dice(seed * 1000003 + static_cast<std::uint64_t>(day) * 1009 + number);
  Story story{day, {}, {}, {}};
  const std::size_t sentences = 14 + dice.below(10);
  for (std::size_t i = 0; i < sentences; ++i) story.sentences.push_back(sentence(dice, 14 + dice.below(16)));
  const std::size_t said = 2 + dice.below(6);
  for (std::size_t i = 0; i < said; ++i)
    story.said.push_back({1000 + dice.skewed(kOfficials), sentence(dice, 8 + dice.below(24))});
  const std::size_t told = 1 + dice.below(3);
  for (std::size_t i = 0; i < told; ++i) story.told.push_back(some_event(dice, day));
  return story;
}

class PageMaker {
 public:
  explicit PageMaker(std::uint64_t seed) : seed_(seed) {}

  Facts page(std::size_t number) const {
    Dice dice(seed_ * 7919 + number);
    const auto day = kFirstDay + static_cast<std::int32_t>(number / kPagesADay);
    const auto since = static_cast<std::int32_t>(dice.below(4));
    const Story story = story_of(seed_, day - since, dice.skewed(kStoriesADay));
    Facts facts;
    facts.document.id =
        fmt::format("sha256:{:016x}{:016x}{:016x}{:016x}", dice.next(), dice.next(), dice.next(), number);
    facts.document.outlet = fmt::format("Outlet {}", dice.skewed(300));
    facts.document.uri = fmt::format("https://outlet.example/{}/{}.html", iso(day), number);
    facts.document.language = "fr";
    facts.document.published = PublishedFact{iso(day), "metadata", std::nullopt};
    // A third are reprints: the story's own words with a few sentences cut. The rest say it in words of their own.
    const bool reprint = dice.chance(35);
    facts.document.title = sentence(dice, 9);
    std::uint32_t at = 0;
    const auto put = [&](const std::string& text) {
      const auto length = static_cast<std::uint32_t>(text.size());
      const TextRange range{at, at + length};
      facts.text += text + ". ";
      facts.sentences.push_back(range);
      at += length + 2;
      return range;
    };
    for (const std::string& one : story.sentences) {
      if (reprint && dice.chance(20)) continue;
      put(reprint ? one : sentence(dice, 16 + dice.below(12)));
    }
    for (const Said& one : story.said)
      if (dice.chance(60)) say(facts, dice, one, put(one.words));
    for (const Told& one : story.told)
      if (dice.chance(70)) tell(facts, dice, one, put(sentence(dice, 20)));
    facts.document.length = at;
    return facts;
  }

 private:
  static Named party(Facts& facts, std::size_t one) {
    EntityFact entity;
    if (one < 1000) {
      entity = {state_id(one), "state", word(one + 500), "", state_id(one), false, {}};
    } else {
      const std::size_t official = one - 1000;
      entity = {fmt::format("person/official-{}", word(official + 3000)),
                "person",
                word(official + 3000),
                "",
                state_id(official % kStates),
                false,
                {}};
    }
    return add(facts, std::move(entity));
  }
  static Named add(Facts& facts, EntityFact entity) {
    const Named named{entity.id, entity.name};
    const auto known = std::find_if(facts.entities.begin(), facts.entities.end(),
                                    [&](const EntityFact& other) { return other.id == entity.id; });
    EntityFact& kept = known == facts.entities.end() ? facts.entities.emplace_back(std::move(entity)) : *known;
    const TextRange last = facts.sentences.back();
    for (int i = 0; i < 3; ++i) kept.mentions.push_back({{last.begin, last.begin + 6}, "name"});
    return named;
  }
  static void say(Facts& facts, Dice& dice, const Said& said, TextRange span) {
    StatementFact one;
    one.span = one.sentence = span;
    one.text = said.words;
    // Half of the pages cut the quotation.
    if (dice.chance(30))
      one.text.resize(one.text.find(' ', one.text.size() * 2 / 3) == std::string::npos
                          ? one.text.size()
                          : one.text.find(' ', one.text.size() * 2 / 3));
    one.mode = "direct";
    one.stance = "neutral";
    one.confidence = 0.9;
    one.cue_lemma = "déclarer";
    one.speakers = {party(facts, said.speaker)};
    facts.statements.push_back(std::move(one));
  }
  static void tell(Facts& facts, Dice& dice, const Told& told, TextRange span) {
    EventFact one;
    one.kind = told.kind;
    one.plover_type = "CONSULT";
    one.sentence = span;
    one.trigger = {span.begin, span.begin + 5};
    one.mentions = {one.trigger};
    one.sentence_text = facts.text.substr(span.begin, span.end - span.begin);
    for (const std::size_t actor : told.actors) one.actors.push_back(party(facts, actor));
    for (const std::size_t target : told.targets) one.targets.push_back(party(facts, target));
    if (told.place < kPlaces && dice.chance(70))
      one.place = add(facts, {fmt::format("place/{}", word(told.place + 9000)),
                              "place",
                              word(told.place + 9000),
                              "",
                              state_id(told.place % kStates),
                              false,
                              {}});
    if (told.date != 0 && dice.chance(70)) one.date = {iso(told.date), iso(told.date)};
    one.status = told.status;
    one.content = told.content;
    one.confidence = 0.8;
    facts.events.push_back(std::move(one));
  }

  std::uint64_t seed_;
};

// Processor time of the whole process: what SQLite does on our behalf counts, other programs do not.
double now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double megabytes(const std::string& path) {
  std::uintmax_t bytes = 0;
  std::error_code ignored;
  for (const char* tail : {"", "-wal"}) {
    const auto size = std::filesystem::file_size(path + tail, ignored);
    if (!ignored) bytes += size;
  }
  return static_cast<double>(bytes) / 1e6;
}

[[noreturn]] void stop(const Error& error) {
  fmt::print(stderr, "{}\n", error.message());
  std::exit(1);
}

struct Cost {
  double prepare = 0, save = 0, settle = 0, merge = 0;
};

// Adds the pages as one run of `add` does, then asks what any question asks first.
Cost add(Store& store, const std::vector<Facts>& pages) {
  Cost cost;
  double last = now();
  const auto lap = [&](double& into) {
    const double here = now();
    into += here - last;
    last = here;
  };
  for (const Facts& one : pages) {
    const PreparedPage ready(one);
    lap(cost.prepare);
    if (const auto saved = store.save(ready); !saved) stop(saved.error());
    lap(cost.save);
  }
  if (const auto done = store.settle(); !done) stop(done.error());
  lap(cost.settle);
  EventFilter nothing;
  nothing.to = "1000";  // before all days: the index answers
  if (const auto asked = store.timeline(nothing); !asked) stop(asked.error());
  lap(cost.merge);
  return cost;
}

class Run {
 public:
  Run(std::string path, std::uint64_t seed, std::size_t sample, bool shuffled, bool go_on)
      : path_(std::move(path)), maker_(seed), sample_(sample), shuffled_(shuffled) {
    if (go_on) {
      Store store = open();
      if (const auto counts = store.counts()) count_ = counts->documents;
      return;
    }
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + tail, ignored);
  }

  void grow_to(std::size_t size) {
    constexpr std::size_t kAtOnce = 5000;
    while (count_ < size) {
      Store store = open();
      // A few runs of add to each opening, so that memory is that of a long run.
      for (int i = 0; i < 20 && count_ < size; ++i) add(store, take(std::min(kAtOnce, size - count_)));
      if (isatty(2) != 0) fmt::print(stderr, "\r{} pages", count_);
    }
  }

  void measure() {
    const std::size_t size = count_;
    Store store = open();
    add(store, take(50));  // what is read once at the beginning of a run
    const std::vector<Facts> many = take(sample_);
    const Cost run = add(store, many);
    Cost single;
    const std::size_t singles = sample_ / 10 + 1;
    for (std::size_t i = 0; i < singles; ++i) {
      const Cost one = add(store, take(1));
      single.prepare += one.prepare;
      single.save += one.save;
      single.settle += one.settle;
      single.merge += one.merge;
    }
    print(size, "one run", run, sample_);
    print(size, "one by one", single, singles);
    fmt::print("{:>8} pages  {:11} {:.0f} bytes a page ({:.0f} MB)\n", size, "on disk",
               megabytes(path_) * 1e6 / static_cast<double>(count_), megabytes(path_));
    std::fflush(stdout);
  }

 private:
  Store open() {
    auto store = Store::open(path_, StoreMode::create);
    if (!store) stop(store.error());
    store->save_together(512);
    return std::move(*store);
  }
  std::vector<Facts> take(std::size_t count) {
    std::vector<Facts> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i, ++count_) out.push_back(maker_.page(place(count_)));
    return out;
  }
  // Days in order, or (an archive added in no order) all over ten years.
  std::size_t place(std::size_t number) const { return shuffled_ ? number * 7368787 % 1000003 : number; }

  static void print(std::size_t size, const char* label, const Cost& cost, std::size_t pages) {
    const double each = 1000.0 / static_cast<double>(pages);
    fmt::print("{:>8} pages  {:11} {:.3f} ms a page: ready {:.3f}, save {:.3f}, settle {:.3f}, merge {:.3f}\n", size,
               label, (cost.prepare + cost.save + cost.settle + cost.merge) * each, cost.prepare * each,
               cost.save * each, cost.settle * each, cost.merge * each);
  }

  std::string path_;
  PageMaker maker_;
  std::size_t sample_;
  bool shuffled_;
  std::size_t count_ = 0;
};

int main_of(int argc, char** argv) {
  std::vector<std::size_t> sizes = {1000, 10000, 100000};
  std::string path = (std::filesystem::temp_directory_path() / "chancery-scale.chancery").string();
  std::size_t sample = 2000;
  std::uint64_t seed = 1;
  bool shuffled = false, go_on = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::string value = i + 1 < argc ? argv[i + 1] : "";
    if (argument == "--shuffled" || argument == "--go-on") {
      (argument == "--go-on" ? go_on : shuffled) = true;
      continue;
    }
    ++i;
    if (argument == "--sizes") {
      sizes.clear();
      for (std::size_t at = 0; at < value.size();) {
        std::size_t end = value.find(',', at);
        if (end == std::string::npos) end = value.size();
        sizes.push_back(static_cast<std::size_t>(std::atoll(value.substr(at, end - at).c_str())));
        at = end + 1;
      }
    }
    if (argument == "--sample") sample = static_cast<std::size_t>(std::atoll(value.c_str()));
    if (argument == "--seed") seed = static_cast<std::uint64_t>(std::atoll(value.c_str()));
    if (argument == "--record") path = value;
  }
  Run run(path, seed, sample, shuffled, go_on);
  for (const std::size_t size : sizes) {
    run.grow_to(size);
    run.measure();
  }
  return 0;
}

}  // namespace
}  // namespace chancery

int main(int argc, char** argv) { return chancery::main_of(argc, argv); }
