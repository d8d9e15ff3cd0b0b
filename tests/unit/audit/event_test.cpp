// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/event.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"

namespace b2a::audit {
namespace {

Timestamp const noon = from_rfc3339("2026-11-24T12:00:00.125Z").value();

Event full_event() {
    Event event;
    event.type = "order.placed";
    event.request_id = "req_1";
    event.decision_id = "dec_1";
    event.agent = "https://agent.example/\"profile\"";
    event.trust = 3;
    event.protocol = "ucp";
    event.action = "checkout.complete";
    event.outcome = "allow";
    event.rules = {"r2", "r1"};
    event.reasons = {"within_limits"};
    event.ruleset = "00ff";
    event.subject = "ord_1";
    event.details = {{"total", "5200"}, {"currency", "EUR"}, {"\uFB33", "last"}, {"\U0001F600", "before"}};
    event.idempotency_key_hash = "aa";
    event.request_digest = "bb";
    event.commitment = "cc";
    return event;
}

TEST(CanonicalBytes, AreStable) {
    EXPECT_EQ(canonical_bytes(full_event(), 7, noon).value(),
              R"({"action":"checkout.complete","agent":"https://agent.example/\"profile\"","commitment":"cc",)"
              R"("decision_id":"dec_1","details":{"currency":"EUR","total":"5200","😀":"before",)"
              "\"\uFB33\":\"last\"},"
              R"("idempotency_key_hash":"aa","outcome":"allow","protocol":"ucp","reasons":["within_limits"],)"
              R"("request_digest":"bb","request_id":"req_1","rules":["r2","r1"],"ruleset":"00ff","seq":7,)"
              R"("subject":"ord_1","time":"2026-11-24T12:00:00.125Z","trust":3,"type":"order.placed"})");
}

TEST(CanonicalBytes, LeaveEmptyMembersOut) {
    Event event;
    event.type = "catalog.published";
    EXPECT_EQ(canonical_bytes(event, 0, noon).value(),
              R"({"seq":0,"time":"2026-11-24T12:00:00.125Z","trust":0,"type":"catalog.published"})");
}

TEST(CanonicalBytes, AreCanonicalJson) {
    auto const bytes = canonical_bytes(full_event(), 7, noon).value();
    EXPECT_EQ(json::canonical(json::parse_value(bytes).value()).value(), bytes);
}

RC_GTEST_PROP(CanonicalBytes, AreCanonicalJsonForAnyText,
              (std::string const& agent, std::vector<std::string> const& rules,
               std::map<std::string, std::string> const& details, std::uint32_t seq)) {
    Event event;
    event.type = "request.refused";
    event.agent = agent;
    event.rules = rules;
    event.details.assign(details.rbegin(), details.rend());
    auto const bytes = canonical_bytes(event, seq, noon);
    if (!bytes.ok()) {
        RC_ASSERT(bytes.error().code == Code::invalid_request);
        bool valid = is_utf8(agent);
        for (auto const& rule : rules) valid = valid && is_utf8(rule);
        for (auto const& [name, text] : details) valid = valid && is_utf8(name) && is_utf8(text);
        RC_ASSERT(!valid);
        return;
    }
    RC_ASSERT(json::canonical(json::parse_value(*bytes).value()).value() == *bytes);
}

TEST(CanonicalBytes, RefuseTooMuch) {
    Event event;
    event.type = "x";
    auto const base = canonical_bytes(event, 0, noon).value().size();
    event.type = std::string(limits::audit_entry_bytes_max - base + 1, 'x');
    EXPECT_EQ(canonical_bytes(event, 0, noon).value().size(), limits::audit_entry_bytes_max);
    event.type += 'x';
    EXPECT_EQ(canonical_bytes(event, 0, noon).error().code, Code::payload_too_large);
}

TEST(CanonicalBytes, RefuseWhatHasNoCanonicalForm) {
    Event event;
    event.subject = "\xff";
    EXPECT_EQ(canonical_bytes(event, 0, noon).error().code, Code::invalid_request);
    event.subject.clear();
    event.details = {{"a", "1"}, {"b", "2"}, {"a", "1"}};
    EXPECT_EQ(canonical_bytes(event, 0, noon).error().code, Code::invalid_request);
    event.details.clear();
    EXPECT_TRUE(canonical_bytes(event, (std::uint64_t{1} << 53) - 1, noon).ok());
    EXPECT_FALSE(canonical_bytes(event, std::uint64_t{1} << 53, noon).ok());
    event.trust = -(std::int64_t{1} << 53);
    EXPECT_FALSE(canonical_bytes(event, 0, noon).ok());
}

}  // namespace
}  // namespace b2a::audit
