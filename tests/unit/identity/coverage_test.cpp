// SPDX-License-Identifier: Apache-2.0
// UCP 2026-08-25, section Signatures: what a signature has to cover, and that each covered part is bound.
#include <gtest/gtest.h>

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

std::vector<std::string> without(std::vector<std::string> cover, std::string_view name) {
    std::erase(cover, name);
    return cover;
}

Verdict verdict_of(Letter letter, std::vector<std::string> cover) {
    Seal with;
    with.cover = std::move(cover);
    return judge(seal(letter, with)).verdict;
}

TEST(Coverage, EveryRequiredComponentIsEnforced) {
    ASSERT_EQ(verdict_of(whole_letter(), whole_cover()), Verdict::verified);
    for (auto const& name : whole_cover()) {
        auto letter = whole_letter();
        Seal with;
        with.cover = without(whole_cover(), name);
        auto const verification = judge(seal(letter, with));
        EXPECT_EQ(verification.verdict, Verdict::unsigned_) << name;
        EXPECT_NE(verification.detail.find(name), std::string::npos) << verification.detail;
        EXPECT_EQ(verification.thumbprint, "") << name;
    }
    EXPECT_EQ(verdict_of(whole_letter(), {}), Verdict::unsigned_);
    EXPECT_EQ(verdict_of(whole_letter(), {"@authority"}), Verdict::unsigned_);
}

// Nothing else makes up for a required component, though it may say the same.
TEST(Coverage, AnotherComponentIsNoSubstitute) {
    auto cover = without(without(whole_cover(), "@path"), "@query");
    cover.insert(cover.end(), {"@target-uri", "@request-target"});
    EXPECT_EQ(verdict_of(whole_letter(), cover), Verdict::unsigned_);
    cover = without(whole_cover(), "@authority");
    cover.emplace_back("host");
    EXPECT_EQ(verdict_of(whole_letter(), cover), Verdict::unsigned_);
    cover = without(whole_cover(), "content-digest");
    cover.emplace_back("content-length");
    EXPECT_EQ(verdict_of(whole_letter().add("Content-Length", "17"), cover), Verdict::unsigned_);
}

TEST(Coverage, MoreThanRequiredIsFine) {
    auto cover = whole_cover();
    cover.insert(cover.begin(), "date");
    EXPECT_EQ(verdict_of(whole_letter().add("Date", "Tue, 20 Apr 2021 02:07:55 GMT"), cover), Verdict::verified);
}

class Bare : public ::testing::TestWithParam<char const*> {};

// Without a query, a body and the fields, the three that every request has are enough, whatever the method.
TEST_P(Bare, NeedsMethodAuthorityAndPath) {
    Letter letter;
    letter.method = GetParam();
    std::vector<std::string> const cover{"@method", "@authority", "@path"};
    EXPECT_EQ(verdict_of(letter, cover), Verdict::verified);
    for (auto const& name : cover) EXPECT_EQ(verdict_of(letter, without(cover, name)), Verdict::unsigned_) << name;
    letter.target += '?';
    EXPECT_EQ(verdict_of(letter, cover), Verdict::unsigned_);
    EXPECT_EQ(verdict_of(letter, {"@method", "@authority", "@path", "@query"}), Verdict::verified);
}

// A body has to be covered even where the method gives it no meaning: handlers read what is there.
TEST_P(Bare, WithABodyNeedsDigestAndType) {
    Letter letter;
    letter.method = GetParam();
    letter.carry("{}");
    EXPECT_EQ(verdict_of(letter, {"@method", "@authority", "@path"}), Verdict::unsigned_);
    EXPECT_EQ(verdict_of(letter, {"@method", "@authority", "@path", "content-digest"}), Verdict::unsigned_);
    EXPECT_EQ(verdict_of(letter, {"@method", "@authority", "@path", "content-type"}), Verdict::unsigned_);
    EXPECT_EQ(verdict_of(letter, {"@method", "@authority", "@path", "content-digest", "content-type"}),
              Verdict::verified);
}

INSTANTIATE_TEST_SUITE_P(Methods, Bare, ::testing::Values("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY"));

struct Change {
    char const* what;
    void (*apply)(Letter&);
    Verdict expected = Verdict::invalid;
};
void PrintTo(Change const& change, std::ostream* out) {
    *out << change.what;
}

class Tampered : public ::testing::TestWithParam<Change> {};

TEST_P(Tampered, IsNoticed) {
    for (Signer const& signer : {Signer(sign_ec), Signer(sign_ed)}) {
        auto letter = whole_letter();
        Seal with;
        with.signer = signer;
        // The algorithm follows the key that is named.
        if (signer("x") == sign_ed("x")) with.parameters = R"(;keyid="ed")";
        seal(letter, with);
        ASSERT_EQ(judge(letter).verdict, Verdict::verified);
        GetParam().apply(letter);
        auto const verification = judge(letter);
        EXPECT_EQ(verification.verdict, GetParam().expected) << verification.detail;
        EXPECT_EQ(verification.thumbprint, "");
    }
}

