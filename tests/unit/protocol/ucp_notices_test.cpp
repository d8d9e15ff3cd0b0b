// SPDX-License-Identifier: Apache-2.0
// Order webhooks: what they say, and that a receiver can check who sent them.
#include "b2a/base/limits.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/protocol/ucp.hpp"
#include "b2a/web/url.hpp"

#include "platforms.hpp"

namespace b2a::protocol::ucp {
namespace {

class UcpNotices : public testing::Test {
  protected:
    Site site_ = test::make_site();
    identity::KeyHolder keys_{test::make_ring()};
    std::unique_ptr<service::OrderNoticePort> port_ = make_order_notices(site_, keys_);
    Timestamp now_ = *from_rfc3339("2026-11-24T08:00:00.25Z");

    static domain::Order order(std::string dialect, std::string target = "https://agent.example/hook?a=b") {
        domain::Order out;
        out.currency = test::currency("USD");
        out.totals = {{domain::TotalKind::subtotal, 0, ""}, {domain::TotalKind::total, 0, ""}};
        out.label = "1001";
        out.subscription = {std::move(target), std::move(dialect)};
        return out;
    }
    store::Notice notice(std::string const& dialect = "ucp/2026-08-25") const {
        auto const draft = port_->render(order(dialect)).value();
        store::Notice out;
        out.id = NoticeId({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        out.target = draft.target;
        out.dialect = draft.dialect;
        out.content_type = draft.content_type;
        out.body = draft.body;
        return out;
    }
    static std::string field(web::OutboundRequest const& request, std::string_view name) {
        for (auto const& [key, value] : request.headers)
            if (key == name) return value;
        return {};
    }

    /// As the receiver judges it, with the keys that our profile shows.
    identity::Verdict judged(web::OutboundRequest const& sent) const {
        auto const url = web::parse_url(sent.url);
        EXPECT_TRUE(url);
        auto const authority = url->authority();
        web::Request request;
        request.method = sent.method;
        request.method_text = web::to_text(sent.method);
        request.target = url->target;
        auto const question = url->target.find('?');
        request.path = std::string_view(url->target).substr(0, question);
        if (question != std::string::npos) request.query = std::string_view(url->target).substr(question + 1);
        request.secure = url->secure;
        request.headers.add("Host", authority);
        for (auto const& [name, value] : sent.headers) request.headers.add(name, value);
        request.body = sent.body;
        json::Document document;
        json::Value keys = json::Value::array();
        for (auto const& key : keys_.current()->keys()) keys.push_back(test::jwk_of(key));
        auto const text = keys.dump();
        auto const set = identity::KeySet::parse(*document.parse(text));
        return identity::verify(request, set, {{authority}, now_}).verdict;
    }
};

TEST_F(UcpNotices, SayTheWholeOrderInThePlatformsVersion) {
    for (auto const version : all_versions) {
        auto const dialect = "ucp/" + std::string(to_text(version));
        auto const draft = port_->render(order(dialect));
        ASSERT_TRUE(draft);
        EXPECT_EQ(draft->target, "https://agent.example/hook?a=b");
        EXPECT_EQ(draft->dialect, dialect);
        EXPECT_EQ(draft->content_type, "application/json");
        auto const json = test::parsed(draft->body);
        EXPECT_EQ(json["ucp"]["version"], to_text(version));
        EXPECT_EQ(json["label"], "1001");
        EXPECT_TRUE(json.contains("line_items"));
    }
}

TEST_F(UcpNotices, AreForSubscribersOfOurDialects) {
    EXPECT_FALSE(port_->render(order("ucp/2026-08-25", "")));
    for (auto const* dialect : {"", "ucp", "ucp/", "ucp/2026-01-11", "acp/2026-08-25", "xucp/2026-08-25"}) {
        EXPECT_FALSE(port_->render(order(dialect))) << dialect;
        auto foreign = notice();
        foreign.dialect = dialect;
        EXPECT_FALSE(port_->request(foreign, now_)) << dialect;
    }
}

TEST_F(UcpNotices, CarryTheirIdAndTime) {
    auto const request = port_->request(notice(), now_).value();
    EXPECT_EQ(request.method, web::Method::post);
    EXPECT_EQ(request.url, "https://agent.example/hook?a=b");
    EXPECT_EQ(request.body, notice().body);
    EXPECT_EQ(request.timeout, limits::notice_timeout);
    EXPECT_EQ(field(request, "Content-Type"), "application/json");
    EXPECT_EQ(field(request, "UCP-Agent"), R"(profile="https://shop.example/.well-known/ucp")");
    EXPECT_EQ(field(request, "Webhook-Id"), "01020304-0506-0708-090a-0b0c0d0e0f10");
    EXPECT_EQ(field(request, "Webhook-Timestamp"), "1795507200");
    EXPECT_EQ(field(request, "Content-Digest"), identity::content_digest(request.body));
    auto const later = port_->request(notice(), now_ + std::chrono::hours(1)).value();
    EXPECT_EQ(field(later, "Webhook-Id"), field(request, "Webhook-Id")) << "the same over all attempts";
    EXPECT_EQ(field(later, "Webhook-Timestamp"), "1795510800");
}

TEST_F(UcpNotices, VerifyAgainstTheKeysOfOurProfile) {
    for (auto const* dialect : {"ucp/2026-04-08", "ucp/2026-08-25"})
        EXPECT_EQ(judged(port_->request(notice(dialect), now_).value()), identity::Verdict::verified) << dialect;
    auto const input = field(port_->request(notice(), now_).value(), "Signature-Input");
    for (auto const* covered : {"\"@method\"", "\"@authority\"", "\"@path\"", "\"@query\"", "\"content-digest\"",
                                "\"content-type\"", "\"ucp-agent\"", "\"webhook-id\"", "\"webhook-timestamp\""})
        EXPECT_NE(input.find(covered), std::string::npos) << covered;
}

TEST_F(UcpNotices, WhateverIsChangedOnTheWayIsNoticed) {
    auto const sent = port_->request(notice(), now_).value();
    auto forged = sent;
    forged.body += ' ';
    EXPECT_EQ(judged(forged), identity::Verdict::digest_mismatch);
    for (auto& [name, value] : forged.headers)
        if (name == "Content-Digest") value = identity::content_digest(forged.body);
    EXPECT_EQ(judged(forged), identity::Verdict::invalid);
    for (auto const* name : {"Webhook-Id", "Webhook-Timestamp", "UCP-Agent", "Content-Type"}) {
        forged = sent;
        for (auto& [key, value] : forged.headers)
            if (key == name) value += '0';
        EXPECT_EQ(judged(forged), identity::Verdict::invalid) << name;
    }
    forged = sent;
    forged.url = "https://agent.example/other?a=b";
    EXPECT_EQ(judged(forged), identity::Verdict::invalid);
}

TEST_F(UcpNotices, AreSignedWithTheKeyThatIsCurrentThen) {
    auto const before = port_->request(notice(), now_).value();
    std::vector<identity::OwnKey> keys;
    keys.push_back(test::make_key(1));
    keys.front().retired = now_;
    keys.push_back(test::make_key(2));
    auto const kid = keys.back().kid;
    keys_.replace(std::make_shared<identity::KeyRing const>(std::move(keys)));
    auto const after = port_->request(notice(), now_).value();
    EXPECT_NE(field(after, "Signature-Input").find(kid), std::string::npos);
    EXPECT_EQ(judged(after), identity::Verdict::verified);
    EXPECT_EQ(judged(before), identity::Verdict::verified) << "the retired key is still published";
}

}  // namespace
}  // namespace b2a::protocol::ucp
