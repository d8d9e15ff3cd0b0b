// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/permalink.hpp"

#include <algorithm>
#include <map>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/protocol/reply.hpp"

#include "hand_off.hpp"
#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::CheckoutContent;

/// Who a checkout belongs to that a link began: nobody who could come back over a protocol (platforms are URLs).
constexpr std::string_view owner = "permalink:visitor";
constexpr std::string_view attribution_prefix = "attribution/";
constexpr std::string_view codes_prefix = "discounts/codes/";
constexpr std::string_view secret_parameters[] = {"token", "access_token", "code", "state", "signature", "api_key"};

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

std::optional<std::string> variant_of(std::string_view token) {
    if (!token.starts_with('~')) return is_token(token) ? std::optional(std::string(token)) : std::nullopt;
    auto const bytes = from_base64url(token.substr(1));
    if (!bytes || bytes->empty() || !is_utf8(as_text(*bytes))) return std::nullopt;
    return std::string(as_text(*bytes));
}

std::optional<std::int64_t> quantity_of(std::string_view text) {
    if (text.empty() || text.front() == '0' || text.front() == '+' || text.front() == '-') return std::nullopt;
    auto const value = parse_int(text);
    if (!value || *value > limits::line_quantity_max) return std::nullopt;
    return value;
}

/// An index as JSON pointers write it: no sign, no leading zero.
std::optional<std::size_t> code_index(std::string_view text) {
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::ranges::all_of(text, digit) || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    auto const index = parse_int<std::size_t>(text);
    if (!index || *index >= limits::discount_codes_max) return std::nullopt;
    return index;
}

/// The member that one token of a JSON pointer names (RFC 6901 §4); nullopt for a deeper pointer or a bad escape.
std::optional<std::string> member_of(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '/') return std::nullopt;
        if (token[i] != '~') {
            out += token[i];
            continue;
        }
        if (++i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
        out += token[i] == '0' ? '~' : '/';
    }
    if (out.empty() || out.size() > limits::buyer_field_bytes_max) return std::nullopt;
    return out;
}

bool read_items(std::string_view items, CheckoutContent& content) {
    for (auto const item : split(items, ',')) {
        auto const colon = item.rfind(':');
        if (colon == std::string_view::npos || content.lines.size() == limits::checkout_lines_max) return false;
        auto variant = variant_of(item.substr(0, colon));
        auto const quantity = quantity_of(item.substr(colon + 1));
        if (!variant || !quantity || variant->size() > limits::id_bytes_max) return false;
        content.lines.push_back({{}, *std::move(variant), *quantity});
    }
    return !content.lines.empty();
}

