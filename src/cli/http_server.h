// An HTTP server for one person on one machine, by cpp-httplib: it listens on the loopback address alone, answers GET
// and HEAD, keeps nothing and changes nothing. The record is asked by one thread at a time; whoever sends slowly makes
// nobody wait. Requests that name another host are refused, so that a page of the web cannot reach the record through a
// name of its own (DNS rebinding).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace chancery {

struct HttpRequest {
  std::string path;                          // decoded, without the query: "/show"
  std::map<std::string, std::string> query;  // decoded; of a name that stands twice, the last
};

struct HttpResponse {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  std::string policy;  // Content-Security-Policy; empty: nothing may be loaded or run
};

// Percent-encoding of whatever is not unreserved, for the values of a query.
std::string url_escaped(std::string_view text);

// Serves until the program ends. `ready` is told the port, which the system chooses if `port` is 0. `answer` is never
// called twice at a time. Fails with io.
Result<void> serve_http(std::uint16_t port, const std::function<void(std::uint16_t)>& ready,
                        const std::function<HttpResponse(const HttpRequest&)>& answer);

}  // namespace chancery
