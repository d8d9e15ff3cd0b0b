// SPDX-License-Identifier: Apache-2.0
// A dictionary that parses has a canonical text, and that text says the same: signatures are made over it.
#include <string>

#include "b2a/base/limits.hpp"
#include "b2a/web/structured_fields.hpp"

#include "fuzz/target.hpp"

namespace b2a::web {
namespace {

std::string canonical(SfDictionary const& dictionary) {
    std::string out;
    for (auto const& member : dictionary.members()) {
        if (!out.empty()) out += ", ";
        out += member.key + '=';
        std::visit([&](auto const& value) { serialize(out, value); }, member.value);
    }
    return out;
}

void check(std::string_view field) {
    auto const parsed = SfDictionary::parse(field);
    if (!parsed) return;
    FUZZ_CHECK(parsed->members().size() <= limits::structured_members_max);
    for (auto const& member : parsed->members()) {
        FUZZ_CHECK(parsed->find(member.key) == &member);  // no key twice
        auto const* item = std::get_if<SfItem>(&member.value);
        bool const is_string = item != nullptr && std::holds_alternative<std::string>(item->value);
        FUZZ_CHECK(parsed->string(member.key).has_value() == is_string);
    }
    auto const text = canonical(*parsed);
    for (char const c : text) FUZZ_CHECK(c >= 0x20 && c < 0x7f);  // nothing that ends a line of a signature base
    auto const again = SfDictionary::parse(text);
    FUZZ_CHECK(again.has_value());
    FUZZ_CHECK(canonical(*again) == text);
    FUZZ_CHECK(again->members().size() == parsed->members().size());
}

}  // namespace
}  // namespace b2a::web

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::web::check(b2a::fuzz::text(data, size));
    return 0;
}
