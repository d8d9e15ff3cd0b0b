// SPDX-License-Identifier: Apache-2.0
// Who gets in, on what terms, and how sure we are of it: with real keys and signatures, and a script for the network.
#include <boost/asio/co_spawn.hpp>

#include "protocol/ucp/admission.hpp"
#include "shop.hpp"
#include "support/run_coro.hpp"

namespace b2a::protocol::ucp {
namespace {

using policy::TrustLevel;
using web::Method;

constexpr auto old_version = Version::v2026_04_08;
constexpr auto current = Version::v2026_08_25;
constexpr Entry reading{Capability::catalog_search, false};
constexpr Entry writing{Capability::checkout, true};

class UcpAdmission : public testing::Test {
  protected:
    std::unique_ptr<test::Shop> shop_ = std::make_unique<test::Shop>();
    std::unique_ptr<Admission> admission_ = std::make_unique<Admission>(shop_->deps());

    void open(Settings settings, bool sandbox = true) {
        admission_.reset();
        shop_ = std::make_unique<test::Shop>(std::move(settings), sandbox);
        admission_ = std::make_unique<Admission>(shop_->deps());
    }

    using Fields = test::Shop::Fields;
    Admission::Admitted admit(Fields const& fields, Entry entry = writing, std::string named = {},
                              std::string const& body = {}) {
        std::string const target = "/ucp/v1/checkout-sessions";
        auto const request = test::Shop::request_of(Method::post, target, fields, body);
        return test::run(admission_->admit(request, std::move(named), entry));
    }
    static Fields by(std::string const& url) { return {{"UCP-Agent", test::agent_field(url)}}; }
    static Fields by(Version version) { return by(test::platform_url(version)); }

    /// What `key` signs for the platform at `url`.
    Fields signed_by(identity::OwnKey const& key, std::string const& url, std::string const& body = "{}") const {
        web::OutboundRequest out;
        out.method = Method::post;
        out.url = "https://shop.example/ucp/v1/checkout-sessions";
        out.body = body;
        out.headers = {{"UCP-Agent", test::agent_field(url)}, {"Content-Type", "application/json"}};
        for (auto& field : identity::sign(out, {"ucp-agent"}, key, shop_->clock().time))
            out.headers.push_back(std::move(field));
        return out.headers;
    }
    Fields signed_by(identity::OwnKey const& key, Version version = current) const {
        return signed_by(key, test::platform_url(version));
    }

