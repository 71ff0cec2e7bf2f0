// The content model. Running text is what tells an article from its page: paragraphs of some length that are not
// links. So every block gets a weight, elements get the sum of what they hold, and the article is the element into
// which the weight gathers. Inside it, blocks are kept or left out by their own form, by what their markup is named,
// by their words, and by their neighbours. All is linear in the number of blocks; sums go from children to parents
// because a parent comes before its children.
#include "page/html_article.h"

#include <algorithm>
#include <cstdint>

#include "page/furniture.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::uint32_t kParagraphBytes = 80;  // a block this long is running text even without a full stop
constexpr std::uint32_t kSentenceBytes = 25;   // a block this long that ends as a sentence does
constexpr std::uint32_t kDropped = kHidden | kSuspect | kTalk;

bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

struct BlockFeatures {
  std::uint32_t size = 0;
  float links = 0;  // share of the text that is links
  bool terminal = false;
  bool running = false;  // running text
};

class Finder {
 public:
  Finder(HtmlTree& tree, std::string_view title, std::string_view known_body, const PageCues::Tables* cues)
      : tree_(tree),
        title_(fold(title)),
        known_(fold(known_body)),
        cues_(cues),
        judge_(tree.text, cues != nullptr ? *cues : no_cues()) {}

  HtmlArticle find() {
    measure();
    forgive();
    gather();
    choose_container();
    find_title();
    select();
    if (article_.blocks.empty()) select_anything();
    return std::move(article_);
  }

 private:
  static const PageCues::Tables& no_cues() {
    static const PageCues none;
    return none.tables();
  }

  std::string_view text(Span span) const { return std::string_view(tree_.text).substr(span.begin, span.size()); }
  const HtmlNode& node_of(std::uint32_t block) const { return tree_.nodes[tree_.blocks[block].node]; }
  std::uint32_t hints(std::uint32_t block) const { return node_of(block).hints; }

  // ---- features --------------------------------------------------------------------------------------------------

  bool ends_sentence(Span span) const {
    std::uint32_t at = span.end;
    for (int i = 0; i < 4 && at > span.begin; ++i) {
      const char32_t c = previous_code_point(tree_.text, at);
      if (c == '.' || c == '!' || c == '?' || c == U'…' || c == ':' || c == U'。' || c == U'！' || c == U'？')
        return true;
      if (!is_quote(c) && !is_apostrophe(c) && c != ')' && c != ']' && !is_space(c)) return false;
    }
    return false;
  }

  void measure() {
    features_.resize(tree_.blocks.size());
    for (std::size_t i = 0; i < features_.size(); ++i) {
      const HtmlBlock& block = tree_.blocks[i];
      BlockFeatures& f = features_[i];
      f.size = block.span.size();
      f.links = static_cast<float>(block.link_bytes) / static_cast<float>(f.size);
      f.terminal = ends_sentence(block.span);
      const bool long_enough = f.size >= kParagraphBytes || (f.size >= kSentenceBytes && f.terminal);
      f.running = long_enough && f.links < 0.5F && !is_heading(node_of(static_cast<std::uint32_t>(i)).tag);
      article_.link_titles += static_cast<std::size_t>(f.links > 0.9F && f.size > 20);
    }
  }

  // What a block adds to the elements that hold it: its running text, less for lists, tables and captions.
  float weight(std::size_t i) const {
    const BlockFeatures& f = features_[i];
    if (!f.running) return 0;
    const std::uint32_t h = hints(static_cast<std::uint32_t>(i));
    float factor = 1.0F - f.links;
    if ((h & kInCaption) != 0) factor *= 0.1F;
    if ((h & kInList) != 0) factor *= 0.6F;
    if (node_of(static_cast<std::uint32_t>(i)).tag != Tag::p && !f.terminal) factor *= 0.3F;
    return static_cast<float>(std::min<std::uint32_t>(f.size, 2000)) * factor;
  }

