// SPDX-License-Identifier: Apache-2.0
// What a platform's profile means to us: reading it, intersecting, and what is refused before any operation.
#include "platforms.hpp"
#include "protocol/ucp/errors.hpp"
#include "protocol/ucp/terms.hpp"

namespace b2a::protocol::ucp {
namespace {

using json::Value;
using Names = std::vector<std::string>;

std::vector<service::HandlerInfo> const handlers{
    {"sandbox_card", "dev.b2a.sandbox_card", "Sandbox card", {"token"}, {}, {}, {}}};

Names names_of(CapabilitySet const& set) {
    Names out;
    for (std::size_t i = 0; i < capability_count; ++i)
        if (set.test(i)) out.emplace_back(name_of(static_cast<Capability>(i), Version::v2026_04_08));
    return out;
}

CapabilitySet common(Value const& profile, Version version = Version::v2026_04_08) {
    auto const parsed = parse_platform(profile.dump());
    EXPECT_TRUE(parsed.ok()) << parsed.error().detail;
    return parsed ? intersect(*parsed, version) : CapabilitySet();
}

std::shared_ptr<Terms const> agreed(std::string const& document) {
    auto out = negotiate(document, handlers);
    auto const* terms = std::get_if<std::shared_ptr<Terms const>>(&out);
    EXPECT_NE(terms, nullptr) << document;
    return terms != nullptr ? *terms : nullptr;
}

Refusal refused(std::string const& document) {
    auto out = negotiate(document, handlers);
    auto const* refusal = std::get_if<Refusal>(&out);
    EXPECT_NE(refusal, nullptr) << document;
    return refusal != nullptr ? *refusal : Refusal();
}

// --- versions as data -----------------------------------------------------------------------------------------------

TEST(UcpVersion, TextsAndNamesGoBothWays) {
    for (auto const version : all_versions) {
        EXPECT_EQ(version_from_text(to_text(version)), version);
        for (auto const& row : offered(version)) {
            EXPECT_EQ(capability_from_name(name_of(row.capability, version), version), row.capability);
            EXPECT_EQ(find_offered(version, row.capability), &row);
            for (auto const parent : row.extends) EXPECT_NE(find_offered(version, parent), nullptr);
        }
    }
    for (auto const* text : {"", "2026-04-8", "2026-04-08 ", "draft", "2026-01-23"})
        EXPECT_FALSE(version_from_text(text));
    for (auto const* name : {"", "dev.ucp.shopping", "dev.ucp.shopping.Checkout", "com.example.checkout"})
        EXPECT_FALSE(capability_from_name(name, Version::v2026_08_25));
    EXPECT_EQ(find_offered(Version::v2026_04_08, Capability::permalink), nullptr);
}

TEST(UcpVersion, EveryFindingHasACodeOfItsOwn) {
    for (auto const version : all_versions) {
        std::vector<std::string_view> seen;
        for (int number = 0; number <= static_cast<int>(domain::last_finding_code); ++number) {
            auto const code = static_cast<domain::FindingCode>(number);
            auto const text = message_code({code, domain::Severity::recoverable, "", ""}, version);
            EXPECT_NE(text, "unknown") << domain::to_text(code);
            EXPECT_EQ(std::ranges::find(seen, text), seen.end()) << text;
            seen.push_back(text);
        }
    }
    domain::Finding const moved{domain::FindingCode::selection_rejected, domain::Severity::warning, "", ""};
    EXPECT_EQ(message_code(moved, Version::v2026_04_08), "fulfillment_changed");
}

// --- intersection ---------------------------------------------------------------------------------------------------

TEST(UcpTerms, CommonAreThoseThatBothListInTheVersion) {
    auto const checkout = std::string(name_of(Capability::checkout, Version::v2026_04_08));
    auto profile = test::platform("2026-04-08", {checkout, "dev.ucp.shopping.order", "com.example.loyalty"});
    EXPECT_EQ(names_of(common(profile)), (Names{checkout, "dev.ucp.shopping.order"}));
    profile["ucp"]["capabilities"][checkout][0]["version"] = "2026-01-23";
    EXPECT_EQ(names_of(common(profile)), (Names{"dev.ucp.shopping.order"}));
    // A third party may list several versions of an extension: one that is shared is enough.
    profile["ucp"]["capabilities"][checkout].push_back(Value{{"version", "2026-04-08"}});
    EXPECT_EQ(names_of(common(profile)), (Names{checkout, "dev.ucp.shopping.order"}));
}

TEST(UcpTerms, ANewerCapabilityDoesNotExistInAnOlderVersion) {
    auto const profile = test::platform(
        "2026-04-08", {"dev.ucp.shopping.permalink", "dev.ucp.common.location.search", "dev.ucp.shopping.cart"});
    EXPECT_EQ(names_of(common(profile)), (Names{"dev.ucp.shopping.cart"}));
}

TEST(UcpTerms, ExtensionsWithoutAParentFall) {
    Names const extensions{"dev.ucp.shopping.discount", "dev.ucp.shopping.fulfillment",
                           "dev.ucp.shopping.buyer_consent"};
    auto with = [&](std::string_view version, std::string const& root) {
        auto names = extensions;
        if (!root.empty()) names.push_back(root);
        return test::platform(std::string(version), names);
    };
    EXPECT_TRUE(common(with("2026-04-08", "")).none());
    EXPECT_EQ(names_of(common(with("2026-04-08", "dev.ucp.shopping.cart"))),
              (Names{"dev.ucp.shopping.cart", "dev.ucp.shopping.discount"}));
    EXPECT_EQ(names_of(common(with("2026-08-25", "dev.ucp.shopping.cart"), Version::v2026_08_25)),
              (Names{"dev.ucp.shopping.cart", "dev.ucp.shopping.discount", "dev.ucp.shopping.buyer_consent"}));
    EXPECT_EQ(common(with("2026-04-08", "dev.ucp.shopping.checkout")).count(), 4U);
    EXPECT_EQ(refused(with("2026-04-08", "").dump()).reason, Refused::capabilities_incompatible);
}

TEST(UcpTerms, WhoeverOffersAllGetsAll) {
    for (auto const version : all_versions) {
        auto const terms = agreed(test::platform(version).dump());
        EXPECT_EQ(terms->version(), version);
        EXPECT_EQ(terms->active(), test::without_mandates(version));
    }
}

TEST(UcpTerms, ExtendsIsAQuestionOfTheVersion) {
    auto const old = agreed(test::platform(Version::v2026_04_08).dump());
    auto const current = agreed(test::platform(Version::v2026_08_25).dump());
    EXPECT_FALSE(old->extends(Capability::buyer_consent, Capability::cart));
    EXPECT_TRUE(current->extends(Capability::buyer_consent, Capability::cart));
    EXPECT_TRUE(old->extends(Capability::discount, Capability::cart));
    EXPECT_FALSE(old->extends(Capability::discount, Capability::order));
    auto const bare = agreed(test::platform("2026-08-25", {"dev.ucp.shopping.checkout"}).dump());
    EXPECT_FALSE(bare->extends(Capability::discount, Capability::checkout));
}

TEST(UcpTerms, AnswersNameTheirCapabilityAndWhatExtendsIt) {
    auto const names = [](std::string const& envelope) {
        Names out;
        auto const json = test::parsed(envelope);
        EXPECT_EQ(json["status"], "success");
        for (auto const& [name, entries] : json["capabilities"].items()) {
            EXPECT_EQ(entries[0]["version"], json["version"]) << name;
            out.push_back(name);
        }
        return out;
    };
    for (auto const version : all_versions) {
        auto const terms = agreed(test::platform(version).dump());
        EXPECT_EQ(names(terms->success(Capability::checkout)),
                  (Names{"dev.ucp.shopping.checkout", "dev.ucp.shopping.discount", "dev.ucp.shopping.fulfillment",
                         "dev.ucp.shopping.buyer_consent"}));
        EXPECT_EQ(names(terms->success(Capability::order)), Names{"dev.ucp.shopping.order"});
        EXPECT_EQ(names(terms->success(Capability::catalog_search)), Names{"dev.ucp.shopping.catalog.search"});
        EXPECT_TRUE(test::parsed(terms->success(Capability::checkout)).contains("payment_handlers"));
        EXPECT_FALSE(test::parsed(terms->success(Capability::cart)).contains("payment_handlers"));
        EXPECT_EQ(test::parsed(terms->error()), test::parsed(R"({"version":")" + std::string(to_text(version)) +
                                                             R"(","status":"error","capabilities":{}})"));
    }
    auto const some =
        agreed(test::platform("2026-08-25", {"dev.ucp.shopping.checkout", "dev.ucp.shopping.cart"}).dump());
    EXPECT_EQ(names(some->success(Capability::checkout)), Names{"dev.ucp.shopping.checkout"});
}

TEST(UcpTerms, NoticesAndKeysComeFromTheProfile) {
    auto const key = test::make_key(7);
    for (auto const version : all_versions) {
        auto profile = test::platform(version, &key);
        profile["ucp"]["capabilities"]["dev.ucp.shopping.order"][0]["config"]["webhook_url"] =
            "https://agent.example/h";
        auto const terms = agreed(profile.dump());
        EXPECT_EQ(terms->webhook_url, "https://agent.example/h");
        EXPECT_NE(terms->keys.find(key.kid), nullptr);
        for (auto const* url :
             {"ftp://agent.example/h", "agent.example", "https://user@agent.example/", "https://a/#b"}) {
            profile["ucp"]["capabilities"]["dev.ucp.shopping.order"][0]["config"]["webhook_url"] = url;
            EXPECT_EQ(agreed(profile.dump())->webhook_url, "") << url;
        }
    }
}

// --- profiles as they are met ---------------------------------------------------------------------------------------

TEST(UcpPlatform, KeysStandUnderEitherName) {
    auto const key = test::make_key(7);
    auto const other = test::make_key(9);
    auto profile = test::platform("2026-08-25", {"dev.ucp.shopping.checkout"});
    profile["signing_keys"] = Value::array({test::jwk_of(key)});
    EXPECT_NE(parse_platform(profile.dump())->keys.find(key.kid), nullptr);
    profile["keys"] = Value::array({test::jwk_of(other)});  // the current name rules where both are there
    auto const both = parse_platform(profile.dump());
    EXPECT_NE(both->keys.find(other.kid), nullptr);
    EXPECT_EQ(both->keys.find(key.kid), nullptr);
    profile["keys"] = "none";
    EXPECT_NE(parse_platform(profile.dump())->keys.find(key.kid), nullptr);
}

TEST(UcpPlatform, OlderShapesAreRead) {
    auto const array = parse_platform(R"({"ucp":{"version":"2026-01-11",
        "services":{"dev.ucp.shopping":{"version":"2026-01-11","rest":{"endpoint":"https://a.example"}}},
        "capabilities":[{"name":"dev.ucp.shopping.checkout","version":"2026-04-08"},
                        {"name":"dev.ucp.shopping.order","version":"2026-04-08",
                         "config":{"webhook_url":"https://a.example/h"}},
                        {"version":"2026-04-08"}, 7, null]}})");
    ASSERT_TRUE(array.ok()) << array.error().detail;
    EXPECT_EQ(array->version, "2026-01-11");
    EXPECT_EQ(array->webhook_url, "https://a.example/h");
    EXPECT_EQ(names_of(intersect(*array, Version::v2026_04_08)),
              (Names{"dev.ucp.shopping.checkout", "dev.ucp.shopping.order"}));

    auto const single = parse_platform(R"({"ucp":{"version":"2026-04-08","capabilities":{
        "dev.ucp.shopping.checkout":{"version":"2026-04-08"},
        "dev.ucp.shopping.fulfillment":[{"version":"2026-04-08","extends":"dev.ucp.shopping.checkout",
                                         "config":{"supports_multi_group":true}}]}}})");
    ASSERT_TRUE(single.ok()) << single.error().detail;
    EXPECT_TRUE(single->multi_group);
    EXPECT_EQ(intersect(*single, Version::v2026_04_08).count(), 2U);
}

