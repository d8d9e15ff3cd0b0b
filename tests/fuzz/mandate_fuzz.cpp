// SPDX-License-Identifier: Apache-2.0
// Mandates of strangers: an SD-JWT that is taken is made of its parts, disclosing it twice discloses the same, and
// nobody's mandate counts whose key we do not trust.
#include "b2a/base/limits.hpp"
#include "b2a/mandate/verify.hpp"

#include "fuzz/target.hpp"
#include "mandate/sd_jwt.hpp"

namespace b2a::mandate {
namespace {

void check_token(std::string_view text) {
    auto parsed = parse_sd_jwt(text);
    if (!parsed) return;
    auto* const token = &*parsed;
    FUZZ_CHECK(text.starts_with(token->issuer_jwt) && text.starts_with(token->text));
    FUZZ_CHECK(token->disclosures.size() <= limits::mandate_disclosures_max);
    std::size_t parts = token->issuer_jwt.size() + 1;
    for (auto const disclosure : token->disclosures) parts += disclosure.size() + 1;
    FUZZ_CHECK(parts <= token->text.size());
    auto again = *token;
    auto const first = disclose(*token);
    auto const second = disclose(again);
    FUZZ_CHECK(first.has_value() == second.has_value());
    if (!first) FUZZ_CHECK(token->claims == again.claims && !token->claims.contains("_sd_alg"));
}

class Nobody final : public KeySource {
  public:
    [[nodiscard]] KeyVerdict check(SignedBytes const&) const override { return KeyVerdict::unknown; }
};

void check_chain(std::string_view text) {
    Nobody const nobody;
    Expected const expected{nobody, nobody, {"shop.example", "https://shop.example"}, R"({"id":"chk_1"})", {}, {}};
    auto const judged = verify(text, expected);
    FUZZ_CHECK(judged.accepted() == nullptr && judged.refusal() != nullptr);
}

}  // namespace
}  // namespace b2a::mandate

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = b2a::fuzz::text(data, size);
    b2a::mandate::check_token(text);
    b2a::mandate::check_chain(text);
    return 0;
}
