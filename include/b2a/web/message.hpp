// SPDX-License-Identifier: Apache-2.0
// HTTP messages as plain values, so that protocols never see sockets. Request borrows from the connection's
// buffer and is valid until its handler completes; Response owns its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/time.hpp"

namespace b2a::web {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };
std::string_view to_text(Method method) noexcept;

struct HeaderView {
    std::string_view name;
    std::string_view value;
};

/// Header fields in arrival order; look-up ignores ASCII case.
class Headers {
  public:
    void add(std::string_view name, std::string_view value) { fields_.push_back({name, value}); }
    void clear() noexcept { fields_.clear(); }
    /// The first field of that name; nullopt if there is none.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;
    [[nodiscard]] std::size_t count(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<HeaderView> const& fields() const noexcept { return fields_; }

  private:
    std::vector<HeaderView> fields_;
};

struct Request {
    Method method = Method::get;
    std::string_view method_text;
    std::string_view target;  // as sent: path and query
    std::string_view path;    // before '?', not decoded
    std::string_view query;   // after '?', not decoded, empty if none
    Headers headers;
    std::string_view body;
    std::string_view peer;  // textual remote address, no port
    bool secure = false;    // over TLS
    Deadline deadline{};

    // Filled by the router: values of {name} segments, percent-decoded.
    std::vector<std::pair<std::string_view, std::string>> params;
    [[nodiscard]] std::string_view param(std::string_view name) const noexcept;
};

struct Response {
    int status = 200;
    std::string_view content_type;  // static text; empty means no body
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;

    // For the one canonical log line of the request; never sent.
    std::string operation;
    std::string decision;
    std::string agent;
    std::string error_code;

    void clear() {
        status = 200;
        content_type = {};
        body.clear();
        headers.clear();
        operation.clear();
        decision.clear();
        agent.clear();
        error_code.clear();
    }
    void header(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view json_ld_type = "application/ld+json";
inline constexpr std::string_view problem_type = "application/problem+json";
inline constexpr std::string_view text_type = "text/plain; charset=utf-8";
inline constexpr std::string_view html_type = "text/html; charset=utf-8";
inline constexpr std::string_view svg_type = "image/svg+xml";

/// Percent-decodes a path segment or a form value ('+' stays '+'); nullopt on a bad escape, NUL or invalid
/// UTF-8.
std::optional<std::string> percent_decode(std::string_view text);
std::string percent_encode(std::string_view text);
/// Decoded values of `name` in a query string, in order.
std::vector<std::string> query_values(std::string_view query, std::string_view name);
std::optional<std::string> query_value(std::string_view query, std::string_view name);
/// All decoded pairs in order; nullopt if any is malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> query_pairs(std::string_view query);

/// True if Content-Type's media type is application/json or ends in "+json" (RFC 6839), whatever its
/// parameters.
bool has_json_content(Request const& request);
/// Which of `offered` the Accept field prefers; the first offered when the field is absent; empty if none
/// fits.
std::string_view negotiate(Request const& request, std::initializer_list<std::string_view> offered);

}  // namespace b2a::web