    static Caller const& caller(Admission::Admitted const& admitted) {
        auto const* out = std::get_if<Caller>(&admitted);
        if (out != nullptr) return *out;
        auto const& refusal = std::get<Refusal>(admitted);
        ADD_FAILURE() << code_of(refusal.reason) << ": " << refusal.content;
        static Caller const none;
        return none;
    }
    static std::string refused(Admission::Admitted const& admitted) {
        auto const* refusal = std::get_if<Refusal>(&admitted);
        return refusal != nullptr ? std::string(code_of(refusal->reason)) : "admitted";
    }
};

// --- which platform, on what terms ----------------------------------------------------------------------------------

TEST_F(UcpAdmission, TheProfileDecidesTheVersion) {
    for (auto const version : all_versions) {
        auto const admitted = admit(by(version));
        auto const& in = caller(admitted);
        EXPECT_EQ(in.terms->version(), version);
        EXPECT_EQ(in.context.principal.id, test::platform_url(version));
        EXPECT_EQ(in.context.principal.trust, TrustLevel::declared);
        EXPECT_EQ(in.context.principal.protocol, policy::Protocol::ucp);
        EXPECT_FALSE(in.context.principal.registered);
        EXPECT_EQ(in.context.now, shop_->clock().time);
    }
}

/// How often a coroutine is resumed until it has its result. (co_spawn itself adds a turn after that for those that
/// never suspended, so the number of turns in all says nothing.)
template <class T>
std::size_t turns_of(boost::asio::awaitable<T> task) {
    boost::asio::io_context loop(1);
    std::optional<T> slot;
    test::start(loop, std::move(task), slot);
    std::size_t turns = 0;
    while (!slot && loop.run_one() != 0) ++turns;
    EXPECT_TRUE(slot.has_value());
    loop.run();
    return turns;
}
boost::asio::awaitable<int> nothing() {
    co_return 0;
}

TEST_F(UcpAdmission, AKnownProfileCostsNeitherAFetchNorASuspension) {
    auto const fields = by(current);
    std::string const target = "/ucp/v1/checkout-sessions";
    std::string const body;
    auto const request = test::Shop::request_of(Method::post, target, fields, body);
    EXPECT_GT(turns_of(admission_->admit(request, "", writing)), turns_of(nothing()));
    EXPECT_EQ(shop_->fetches(), 1U);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(turns_of(admission_->admit(request, "", writing)), turns_of(nothing()));
    EXPECT_EQ(shop_->fetches(), 1U);
}

TEST_F(UcpAdmission, TermsAreMadeOncePerDocument) {
    auto const first = caller(admit(by(current))).terms;
    EXPECT_EQ(caller(admit(by(current))).terms, first);
}

TEST_F(UcpAdmission, AnswersAboutAProfileFollowIt) {
    auto const url = test::platform_url(current);
    EXPECT_EQ(caller(admit(by(url))).terms->version(), current);
    shop_->serve(url, test::platform(old_version).dump());
    EXPECT_EQ(caller(admit(by(url))).terms->version(), current);  // still good
    shop_->clock().time += std::chrono::hours(25);
    EXPECT_EQ(caller(admit(by(url))).terms->version(), old_version);
}

struct Failure {
    char const* reason;
    char const* code;
};

TEST_F(UcpAdmission, FailedFetchesHaveTheirCodes) {
    for (auto const& [reason, code] :
         {Failure{"url_not_admitted", "invalid_profile_url"}, Failure{"name_not_resolved", "invalid_profile_url"},
          Failure{"address_not_admitted", "invalid_profile_url"}, Failure{"connect_failed", "profile_unreachable"},
          Failure{"tls_failed", "profile_unreachable"}, Failure{"timeout", "profile_unreachable"},
          Failure{"reply_malformed", "profile_unreachable"}, Failure{"reply_too_large", "profile_unreachable"},
          Failure{"overloaded", "overloaded"}}) {
        auto const url = "https://agent.example/" + std::string(reason);
        shop_->fail(url, reason);
        EXPECT_EQ(refused(admit(by(url))), code) << reason;
    }
    EXPECT_EQ(refused(admit(by("https://nothing.example/p"))), "profile_unreachable");  // 404
}

TEST_F(UcpAdmission, WhatIsFetchedMayBeUnusable) {
    int number = 0;
    for (auto const& [body, code] :
         {std::pair(std::string("<html>"), "profile_malformed"), std::pair(std::string("{}"), "profile_malformed"),
          std::pair(test::platform("2026-01-11", {"dev.ucp.shopping.checkout"}).dump(), "version_unsupported"),
          std::pair(test::platform("2026-08-25", {"com.example.x"}).dump(), "capabilities_incompatible")}) {
        auto const url = "https://agent.example/" + std::to_string(++number);
        shop_->serve(url, body);
        auto const before = shop_->fetches();
        EXPECT_EQ(refused(admit(by(url))), code);
        EXPECT_EQ(refused(admit(by(url))), code);
        EXPECT_EQ(shop_->fetches(), before + 1) << "a bad document is a document";
    }
}

TEST_F(UcpAdmission, AnOperationNeedsItsCapability) {
    auto const url = "https://agent.example/carts";
    shop_->serve(url, test::platform("2026-04-08", {"dev.ucp.shopping.cart"}).dump());
    EXPECT_EQ(refused(admit(by(url), {Capability::cart, true})), "admitted");
    auto const admitted = admit(by(url), writing);
    auto const& refusal = std::get<Refusal>(admitted);
    EXPECT_EQ(refusal.reason, Refused::capabilities_incompatible);
    EXPECT_EQ(test::parsed(refusal.envelope)["version"], "2026-04-08");
    EXPECT_NE(refusal.content.find("dev.ucp.shopping.checkout"), std::string::npos);
}

TEST_F(UcpAdmission, WithoutAProfileNothingIsFetched) {
    for (auto const& fields : {Fields{}, Fields{{"UCP-Agent", ""}}, Fields{{"UCP-Agent", "profile=x"}},
                               Fields{{"UCP-Agent", R"(profile="http://agent.example/p")"}},
                               Fields{{"UCP-Agent", R"(profile="https://user@agent.example/p")"}}})
        EXPECT_EQ(refused(admit(fields)), "invalid_profile_url");
    EXPECT_EQ(shop_->fetches(), 0U);
}

TEST_F(UcpAdmission, OnlyASandboxAsksLoopback) {
    auto const url = "http://127.0.0.1:4000/p";
    shop_->serve(url, test::platform(current).dump());
    EXPECT_EQ(refused(admit(by(url))), "admitted");
    open({}, false);
    shop_->serve(url, test::platform(current).dump());
    EXPECT_EQ(refused(admit(by(url))), "invalid_profile_url");
    EXPECT_EQ(refused(admit({}, writing, url)), "invalid_profile_url");
    EXPECT_EQ(shop_->fetches(), 0U);
}

TEST_F(UcpAdmission, FieldAndArgumentNameTheSameProfile) {
    auto const url = test::platform_url(current);
    EXPECT_EQ(refused(admit({}, writing, url)), "admitted");
    EXPECT_EQ(refused(admit(by(current), writing, url)), "admitted");
    EXPECT_EQ(refused(admit(by(old_version), writing, url)), "invalid_profile_url");
    EXPECT_EQ(refused(admit({{"UCP-Agent", "nonsense("}}, writing, url)), "invalid_profile_url");
    EXPECT_EQ(refused(admit({}, writing, "ftp://agent.example/p")), "invalid_profile_url");
}

TEST_F(UcpAdmission, ListingsHaveTermsWithoutAnOperation) {
    std::string const target = "/mcp";
    Fields const fields;
    std::string const body;
    auto const request = test::Shop::request_of(Method::post, target, fields, body);
    auto agreed = test::run(admission_->terms(request, test::platform_url(old_version)));
    EXPECT_EQ(std::get<std::shared_ptr<Terms const>>(agreed)->version(), old_version);
    agreed = test::run(admission_->terms(request, ""));
    EXPECT_EQ(std::get<Refusal>(agreed).reason, Refused::invalid_profile_url);
}

TEST_F(UcpAdmission, ARegisteredPlatformIsAskedForWhereOthersAreNotWanted) {
    Settings settings;
    settings.registered_only = true;
    settings.registered = {test::platform_url(current)};
    open(settings);
    EXPECT_EQ(refused(admit(by(old_version))), "profile_not_trusted");
    EXPECT_EQ(refused(admit(by(old_version), reading)), "profile_not_trusted");
    EXPECT_EQ(shop_->fetches(), 0U);
    auto const admitted = admit(by(current));
    EXPECT_EQ(caller(admitted).context.principal.trust, TrustLevel::declared);  // it says who it is, and proves nothing
    EXPECT_FALSE(caller(admitted).context.principal.registered);
}

// --- proof ----------------------------------------------------------------------------------------------------------

TEST_F(UcpAdmission, ASignatureIsProof) {
    for (auto const version : all_versions) {
        auto const admitted = admit(signed_by(shop_->platform_key(), version), writing, "", "{}");
        EXPECT_EQ(caller(admitted).context.principal.trust, TrustLevel::request_bound);
        EXPECT_EQ(caller(admitted).context.principal.id, test::platform_url(version));
        EXPECT_FALSE(caller(admitted).context.principal.registered);
    }
    Settings settings;
    settings.registered = {test::platform_url(current)};
    open(settings);
    auto const admitted = admit(signed_by(shop_->platform_key()), writing, "", "{}");
    EXPECT_EQ(caller(admitted).context.principal.trust, TrustLevel::registered);
    EXPECT_TRUE(caller(admitted).context.principal.registered);
}

TEST_F(UcpAdmission, WhatWasSignedIsWhatCounts) {
    auto const& key = shop_->platform_key();
    EXPECT_EQ(refused(admit(signed_by(key), writing, "", "{ }")), "digest_mismatch");
    auto fields = signed_by(key);
    fields[0].second = test::agent_field(test::platform_url(old_version));  // same keys, another platform
    EXPECT_EQ(refused(admit(fields, writing, "", "{}")), "signature_invalid");
    fields = signed_by(key);
    fields.back().second = "sig1=nonsense";
    EXPECT_EQ(refused(admit(fields, writing, "", "{}")), "signature_invalid");
    // A field that the signature should have covered was added on the way: nothing was proven, only declared.
    fields = signed_by(key);
    fields.emplace_back("Idempotency-Key", "added");
    EXPECT_EQ(caller(admit(fields, writing, "", "{}")).context.principal.trust, TrustLevel::declared);
}

TEST_F(UcpAdmission, SignaturesAreMadeForThisShop) {
    web::OutboundRequest out;
    out.method = Method::post;
    out.url = "https://other.example/ucp/v1/checkout-sessions";
    out.headers = {{"UCP-Agent", test::agent_field(test::platform_url(current))}};
    for (auto& field : identity::sign(out, {"ucp-agent"}, shop_->platform_key(), shop_->clock().time))
        out.headers.push_back(std::move(field));
    EXPECT_EQ(refused(admit(out.headers)), "signature_invalid");
}

TEST_F(UcpAdmission, AnUnknownKeyIsLookedForOnce) {
    auto const url = test::platform_url(current);
    EXPECT_EQ(refused(admit(signed_by(shop_->platform_key()), writing, "", "{}")), "admitted");
    auto const rotated = test::make_key(50);
    shop_->serve(url, test::platform(current, &rotated).dump());
    auto const before = shop_->fetches();
    EXPECT_EQ(caller(admit(signed_by(rotated), writing, "", "{}")).context.principal.trust, TrustLevel::request_bound);
    EXPECT_EQ(shop_->fetches(), before + 1);
    EXPECT_EQ(refused(admit(signed_by(rotated), writing, "", "{}")), "admitted");
    auto const stranger = test::make_key(60);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refused(admit(signed_by(stranger), writing, "", "{}")), "key_not_found");
    EXPECT_EQ(shop_->fetches(), before + 1) << "a minute has to pass before the next look";
    shop_->clock().time += std::chrono::seconds(61);
    EXPECT_EQ(refused(admit(signed_by(stranger), writing, "", "{}")), "key_not_found");
    EXPECT_EQ(shop_->fetches(), before + 2);
}

TEST_F(UcpAdmission, ALookForAKeyMayChangeTheTerms) {
    auto const url = test::platform_url(current);
    Entry const locations{Capability::location_search, false};
    auto const rotated = test::make_key(50);
    EXPECT_EQ(refused(admit(by(url), locations)), "admitted");
    shop_->serve(url, test::platform(old_version, &rotated).dump());  // which has no locations
    EXPECT_EQ(refused(admit(signed_by(rotated, url), locations, "", "{}")), "capabilities_incompatible");
    shop_->clock().time += std::chrono::seconds(61);
    shop_->serve(url, "gone wrong");
    EXPECT_EQ(refused(admit(signed_by(test::make_key(60), url), writing, "", "{}")), "profile_malformed");
}

TEST_F(UcpAdmission, AKeyThatCannotBeUsedIsSaid) {
    auto const key = test::make_key(70);
    auto const url = "https://agent.example/p384";
    auto profile = test::platform(current);
    profile["keys"] =
        json::Value::array({json::Value{{"kid", key.kid}, {"kty", "EC"}, {"crv", "P-521"}, {"x", "AA"}, {"y", "AA"}}});
    shop_->serve(url, profile.dump());
    EXPECT_EQ(refused(admit(signed_by(key, url), writing, "", "{}")), "algorithm_unsupported");
}

TEST_F(UcpAdmission, SignaturesMayBeDemandedForChanges) {
    Settings settings;
    settings.require_signatures = true;
    open(settings);
    EXPECT_EQ(refused(admit(by(current))), "signature_missing");
    EXPECT_EQ(refused(admit(by(current), reading)), "admitted");
    EXPECT_EQ(refused(admit(signed_by(shop_->platform_key()), writing, "", "{}")), "admitted");
    auto fields = by(current);
    fields.emplace_back("Authorization", "Bearer sandbox-agent");
    EXPECT_EQ(refused(admit(fields)), "admitted");
    // Covering less than it must is as good as not signing.
    fields = signed_by(shop_->platform_key());
    fields.emplace_back("Idempotency-Key", "added");
    EXPECT_EQ(refused(admit(fields, writing, "", "{}")), "signature_missing");
}

TEST_F(UcpAdmission, ATokenNamesAParty) {
    auto fields = by(current);
    fields.emplace_back("Authorization", "Bearer sandbox-agent");
    auto const admitted = admit(fields);
    EXPECT_EQ(caller(admitted).context.principal.id, "sandbox");
    EXPECT_EQ(caller(admitted).context.principal.trust, TrustLevel::keyed);
    EXPECT_EQ(caller(admitted).terms->version(), current);
    fields.back().second = "Bearer guess";
    EXPECT_EQ(refused(admit(fields)), "unauthenticated");
    EXPECT_EQ(refused(admit(fields, reading)), "unauthenticated");
    auto both = signed_by(shop_->platform_key());
    both.emplace_back("Authorization", "Bearer sandbox-agent");
    EXPECT_EQ(caller(admit(both, writing, "", "{}")).context.principal.id, "sandbox");
    // A wrong signature is not made good by a token.
    EXPECT_EQ(refused(admit(both, writing, "", "{ }")), "digest_mismatch");
}

TEST_F(UcpAdmission, RefusalsComeBackOverHttp) {
    auto const tampered = shop_->signed_ucp(current, Method::post, "/checkout-sessions", "{}", nullptr, "{\"a\":1}");
    EXPECT_EQ(tampered.status, 400);
    EXPECT_EQ(test::parsed(tampered.body)["code"], "digest_mismatch");
    EXPECT_EQ(test::header(tampered, "Cache-Control"), "no-store");
    auto const stranger = test::make_key(60);
    auto const unknown = shop_->signed_ucp(old_version, Method::get, "/orders/x", "", &stranger);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(test::parsed(unknown.body)["code"], "key_not_found");
    EXPECT_EQ(test::header(unknown, "WWW-Authenticate"), "Signature");
    shop_->fail("https://busy.example/p", "overloaded");
    auto const busy = shop_->send(Method::post, "/ucp/v1/carts",
                                  {{"UCP-Agent", test::agent_field("https://busy.example/p")}, {"Request-Id", "r-7"}});
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(test::header(busy, "Retry-After"), "1");
    EXPECT_EQ(test::header(busy, "Request-Id"), "r-7");
}

}  // namespace
}  // namespace b2a::protocol::ucp
