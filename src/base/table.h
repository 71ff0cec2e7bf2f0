// A vector whose index is a typed id.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/id.h"

namespace chancery {

template <class IdType, class Row>
class Table {
 public:
  IdType add(Row row) {
    rows_.push_back(std::move(row));
    return IdType(static_cast<std::uint32_t>(rows_.size() - 1));
  }
  Row& operator[](IdType id) {
    CHECK(id.value < rows_.size());
    return rows_[id.value];
  }
  const Row& operator[](IdType id) const {
    CHECK(id.value < rows_.size());
    return rows_[id.value];
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }
  bool empty() const { return rows_.empty(); }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  // The whole table, for sorting and for span-like access. Ids are indices into it.
  std::vector<Row>& rows() { return rows_; }
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
};

}  // namespace chancery