TEST(UcpPlatform, WhatIsMissingIsNoStatement) {
    // The profile of a widespread client has no handlers, keys, specs or schemas.
    auto const lean = parse_platform(R"({"ucp":{"version":"2026-08-25","capabilities":null}})");
    ASSERT_TRUE(lean.ok());
    EXPECT_TRUE(lean->capabilities.empty());
    EXPECT_EQ(lean->keys.size(), 0U);
    EXPECT_TRUE(parse_platform(R"({"ucp":{"version":"2026-08-25"},"keys":{"a":1},"extra":[]})").ok());
}

TEST(UcpPlatform, OddEntriesDoNotSpoilTheOthers) {
    auto profile = test::platform("2026-08-25", {"dev.ucp.shopping.checkout"});
    auto& capabilities = profile["ucp"]["capabilities"];
    capabilities["dev.ucp.shopping.cart"] = Value::array({Value{{"version", 7}}, "x", Value{{"version", "soon"}}});
    capabilities[std::string(300, 'n')] = Value::array({Value{{"version", "2026-08-25"}}});
    capabilities[""] = Value::object();
    EXPECT_EQ(names_of(common(profile, Version::v2026_08_25)), Names{"dev.ucp.shopping.checkout"});
}

TEST(UcpPlatform, HowMuchIsReadIsBounded) {
    auto profile = test::platform("2026-08-25", {});
    auto& capabilities = profile["ucp"]["capabilities"];
    for (int i = 0; i < 1000; ++i) capabilities["com.example.c" + std::to_string(i)] = Value{{"version", "2026-08-25"}};
    auto& many = capabilities["com.example.c0"] = Value::array();
    for (int i = 0; i < 100; ++i) many.push_back(Value{{"version", "2026-08-25"}});
    auto const parsed = parse_platform(profile.dump());
    ASSERT_TRUE(parsed.ok());
    EXPECT_LE(parsed->capabilities.size(), 256U);
    EXPECT_LE(parsed->capabilities.front().versions.size(), 16U);
}

