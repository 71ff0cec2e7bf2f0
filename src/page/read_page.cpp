// The door of the room: decode, tell HTML from plain text, and let what the user vouches for win over what was found.
#include <openssl/evp.h>

#include <array>

#include "page/cue_tables.h"
#include "page/dates.h"
#include "page/furniture.h"
#include "page/html.h"
#include "page/page.h"

namespace chancery {
namespace {

void read_plain_text(const PageOptions& options, Page& page) {
  static const PageCues no_cues;
  CleanText clean = clean_text(page.text, (options.cues != nullptr ? *options.cues : no_cues).tables());
  page.blocks = std::move(clean.blocks);
  page.title = std::move(clean.title);
  page.byline = std::move(clean.byline);
  page.language = std::move(clean.language);
  page.published = std::move(clean.published);
}

void settle_date(const PageOptions& options, Page& page) {
  if (!options.published.empty()) {
    page.published = PageDate{options.published, DateHow::given, std::nullopt};
    return;
  }
  if (page.published && page.published->value.size() == 10) return;
  const std::string& url = page.canonical_url.empty() ? options.uri : page.canonical_url;
  const auto found = date_from_url(url);
  if (found && (!page.published || found->is_day()))
    page.published = PageDate{found->iso(), DateHow::url, std::nullopt};
}

}  // namespace

std::string content_id(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id = "sha256:";
  for (unsigned int i = 0; i < size; ++i) {
    id += kHex[digest[i] >> 4];
    id += kHex[digest[i] & 15];
  }
  return id;
}

Result<Page> read_page(std::string_view bytes, const PageOptions& options) {
  if (bytes.size() > options.max_bytes) return fail(ErrorCode::too_large, std::to_string(bytes.size()) + " bytes");
  const bool html = looks_like_html(bytes);
  std::string charset = options.declared_charset;
  if (html && charset.empty()) charset = charset_of_html(bytes);
  Result<Text> text = decode(bytes, charset);
  if (!text) return tl::unexpected<Error>(text.error());
  Page page;
  page.id = content_id(bytes);
  page.uri = options.uri;
  if (html || looks_like_html(text->bytes().substr(0, 4096))) {
    const auto read = read_html(text->bytes(), options, page);
    if (!read) return tl::unexpected<Error>(read.error());
  } else {
    page.text = std::move(*text);
    read_plain_text(options, page);
  }
  if (!options.language.empty()) page.language = options.language;
  settle_date(options, page);
  return page;
}

}  // namespace chancery
