// The parts of the pipeline that do not depend on what is made of a reading.
#include "cli/pipeline.h"

#include "cli/terminal.h"

namespace chancery {

PipelineOptions pipeline_options(const PageArguments& input) {
  return {job_count(input.jobs), input.published, input.language};
}

}  // namespace chancery

namespace chancery::pipeline_detail {

PageOptions options_for(const Reader& reader, const PipelineOptions& options, const RawPage& raw) {
  PageOptions page = reader.page_options();
  page.uri = raw.uri;
  page.declared_charset = raw.declared_charset;
  page.published = options.published.empty() ? raw.published : options.published;
  page.captured = raw.captured;
  page.language = options.language.empty() ? raw.language : options.language;
  return page;
}

Result<Page> page_of(const Reader& reader, const PipelineOptions& options, const RawPage& raw) {
  auto page = read_page(raw.bytes, options_for(reader, options, raw));
  if (page && !raw.title.empty()) page->title = raw.title;
  return page;
}

Error name_page(Error error, const std::string& uri) {
  if (error.detail.find(uri) == std::string::npos)
    error.detail = error.detail.empty() ? uri : uri + ": " + error.detail;
  return error;
}

void UnreadLanguages::count(const std::string& language, const std::string& uri) {
  if (pages_.empty()) first_ = uri;
  ++pages_[language];
}

std::string UnreadLanguages::sentence() const {
  std::uint64_t all = 0;
  std::string list;
  for (const auto& [language, pages] : pages_) {
    all += pages;
    list += (list.empty() ? "" : ", ") + (language.empty() ? "unknown" : language) + " " + std::to_string(pages);
  }
  if (all == 0) return {};
  if (all > 1) return std::to_string(all) + " pages not analysed, because their language has no pack: " + list;
  const std::string& language = pages_.begin()->first;
  return first_ + ": not analysed, because " +
         (language.empty() ? "its language is unknown" : "its language, " + language + ", has no pack");
}

void say_left_out(const PageSource& source, const UnreadLanguages& unread) {
  for (const std::string& sentence : {source.left_out(), unread.sentence()})
    if (!sentence.empty()) say(sentence);
}

}  // namespace chancery::pipeline_detail
