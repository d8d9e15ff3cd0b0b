// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/context.hpp"

#include "b2a/crypto/hash.hpp"
#include "b2a/protocol/reply.hpp"

#include "fixture.hpp"

namespace b2a::protocol {
namespace {

using test::RequestText;

class ContextTest : public testing::Test {
  protected:
    Site site_ = test::make_site();
    test::FakeClock clock_;
    test::CountingRandom random_;
    ContextFactory factory_{{site_, clock_, random_, {AgentToken("secret", "household", "shopping")}}};

    Result<service::RequestContext> read(RequestText const& text) {
        return factory_.read(text.view(), policy::Protocol::ucp);
    }
    static RequestText agent(std::string field) { return {{{"UCP-Agent", std::move(field)}}, ""}; }
};

TEST_F(ContextTest, TheProfileIsTheDeclaredPrincipal) {
    auto const context = read(agent(std::string(test::profile_field)));
    ASSERT_TRUE(context.ok());
    EXPECT_EQ(context->principal.id, "https://agent.example/.well-known/ucp");
    EXPECT_EQ(context->principal.trust, policy::TrustLevel::declared);
    EXPECT_EQ(context->now, clock_.time);
    EXPECT_EQ(context->peer, "192.0.2.1");
    EXPECT_FALSE(context->id.is_nil());
}

TEST_F(ContextTest, WithoutAFieldTheCallerIsAnonymous) {
    auto const context = read({});
    ASSERT_TRUE(context.ok());
    EXPECT_EQ(context->principal.id, "anonymous");
    EXPECT_EQ(context->principal.trust, policy::TrustLevel::anonymous);
    EXPECT_EQ(context->principal.protocol, policy::Protocol::ucp);
    EXPECT_FALSE(context->principal.registered);
}

TEST_F(ContextTest, RefusesProfilesThatAreNotHttps) {
    for (auto const* url :
         {"http://agent.example/p", "ftp://agent.example/p", "https://", "https:///p", "https://user@agent.example/p",
          "https://agent.example:0/p", "https://agent.example:65536/p", "https://agent.example:x/p", "https://a b/p",
          "https://agent.example/#f", "//agent.example/p", "", "https://[::1/p", "http://127.0.0.1:9/p"}) {
        auto const context = read(agent("profile=\"" + std::string(url) + "\""));
        ASSERT_FALSE(context.ok()) << url;
        EXPECT_EQ(context.error().code, Code::invalid_request);
        EXPECT_EQ(context.error().pointer, "UCP-Agent");
    }
    EXPECT_FALSE(read(agent("profile=\"https://a.test/" + std::string(3000, 'x') + "\"")).ok());
}

TEST_F(ContextTest, TheSandboxAdmitsLoopbackOnly) {
    site_.sandbox = true;
    EXPECT_TRUE(read(agent(R"(profile="http://127.0.0.1:4000/p")")).ok());
    EXPECT_TRUE(read(agent(R"(profile="http://localhost/p")")).ok());
    EXPECT_TRUE(read(agent(R"(profile="http://[::1]:4000/p")")).ok());
    EXPECT_FALSE(read(agent(R"(profile="http://127.0.0.1.evil.example/p")")).ok());
    EXPECT_FALSE(read(agent(R"(profile="http://agent.example/p")")).ok());
}

TEST_F(ContextTest, AKnownTokenIsARegisteredPrincipalAndAnUnknownOneIsRefused) {
    auto request = agent(std::string(test::profile_field));
    request.fields.emplace_back("Authorization", "bearer secret");
    auto const known = read(request);
    ASSERT_TRUE(known.ok());
    EXPECT_EQ(known->principal.id, "household");
    EXPECT_EQ(known->principal.trust, policy::TrustLevel::keyed);
    EXPECT_TRUE(known->principal.registered);
    for (auto const* field : {"Bearer wrong", "Bearer ", "Basic c2VjcmV0", "secret", ""}) {
        request.fields.back().second = field;
        auto const refused = read(request);
        ASSERT_FALSE(refused.ok()) << field;
        EXPECT_EQ(refused.error().code, Code::unauthenticated);
    }
}

TEST_F(ContextTest, TheTokenAloneIsReadWithoutAProfile) {
    RequestText request;
    EXPECT_FALSE(factory_.by_token(request.view(), policy::Protocol::mcp)->has_value());
    request.fields.emplace_back("Authorization", "Bearer secret");
    auto const known = factory_.by_token(request.view(), policy::Protocol::mcp);
    ASSERT_TRUE(known.ok() && known->has_value());
    EXPECT_EQ((*known)->id, "household");
    EXPECT_EQ((*known)->protocol, policy::Protocol::mcp);
    EXPECT_EQ((*known)->agent_class, "shopping");
    request.fields.back().second = "Bearer other";
    EXPECT_EQ(factory_.by_token(request.view(), policy::Protocol::mcp).error().code, Code::unauthenticated);
}

TEST_F(ContextTest, StartsWithWhoeverIsKnownAlready) {
    policy::Principal principal;
    principal.id = "https://agent.example/p";
    principal.trust = policy::TrustLevel::request_bound;
    // An Authorization field is not looked at again: who started this has judged it.
    RequestText const request{{{"Authorization", "Bearer wrong"}}, ""};
    auto const context = factory_.start(request.view(), principal);
    EXPECT_EQ(context.principal.id, principal.id);
    EXPECT_EQ(context.principal.trust, policy::TrustLevel::request_bound);
    EXPECT_EQ(context.now, clock_.time);
    EXPECT_EQ(context.peer, "192.0.2.1");
    EXPECT_FALSE(context.id.is_nil());
    EXPECT_FALSE(context.idempotency);
    EXPECT_EQ(factory_.now(), clock_.time);
}

TEST_F(ContextTest, AFieldInSeveralLinesIsOneDictionary) {
    auto request = agent("version=\"2026-04-08\"");
    request.fields.emplace_back("ucp-agent", std::string(test::profile_field));
    EXPECT_EQ(read(request)->principal.id, "https://agent.example/.well-known/ucp");
    request.fields.emplace_back("UCP-Agent", "nonsense(");
    EXPECT_EQ(read(request).error().pointer, "UCP-Agent");
}

TEST(ProfileUrl, OnlyHttpsAndInASandboxLoopbackToo) {
    EXPECT_TRUE(admit_profile_url("https://agent.example/p", false).ok());
    EXPECT_TRUE(admit_profile_url("http://127.0.0.1:4000/p", true).ok());
    EXPECT_FALSE(admit_profile_url("http://127.0.0.1:4000/p", false).ok());
    for (auto const* url :
         {"http://agent.example/p", "https://a\"b/p", "https://a\\b/p", "https://a/\x7f", "file:///p"})
        EXPECT_EQ(admit_profile_url(url, true).error().pointer, "UCP-Agent") << url;
}

class Idempotency : public testing::Test {
  protected:
    struct Call {
        std::string principal = "https://agent.example/p";
        std::optional<std::string> key = "key-1";
        std::string operation = "checkout.create";
        std::string target;
        std::string body = "{}";
    };
    static Result<service::RequestContext> keyed(Call const& call) {
        service::RequestContext context;
        context.principal.id = call.principal;
        std::optional<std::string_view> const key =
            call.key ? std::optional<std::string_view>(*call.key) : std::nullopt;
        auto const added = add_idempotency(context, key, call.operation, call.target, call.body);
        if (!added) return added.error();
        return context;
    }
    static service::IdempotencyKey key_of(Call const& call) { return keyed(call)->idempotency.value(); }
};

TEST_F(Idempotency, IsScopedByPrincipalOperationAndKey) {
    Call const call;
    auto const first = key_of(call);
    EXPECT_EQ(first.key, key_of(call).key);
    EXPECT_EQ(first.fingerprint, key_of(call).fingerprint);
    auto other = call;
    other.operation = "checkout.cancel";
    EXPECT_NE(first.key, key_of(other).key);
    other = call;
    other.key = "key-2";
    EXPECT_NE(first.key, key_of(other).key);
    other = call;
    other.principal = "https://other.example/p";
    EXPECT_NE(first.key, key_of(other).key);
    // Texts are hashed with their lengths: shifting a character from one to the next makes another key.
    auto a = call;
    a.principal = "ab";
    a.operation = "c";
    auto b = call;
    b.principal = "a";
    b.operation = "bc";
    EXPECT_NE(key_of(a).key, key_of(b).key);
}

TEST_F(Idempotency, AnotherBodyOrTargetIsAnotherRequestUnderTheSameKey) {
    Call const call;
    auto const first = key_of(call);
    auto other = call;
    other.body = "{ }";
    EXPECT_EQ(first.key, key_of(other).key);
    EXPECT_NE(first.fingerprint, key_of(other).fingerprint);
    other = call;
    other.target = "chk_1";
    EXPECT_EQ(first.key, key_of(other).key);
    EXPECT_NE(first.fingerprint, key_of(other).fingerprint);
}

TEST_F(Idempotency, TheDigestIsThereWithoutAKey) {
    Call call;
    call.key = std::nullopt;
    auto const context = keyed(call);
    EXPECT_FALSE(context->idempotency);
    EXPECT_EQ(context->request_digest, crypto::sha256("{}"));
}

TEST_F(Idempotency, RefusesUnusableKeys) {
    Call call;
    for (auto const& key :
         {std::string(), std::string("  "), std::string(256, 'k'), std::string("a\x01"), std::string("\xc3\xa4")}) {
        call.key = key;
        auto const context = keyed(call);
        ASSERT_FALSE(context.ok());
        EXPECT_EQ(context.error().code, Code::invalid_request);
        EXPECT_EQ(context.error().pointer, "Idempotency-Key");
    }
    call.key = std::string(255, 'k');
    EXPECT_TRUE(keyed(call).ok());
}

TEST_F(ContextTest, RequestIdsCostFewCallsIntoTheGenerator) {
    auto const request = agent(std::string(test::profile_field));
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(read(request).ok());
    EXPECT_LE(random_.calls, 2);
    EXPECT_NE(read(request)->id, read(request)->id);
}

TEST(Reply, EchoesASaneRequestIdAndReplacesOthers) {
    service::RequestContext context;
    context.principal.id = "agent";
    RequestText text{{{"Request-Id", "abc-123"}}, ""};
    web::Response response;
    stamp(text.view(), context, response);
    EXPECT_EQ(response.headers.front().second, "abc-123");
    EXPECT_EQ(response.agent, "agent");
    std::string const injected = "a\r\nSet-Cookie: x";
    for (auto const& id : {std::string("a b"), std::string(200, 'x'), injected, std::string()}) {
        text.fields.front().second = id;
        response.clear();
        stamp(text.view(), context, response);
        EXPECT_EQ(response.headers.front().second, context.id.text());
    }
}

TEST(Reply, NamesTheAuditEntry) {
    auto const site = test::make_site();
    web::Response response;
    add_audit_entry(site, std::nullopt, response);
    EXPECT_TRUE(response.headers.empty());
    add_audit_entry(site, 41, response);
    EXPECT_EQ(response.headers.front(), (std::pair<std::string, std::string>("Audit-Entry", "shop.example/audit#41")));
}

}  // namespace
}  // namespace b2a::protocol