TEST(UcpPlatform, MalformedDocumentsSayWhy) {
    for (auto const* document :
         {"", "{", "<html>", "[]", "null", "7", "{}", R"({"ucp":[]})", R"({"ucp":null})", R"({"ucp":{}})",
          R"({"ucp":{"version":20260825}})", R"({"ucp":{"version":"draft"}})", R"({"ucp":{"version":"2026-08-25x"}})",
          R"({"ucp":{"version":"2026/08/25"}})", R"({"ucp":{"version":"2026-08-2a"}})",
          R"({"ucp":{"version":"2026-08-25","capabilities":"all"}})",
          R"({"ucp":{"version":"2026-08-25","capabilities":7}})",
          R"({"ucp":{"version":"2026-08-25"},"ucp":{"version":"2026-04-08"}})", "{\"ucp\":{\"version\":\"\xff\"}}"}) {
        auto const refusal = refused(document);
        EXPECT_EQ(refusal.reason, Refused::profile_malformed) << document;
        EXPECT_FALSE(refusal.content.empty()) << document;
    }
    EXPECT_EQ(refused(std::string(100, '[') + std::string(100, ']')).reason, Refused::profile_malformed);
}

TEST(UcpTerms, OtherVersionsAreRefusedByName) {
    for (auto const* version : {"2026-01-11", "2026-01-23", "2027-01-01"}) {
        auto const refusal = refused(test::platform(version, {"dev.ucp.shopping.checkout"}).dump());
        EXPECT_EQ(refusal.reason, Refused::version_unsupported);
        EXPECT_NE(refusal.content.find(version), std::string::npos);
    }
}

