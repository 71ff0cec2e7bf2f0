// Reads pages with several threads and hands the results over in the order of the pages. Memory stays bounded: at most
// a few pages for each thread are held at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "cli/commands.h"
#include "page/source.h"
#include "record/reading.h"

namespace chancery {

struct PipelineOptions {
  unsigned jobs = 1;      // reading threads, at least 1
  std::string published;  // as PageOptions
  std::string language;   // as PageOptions
};

PipelineOptions pipeline_options(const PageArguments& input);

// One page's outcome. `uri` names the page also where it could not be read.
struct PipelineItem {
  std::string uri;
  std::uint64_t bytes_done = 0;   // of the source, up to and with this page
  std::uint64_t bytes_total = 0;  // 0 if unknown
};

// Called in order, one at a time, from the calling thread's side of the pipeline; false stops the run early.
template <class Value>
using Consume = std::function<bool(const PipelineItem&, Result<Value>)>;

// Reads every page of `source`, makes `Value` of each reading in the worker (so that the costly part is parallel), and
// consumes the values in order. Returns the number of pages that could not be read.
template <class Value>
std::uint64_t run_pipeline(PageSource& source, const Reader& reader, const PipelineOptions& options,
                           const std::function<Value(Reading)>& make, const Consume<Value>& consume);

}  // namespace chancery

#include "cli/pipeline_impl.h"
