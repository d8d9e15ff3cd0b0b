// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/event.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::audit {
namespace {

inline constexpr std::uint64_t integer_max = (std::uint64_t{1} << 53) - 1;  // RFC 8785: exact in a double

void write_list(json::Writer& out, std::string_view name, std::vector<std::string> const& texts) {
    if (texts.empty()) return;
    out.key(name).begin_array();
    for (auto const& text : texts) out.value(text);
    out.end_array();
}

using Details = std::vector<std::pair<std::string, std::string>>;

/// False if a name is there twice.
bool write_details(json::Writer& out, Details const& details) {
    if (details.empty()) return true;
    std::vector<Details::value_type const*> sorted;
    sorted.reserve(details.size());
    for (auto const& detail : details) sorted.push_back(&detail);
    std::sort(sorted.begin(), sorted.end(),
              [](auto const* a, auto const* b) { return json::member_order_less(a->first, b->first); });
    auto const same = [](auto const* a, auto const* b) { return a->first == b->first; };
    if (std::adjacent_find(sorted.begin(), sorted.end(), same) != sorted.end()) return false;
    out.key("details").begin_object();
    for (auto const* detail : sorted) out.member(detail->first, detail->second);
    out.end_object();
    return true;
}

}  // namespace

Result<std::string> canonical_bytes(Event const& event, std::uint64_t seq, Timestamp time) {
    auto const trust_limit = static_cast<std::int64_t>(integer_max);
    if (seq > integer_max || event.trust > trust_limit || event.trust < -trust_limit)
        return Error(Code::invalid_request, "an integer of the audit entry is beyond 2^53 - 1");
    std::string bytes;
    bytes.reserve(512);
    json::Writer out(bytes);
    out.begin_object();
    out.member_if("action", event.action);
    out.member_if("agent", event.agent);
    out.member_if("commitment", event.commitment);
    out.member_if("decision_id", event.decision_id);
    if (!write_details(out, event.details))
        return Error(Code::invalid_request, "the audit entry has two details of one name");
    if (!event.facts.empty()) out.member_raw("facts", event.facts);
    out.member_if("idempotency_key_hash", event.idempotency_key_hash);
    out.member_if("outcome", event.outcome);
    out.member_if("protocol", event.protocol);
    write_list(out, "reasons", event.reasons);
    out.member_if("request_digest", event.request_digest);
    out.member_if("request_id", event.request_id);
    write_list(out, "rules", event.rules);
    out.member_if("ruleset", event.ruleset);
    out.member("seq", seq);
    out.member_if("subject", event.subject);
    out.member("time", to_rfc3339(time));
    out.member("trust", event.trust);
    out.member_if("type", event.type);
    out.end_object();
    if (bytes.size() > limits::audit_entry_bytes_max)
        return Error(Code::payload_too_large, "the audit entry is too large");
    if (!is_utf8(bytes)) return Error(Code::invalid_request, "the audit entry is not valid UTF-8");
    return bytes;
}

}  // namespace b2a::audit
