// One forest of matching.h on disk: nodes of equal signature, their standing keys, each node's parent and root. New and
// vanished nodes change the parents of their own candidates only; the roots whose trees changed are left in the
// <forest>_touched table for whoever merges them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <list>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "record/matching.h"
#include "store/sqlite.h"

namespace chancery {

// The statements of one forest; their text must live as long as the program (Database::query keeps them by address).
// Those of members and of touched roots are null where each mention is a node of its own (Rule::kOneEach).
struct ForestSql {
  const char* find;           // hash → number, signature
  const char* insert;         // number, hash, signature
  const char* last;           // the highest number
  const char* load;           // number → signature, parent, best, root
  const char* set_parent;     // number, parent, best
  const char* set_orphan;     // number, best
  const char* set_root;       // number, root
  const char* children;       // parent → number
  const char* remove;         // number
  const char* insert_key;     // hash, day, node
  const char* remove_key;     // hash, day, node
  const char* probe;          // hash, first, last → node
  const char* insert_member;  // mention, node
  const char* member;         // mention → node
  const char* remove_member;  // mention
  const char* any_member;     // node → 1
  const char* touch;          // root
};
extern const ForestSql kEventForest;
extern const ForestSql kStatementForest;
extern const ForestSql kTextForest;

template <class Rule>
class Forest {
 public:
  using Traits = typename Rule::Traits;
  Forest(Database& database, const ForestSql& sql) : database_(database), sql_(sql) {}

  // Call in a transaction: any number of add() and remove(), then grow().
  void add(std::int64_t mention, std::string_view signature) {
    if constexpr (Rule::kOneEach) {
      insert(mention, 0, signature);
    } else {
      const auto hash = static_cast<std::int64_t>(hash_of(signature));
      std::int64_t node = find(hash, signature);
      if (node == 0) {
        node = next_number();
        insert(node, hash, signature);
      } else {
        touch(node);
      }
      database_.run(sql_.insert_member, mention, node);
    }
  }

  void remove(std::int64_t mention) {
    std::int64_t node = Rule::kOneEach ? mention : 0;
    if constexpr (!Rule::kOneEach) {
      Query query = database_.query(sql_.member, mention);
      if (query.next()) node = query.number(0);
    }
    if (node == 0) return;
    if constexpr (!Rule::kOneEach) database_.run(sql_.remove_member, mention);
    touch(node);
    bereft_.insert(node);
  }

  // Drops what is remembered of the database, and what was begun.
  void forget() {
    cache_.clear();
    fresh_.clear();
    bereft_.clear();
    to_choose_.clear();
    moved_.clear();
    met_.clear();
    new_keys_.clear();
    next_ = 0;
  }

  // Gives every node the parent that it has by the rules, and every node its root.
  void grow() {
    stand();
    for (const std::int64_t node : bereft_) drop_if_empty(node);
    bereft_.clear();
    met_.clear();  // those who met a node that is gone
    for (const std::int64_t node : fresh_) greet(node);
    fresh_.clear();
    for (const std::int64_t node : to_choose_) choose(node);
    to_choose_.clear();
    met_.clear();
    replant();
    trim();
  }

 private:
  struct Node {
    std::string signature;
    Traits traits;
    std::int64_t parent = 0;  // 0: none
    std::int64_t root = 0;
    int best = kNoMatch;
    bool there = true;
  };

  std::int64_t find(std::int64_t hash, std::string_view signature) {
    Query query = database_.query(sql_.find, hash);
    while (query.next())
      if (query.bytes(1) == signature) return query.number(0);
    return 0;
  }

  std::int64_t next_number() {
    if (next_ == 0) {
      Query query = database_.query(sql_.last);
      next_ = query.next() ? query.number(0) + 1 : 1;
    }
    return next_++;
  }

  void insert(std::int64_t number, std::int64_t hash, std::string_view signature) {
    if constexpr (Rule::kOneEach) {
      database_.run(sql_.insert, number);
    } else {
      database_.run(sql_.insert, number, hash, Blob{signature});
      database_.run(sql_.touch, number);
    }
    auto node = std::make_unique<Node>();
    node->signature = signature;
    node->traits = Rule::decode(signature);
    node->root = number;
    for (const StandingKey& key : Rule::keys(node->traits)) new_keys_.push_back({key, number});
    cache_[number] = std::move(node);
    fresh_.insert(number);
  }

  // The keys of all new nodes, in the order in which they lie on disk.
  void stand() {
    std::sort(new_keys_.begin(), new_keys_.end(), [](const NewKey& a, const NewKey& b) {
      const auto order = [](const NewKey& one) {
        return std::make_tuple(static_cast<std::int64_t>(one.key.hash), one.key.day, one.node);
      };
      return order(a) < order(b);
    });
    for (const NewKey& one : new_keys_) database_.run(sql_.insert_key, one.key.hash, one.key.day, one.node);
    new_keys_.clear();
  }

