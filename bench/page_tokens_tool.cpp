// Prints what our tokenizer makes of markup, for bench/page_conformance.py: reads one JSON string a line, writes one
// JSON array a line. Text comes with its references decoded, neighbouring texts joined; comments leave no trace.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "page/html_tokens.h"

namespace {

using namespace chancery;

// The attributes that anybody asks for, by name.
constexpr std::pair<const char*, Attribute> kNames[] = {
    {"class", Attribute::class_}, {"id", Attribute::id},       {"style", Attribute::style}, {"href", Attribute::href},
    {"name", Attribute::name},    {"title", Attribute::title}, {"type", Attribute::type},   {"lang", Attribute::lang}};

nlohmann::json tokens_of(const std::string& html) {
  auto all = nlohmann::json::array();
  HtmlTokenizer tokenizer(html);
  HtmlToken token;
  std::string text;
  const auto flush = [&] {
    if (!text.empty()) all.push_back({"text", text});
    text.clear();
  };
  for (tokenizer.next(token); token.kind != HtmlToken::Kind::done; tokenizer.next(token)) {
    if (token.kind == HtmlToken::Kind::text) {
      text += token.raw ? std::string(token.text) : decoded(token.text);
      continue;
    }
    flush();
    const bool start = token.kind == HtmlToken::Kind::start;
    auto attributes = nlohmann::json::object();
    for (const auto& [name, attribute] : kNames)
      if (start && token.attributes.has(attribute)) attributes[name] = decoded(token.attributes[attribute]);
    all.push_back({start ? "start" : "end", static_cast<int>(token.tag), attributes});
  }
  flush();
  return all;
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto row = nlohmann::json::parse(line);
    if (row.contains("tag"))
      std::cout << static_cast<int>(tag_of(row["tag"].get<std::string>())) << "\n";
    else
      std::cout
          << tokens_of(row["html"].get<std::string>()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
          << "\n";
  }
}