TEST(UcpTerms, NothingInCommonIsSaidInThePlatformsVersion) {
    for (auto const version : all_versions) {
        auto const refusal = refused(test::platform(std::string(to_text(version)), {"com.example.a"}).dump());
        EXPECT_EQ(refusal.reason, Refused::capabilities_incompatible);
        EXPECT_EQ(test::parsed(refusal.envelope)["version"], to_text(version));
    }
}

// --- refusals -------------------------------------------------------------------------------------------------------

struct Row {
    Refused reason;
    int status;
    char const* code;
    int rpc;
};

class Refusals : public testing::TestWithParam<Row> {};

TEST_P(Refusals, HaveOneShapeEach) {
    auto const& [reason, status, code, rpc] = GetParam();
    EXPECT_EQ(http_status(reason), status);
    EXPECT_EQ(code_of(reason), code);
    web::Response response;
    response.body = "what an operation had begun";
    render_refusal({reason, "what is wrong"}, error_envelope(Version::v2026_08_25), response);
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.content_type, web::json_type);
    EXPECT_EQ(response.error_code, code);
    auto const json = test::parsed(response.body);
    EXPECT_EQ(json["code"], code);
    EXPECT_EQ(json["content"], "what is wrong");
    EXPECT_EQ(json.size(), 2U);
    EXPECT_EQ(rpc_code(response.status, code), rpc);
    auto const named = [&](std::string_view name) {
        return std::ranges::any_of(response.headers, [&](auto const& field) { return field.first == name; });
    };
    EXPECT_EQ(named("WWW-Authenticate"), status == 401);
    EXPECT_EQ(named("Retry-After"), status == 503);
}

