// Which blocks of a page's tree are its article.
#pragma once

#include <string>
#include <vector>

#include "page/cue_tables.h"
#include "page/html_tree.h"
#include "page/page.h"

namespace chancery {

struct ArticleBlock {
  std::uint32_t block = 0;  // index into HtmlTree::blocks
  BlockKind kind = BlockKind::paragraph;
};

struct HtmlArticle {
  std::vector<ArticleBlock> blocks;  // in document order, without the title
  std::uint32_t title = kNone;       // the block of the title, if one is seen
  std::string byline;                // what a byline's markup shows, if it does
  std::uint32_t container = 0;       // the node that holds the article
  std::size_t bytes = 0;             // of running text that was kept
  std::size_t link_titles = 0;       // blocks of the whole page that are nothing but a link
  std::size_t linked_headings = 0;   // headings in the container that are links: the titles of other pages

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
};

// Whether what was found is the list of other pages (a front page, a section, a tag) and no article.
bool is_index(const HtmlArticle& article);

// `cues` may be null: then furniture that only its words give away stays.
// `known_body`: the article as the page's own metadata give it, empty if they do not; it only weighs, what is returned
// is what the page shows.
HtmlArticle find_article(HtmlTree& tree, std::string_view title, std::string_view known_body,
                         const PageCues::Tables* cues);

}  // namespace chancery
