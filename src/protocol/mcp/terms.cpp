// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/terms.hpp"

#include <algorithm>
#include <optional>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/event_stream.hpp"

namespace b2a::protocol::mcp {
namespace {

using json::View;
using web::Request;

constexpr std::string_view version_field = "MCP-Protocol-Version";
constexpr std::string_view version_key = "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view capabilities_key = "io.modelcontextprotocol/clientCapabilities";
constexpr std::string_view log_level_key = "io.modelcontextprotocol/logLevel";

bool is_modern(std::string_view version) {
    return std::ranges::find(modern_versions, version) != modern_versions.end();
}

Refusal bad_meta(std::string_view key) {
    return {400, invalid_params, "_meta[\"" + std::string(key) + "\"] is missing or malformed"};
}

Refusal bad_header(std::string_view name) {
    return {400, header_mismatch, std::string(name) + " is missing or says something else than the body"};
}

/// A client that stands alone in each request is told what it may stand alone with, another one everything.
Refusal not_supported(Era era, std::string_view requested) {
    std::string data;
    json::Writer json(data);
    json.begin_object().key("supported").begin_array();
    for (auto const version : modern_versions) json.value(version);
    if (era == Era::legacy)
        for (auto const version : legacy_versions) json.value(version);
    json.end_array().member("requested", requested).end_object();
    return {400, unsupported_version, "this version of the protocol is not supported", std::move(data)};
}

bool takes_events(Request const& request) {
    auto const accept = request.headers.find("Accept");
    if (!accept || to_ascii_lower(*accept).find(web::event_stream_type) == std::string::npos) return false;
    return !web::negotiate(request, {web::event_stream_type}).empty();
}

/// The parameter that the field Mcp-Name repeats.
std::optional<std::string_view> named_subject(Message const& message) {
    auto const key = message.method == "resources/read" ? "uri" : "name";
    if (message.method != "tools/call" && message.method != "prompts/get" && message.method != "resources/read")
        return std::nullopt;
    auto const subject = message.params.get(key);
    return subject ? subject->as_string() : std::nullopt;
}

/// A field's value, which names outside ASCII reach as "=?base64?…?="; nullopt for a broken one.
std::optional<std::string> decoded(std::string_view value) {
    static constexpr std::string_view begin = "=?base64?";
    static constexpr std::string_view end = "?=";
    if (value.size() < begin.size() + end.size() || !value.starts_with(begin) || !value.ends_with(end))
        return std::string(value);
    auto const bytes = from_base64(value.substr(begin.size(), value.size() - begin.size() - end.size()));
    if (!bytes) return std::nullopt;
    return std::string(bytes->begin(), bytes->end());
}

bool repeats(Request const& request, std::string_view name, std::string_view expected) {
    auto const value = request.headers.find(name);
    return value && request.headers.count(name) == 1 && decoded(*value) == expected;
}

std::variant<Terms, Refusal> modern(Request const& request, Message const& message, View meta, Terms terms) {
    auto const header = request.headers.find(version_field);
    if (!header) return bad_header(version_field);
    auto const named = meta.get(version_key);
    auto const version = named ? named->as_string() : std::nullopt;
    if (!version) return bad_meta(version_key);
    if (*version != *header || request.headers.count(version_field) != 1) return bad_header(version_field);
    if (!is_modern(*version)) return not_supported(Era::modern, *version);
    auto const capabilities = meta.get(capabilities_key);
    if (!capabilities || !capabilities->is(json::Kind::object)) return bad_meta(capabilities_key);
    if (!repeats(request, "Mcp-Method", message.method)) return bad_header("Mcp-Method");
    auto const subject = named_subject(message);
    if (subject && !repeats(request, "Mcp-Name", *subject)) return bad_header("Mcp-Name");
    terms.era = Era::modern;
    terms.capabilities = *capabilities;
    if (auto const level = meta.get(log_level_key)) terms.log_level = level->as_string().value_or("");
    return terms;
}

}  // namespace

std::variant<Terms, Refusal> negotiate(Request const& request, Message const& message) {
    auto const meta = message.params.get("_meta").value_or(View());
    Terms terms;
    terms.takes_events = takes_events(request);
    if (auto const token = meta.get("progressToken")) {
        auto text = id_text(*token);
        if (!text) return Refusal{400, invalid_params, "progressToken must be a string or an integer"};
        terms.progress_token = std::move(text).value();
    }
    auto const header = request.headers.find(version_field);
    if (meta.get(version_key) || (header && is_modern(*header)))
        return modern(request, message, meta, std::move(terms));
    // What is older than the header's invention says nothing.
    if (header && std::ranges::find(legacy_versions, *header) == legacy_versions.end())
        return not_supported(Era::legacy, *header);
    return terms;
}

}  // namespace b2a::protocol::mcp
