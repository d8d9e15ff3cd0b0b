// SPDX-License-Identifier: Apache-2.0
// One row for everything that can be wrong with a mandate (trust.md §2.2).
#include "mandate/chain.hpp"
#include "unit/mandate/maker.hpp"

namespace b2a::mandate::testing {
namespace {

TEST(Verify, TakesWhatTheBuyerAllowed) {
    Recipe const recipe;
    auto const judgement = recipe.judge(recipe.build());
    auto const* accepted = judgement.accepted();
    ASSERT_NE(accepted, nullptr) << judgement.refusal()->detail;
    EXPECT_EQ(accepted->issuer, "issuer");
    ASSERT_EQ(accepted->draws.size(), 1U);
    EXPECT_EQ(accepted->draws[0].name, "mandate/one-time");
    EXPECT_EQ(accepted->draws[0].cap, 1);
    EXPECT_GT(accepted->draws[0].expires, at(now_seconds + 3600));
    auto const token = recipe.build();
    EXPECT_EQ(judgement.reference.size(), 43U);
    EXPECT_EQ(recipe.judge(recipe.direct()).refusal(), nullptr) << "signed by the platform for a buyer who is there";
}

TEST(Verify, TakesTheThreeShapesOfACheckout) {
    Recipe recipe;
    auto const signed_ = recipe.with_authorization(recipe.checkout);
    recipe.closed["checkout_jwt"] = signed_;
    recipe.closed["checkout_hash"] = digest(json::canonical_es(signed_).value());
    EXPECT_EQ(recipe.fault(), std::nullopt);
    recipe.embed(signed_.dump());
    EXPECT_EQ(recipe.fault(), std::nullopt);
    EXPECT_EQ(recipe.fault(recipe.direct()), std::nullopt);
}

TEST(Verify, AnswersLeaveTheTermsAlone) {
    Recipe recipe;
    recipe.checkout["status"] = "requires_escalation";
    recipe.checkout["messages"] = Value::array({Value{{"type", "error"}}});
    recipe.checkout["expires_at"] = "2026-11-25T00:00:00Z";
    recipe.checkout["ucp"]["version"] = "2026-04-08";
    EXPECT_EQ(recipe.fault(), std::nullopt);
}

TEST(Verify, EstimatesMoveWithTheClock) {
    auto const checkout = [](char const* latest, char const* option) {
        Value out{{"id", "chk_1"}};
        Value group{{"selected_option_id", option}};
        group["options"] = Value::array({Value{{"id", "standard"}, {"latest_fulfillment_time", latest}}});
        out["fulfillment"]["methods"] = Value::array({Value{{"groups", Value::array({group})}}});
        return terms_of(out.dump());
    };
    EXPECT_EQ(checkout("2026-11-25T08:00:00Z", "standard"), checkout("2026-11-25T08:00:01Z", "standard"));
    EXPECT_NE(checkout("2026-11-25T08:00:00Z", "standard"), checkout("2026-11-25T08:00:00Z", "express"));
}

struct Row {
    char const* what;
    Fault fault;
    std::function<void(Recipe&)> spoil;
};

std::vector<Row> const rows{
    {"no such key", Fault::key_missing, [](Recipe& r) { r.open_header["kid"] = "stranger"; }},
    {"no key named", Fault::key_missing, [](Recipe& r) { r.open_header.erase("kid"); }},
    {"a key of somebody else", Fault::signature, [](Recipe& r) { r.issuer = make_key(9); }},
    {"alg none", Fault::signature, [](Recipe& r) { r.open_header["alg"] = "none"; }},
    {"a public key as a secret", Fault::signature, [](Recipe& r) { r.open_header["alg"] = "HS256"; }},
    {"alg missing", Fault::signature, [](Recipe& r) { r.open_header.erase("alg"); }},
    {"an unknown critical extension", Fault::signature,
     [](Recipe& r) { r.open_header["crit"] = Value::array({"b64"}); }},
    {"a key binding first", Fault::signature, [](Recipe& r) { r.open_header["typ"] = "kb+sd-jwt"; }},
    {"a plain JWT first", Fault::signature, [](Recipe& r) { r.open_header["typ"] = "JWT"; }},
    {"alg none in the second hop", Fault::signature, [](Recipe& r) { r.closed_header["alg"] = "none"; }},
    {"a delegating type last", Fault::signature, [](Recipe& r) { r.closed_header["typ"] = "kb+sd-jwt+kb"; }},
    {"not the agent's signature", Fault::signature, [](Recipe& r) { r.open["cnf"]["jwk"] = jwk_of(make_key(8)); }},
    {"no key for the agent", Fault::signature, [](Recipe& r) { r.open.erase("cnf"); }},
    {"a key that is no point", Fault::signature,
     [](Recipe& r) { r.open["cnf"]["jwk"]["x"] = r.open["cnf"]["jwk"]["y"]; }},
    {"a key for encryption", Fault::signature, [](Recipe& r) { r.open["cnf"]["jwk"]["use"] = "enc"; }},
    {"the last hop delegates", Fault::signature, [](Recipe& r) { r.closed["cnf"] = r.open["cnf"]; }},
    {"bound to another mandate", Fault::signature, [](Recipe& r) { r.binding["sd_hash"] = digest("x"); }},
    {"bound twice", Fault::signature, [](Recipe& r) { r.binding["issuer_jwt_hash"] = digest("x"); }},
    {"expired", Fault::expired, [](Recipe& r) { r.open["exp"] = now_seconds - 61; }},
    {"not valid yet", Fault::expired, [](Recipe& r) { r.open["nbf"] = now_seconds + 61; }},
    {"issued in the future", Fault::expired, [](Recipe& r) { r.binding["iat"] = now_seconds + 61; }},
    {"never issued", Fault::malformed, [](Recipe& r) { r.binding.erase("iat"); }},
    {"a time that is none", Fault::malformed, [](Recipe& r) { r.open["exp"] = "tomorrow"; }},
    {"no audience", Fault::malformed, [](Recipe& r) { r.binding.erase("aud"); }},
    {"no nonce", Fault::malformed, [](Recipe& r) { r.binding["nonce"] = ""; }},
    {"for another merchant", Fault::audience, [](Recipe& r) { r.binding["aud"] = "https://other.example"; }},
    {"a nonce of its own", Fault::nonce, [](Recipe& r) { r.binding["nonce"] = "n-1"; }},
    {"open to the end", Fault::malformed, [](Recipe& r) { r.closed["vct"] = "mandate.checkout.open.1"; }},
    {"another version", Fault::malformed, [](Recipe& r) { r.closed["vct"] = "mandate.checkout.2"; }},
    {"a payment mandate", Fault::malformed, [](Recipe& r) { r.closed["vct"] = "mandate.payment.1"; }},
    {"closed from the start", Fault::malformed, [](Recipe& r) { r.open["vct"] = "mandate.checkout.1"; }},
    {"what was set is changed", Fault::preset,
     [](Recipe& r) {
         r.open["purpose"] = "a";
         r.closed["purpose"] = "b";
     }},
    {"what was set is dropped", Fault::preset, [](Recipe& r) { r.open["purpose"] = "a"; }},
    {"no constraints", Fault::constraint_unresolved, [](Recipe& r) { r.constraints = Value::array(); }},
    {"another hash", Fault::other_checkout, [](Recipe& r) { r.closed["checkout_hash"] = digest("x"); }},
    {"no hash", Fault::other_checkout, [](Recipe& r) { r.closed.erase("checkout_hash"); }},
    {"no checkout", Fault::authorization_missing, [](Recipe& r) { r.closed.erase("checkout_jwt"); }},
    {"a checkout nobody signed", Fault::authorization_missing, [](Recipe& r) { r.embed(r.checkout.dump()); }},
    {"a checkout that somebody else signed", Fault::authorization_invalid,
     [](Recipe& r) {
         r.shop = make_key(7);
         r.embed(r.seal(r.checkout));
     }},
    {"a checkout that is no JSON", Fault::authorization_invalid, [](Recipe& r) { r.embed("a.b.c"); }},
    {"a signature over something else", Fault::authorization_invalid,
     [](Recipe& r) {
         auto other = r.with_authorization(r.checkout);
         other["totals"][0]["amount"] = 1;
         r.embed(other.dump());
     }},
    {"another checkout of ours", Fault::other_checkout,
     [](Recipe& r) {
         auto other = r.checkout;
         other["id"] = "chk_2";
         r.embed(r.seal(other));
     }},
    {"the price has changed", Fault::nonce, [](Recipe& r) { r.checkout["totals"][0]["amount"] = 3100; }},
    {"the price has changed, with a fresh nonce", Fault::other_checkout,
     [](Recipe& r) {
         r.checkout["totals"][0]["amount"] = 3100;
         r.binding["nonce"] = nonce_of(terms_of(r.checkout.dump()));
     }},
    {"it goes somewhere else now", Fault::other_checkout,
     [](Recipe& r) {
         r.checkout["fulfillment"]["methods"] = Value::array({"elsewhere"});
         r.binding["nonce"] = nonce_of(terms_of(r.checkout.dump()));
     }},
};

TEST(Verify, RefusesEveryRow) {
    for (auto const& row : rows) {
        Recipe recipe;
        row.spoil(recipe);
        auto const judgement = recipe.judge(recipe.build());
        ASSERT_NE(judgement.refusal(), nullptr) << row.what;
        EXPECT_EQ(to_text(judgement.refusal()->fault), to_text(row.fault))
            << row.what << ": " << judgement.refusal()->detail;
    }
}

TEST(Verify, WithinTheSkewItIsTaken) {
    Recipe recipe;
    recipe.open["exp"] = now_seconds - 59;
    recipe.binding["iat"] = now_seconds + 60;
    EXPECT_EQ(recipe.fault(), std::nullopt);
}

TEST(Verify, BoundsAndForm) {
    Recipe const recipe;
    auto const good = recipe.build();
    for (std::string const token : {"", "~", "~~", "a", "a.b.c", "a.b.c~", "a.b.c~~d.e.f~"})
        EXPECT_EQ(recipe.fault(token), Fault::malformed) << token;
    EXPECT_EQ(recipe.fault(std::string(64 * 1024 + 1, 'a')), Fault::malformed);
    EXPECT_EQ(recipe.fault(good + "~" + good + "~" + good), Fault::malformed) << "six hops";
    EXPECT_TRUE(recipe.fault("=" + good));
    EXPECT_TRUE(recipe.fault(good.substr(0, good.size() - 1))) << "without its last tilde";
    EXPECT_TRUE(recipe.fault(good + "a.b.c")) << "a key binding that nothing asks for";
    EXPECT_EQ(recipe.fault(recipe.open_token()), Fault::malformed) << "an open mandate buys nothing";
    Recipe crowded;
    for (int i = 0; i < 64; ++i) crowded.more.push_back(Disclosed(Value::array({"s", i})).text);
    EXPECT_EQ(crowded.fault(), Fault::malformed);
}

TEST(Verify, AClosedMandateWithAnotherOpenOne) {
    Recipe const mine;
    Recipe other;
    other.constraints[0]["items"][0]["quantity"] = 3;
    auto const first = mine.open_token();
    EXPECT_EQ(mine.fault(first + '~' + mine.closed_token(other.open_token())), Fault::signature);
}

TEST(Verify, ThreeHops) {
    Recipe recipe;
    auto const helper = make_key(11);
    auto const first = recipe.open_token();
    Value middle{{"vct", "mandate.checkout.open.1"},
                 {"constraints", Value::array({Recipe::items({{"mug"}}, 2)})},
                 {"cnf", {{"jwk", jwk_of(helper)}}}};
    Value payload{{"iat", now_seconds},
                  {"aud", "helper"},
                  {"nonce", "1"},
                  {"sd_hash", digest(first)},
                  {"delegate_payload", Value::array({middle})}};
    auto const second = sd_jwt({{"alg", "ES256"}, {"typ", "kb+sd-jwt+kb"}}, payload, recipe.agent);
    auto const last = [&](std::string const& before) {
        auto claims = recipe.binding;
        claims["sd_hash"] = digest(before);
        claims["delegate_payload"] = Value::array({recipe.closed});
        return sd_jwt(recipe.closed_header, claims, helper);
    };
    auto const token = first + '~' + second + '~' + last(second);
    auto const judgement = recipe.judge(token);
    ASSERT_NE(judgement.accepted(), nullptr) << judgement.refusal()->detail;
    EXPECT_EQ(judgement.accepted()->draws.size(), 2U) << "each open mandate is used";

    payload["delegate_payload"][0]["constraints"] = Value::array({Recipe::items({{"shirt"}}, 2)});
    auto const narrower = sd_jwt({{"alg", "ES256"}, {"typ", "kb+sd-jwt+kb"}}, payload, recipe.agent);
    EXPECT_EQ(recipe.fault(first + '~' + narrower + '~' + last(narrower)), Fault::items);
}

TEST(Verify, AKeyBoundMandateOfOneHop) {
    Recipe recipe;
    recipe.closed["cnf"]["jwk"] = jwk_of(recipe.agent);
    auto const token = recipe.direct();
    EXPECT_EQ(recipe.fault(token), Fault::signature) << "the binding is missing";
    auto const bind = [&](Value header, Value claims, crypto::EcSigningKey const& key) {
        return token + compact(header, claims, key);
    };
    Value const header{{"alg", "ES256"}, {"typ", "kb+jwt"}};
    auto claims = recipe.binding;
    claims["sd_hash"] = digest(token);
    EXPECT_EQ(recipe.fault(bind(header, claims, recipe.agent)), std::nullopt);
    EXPECT_EQ(recipe.fault(bind(header, claims, recipe.issuer)), Fault::signature);
    EXPECT_EQ(recipe.fault(bind({{"alg", "ES256"}, {"typ", "JWT"}}, claims, recipe.agent)), Fault::signature);
    claims["aud"] = "https://other.example";
    EXPECT_EQ(recipe.fault(bind(header, claims, recipe.agent)), Fault::audience);
    claims = recipe.binding;
    claims["sd_hash"] = digest(token + '~');
    EXPECT_EQ(recipe.fault(bind(header, claims, recipe.agent)), Fault::signature);
}

TEST(Verify, OneMandateHasOneKeyHoweverItIsShown) {
    Recipe recipe;
    auto const draw_of = [&](std::string const& token) { return recipe.judge(token).accepted()->draws.at(0).key; };
    // Two choices of which one suffices: what the agent shows of them is its own affair.
    Disclosed const mug(Value::array({"s1", Value{{"id", "mug"}}}));
    Disclosed const cup(Value::array({"s2", Value{{"id", "cup"}}}));
    recipe.constraints[0]["items"][0]["acceptable_items"] = Value::array({mug.element(), cup.element()});
    auto content = recipe.open;
    content["constraints"] = recipe.constraints;
    auto const jwt = compact(recipe.open_header, {{"delegate_payload", Value::array({content})}}, recipe.issuer);
    auto const all = jwt + '~' + mug.text + '~' + cup.text + '~';
    auto const some = jwt + '~' + mug.text + '~';
    EXPECT_EQ(draw_of(all + '~' + recipe.closed_token(all)), draw_of(some + '~' + recipe.closed_token(some)));
}

TEST(Faults, HaveTheConsequencesOfTheTable) {
    using domain::FindingCode;
    using domain::Severity;
    auto const is = [](Fault fault, FindingCode code, Severity severity, std::string_view error) {
        auto const got = consequence_of(fault);
        return got.code == code && got.severity == severity && got.receipt_error == error;
    };
    EXPECT_TRUE(is(Fault::absent, FindingCode::mandate_required, Severity::recoverable, "invalid_mandate"));
    EXPECT_TRUE(is(Fault::key_missing, FindingCode::agent_missing_key, Severity::recoverable, "invalid_credential"));
    for (auto const fault : {Fault::malformed, Fault::signature, Fault::disclosure})
        EXPECT_TRUE(is(fault, FindingCode::mandate_invalid_signature, Severity::recoverable, "invalid_credential"));
    EXPECT_TRUE(is(Fault::expired, FindingCode::mandate_expired, Severity::recoverable, "invalid_credential"));
    for (auto const fault : {Fault::audience, Fault::nonce, Fault::other_checkout, Fault::preset})
        EXPECT_TRUE(is(fault, FindingCode::mandate_scope_mismatch, Severity::recoverable, "invalid_mandate"));
    for (auto const fault :
         {Fault::merchant, Fault::items, Fault::amount, Fault::instrument, Fault::date, Fault::used_up})
        EXPECT_TRUE(is(fault, FindingCode::mandate_scope_mismatch, Severity::requires_buyer_review, "invalid_mandate"));
    EXPECT_TRUE(is(Fault::constraint_unresolved, FindingCode::mandate_scope_mismatch, Severity::requires_buyer_review,
                   "unresolved_constraint"));
}

}  // namespace
}  // namespace b2a::mandate::testing
