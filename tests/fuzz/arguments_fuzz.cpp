// SPDX-License-Identifier: Apache-2.0
// A language model's arguments: whatever they are, shaping them ends in JSON that is as good as shaped, and the parsers
// behind it give a command or an error.
#include "fuzz/target.hpp"
#include "protocol/native/lenient.hpp"
#include "protocol/native/parse_commerce.hpp"

namespace b2a::protocol::native {
namespace {

constexpr std::string_view schema_text = R"({"type":"object","properties":{
        "items":{"type":"array","items":{"type":"object","required":["variant_id"],"properties":{
            "variant_id":{"type":"string"},"quantity":{"type":"integer"}}}},
        "add":{"type":"array","items":{"type":"object","required":["variant_id"],"properties":{
            "variant_id":{"type":"string"},"quantity":{"type":"integer"}}}},
        "discount_codes":{"type":"array","items":{"type":"string"}},
        "avoid":{"type":"array","items":{"type":"string","enum":["milk","nuts"]}},
        "price":{"type":"object","properties":{"min":{"type":"integer"},"max":{"type":"integer"},
                                               "currency":{"type":"string"}}},
        "context":{"type":"object","properties":{"currency":{"type":"string"}}},
        "ship_to":{"type":"object","properties":{"postal_code":{"type":"string"}}},
        "available":{"type":"boolean"},"ratio":{"type":"number"}}})";

void check(std::string_view text) {
    static auto const schema = json::parse_value(schema_text).value();
    json::Document document;
    auto const root = document.parse(text);
    if (!root || !root->is(json::Kind::object)) return;
    auto const once = lenient(*root, schema, {"cart_id"});
    json::Document shaped;
    auto const again = shaped.parse(once);
    if (!again) return;  // JSON out of a text may make it deeper than we read
    FUZZ_CHECK(lenient(*again, schema, {"cart_id"}) == once);
    (void)parse_create_cart(*again);
    (void)parse_change_cart(*again);
    (void)parse_create_checkout(*again);
    (void)parse_change_checkout(*again);
    (void)parse_complete_checkout(*again);
}

}  // namespace
}  // namespace b2a::protocol::native

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::protocol::native::check(b2a::fuzz::text(data, size));
    return 0;
}
