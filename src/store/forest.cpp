// The statements of the three forests, which differ in their tables' names alone.
#include "store/forest.h"

// A macro, because a statement must be one literal.
#define CHANCERY_FOREST(name)                                                                                        \
  {                                                                                                                  \
    "SELECT number, signature FROM " name "_node WHERE hash = ?",                                                    \
        "INSERT INTO " name "_node (number, hash, signature, root, best) VALUES (?1, ?2, ?3, ?1, -1)",               \
        "SELECT max(number) FROM " name "_node",                                                                     \
        "SELECT signature, parent, best, root FROM " name "_node WHERE number = ?",                                  \
        "UPDATE " name "_node SET parent = ?2, best = ?3 WHERE number = ?1",                                         \
        "UPDATE " name "_node SET parent = NULL, best = ?2 WHERE number = ?1",                                       \
        "UPDATE " name "_node SET root = ?2 WHERE number = ?1", "SELECT number FROM " name "_node WHERE parent = ?", \
        "DELETE FROM " name "_node WHERE number = ?",                                                                \
        "INSERT OR IGNORE INTO " name "_key (hash, day, node) VALUES (?, ?, ?)",                                     \
        "DELETE FROM " name "_key WHERE hash = ? AND day = ? AND node = ?",                                          \
        "SELECT node FROM " name "_key WHERE hash = ? AND day BETWEEN ? AND ?",                                      \
        "INSERT OR REPLACE INTO " name "_member (mention, node) VALUES (?, ?)",                                      \
        "SELECT node FROM " name "_member WHERE mention = ?", "DELETE FROM " name "_member WHERE mention = ?",       \
        "SELECT 1 FROM " name "_member WHERE node = ? LIMIT 1",                                                      \
        "INSERT OR IGNORE INTO " name "_touched (root) VALUES (?)"                                                   \
  }

namespace chancery {

const ForestSql kEventForest = CHANCERY_FOREST("event");
const ForestSql kStatementForest = CHANCERY_FOREST("statement");
// Pages are their own nodes: no finding of equal ones, no members, and nobody merges their trees.
const ForestSql kTextForest = {
    nullptr,
    "INSERT INTO text_node (number, root, best) VALUES (?1, ?1, -1)",
    nullptr,
    "SELECT d.signature, n.parent, n.best, n.root FROM text_node n JOIN document d ON d.number = n.number"
    " WHERE n.number = ?",
    "UPDATE text_node SET parent = ?2, best = ?3 WHERE number = ?1",
    "UPDATE text_node SET parent = NULL, best = ?2 WHERE number = ?1",
    "UPDATE text_node SET root = ?2 WHERE number = ?1",
    "SELECT number FROM text_node WHERE parent = ?",
    "DELETE FROM text_node WHERE number = ?",
    "INSERT OR IGNORE INTO text_key (hash, day, node) VALUES (?, ?, ?)",
    "DELETE FROM text_key WHERE hash = ? AND day = ? AND node = ?",
    "SELECT node FROM text_key WHERE hash = ? AND day BETWEEN ? AND ?",
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

}  // namespace chancery

#undef CHANCERY_FOREST