  Node& load(std::int64_t number) {
    auto& slot = cache_[number];
    if (slot) return *slot;
    slot = std::make_unique<Node>();
    Query query = database_.query(sql_.load, number);
    slot->there = query.next();
    if (!slot->there) return *slot;
    slot->signature = query.text(0);
    slot->traits = Rule::decode(slot->signature);
    slot->parent = query.is_null(1) ? 0 : query.number(1);
    slot->best = static_cast<int>(query.number(2));
    slot->root = query.number(3);
    return *slot;
  }

  std::vector<std::int64_t> candidates(std::int64_t number, const Traits& traits) {
    std::vector<std::int64_t> found;
    for (const Probe& probe : Rule::probes(traits)) {
      Query query = database_.query(sql_.probe, probe.hash, probe.first, probe.last);
      while (query.next())
        if (query.number(0) != number) found.push_back(query.number(0));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  // Nodes behind `node` for which it is, or was, among the best must choose again.
  void unsettle(std::int64_t number, const Node& node) {
    std::vector<std::int64_t>& met = met_[number];
    met = candidates(number, node.traits);
    for (const std::int64_t other : met) {
      const Node& one = load(other);
      if (!precedes<Rule>(node.traits, node.signature, one.traits, one.signature)) continue;
      const int score = Rule::score(one.traits, node.traits);
      if (score >= 0 && score >= one.best - std::max(Rule::kMargin, 0)) to_choose_.insert(other);
    }
  }

  void greet(std::int64_t number) {
    to_choose_.insert(number);
    unsettle(number, load(number));
  }

  void drop_if_empty(std::int64_t number) {
    if constexpr (!Rule::kOneEach)
      if (database_.query(sql_.any_member, number).next()) return;
    const Node& node = load(number);
    if (!node.there) return;
    unsettle(number, node);
    for (const std::int64_t child : children(number)) to_choose_.insert(child);
    for (const StandingKey& key : Rule::keys(node.traits)) database_.run(sql_.remove_key, key.hash, key.day, number);
    database_.run(sql_.remove, number);
    fresh_.erase(number);
    to_choose_.erase(number);
    moved_.erase(number);
    cache_.erase(number);
  }

  void choose(std::int64_t number) {
    Node& node = load(number);
    std::vector<Standing<Traits>> standing;
    // Who has just been greeted has met its candidates already: all keys stand before the first greeting.
    const auto met = met_.find(number);
    const std::vector<std::int64_t> numbers =
        met != met_.end() ? std::move(met->second) : candidates(number, node.traits);
    for (const std::int64_t one : numbers) {
      const Node& candidate = load(one);
      standing.push_back({&candidate.traits, candidate.signature});
    }
    const Choice choice = choose_parent<Rule>({&node.traits, node.signature}, standing);
    const std::int64_t parent = choice.parent ? numbers[*choice.parent] : 0;
    if (parent == node.parent && choice.best == node.best) return;
    if (parent != node.parent) moved_.insert(number);
    node.parent = parent;
    node.best = choice.best;
    if (parent != 0) {
      database_.run(sql_.set_parent, number, parent, std::int64_t{choice.best});
    } else {
      database_.run(sql_.set_orphan, number, std::int64_t{choice.best});
    }
  }

  std::vector<std::int64_t> children(std::int64_t number) {
    std::vector<std::int64_t> out;
    Query query = database_.query(sql_.children, number);
    while (query.next()) out.push_back(query.number(0));
    return out;
  }

  // Parents always come before their children in one order, so this ends.
  std::int64_t root_of(std::int64_t number) {
    while (database_.ok()) {
      const std::int64_t parent = load(number).parent;
      if (parent == 0) break;
      number = parent;
    }
    return number;
  }

  void replant() {
    for (const std::int64_t moved : moved_) {
      const std::int64_t root = root_of(moved);
      std::vector<std::int64_t> subtree = {moved};
      while (!subtree.empty()) {
        const std::int64_t number = subtree.back();
        subtree.pop_back();
        Node& node = load(number);
        if (node.root != root) {
          if constexpr (!Rule::kOneEach) database_.run(sql_.touch, node.root);
          database_.run(sql_.set_root, number, root);
          node.root = root;
        }
        for (const std::int64_t child : children(number)) subtree.push_back(child);
      }
      if constexpr (!Rule::kOneEach) database_.run(sql_.touch, root);
    }
    moved_.clear();
  }

  void touch(std::int64_t node) {
    if constexpr (!Rule::kOneEach) database_.run(sql_.touch, load(node).root);
  }

  // Memory stays bounded however large the record is.
  void trim() {
    constexpr std::size_t kMostNodes = 20000;
    if (cache_.size() > kMostNodes) cache_.clear();
  }

  Database& database_;
  const ForestSql& sql_;
  std::unordered_map<std::int64_t, std::unique_ptr<Node>> cache_;
  std::set<std::int64_t> fresh_, bereft_, to_choose_, moved_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> met_;  // candidates of nodes greeted in this grow()
  struct NewKey {
    StandingKey key;
    std::int64_t node;
  };
  std::vector<NewKey> new_keys_;
  std::int64_t next_ = 0;  // number of the next new node; 0: not yet asked for
};

}  // namespace chancery
