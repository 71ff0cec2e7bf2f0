// Sockets and the head of a request, nothing more: RFC 9110 and 9112 as far as GET needs them.
#include "cli/http_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <vector>

namespace chancery {
namespace {

constexpr std::size_t kLongestHead = 16384;  // bytes
constexpr std::size_t kMostConnections = 64;
constexpr int kPatience = 10;  // seconds for a head to arrive and for an answer to be taken

// --- The head --------------------------------------------------------------------------------------------------------

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "a%20b+c" → "a b c"; what is no escape stays as it is.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0;
    if (escape) {
      out.push_back(static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::map<std::string, std::string> decoded_query(std::string_view query) {
  std::map<std::string, std::string> out;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(pair.size(), equals + 1));
    if (equals > 0) out[decoded(pair.substr(0, equals))] = decoded(value);
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The value of the Host field, without its port.
std::string host_of(std::string_view fields) {
  while (!fields.empty()) {
    const std::string_view line = fields.substr(0, fields.find('\n'));
    fields.remove_prefix(std::min(fields.size(), line.size() + 1));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || lower(line.substr(0, colon)) != "host") continue;
    const std::string host = lower(trimmed(line.substr(colon + 1)));
    return host.substr(0, host.find(':', host.find(']') == std::string::npos ? 0 : host.find(']')));
  }
  return {};
}

// --- Answers ---------------------------------------------------------------------------------------------------------

std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    default:
      return "Internal Server Error";
  }
}

std::string head_of(const HttpResponse& response) {
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: no-store\r\n"
      "Content-Security-Policy: {}\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
      "Referrer-Policy: no-referrer\r\n\r\n",
      response.status, phrase_of(response.status), response.type, response.body.size(),
      response.policy.empty() ? "default-src 'none'; frame-ancestors 'none'" : response.policy);
}

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

HttpResponse refusal(const Error& error) {
  const int status = error.code == ErrorCode::unsupported ? 405 : error.code == ErrorCode::wrong_use ? 403 : 400;
  return {status, "text/plain; charset=utf-8", error.message() + "\n", {}};
}

void answer_on(int socket, std::string_view head, const std::function<HttpResponse(const HttpRequest&)>& answer) {
  const auto request = parse_request(head);
  const HttpResponse response = request ? answer(*request) : refusal(request.error());
  send_all(socket, head_of(response));
  if (!head.starts_with("HEAD ")) send_all(socket, response.body);
}

// --- Connections -----------------------------------------------------------------------------------------------------

using Clock = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  std::string head;
  Clock::time_point since;
};

// Reads what has arrived. False: nothing more is to be expected of the connection.
bool receive(Connection& one) {
  std::array<char, 4096> buffer{};
  const ssize_t count = recv(one.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  one.head.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0 && one.head.size() <= kLongestHead;
}

// Hangs up so that the last bytes still arrive: what the other side goes on sending is read and thrown away.
void hang_up(int socket) {
  shutdown(socket, SHUT_WR);
  std::array<char, 4096> rest{};
  while (recv(socket, rest.data(), rest.size(), MSG_DONTWAIT) > 0) {
  }
  close(socket);
}

Result<int> listen_on(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket >= 0) setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (socket < 0 || bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(socket, 16) != 0)
    return fail(ErrorCode::io, fmt::format("port {}: {}", port, std::strerror(errno)));
  return socket;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

void take_in(int listener, std::vector<Connection>& connections) {
  const int socket = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (socket < 0) return;
  if (connections.size() >= kMostConnections) {
    close(socket);
    return;
  }
  const timeval patience{kPatience, 0};
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  connections.push_back({socket, {}, Clock::now()});
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

Result<HttpRequest> parse_request(std::string_view head) {
  const std::string_view line = trimmed(head.substr(0, head.find('\n')));
  const std::size_t first = line.find(' ');
  const std::size_t second = line.rfind(' ');
  if (first == std::string_view::npos || second <= first || !line.substr(second + 1).starts_with("HTTP/1."))
    return fail(ErrorCode::malformed, "no HTTP request");
  const std::string_view method = line.substr(0, first);
  if (method != "GET" && method != "HEAD") return fail(ErrorCode::unsupported, "only GET and HEAD");
  const std::string_view target = line.substr(first + 1, second - first - 1);
  if (!target.starts_with('/') || target.find(' ') != std::string_view::npos)
    return fail(ErrorCode::malformed, "no path");
  const std::string host = host_of(head.substr(std::min(head.size(), head.find('\n') + 1)));
  if (host != "localhost" && host != "127.0.0.1" && host != "[::1]")
    return fail(ErrorCode::wrong_use, "only for this machine, as localhost or 127.0.0.1");
  const std::size_t mark = std::min(target.find('?'), target.size());
  return HttpRequest{decoded(target.substr(0, mark)), decoded_query(target.substr(std::min(target.size(), mark + 1)))};
}

Result<void> serve_http(std::uint16_t port, const std::function<void(std::uint16_t)>& ready,
                        const std::function<HttpResponse(const HttpRequest&)>& answer) {
  const auto listener = listen_on(port);
  if (!listener) return tl::unexpected(listener.error());
  ready(port_of(*listener));
  std::vector<Connection> connections;
  for (;;) {
    std::vector<pollfd> waiting = {{*listener, POLLIN, 0}};
    for (const Connection& one : connections) waiting.push_back({one.socket, POLLIN, 0});
    if (poll(waiting.data(), waiting.size(), connections.empty() ? -1 : 1000) < 0) {
      if (errno == EINTR) continue;
      return fail(ErrorCode::io, std::strerror(errno));
    }
    std::vector<Connection> kept;
    for (std::size_t i = 0; i < connections.size(); ++i) {
      Connection& one = connections[i];
      const bool open = waiting[i + 1].revents == 0 || receive(one);
      const bool whole = one.head.find("\r\n\r\n") != std::string::npos || one.head.find("\n\n") != std::string::npos;
      if (whole) answer_on(one.socket, one.head, answer);
      const bool late = Clock::now() - one.since > std::chrono::seconds(kPatience);
      if (whole || !open || late) {
        hang_up(one.socket);
      } else {
        kept.push_back(std::move(one));
      }
    }
    connections = std::move(kept);
    if (waiting[0].revents != 0) take_in(*listener, connections);
  }
}

}  // namespace chancery
