#include <gtest/gtest.h>

#include "base/id.h"
#include "base/result.h"
#include "base/table.h"

namespace chancery {
namespace {

using RowId = Id<struct RowTag>;

TEST(Table, HandsOutIdsInOrderAndFindsRowsByThem) {
  Table<RowId, int> table;
  EXPECT_EQ(table.add(7).value, 0U);
  const RowId second = table.add(9);
  EXPECT_EQ(table[second], 9);
  EXPECT_EQ(table.size(), 2U);
}

TEST(Id, WithoutAValueNamesNothing) {
  EXPECT_FALSE(RowId());
  EXPECT_TRUE(RowId(0));
  EXPECT_NE(RowId(), RowId(0));
}

TEST(Error, SaysWhatAndWhere) {
  const Error error{ErrorCode::not_text, "page.bin"};
  EXPECT_EQ(error.message(), "the page is no text: page.bin");
  EXPECT_EQ((Error{ErrorCode::io, ""}).message(), "reading or writing failed");
}

}  // namespace
}  // namespace chancery
