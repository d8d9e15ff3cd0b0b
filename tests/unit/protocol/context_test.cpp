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

    Result<service::RequestContext> read(RequestText const& text, AgentField field = AgentField::required) {
        return factory_.read(text.view(), policy::Protocol::ucp, field);
    }
    Result<service::RequestContext> mutation(RequestText const& text, std::string_view operation = "checkout.create") {
        return factory_.mutation(text.view(), policy::Protocol::ucp, AgentField::required, operation);
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

TEST_F(ContextTest, WithoutAFieldTheCallerIsAnonymousWhereThatIsAllowed) {
    auto const context = read({}, AgentField::optional);
    ASSERT_TRUE(context.ok());
    EXPECT_EQ(context->principal.id, "anonymous");
    EXPECT_EQ(context->principal.trust, policy::TrustLevel::anonymous);
    EXPECT_EQ(read({}).error().pointer, "UCP-Agent");
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
    EXPECT_EQ(known->principal.trust, policy::TrustLevel::token);
    EXPECT_TRUE(known->principal.registered);
    for (auto const* field : {"Bearer wrong", "Bearer ", "Basic c2VjcmV0", "secret", ""}) {
        request.fields.back().second = field;
        auto const refused = read(request);
        ASSERT_FALSE(refused.ok()) << field;
        EXPECT_EQ(refused.error().code, Code::unauthenticated);
    }
}

TEST_F(ContextTest, IdempotencyIsScopedByPrincipalOperationAndKey) {
    auto request = agent(std::string(test::profile_field));
    request.body = "{}";
    EXPECT_FALSE(mutation(request)->idempotency);
    EXPECT_EQ(mutation(request)->request_digest, crypto::sha256("{}"));
    request.fields.emplace_back("Idempotency-Key", "key-1");
    auto const first = *mutation(request)->idempotency;
    auto const again = *mutation(request)->idempotency;
    EXPECT_EQ(first.key, again.key);
    EXPECT_EQ(first.fingerprint, again.fingerprint);
    EXPECT_NE(first.key, mutation(request, "checkout.cancel")->idempotency->key);

    auto other = request;
    other.fields[1].second = "key-2";
    EXPECT_NE(first.key, mutation(other)->idempotency->key);
    other = request;
    other.fields[0].second = R"(profile="https://other.example/p")";
    EXPECT_NE(first.key, mutation(other)->idempotency->key);
    other = request;
    other.body = "{ }";
    EXPECT_EQ(first.key, mutation(other)->idempotency->key);
    EXPECT_NE(first.fingerprint, mutation(other)->idempotency->fingerprint);
    other = request;
    other.path = "/another/resource";
    EXPECT_EQ(first.key, mutation(other)->idempotency->key);
    EXPECT_NE(first.fingerprint, mutation(other)->idempotency->fingerprint);
}

TEST_F(ContextTest, RefusesUnusableKeys) {
    auto request = agent(std::string(test::profile_field));
    request.fields.emplace_back("Idempotency-Key", "");
    for (auto const& key : {std::string(), std::string("  "), std::string(256, 'k'), std::string("a\x01")}) {
        request.fields.back().second = key;
        auto const context = mutation(request);
        ASSERT_FALSE(context.ok());
        EXPECT_EQ(context.error().pointer, "Idempotency-Key");
    }
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