INSTANTIATE_TEST_SUITE_P(Ucp, Refusals,
                         testing::Values(Row{Refused::invalid_profile_url, 400, "invalid_profile_url", -32001},
                                         Row{Refused::profile_unreachable, 424, "profile_unreachable", -32001},
                                         Row{Refused::profile_malformed, 422, "profile_malformed", -32001},
                                         Row{Refused::profile_not_trusted, 403, "profile_not_trusted", -32001},
                                         Row{Refused::version_unsupported, 422, "version_unsupported", -32001},
                                         Row{Refused::signature_missing, 401, "signature_missing", -32000},
                                         Row{Refused::signature_invalid, 401, "signature_invalid", -32000},
                                         Row{Refused::key_not_found, 401, "key_not_found", -32000},
                                         Row{Refused::digest_mismatch, 400, "digest_mismatch", -32600},
                                         Row{Refused::algorithm_unsupported, 400, "algorithm_unsupported", -32600},
                                         Row{Refused::unauthenticated, 401, "unauthenticated", -32000},
                                         Row{Refused::idempotency_key_invalid, 400, "invalid_request", -32602},
                                         Row{Refused::overloaded, 503, "overloaded", -32000}),
                         [](auto const& info) { return std::to_string(info.index) + "_" + info.param.code; });

TEST(Refusals, IncompatibleCapabilitiesAreAnOutcome) {
    web::Response response;
    render_refusal({Refused::capabilities_incompatible, "nothing in common", ""}, error_envelope(Version::v2026_08_25),
                   response);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.error_code, "capabilities_incompatible");
    EXPECT_EQ(test::parsed(response.body), test::parsed(R"({"ucp":{"version":"2026-08-25","status":"error",
        "capabilities":{}},"messages":[{"type":"error","code":"capabilities_incompatible","content":"nothing in common",
        "severity":"unrecoverable"}]})"));
    render_refusal({Refused::capabilities_incompatible, "x", error_envelope(Version::v2026_04_08)},
                   error_envelope(Version::v2026_08_25), response);
    EXPECT_EQ(test::parsed(response.body)["ucp"]["version"], "2026-04-08");
}

TEST(Refusals, OtherErrorsHaveTheirRpcCodeByStatus) {
    for (auto const& [status, code, rpc] :
         {std::tuple(400, "invalid_request", -32602), std::tuple(413, "request_too_large", -32602),
          std::tuple(415, "unsupported_media_type", -32602), std::tuple(422, "unprocessable", -32602),
          std::tuple(403, "policy_denied", -32000), std::tuple(409, "idempotency_conflict", -32000),
          std::tuple(429, "rate_limited", -32000), std::tuple(503, "store_unavailable", -32000),
          std::tuple(500, "internal_error", -32603), std::tuple(501, "not_implemented", -32603),
          std::tuple(502, "upstream_failed", -32603)})
        EXPECT_EQ(rpc_code(status, code), rpc) << status << ' ' << code;
}

}  // namespace
}  // namespace b2a::protocol::ucp
