// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/approval.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::policy {
namespace {

constexpr std::array<std::string_view, 4> names{"open", "granted", "denied", "used"};
constexpr std::size_t name_bytes_max = 2048;

Timestamp read_time(json::Reader& reader, std::string_view key) {
    return from_micros(reader.integer(key, 0, std::numeric_limits<std::int64_t>::max()).value_or(0));
}

}  // namespace

std::string_view to_text(ApprovalState state) noexcept {
    return names[static_cast<std::size_t>(state)];
}

std::optional<ApprovalState> approval_state_from_text(std::string_view text) noexcept {
    auto const found = std::ranges::find(names, text);
    if (found == names.end()) return std::nullopt;
    return static_cast<ApprovalState>(found - names.begin());
}

bool is_live(Approval const& approval, Timestamp now) noexcept {
    bool const stands = approval.state == ApprovalState::open || approval.state == ApprovalState::granted;
    return stands && now < approval.expires;
}

std::string to_json(Approval const& approval) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("agent", approval.agent).member("asked", to_micros(approval.asked));
    json.member("checkout", approval.checkout).key("codes").begin_array();
    for (auto const& code : approval.codes) json.value(code);
    json.end_array().member("content", to_hex(approval.content)).member("currency", approval.total.currency.code());
    json.member("decided", to_micros(approval.decided)).member_if("decided_by", approval.decided_by);
    json.member("decision", approval.decision).member("expires", to_micros(approval.expires));
    json.member("item_count", approval.item_count).member_if("note", approval.note);
    json.member("state", to_text(approval.state)).member("total", approval.total.minor).end_object();
    return out;
}

Result<Approval> approval_from_json(std::string_view text) {
    json::Document document;
    B2A_TRY(root, document.parse(text));
    json::Reader reader(root);
    Approval out;
    out.agent = reader.string("agent", name_bytes_max).value_or("");
    out.asked = read_time(reader, "asked");
    out.checkout = reader.string("checkout", limits::id_bytes_max, json::Presence::required).value_or("");
    out.codes = reader.strings("codes", limits::policy_rules_max, limits::policy_name_bytes_max).value_or(out.codes);
    auto const content = from_hex(reader.string("content", 64, json::Presence::required).value_or(""));
    if (content && content->size() == out.content.size()) std::ranges::copy(*content, out.content.begin());
    else reader.problem("content", "is no SHA-256");
    auto const currency = Currency::parse(reader.string("currency", 3, json::Presence::required).value_or(""));
    if (!currency) reader.problem("currency", "is no currency");
    auto const minor = reader.integer("total", 0, money_minor_max, json::Presence::required).value_or(0);
    out.total = {minor, currency.value_or(Currency{})};
    out.decided = read_time(reader, "decided");
    out.decided_by = reader.string("decided_by", name_bytes_max).value_or("");
    out.decision = reader.string("decision", limits::id_bytes_max).value_or("");
    out.expires = read_time(reader, "expires");
    out.item_count = reader.integer("item_count", 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
    out.note = reader.string("note", limits::policy_text_bytes_max).value_or("");
    auto const state = approval_state_from_text(reader.string("state", 16, json::Presence::required).value_or(""));
    if (!state) reader.problem("state", "is no state of an approval");
    out.state = state.value_or(ApprovalState::denied);
    B2A_CHECK(reader.finish());
    return out;
}

}  // namespace b2a::policy
