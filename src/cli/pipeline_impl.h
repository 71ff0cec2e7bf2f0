// The pipeline's workings: a ring of slots. The calling thread fills slots from the source and empties them in order;
// workers take filled slots in order. No page waits for more than `kAhead` others.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "cli/pipeline.h"

namespace chancery {
namespace pipeline_detail {

// The page options of a raw page: what its container says, unless the user says otherwise.
PageOptions options_for(const Reader& reader, const PipelineOptions& options, const RawPage& raw);
// read_page with the title that the container gives, if it gives one.
Result<Page> page_of(const Reader& reader, const PipelineOptions& options, const RawPage& raw);
// Puts the page's name in front of the error, unless it stands there.
Error name_page(Error error, const std::string& uri);

// The pages that could be kept but not analysed, because no pack knows their language.
class UnreadLanguages {
 public:
  void count(const std::string& language, const std::string& uri);
  // One sentence for the user; empty if every page was analysed.
  std::string sentence() const;

 private:
  std::map<std::string, std::uint64_t> pages_;  // by language; "" is unknown
  std::string first_;                           // the first such page
};
// Tells the user what was passed over.
void say_left_out(const PageSource& source, const UnreadLanguages& unread);

template <class Value>
struct Slot {
  PipelineItem item;
  std::optional<RawPage> raw;            // set until a worker takes it
  std::optional<std::string> unread;     // the page's language, if it has no pack
  std::optional<Result<Value>> outcome;  // set when done
};

template <class Value>
Result<Value> work(const Reader& reader, const PipelineOptions& options, RawPage raw,
                   const std::function<Value(Reading)>& make, std::optional<std::string>& unread) {
  auto page = page_of(reader, options, raw);
  if (!page) return tl::unexpected(name_page(page.error(), raw.uri));
  std::string().swap(raw.bytes);  // the page has its own copy; a large one need not lie here twice
  if (reader.pack(page->language) == nullptr) unread = page->language;
  return make(reader.read(std::move(*page)));
}

}  // namespace pipeline_detail

template <class Value>
std::uint64_t run_pipeline(PageSource& source, const Reader& reader, const PipelineOptions& options,
                           const std::function<Value(Reading)>& make, const Consume<Value>& consume) {
  using Slot = pipeline_detail::Slot<Value>;
  constexpr std::size_t kAhead = 8;                           // pages in flight for each thread
  constexpr std::size_t kBytesAhead = std::size_t{32} << 20;  // and their bytes, unless it is a single page
  std::mutex mutex;
  std::condition_variable filled, done;
  std::deque<std::unique_ptr<Slot>> slots;  // in page order
  std::deque<Slot*> waiting;                // filled, not yet taken
  bool closed = false;

  auto worker = [&] {
    for (;;) {
      Slot* slot = nullptr;
      std::optional<RawPage> raw;
      {
        std::unique_lock lock(mutex);
        filled.wait(lock, [&] { return closed || !waiting.empty(); });
        if (waiting.empty()) return;
        slot = waiting.front();
        waiting.pop_front();
        raw.swap(slot->raw);
      }
      std::optional<std::string> unread;
      Result<Value> outcome = pipeline_detail::work<Value>(reader, options, std::move(*raw), make, unread);
      {
        std::lock_guard lock(mutex);
        slot->unread = std::move(unread);
        slot->outcome.emplace(std::move(outcome));
      }
      done.notify_one();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < options.jobs; ++i) threads.emplace_back(worker);

  std::uint64_t failed = 0;
  pipeline_detail::UnreadLanguages languages;
  bool go_on = true;
  std::size_t bytes_ahead = 0;
  // Consumes the oldest slot, waiting for it.
  auto consume_one = [&] {
    std::unique_ptr<Slot> slot;
    {
      std::unique_lock lock(mutex);
      done.wait(lock, [&] { return slots.front()->outcome.has_value(); });
      slot = std::move(slots.front());
      slots.pop_front();
    }
    if (!*slot->outcome) ++failed;
    if (slot->unread) languages.count(*slot->unread, slot->item.uri);
    go_on = consume(slot->item, std::move(*slot->outcome));
  };

  while (go_on) {
    auto raw = source.next();
    if (raw && !*raw) break;
    auto slot = std::make_unique<Slot>();
    slot->item.bytes_done = source.bytes_done();
    slot->item.bytes_total = source.bytes_total();
    std::size_t size = 0;
    if (raw) {
      slot->item.uri = (**raw).uri;
      size = (**raw).bytes.size();
      slot->raw = std::move(**raw);
    } else {
      slot->outcome.emplace(tl::unexpected(raw.error()));
    }
    while (go_on && !slots.empty() && (slots.size() >= kAhead * options.jobs || bytes_ahead + size > kBytesAhead)) {
      consume_one();
      if (slots.empty()) bytes_ahead = 0;
    }
    if (!go_on) break;
    bytes_ahead += size;
    {
      std::lock_guard lock(mutex);
      slots.push_back(std::move(slot));
      if (slots.back()->raw) waiting.push_back(slots.back().get());
    }
    filled.notify_one();
  }
  while (go_on && !slots.empty()) consume_one();
  {
    std::lock_guard lock(mutex);
    closed = true;
    waiting.clear();
  }
  filled.notify_all();
  for (std::thread& thread : threads) thread.join();
  pipeline_detail::say_left_out(source, languages);
  return failed;
}

}  // namespace chancery
