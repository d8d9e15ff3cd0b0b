// SPDX-License-Identifier: Apache-2.0
// Key sets of strangers: a key that is taken can be found, has a thumbprint exactly if we can verify with it, and does
// not accept a signature that nobody made.
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/identity/keys.hpp"
#include "b2a/json/view.hpp"

#include "fuzz/target.hpp"

namespace b2a::identity {
namespace {

void check_key(KeySet const& keys, std::string_view kid) {
    auto const* key = keys.find(kid);
    if (key == nullptr) return;
    FUZZ_CHECK(key->kid() == kid && !kid.empty() && kid.size() <= limits::id_bytes_max);
    FUZZ_CHECK(key->thumbprint().size() == (key->algorithm() == Algorithm::unsupported ? 0 : 43));
    // What fits a key of small order: zero, the neutral element or minus it for R, and nothing for S.
    Bytes nobodys(64, 0);
    for (std::string_view const message : {"a", "b", "c", "d"})
        for (int const first : {0x00, 0x01, 0xec}) {
            nobodys.front() = static_cast<std::uint8_t>(first);
            std::fill(nobodys.begin() + 1, nobodys.begin() + 32,
                      static_cast<std::uint8_t>(first == 0xec ? 0xff : 0x00));
            nobodys[31] &= 0x7f;
            FUZZ_CHECK(!key->verify(as_bytes(message), nobodys));
        }
    Bytes const short_one(63, 1);
    FUZZ_CHECK(!key->verify(as_bytes("a"), short_one));
    FUZZ_CHECK(!key->verify(as_bytes("a"), {}));
}

void check(std::string_view text) {
    json::Document document;
    auto const root = document.parse(text);
    if (!root) return;
    auto const list = root->get("keys").value_or(*root);
    auto const keys = KeySet::parse(list);
    FUZZ_CHECK(keys.size() <= std::min(limits::document_keys_max, list.is(json::Kind::array) ? list.size() : 0));
    list.each_element([&](std::size_t, json::View one) {
        if (auto const kid = one.get("kid")) check_key(keys, kid->as_string().value_or(""));
    });
    FUZZ_CHECK(keys.find("") == nullptr);
}

}  // namespace
}  // namespace b2a::identity

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::identity::check(b2a::fuzz::text(data, size));
    return 0;
}