void replace_in(Letter& letter, std::string_view field, std::string_view from, std::string_view to) {
    for (auto& [name, value] : letter.headers)
        if (iequals(name, field)) value.replace(value.find(from), from.size(), to);
}

INSTANTIATE_TEST_SUITE_P(
    Requests, Tampered,
    ::testing::Values(
        Change{"method", [](Letter& l) { l.method = "PUT"; }},
        Change{"case of the method", [](Letter& l) { l.method = "post"; }},
        Change{"path", [](Letter& l) { l.target = "/checkout-sessionz?lang=en"; }},
        Change{"escaped path", [](Letter& l) { l.target = "/checkout%2Dsessions?lang=en"; }},
        Change{"query", [](Letter& l) { l.target = "/checkout-sessions?lang=de"; }},
        Change{"more query", [](Letter& l) { l.target += "&x=1"; }},
        Change{"no query", [](Letter& l) { l.target = "/checkout-sessions"; }},
        Change{"authority", [](Letter& l) { l.set("Host", "other.example"); }},
        Change{"body", [](Letter& l) { l.body[0] = '['; }, Verdict::digest_mismatch},
        Change{"no body", [](Letter& l) { l.body.clear(); }, Verdict::digest_mismatch},
        Change{"body and digest", [](Letter& l) { l.carry("[]"); }},
        Change{"no digest", [](Letter& l) { l.drop("Content-Digest"); }},
        Change{"other digest of the same body", [](Letter& l) { l.add("Content-Digest", "sha-512=:AAAA:"); },
               Verdict::digest_mismatch},
        Change{"type", [](Letter& l) { l.set("Content-Type", "text/plain"); }},
        Change{"no type", [](Letter& l) { l.drop("Content-Type"); }},
        Change{"profile", [](Letter& l) { l.set("UCP-Agent", R"(profile="https://evil.example/profile")"); }},
        Change{"no profile", [](Letter& l) { l.drop("UCP-Agent"); }},
        Change{"second profile", [](Letter& l) { l.add("UCP-Agent", R"(profile="https://evil.example/p")"); }},
        Change{"idempotency key", [](Letter& l) { l.set("Idempotency-Key", "k-2"); }},
        Change{"no idempotency key", [](Letter& l) { l.drop("Idempotency-Key"); }},
        Change{"second idempotency key", [](Letter& l) { l.add("Idempotency-Key", "k-1"); }},
        Change{"signature agent", [](Letter& l) { l.set("Signature-Agent", R"("https://evil.example")"); }},
        Change{"created", [](Letter& l) { l.set("Signature-Input", "sig1=()"); }, Verdict::unsigned_},
        Change{"parameter", [](Letter& l) { replace_in(l, "Signature-Input", ";keyid", ";expires=1900000000;keyid"); }},
        Change{"order",
               [](Letter& l) {
                   replace_in(l, "Signature-Input", R"("@method" "@authority")", R"("@authority" "@method")");
               }},
        Change{"fewer components", [](Letter& l) { replace_in(l, "Signature-Input", R"( "ucp-agent")", ""); },
               Verdict::unsigned_},
        Change{"signature", [](Letter& l) { l.set("Signature", "sig1=:" + to_base64(Bytes(64, 1)) + ':'); }},
        Change{"empty signature", [](Letter& l) { l.set("Signature", "sig1=::"); }}));

// A field that turns up after signing is not covered: the request counts as unsigned, not as partly believed.
TEST(Coverage, AddedFieldsTakeTheSignatureAway) {
    for (auto const* name : {"UCP-Agent", "Signature-Agent", "Idempotency-Key"}) {
        Letter letter;
        Seal with;
        with.cover = {"@method", "@authority", "@path"};
        seal(letter, with);
        ASSERT_EQ(judge(letter).verdict, Verdict::verified);
        letter.add(name, "\"x\"");
        EXPECT_EQ(judge(letter).verdict, Verdict::unsigned_) << name;
    }
    Letter letter;
    Seal with;
    with.cover = {"@method", "@authority", "@path"};
    seal(letter, with).carry("{}");
    EXPECT_EQ(judge(letter).verdict, Verdict::unsigned_);
}

TEST(Coverage, SpellingOfFieldNamesAndHostDoesNotMatter) {
    auto letter = whole_letter();
    seal(letter);
    for (auto& field : letter.headers) field.first = to_ascii_lower(field.first);
    letter.set("HOST", "SHOP.example:443");
    EXPECT_EQ(judge(letter).verdict, Verdict::verified);
}

}  // namespace
}  // namespace b2a::identity
