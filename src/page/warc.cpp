// Placeholder until the record reader lands: says that the format is not read yet.
#include "page/warc.h"

namespace chancery {
class WarcReader::Inflater {};
WarcReader::WarcReader(std::unique_ptr<std::istream>, std::string name) : name_(std::move(name)) {}
WarcReader::~WarcReader() = default;
Result<std::optional<RawPage>> WarcReader::next() {
  if (ended_) return std::optional<RawPage>();
  ended_ = true;
  return fail(ErrorCode::unsupported, name_ + ": WARC");
}
std::uint64_t WarcReader::bytes_done() const { return records_; }
}  // namespace chancery
