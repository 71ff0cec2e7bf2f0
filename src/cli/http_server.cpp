// What is refused, which headers every answer bears, and one question at a time; sockets and the protocol are
// cpp-httplib's.
#include "cli/http_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <mutex>

namespace chancery {
namespace {

constexpr char kAddress[] = "127.0.0.1";
constexpr std::size_t kThreads = 16;  // connections that may be slow at a time
constexpr int kPatience = 10;         // seconds for a request to arrive and for an answer to be taken
constexpr std::size_t kLongestBody = 1024;

// Without the port: "localhost:8080", "[::1]:8080".
std::string_view host_alone(std::string_view host) {
  const std::size_t bracket = host.find(']');
  return host.substr(0, host.find(':', bracket == std::string_view::npos ? 0 : bracket));
}

bool is_this_machine(std::string_view host) {
  host = host_alone(host);
  return host == "localhost" || host == kAddress || host == "[::1]";
}

void write(const HttpResponse& from, httplib::Response& to) {
  to.status = from.status;
  to.set_content(from.body, from.type.c_str());
  to.set_header("Cache-Control", "no-store");
  to.set_header("Content-Security-Policy",
                from.policy.empty() ? "default-src 'none'; frame-ancestors 'none'" : from.policy);
  to.set_header("X-Content-Type-Options", "nosniff");
  to.set_header("X-Frame-Options", "DENY");
  to.set_header("Referrer-Policy", "no-referrer");
}

void refuse(int status, std::string_view why, httplib::Response& response) {
  write({status, "text/plain; charset=utf-8", fmt::format("{}\n", why), {}}, response);
}

httplib::Server::HandlerResponse guard(const httplib::Request& request, httplib::Response& response) {
  using Next = httplib::Server::HandlerResponse;
  if (request.method != "GET" && request.method != "HEAD") {
    refuse(405, "only GET and HEAD", response);
    return Next::Handled;
  }
  if (!is_this_machine(request.get_header_value("Host"))) {
    refuse(403, "only for this machine, as localhost or 127.0.0.1", response);
    return Next::Handled;
  }
  return Next::Unhandled;
}

HttpRequest request_of(const httplib::Request& from) {
  HttpRequest request{from.path, {}};
  for (const auto& [name, value] : from.params) request.query[name] = value;
  return request;
}

}  // namespace

std::string url_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~' || c == '/';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Result<void> serve_http(std::uint16_t port, const std::function<void(std::uint16_t)>& ready,
                        const std::function<HttpResponse(const HttpRequest&)>& answer) {
  httplib::Server server;
  std::mutex one_at_a_time;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_keep_alive_max_count(1);
  server.set_read_timeout(kPatience);
  server.set_write_timeout(kPatience);
  server.set_payload_max_length(kLongestBody);
  server.set_socket_options([](socket_t socket) {
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  server.set_pre_routing_handler(guard);
  server.Get(".*", [&](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(one_at_a_time);
    write(answer(request_of(request)), response);
  });
  const int bound = port == 0 ? server.bind_to_any_port(kAddress) : server.bind_to_port(kAddress, port) ? port : -1;
  if (bound < 0) return fail(ErrorCode::io, fmt::format("port {}: {}", port, std::strerror(errno)));
  ready(static_cast<std::uint16_t>(bound));
  if (!server.listen_after_bind()) return fail(ErrorCode::io, std::strerror(errno));
  return {};
}

}  // namespace chancery
