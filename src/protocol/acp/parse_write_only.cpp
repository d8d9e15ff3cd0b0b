// SPDX-License-Identifier: Apache-2.0
// Affiliate attribution and intent traces: what a brand may know and nobody is told again.
#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/json/canonical.hpp"
#include "b2a/json/writer.hpp"

#include "parse_parts.hpp"
#include "person.hpp"

namespace b2a::protocol::acp {
namespace {

using json::Kind;
using json::View;

constexpr std::size_t token_bytes_max = 2048;
constexpr std::size_t metadata_members_max = 32;
constexpr std::size_t summary_bytes_max = 2000;  // 500 characters of up to four bytes

Error wrong(std::string_view reason, std::string pointer, std::string detail) {
    Error error(Code::invalid_request, std::move(detail), std::move(pointer));
    error.reason = reason;
    return error;
}

Error invalid_type(std::string pointer, std::string detail) {
    return wrong("invalid_type", std::move(pointer), std::move(detail));
}

/// Nine to fifteen digits that are written as a telephone number is: with a plus before or gaps between. A bare number
/// may be anything, and a date has fewer digits.
bool is_phone(std::string_view text) {
    std::size_t digits = 0;
    bool gaps = false;
    for (auto const c : text) {
        if (c >= '0' && c <= '9') ++digits;
        else if (std::string_view(" -.()").find(c) != std::string_view::npos) gaps = true;
        else if (c != '+') return false;
    }
    return digits >= 9 && digits <= 15 && (gaps || text.starts_with('+'));
}

bool is_personal(std::string_view text) {
    auto const words = split(text, ' ');
    return is_phone(trim(text)) || std::ranges::any_of(words, is_email);
}

/// Flat, and without anything that is plainly a person's.
Result<void> check_metadata(View object, std::string const& pointer) {
    auto const metadata = object.get("metadata");
    if (!metadata || metadata->is(Kind::null)) return {};
    auto const at = pointer + "/metadata";
    if (!metadata->is(Kind::object) || metadata->size() > metadata_members_max)
        return invalid_type(at, "must be an object of at most 32 texts, numbers and booleans");
    Result<void> out;
    metadata->each_member([&](std::string_view key, View value) {
        if (!out) return;
        auto const member = at + "/" + std::string(key);
        auto const text = value.as_string();
        bool const flat = text || value.is(Kind::boolean) || value.is(Kind::integer) || value.is(Kind::decimal);
        if (!flat || (text && text->size() > limits::buyer_field_bytes_max) ||
            key.size() > limits::buyer_field_bytes_max)
            out = invalid_type(member, "must be a short text, a number or a boolean");
        else if (text && is_personal(*text)) out = wrong("pii_not_allowed", member, "personal data has no place here");
    });
    return out;
}

Result<void> check_text(View object, std::string const& pointer, std::string_view key, std::size_t bytes_max) {
    auto const member = object.get(key);
    if (!member || member->is(Kind::null)) return {};
    auto const text = member->as_string();
    if (!text || text->size() > bytes_max)
        return invalid_type(pointer + "/" + std::string(key),
                            "must be a text of at most " + std::to_string(bytes_max) + " bytes");
    return {};
}

bool names(View object, std::string_view key) {
    auto const member = object.get(key);
    auto const text = member ? member->as_string() : std::nullopt;
    return text && !text->empty();
}

Result<void> check_source(View object, std::string const& pointer) {
    auto const source = object.get("source");
    if (!source || source->is(Kind::null)) return {};
    auto const at = pointer + "/source";
    if (!source->is(Kind::object)) return invalid_type(at, "must be an object");
    auto const type = source->get("type");
    auto const text = type ? type->as_string().value_or("") : std::string_view();
    if (text != "url" && text != "platform" && text != "unknown")
        return invalid_type(at + "/type", "must be one of: url, platform, unknown");
    return check_text(*source, at, "url", token_bytes_max);
}

/// The members of `object` that are named, as they came.
std::string selected(View object, std::span<std::string_view const> keys,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> more) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    for (auto const key : keys)
        if (auto const member = object.get(key); member && !member->is(Kind::null))
            json.member_raw(key, json::canonical_text(*member));
    for (auto const& [key, value] : more) json.member(key, value);
    json.end_object();
    return out;
}

constexpr std::array<std::string_view, 10> attribution_members{"provider",    "token",   "publisher_id", "campaign_id",
                                                               "creative_id", "sub_id",  "source",       "issued_at",
                                                               "expires_at",  "metadata"};
constexpr std::array<std::string_view, 10> reasons{
    "price_sensitivity", "shipping_cost",   "shipping_speed", "product_fit",     "trust_security",
    "returns_policy",    "payment_options", "comparison",     "timing_deferred", "other"};
constexpr std::array<std::string_view, 2> trace_members{"trace_summary", "metadata"};

}  // namespace

Result<std::optional<service::Touchpoint>> read_attribution(View body, std::string_view touchpoint) {
    auto const given = body.get("affiliate_attribution");
    if (!given || given->is(Kind::null)) return std::optional<service::Touchpoint>();
    std::string const at = "/affiliate_attribution";
    if (!given->is(Kind::object)) return invalid_type(at, "must be an object");
    for (auto const key : attribution_members)
        if (key != "source" && key != "metadata") B2A_CHECK(check_text(*given, at, key, token_bytes_max));
    if (!names(*given, "provider")) return invalid_type(at + "/provider", "is required");
    if (!names(*given, "token") && !names(*given, "publisher_id"))
        return invalid_type(at + "/token", "token or publisher_id is required");
    B2A_CHECK(check_source(*given, at));
    B2A_CHECK(check_metadata(*given, at));
    service::Touchpoint out;
    out.body = selected(*given, attribution_members, {{"touchpoint", touchpoint}});
    return std::optional(std::move(out));
}

Result<std::optional<service::Touchpoint>> read_intent_trace(View body) {
    auto const given = body.get("intent_trace");
    if (!given || given->is(Kind::null)) return std::optional<service::Touchpoint>();
    std::string const at = "/intent_trace";
    if (!given->is(Kind::object)) return invalid_type(at, "must be an object");
    auto const reason = given->get("reason_code");
    auto const code = reason ? reason->as_string() : std::nullopt;
    if (!code) return invalid_type(at + "/reason_code", "must be a text");
    B2A_CHECK(check_text(*given, at, "trace_summary", summary_bytes_max));
    B2A_CHECK(check_metadata(*given, at));
    bool const known = std::ranges::find(reasons, *code) != reasons.end();
    service::Touchpoint out;
    out.body = selected(*given, trace_members, {{"reason_code", known ? *code : std::string_view("other")}});
    return std::optional(std::move(out));
}

}  // namespace b2a::protocol::acp