/// A path of ours: one leading slash and nothing that a browser could read as another origin.
bool is_own_path(std::string_view path) noexcept {
    if (!path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\")) return false;
    return std::ranges::all_of(path, [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
}

using Fields = std::map<std::string_view, std::string*, std::less<>>;

Fields fields_of(CheckoutContent& content) {
    auto& buyer = content.buyer;
    auto& context = content.context;
    return {{"buyer/first_name", &buyer.first_name},
            {"buyer/last_name", &buyer.last_name},
            {"buyer/email", &buyer.email},
            {"buyer/phone_number", &buyer.phone_number},
            {"context/address_country", &context.country},
            {"context/address_region", &context.region},
            {"context/postal_code", &context.postal_code},
            {"context/language", &context.language},
            {"context/currency", &context.currency},
            {"context/intent", &context.intent}};
}

bool is_ucp(std::string_view key) noexcept {
    return key.starts_with("buyer/") || key.starts_with("context/") || key.starts_with("discounts/") ||
           key.starts_with("attribution/") || key.starts_with("fulfillment/") || key.starts_with("line_items/") ||
           key.starts_with("payment/");
}

bool is_secret(std::string_view key) noexcept {
    return std::ranges::any_of(secret_parameters, [&](auto name) { return iequals(key, name); });
}

/// One parameter. False: ambiguous or out of bounds. Pointers that we know and that the business owns (prices, items)
/// are consumed without an effect: the path says what is bought.
bool read_parameter(std::string const& key, std::string value, Fields const& fields, Permalink& link,
                    std::map<std::size_t, std::string>& codes) {
    auto& content = link.content;
    if (is_ucp(key) && value.size() > limits::text_query_bytes_max) return false;
    if (key == "continue_to") {
        if (!is_own_path(value)) return false;
        link.continue_to = std::move(value);
        return true;
    }
    if (auto const field = fields.find(key); field != fields.end()) {
        *field->second = std::move(value);
    } else if (key.starts_with(codes_prefix)) {
        auto const index = code_index(std::string_view(key).substr(codes_prefix.size()));
        if (!index) return false;
        codes[*index] = std::move(value);
    } else if (key.starts_with(attribution_prefix)) {
        auto member = member_of(std::string_view(key).substr(attribution_prefix.size()));
        if (!member || value.size() > limits::buyer_field_bytes_max ||
            content.attribution.size() == limits::attribution_entries_max)
            return false;
        content.attribution.emplace(*std::move(member), std::move(value));
    } else if (!is_ucp(key) && !is_secret(key)) {
        link.rest.emplace_back(key, std::move(value));
    }
    return true;
}

void refuse(Site const& site, int status, web::Response& response) {
    response.status = status;
    response.content_type = web::html_type;
    response.header("Content-Security-Policy", std::string(hand_off_csp));
    render_hand_off_missing(response.body, site);
}

std::string location_of(Site const& site, Permalink const& link, CheckoutId id) {
    // What is appended belongs into the query, which ends where a fragment begins.
    auto const hash = std::min(link.continue_to.find('#'), link.continue_to.size());
    auto url = link.continue_to.empty() ? hand_off_url(site, id) : site.base_url + link.continue_to.substr(0, hash);
    char separator = url.find('?') == std::string::npos ? '?' : '&';
    auto const append = [&](std::string_view key, std::string_view value) {
        url += separator;
        url += web::percent_encode(key) + '=' + web::percent_encode(value);
        separator = '&';
    };
    if (!link.continue_to.empty()) append("checkout", id.text());
    for (auto const& [key, value] : link.rest) append(key, value);
    return url + link.continue_to.substr(hash);
}

}  // namespace

std::optional<Permalink> parse_permalink(std::string_view items, std::string_view query) {
    Permalink link;
    if (!read_items(items, link.content)) return std::nullopt;
    auto parameters = web::query_pairs(query);
    if (!parameters) return std::nullopt;
    auto const fields = fields_of(link.content);
    std::map<std::size_t, std::string> codes;
    std::vector<std::string> seen;
    for (auto& [key, value] : *parameters) {
        bool const ours = is_ucp(key) || key == "continue_to";
        if (ours && std::ranges::find(seen, key) != seen.end()) return std::nullopt;
        if (ours) seen.push_back(key);
        if (!read_parameter(key, std::move(value), fields, link, codes)) return std::nullopt;
    }
    for (auto& [index, code] : codes)
        if (code.size() <= limits::discount_code_bytes_max) link.content.discount_codes.push_back(std::move(code));
    return link;
}

boost::asio::awaitable<void> follow_permalink(Deps const& deps, web::Request const& request, web::Response& response) {
    response.header("Cache-Control", "no-store");
    response.header("Referrer-Policy", "no-referrer");
    auto const link = parse_permalink(request.param("items"), request.query);
    if (!link) co_return refuse(deps.site, 400, response);
    policy::Principal visitor;
    visitor.id = owner;
    visitor.trust = policy::TrustLevel::declared;
    visitor.protocol = policy::Protocol::ucp;
    visitor.agent_class = "permalink";
    auto const context = deps.contexts.start(request, std::move(visitor));
    stamp(request, context, response);
    service::CreateCheckout command;
    command.content = link->content;
    std::optional<CheckoutId> made;
    service::CheckoutRenderer const render = [&made](service::CheckoutOutcome const& outcome) {
        made = outcome.checkout.id;
        return store::StoredReply{303, {}, {}};
    };
    auto const replied = co_await deps.checkouts.create(context, command, render);
    if (!replied || !made) {
        if (!replied) add_error_fields(replied.error(), response);
        co_return refuse(deps.site, 404, response);
    }
    response.status = 303;
    response.header("Location", location_of(deps.site, *link, *made));
    add_audit_entry(deps.site, replied->audit_seq, response);
}

}  // namespace b2a::protocol::ucp
