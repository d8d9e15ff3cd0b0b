// SPDX-License-Identifier: Apache-2.0
// Any request at all, judged by the published keys of RFC 9421. A signature that verifies needs the key and covers what
// UCP demands: whatever is changed or left out, it is none any more. The seeds were signed by a library that is not
// ours (npm http-message-signatures).
#include <algorithm>
#include <string>

#include "b2a/identity/signature.hpp"
#include "b2a/json/view.hpp"

#include "fuzz/letter.hpp"
#include "identity/signature_base.hpp"

namespace b2a::identity {
namespace {

KeySet const& known_keys() {
    static KeySet const keys = [] {
        json::Document document;
        return KeySet::parse(
            document
                .parse(R"([{"kid":"ec","kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",)"
                       R"("y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"},)"
                       R"({"kid":"ed","kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"},)"
                       R"({"kid":"future","kty":"AKP","alg":"ML-DSA-44","pub":"AA"}])")
                .value());
    }();
    return keys;
}

VerifyOptions options_for(std::string_view authority) {
    VerifyOptions options;
    options.authorities = {std::string(authority)};
    options.now = Timestamp(std::chrono::seconds(1'800'000'000));
    return options;
}

bool verifies(fuzz::Letter const& letter, KeySet const& keys = known_keys(),
              std::string_view authority = "shop.example") {
    return verify(letter.request(), keys, options_for(authority)).verdict == Verdict::verified;
}

void check_verified(fuzz::Letter const& letter, Verification const& result) {
    FUZZ_CHECK(is_signed(letter.request()));
    auto const* key = known_keys().find(result.kid);
    FUZZ_CHECK(key != nullptr && key->thumbprint() == result.thumbprint);
    FUZZ_CHECK(!verifies(letter, KeySet()));
    FUZZ_CHECK(!verifies(letter, known_keys(), "other.example"));
    auto changed = letter;
    changed.method += 'X';
    FUZZ_CHECK(!verifies(changed));
    changed = letter;
    changed.target.insert(0, "/x");
    FUZZ_CHECK(!verifies(changed));
    changed = letter;
    changed.target += letter.target.find('?') == std::string::npos ? "?a=1" : "&a=1";
    FUZZ_CHECK(!verifies(changed));
    changed = letter;
    changed.body += ' ';
    FUZZ_CHECK(!verifies(changed));
    for (auto const* name : {"Idempotency-Key", "UCP-Agent", "Signature-Agent"}) {
        changed = letter;
        changed.fields.emplace_back(name, "another");
        FUZZ_CHECK(!verifies(changed));
    }
}

/// A base has one line a component and one for the parameters, whatever the request says.
void check_bases(fuzz::Letter const& letter) {
    SignedMessage message;
    message.method = letter.method;
    message.authority = "shop.example";
    message.scheme = "https";
    message.path = letter.target;
    for (auto const& [name, value] : letter.fields) message.fields.emplace_back(name, value);
    auto const inputs = web::SfDictionary::parse(message.field("Signature-Input").value_or(""));
    if (!inputs) return;
    for (auto const& member : inputs->members()) {
        auto const* list = std::get_if<web::SfInnerList>(&member.value);
        if (list == nullptr) continue;
        auto const base = signature_base(message, *list);
        if (!base) continue;
        FUZZ_CHECK(static_cast<std::size_t>(std::ranges::count(*base, '\n')) == list->items.size());
        FUZZ_CHECK(base->find("\"@signature-params\": (") != std::string::npos);
        FUZZ_CHECK(component_names(*list).has_value());
    }
}

}  // namespace
}  // namespace b2a::identity

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace b2a::identity;  // NOLINT: no header
    b2a::fuzz::Letter const letter(b2a::fuzz::text(data, size));
    auto const result = verify(letter.request(), known_keys(), options_for("shop.example"));
    FUZZ_CHECK(!to_text(result.verdict).empty());
    if (result.verdict == Verdict::verified) check_verified(letter, result);
    check_bases(letter);
    return 0;
}
