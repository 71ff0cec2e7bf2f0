// chancery read: pages in, readings out, nothing kept.
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "cli/data_path.h"
#include "cli/pipeline.h"
#include "cli/terminal.h"
#include "language/conllu.h"
#include "page/source.h"
#include "record/facts.h"
#include "wire/reading_json.h"

namespace chancery {
namespace {

std::string text_of(const Reading& reading) {
  std::string text(reading.page.text.bytes());
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

// [begin, end) in code points.
nlohmann::ordered_json range(const Page& page, Span span) {
  return {page.text.code_point(span.begin), page.text.code_point(span.end)};
}

// {"value": …, "how": "opengraph"}; null if unknown.
nlohmann::ordered_json found(const std::string& value, Witness witness) {
  if (value.empty()) return nullptr;
  return {{"value", value}, {"how", name_of(witness)}};
}

nlohmann::ordered_json found(const Page& page, const std::optional<PageDate>& date) {
  if (!date) return nullptr;
  nlohmann::ordered_json row = found(date->value, date->witness);
  row["evidence"] = date->evidence ? range(page, *date->evidence) : nlohmann::ordered_json();
  return row;
}

// What the page says of itself, each value with where it was found, and the passages in other languages.
std::string print_page(const Reading& reading) {
  const Page& page = reading.page;
  nlohmann::ordered_json row;
  row["id"] = page.id;
  row["uri"] = page.uri;
  row["title"] = found(page.title, page.witness.title);
  row["byline"] = found(page.byline, page.witness.byline);
  row["outlet"] = found(page.outlet, page.witness.outlet);
  row["canonical_url"] = found(page.canonical_url, page.witness.canonical_url);
  row["language"] = found(page.language, page.witness.language);
  row["published"] = found(page, page.published);
  row["modified"] = found(page, page.modified);
  row["length"] = page.text.length();
  row["foreign"] = nlohmann::ordered_json::array();
  for (const ForeignPassage& passage : page.foreign)
    row["foreign"].push_back({{"span", range(page, passage.span)}, {"language", passage.language}});
  return row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string print_as(ReadFormat format, const Reading& reading, const Reader& reader) {
  switch (format) {
    case ReadFormat::text:
      return text_of(reading);
    case ReadFormat::conllu:
      return to_conllu(reading.page, reading.analysis, reader.pack(reading.page.language));
    case ReadFormat::page:
      return print_page(reading);
    case ReadFormat::json:
      break;
  }
  return reading_json(facts_of(reading, reader.knowledge())) + "\n";
}

}  // namespace

int run_read(const ReadOptions& options) {
  auto reader = open_reader(options.input.knowledge);
  if (!reader) {
    say(reader.error());
    return kWrongUse;
  }
  auto source = open_pages(options.input.pages);
  const PipelineOptions pipeline = pipeline_options(options.input);
  const std::function<std::string(Reading)> make = [&](Reading reading) {
    return print_as(options.format, reading, **reader);
  };
  const Consume<std::string> consume = [](const PipelineItem&, Result<std::string> printed) {
    if (!printed) {
      say(printed.error());
      return true;
    }
    return std::fwrite(printed->data(), 1, printed->size(), stdout) == printed->size();
  };
  const std::uint64_t failed = run_pipeline<std::string>(*source, **reader, pipeline, make, consume);
  if (std::fflush(stdout) != 0) {
    say("standard output could not be written");
    return kSomePagesFailed;
  }
  return failed == 0 ? kDone : kSomePagesFailed;
}

}  // namespace chancery
