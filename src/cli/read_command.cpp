// chancery read: pages in, readings out, nothing kept.
#include <cstdio>
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

std::string print_as(ReadFormat format, const Reading& reading, const Reader& reader) {
  switch (format) {
    case ReadFormat::text:
      return text_of(reading);
    case ReadFormat::conllu:
      return to_conllu(reading.page, reading.analysis, reader.pack(reading.page.language));
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