  std::vector<float> sums(bool with_dropped) const {
    std::vector<float> sum(tree_.nodes.size(), 0.0F);
    for (std::size_t i = 0; i < features_.size(); ++i)
      if (with_dropped || (hints(static_cast<std::uint32_t>(i)) & kDropped) == 0)
        sum[tree_.blocks[i].node] += weight(i);
    for (std::size_t i = sum.size(); i-- > 1;) sum[tree_.nodes[i].parent] += sum[i];
    return sum;
  }

  // A name that condemns most of the page's text is mistaken: templates call a whole page « banner » or « related ».
  void forgive() {
    const std::vector<float> all = sums(true);
    if (all.empty() || all[0] <= 0) return;
    bool changed = false;
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      HtmlNode& node = tree_.nodes[i];
      const float share = all[i] / all[0];
      // A byline or a date holds no paragraphs.
      if ((node.own & (kBylineHint | kMetaHint | kDateHint)) != 0 && all[i] > 500.0F)
        node.own &= ~static_cast<std::uint32_t>(kBylineHint | kMetaHint | kDateHint), changed = true;
      if ((node.own & kInCaption) != 0 && share > 0.4F)
        node.own &= ~static_cast<std::uint32_t>(kInCaption), changed = true;
      if ((node.own & kTalk) != 0 && share > 0.85F) node.own &= ~static_cast<std::uint32_t>(kTalk), changed = true;
      if ((node.own & (kSuspect | kHidden)) != 0 && share > 0.5F)
        node.own &= ~static_cast<std::uint32_t>(kSuspect | kHidden), changed = true;
    }
    if (changed) inherit();
  }

  void inherit() {
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      HtmlNode& node = tree_.nodes[i];
      node.hints = node.own | (i == 0 ? 0 : tree_.nodes[node.parent].hints & kInherited);
    }
  }

  // ---- the container -----------------------------------------------------------------------------------------------

  void gather() { sum_ = sums(false); }

  void choose_container() {
    const std::size_t nodes = tree_.nodes.size();
    std::uint32_t best_body = 0;
    for (std::uint32_t i = 1; i < nodes; ++i) {
      const bool body = (tree_.nodes[i].own & kBodyHint) != 0 && (tree_.nodes[i].hints & kDropped) == 0 &&
                        holds_blocks(tree_.nodes[i].tag);
      if (body && sum_[i] > (best_body == 0 ? 0.0F : sum_[best_body])) best_body = i;
    }
    if (best_body != 0 && sum_[best_body] > 0.5F * sum_[0]) {
      article_.container = descend(best_body, 0.95F);
      return;
    }
    article_.container = descend(0, 0.7F);
  }

  // From `from` down, as long as one child holds the given share of what its parent holds.
  std::uint32_t descend(std::uint32_t from, float share) const {
    const std::size_t nodes = tree_.nodes.size();
    std::vector<std::uint32_t> heaviest(nodes, 0);
    for (std::uint32_t i = 1; i < nodes; ++i) {
      std::uint32_t& best = heaviest[tree_.nodes[i].parent];
      if (best == 0 || sum_[i] > sum_[best]) best = i;
    }
    std::uint32_t at = from;
    while (heaviest[at] != 0 && sum_[heaviest[at]] > share * sum_[at] && holds_blocks(tree_.nodes[heaviest[at]].tag))
      at = heaviest[at];
    return at;
  }

  // Never into a paragraph or a list: an article is more than its longest one.
  static bool holds_blocks(Tag tag) {
    return tag != Tag::p && tag != Tag::li && tag != Tag::ul && tag != Tag::ol && tag != Tag::blockquote &&
           tag != Tag::pre && tag != Tag::figure && !is_heading(tag);
  }

  // ---- the title
  // -----------------------------------------------------------------------------------------------------

  void find_title() {
    std::uint32_t first_h1 = HtmlArticle::kNone;
    for (std::uint32_t i = 0; i < tree_.blocks.size(); ++i) {
      const Tag tag = node_of(i).tag;
      const bool candidate = tag == Tag::h1 || tag == Tag::h2 || (hints(i) & kTitleHint) != 0;
      if (!candidate || features_[i].size > 400 || (hints(i) & (kHidden | kTalk)) != 0) continue;
      if (tag == Tag::h1 && first_h1 == HtmlArticle::kNone) first_h1 = i;
      if (!title_.empty() && is_title(fold(text(tree_.blocks[i].span)))) {
        article_.title = i;
        return;
      }
    }
    article_.title = first_h1 != HtmlArticle::kNone ? first_h1 : titled_block();
  }

  // On pages without headings, the first block that is a part of the head's title.
  std::uint32_t titled_block() const {
    constexpr std::uint32_t kSearched = 200;
    for (std::uint32_t i = 0; i < std::min<std::size_t>(tree_.blocks.size(), kSearched); ++i) {
      const Span span = tree_.blocks[i].span;
      if (span.size() < 15 || span.size() > 300 || (hints(i) & (kHidden | kTalk | kSuspect)) != 0) continue;
      const std::string shown = fold(text(span));
      if (shown.size() * 3 >= title_.size() && (title_.starts_with(shown) || title_.ends_with(shown))) return i;
    }
    return HtmlArticle::kNone;
  }

  // The head's title often has the outlet's name behind it.
  bool is_title(const std::string& shown) const {
    if (shown.size() < 8) return false;
    return title_ == shown || (title_.starts_with(shown) && shown.size() * 3 >= title_.size()) ||
           shown.starts_with(title_);
  }

  // ---- the selection ---------------------------------------------------------------------------------------------

  void select() {
    const std::vector<bool> inside = subtree(article_.container);
    mark_body_parents(inside);
    std::vector<std::uint32_t> kept = leads(inside);
    for (std::uint32_t i = 0; i < tree_.blocks.size(); ++i)
      article_.linked_headings +=
          static_cast<std::size_t>(inside[tree_.blocks[i].node] && is_heading(node_of(i).tag) &&
                                   features_[i].links > 0.9F && features_[i].size > 8 && (hints(i) & kDropped) == 0);
    std::vector<std::uint8_t> chosen(tree_.blocks.size(), 0);
    for (std::uint32_t i = 0; i < tree_.blocks.size(); ++i)
      chosen[i] = static_cast<std::uint8_t>(inside[tree_.blocks[i].node] && i != article_.title && keep(i));
    for (std::uint32_t i = 0; i < tree_.blocks.size(); ++i)
      if (chosen[i] != 0 || (inside[tree_.blocks[i].node] && stands_between(i, chosen))) kept.push_back(i);
    drop_head_notice(kept);
    drop_loose_ends(kept);
    for (const std::uint32_t i : kept) {
      article_.blocks.push_back(ArticleBlock{i, kind_of(i)});
      if (features_[i].running) article_.bytes += features_[i].size;
    }
  }

  // A page without running text may still be one (a short notice, a list of results): what is no furniture and no
  // link.
  void select_anything() {
    for (std::uint32_t i = 0; i < tree_.blocks.size(); ++i) {
      if (i == article_.title || (hints(i) & (kDropped | kInHeader)) != 0 || features_[i].links > 0.3F ||
          is_furniture(i))
        continue;
      article_.blocks.push_back(ArticleBlock{i, kind_of(i)});
    }
  }

  std::vector<bool> subtree(std::uint32_t root) const {
    std::vector<bool> inside(tree_.nodes.size(), false);
    inside[root] = true;
    for (std::size_t i = root + 1; i < tree_.nodes.size(); ++i) inside[i] = inside[tree_.nodes[i].parent];
    return inside;
  }

  // The lead may stand outside of the container, between the title and the text: running text that is no caption.
  std::vector<std::uint32_t> leads(const std::vector<bool>& inside) {
    std::vector<std::uint32_t> found;
    if (article_.title == HtmlArticle::kNone) return found;
    std::uint32_t first = 0;
    while (first < tree_.blocks.size() && !(inside[tree_.blocks[first].node] && features_[first].running)) ++first;
    constexpr std::uint32_t kMaxDistance = 40;
    if (first >= tree_.blocks.size() || first <= article_.title || first - article_.title > kMaxDistance) return found;
    for (std::uint32_t i = article_.title + 1; i < first; ++i) {
      if (inside[tree_.blocks[i].node]) continue;
      const bool plain =
          (hints(i) & (kHidden | kTalk | kInCaption | kInList | kBylineHint | kDateHint | kMetaHint)) == 0;
      if (plain && !is_named_apart(i) && features_[i].running && features_[i].links < 0.3F && !is_furniture(i))
        found.push_back(i);
    }
    return found;
  }

  // Below a furniture name; « teaser » is what some call the lead, so here a block's own element may be named so.
  bool is_named_apart(std::uint32_t i) const {
    const HtmlNode& node = node_of(i);
    return (tree_.nodes[node.parent].hints & kSuspect) != 0 || (node.own & kSuspect) != 0;
  }

  std::uint32_t parent_of_block(std::uint32_t i) const {
    const std::uint32_t node = tree_.blocks[i].node;
    const Tag tag = tree_.nodes[node].tag;
    return tag == Tag::p || is_heading(tag) ? tree_.nodes[node].parent : node;
  }

  // Elements that hold running text directly: short blocks beside it are of the article.
  void mark_body_parents(const std::vector<bool>& inside) {
    body_parent_.assign(tree_.nodes.size(), 0.0F);
    for (std::uint32_t i = 0; i < tree_.blocks.size(); ++i)
      if (inside[tree_.blocks[i].node] && features_[i].running && (hints(i) & kDropped) == 0)
        body_parent_[parent_of_block(i)] += weight(i);
  }

  bool keep(std::uint32_t i) {
    const BlockFeatures& f = features_[i];
    const std::uint32_t h = hints(i);
    const Tag tag = node_of(i).tag;
    if ((h & kDropped) != 0) return false;
    if ((h & (kBylineHint | kMetaHint | kDateHint)) != 0 && f.size < 200) return false;
    if (is_furniture(i)) return false;
    if ((h & kInCaption) != 0) return false;
    if (is_heading(tag)) return tag != Tag::h1 && f.links < 0.6F && f.size < 300;
    if (f.links > 0.5F) return is_linked_sentence(i);
    const bool beside_text = body_parent_[parent_of_block(i)] > 100.0F;
    if ((h & kInList) != 0) return keep_list_item(i);
    if (f.running) return true;
    if (tag == Tag::p || tag == Tag::pre || (h & kInQuote) != 0) return beside_text || f.terminal;
    return beside_text && f.terminal;
  }

  // A block between two of the article that hang on the same element as it does is of the article too, though it is
  // mostly links, or too short to tell by itself.
  bool stands_between(std::uint32_t i, const std::vector<std::uint8_t>& chosen) {
    const std::uint32_t h = hints(i);
    if ((h & (kDropped | kInCaption | kBylineHint | kMetaHint | kDateHint)) != 0 || i == article_.title) return false;
    const std::uint32_t parent = parent_of_any(i);
    const auto has_neighbour = [&](std::uint32_t from, std::int32_t step) {
      std::int64_t j = static_cast<std::int64_t>(from) + step;
      for (int walked = 0; walked < 3 && j >= 0 && j < static_cast<std::int64_t>(chosen.size()); ++walked, j += step) {
        const auto at = static_cast<std::uint32_t>(j);
        if (chosen[at] != 0) return parent_of_any(at) == parent && !is_heading(node_of(at).tag);
      }
      return false;
    };
    if (!has_neighbour(i, -1) || !has_neighbour(i, 1)) return false;
    const bool telling = features_[i].size >= 40 || features_[i].links < 0.3F;
    return telling && !is_furniture(i);
  }

  // The element that blocks of one kind share: of paragraphs and items their parent, of lines their own.
  std::uint32_t parent_of_any(std::uint32_t i) const {
    const std::uint32_t node = tree_.blocks[i].node;
    const Tag tag = tree_.nodes[node].tag;
    return tag == Tag::p || tag == Tag::li || is_heading(tag) ? tree_.nodes[node].parent : node;
  }

  bool is_linked_sentence(std::uint32_t i) const {
    const BlockFeatures& f = features_[i];
    return node_of(i).tag == Tag::p && f.terminal && f.links < 0.8F && f.size > 60;
  }

  bool keep_list_item(std::uint32_t i) const {
    const BlockFeatures& f = features_[i];
    return f.links < 0.5F && list_links(i) < 0.5F;
  }

  // The share of links in the whole list that the block stands in; a list of links with a word between is one.
  float list_links(std::uint32_t i) const {
    const std::uint32_t list = tree_.nodes[tree_.blocks[i].node].parent;
    std::uint32_t size = 0, links = 0;
    const auto in_list = [&](std::uint32_t j) {
      return tree_.nodes[tree_.blocks[j].node].parent == list || tree_.blocks[j].node == list;
    };
    constexpr std::uint32_t kNeighbours = 12;
    for (std::uint32_t j = i > kNeighbours ? i - kNeighbours : 0;
         j < std::min<std::size_t>(tree_.blocks.size(), i + kNeighbours); ++j) {
      if (!in_list(j)) continue;
      size += features_[j].size;
      links += tree_.blocks[j].link_bytes;
    }
    return size == 0 ? 0.0F : static_cast<float>(links) / static_cast<float>(size);
  }

  bool is_furniture(std::uint32_t i) {
    if (cues_ == nullptr || features_[i].size > 600) return false;
    std::vector<Span> cuts;
    const JudgedLine line = judge_.judge(tree_.blocks[i].span, cuts);
    switch (line.mark) {
      case LineMark::furniture:
      case LineMark::links:
      case LineMark::comments:
      case LineMark::end:
        return true;
      case LineMark::byline:
        return features_[i].size < 120;
      case LineMark::perhaps:
        return is_heading(node_of(i).tag) ? false : !features_[i].terminal;
      case LineMark::none:
        return false;
    }
    return false;
  }

  // Where scores of other blocks part what was kept, what stands before the weightiest part is a notice at the page's
  // head (an old browser, a cookie).
  void drop_head_notice(std::vector<std::uint32_t>& kept) const {
    constexpr std::uint32_t kSea = 80;
    std::size_t best_begin = 0, begin = 0;
    float best = -1, sum = 0, before = 0;
    for (std::size_t i = 0; i <= kept.size(); ++i) {
      const bool ends = i == kept.size() || (i > begin && kept[i] - kept[i - 1] > kSea);
      if (ends) {
        if (sum > best) before += std::max(best, 0.0F), best = sum, best_begin = begin;
        begin = i;
        sum = 0;
      }
      if (i < kept.size()) sum += weight(kept[i]);
    }
    if (before < 0.7F * best) kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(best_begin));
  }

  // Headings with nothing below them, at the end or before another heading of the same rank.
  void drop_loose_ends(std::vector<std::uint32_t>& kept) const {
    while (!kept.empty() && is_heading(node_of(kept.back()).tag)) kept.pop_back();
    // What stands before the first running text in the container is a section's label or a date more often than not.
    std::size_t first = 0;
    while (first < kept.size() && !features_[kept[first]].running && !is_heading(node_of(kept[first]).tag)) ++first;
    if (first < kept.size() && first > 0 && first <= 3)
      kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(first));
  }

  BlockKind kind_of(std::uint32_t i) const {
    const Tag tag = node_of(i).tag;
    if (is_heading(tag)) return BlockKind::heading;
    if ((hints(i) & kInCaption) != 0) return BlockKind::caption;
    if ((hints(i) & kInList) != 0) return BlockKind::list_item;
    return BlockKind::paragraph;
  }

  HtmlTree& tree_;
  std::string title_;
  std::string known_;
  const PageCues::Tables* cues_;
  LineJudge judge_;
  std::vector<BlockFeatures> features_;
  std::vector<float> sum_;
  std::vector<float> body_parent_;
  HtmlArticle article_;
};

}  // namespace

bool is_index(const HtmlArticle& article) {
  // Titles of other pages with a sentence or two each, or next to nothing among links.
  if (article.linked_headings >= 6 && article.bytes < article.linked_headings * 400) return true;
  return article.bytes < 250 && article.link_titles >= 40;
}

HtmlArticle find_article(HtmlTree& tree, std::string_view title, std::string_view known_body,
                         const PageCues::Tables* cues) {
  return Finder(tree, title, known_body, cues).find();
}

}  // namespace chancery
