// SPDX-License-Identifier: Apache-2.0
// JSON on the request path and off it: both readers see the same document (what one hides from the other would be
// signed but not checked), what is written is what was read, and a Reader collects a bounded number of problems.
#include <string>

#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/value.hpp"
#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

#include "fuzz/target.hpp"

namespace b2a::json {
namespace {

void write(Writer& out, View view) {
    switch (view.kind()) {
        case Kind::null: out.null(); return;
        case Kind::boolean: out.value(view.as_bool().value()); return;
        case Kind::integer:
        case Kind::decimal: out.raw(view.as_decimal_text().value()); return;
        case Kind::string: out.value(view.as_string().value()); return;
        case Kind::array:
            out.begin_array();
            view.each_element([&](std::size_t, View child) { write(out, child); });
            out.end_array();
            return;
        case Kind::object:
            out.begin_object();
            view.each_member([&](std::string_view key, View child) {
                FUZZ_CHECK(view.get(key).has_value());
                write(out.key(key), child);
            });
            out.end_object();
            return;
    }
}

std::string rewritten(std::string const& text) {
    Document document;
    auto const root = document.parse(text);
    FUZZ_CHECK(root.ok());
    std::string out;
    Writer writer(out);
    write(writer, *root);
    return out;
}

void check_readers_agree(std::string const& text, std::string const& written) {
    auto const model = parse_value(text);
    auto const again = parse_value(written);
    FUZZ_CHECK(model.ok() && again.ok());
    auto const one = canonical(*model);
    auto const two = canonical(*again);
    if (!one) return;  // decimals and large integers have no canonical form
    FUZZ_CHECK(two.ok() && *one == *two);
    auto const third = parse_value(*one);
    FUZZ_CHECK(third.ok() && canonical(*third).value() == *one);
}

void read(Reader& in, int depth) {
    auto const id = in.string("id", 16, Presence::required);
    if (id) FUZZ_CHECK(id->size() <= 16);
    auto const quantity = in.integer("quantity", 1, 100);
    if (quantity) FUZZ_CHECK(*quantity >= 1 && *quantity <= 100);
    in.boolean("selected");
    in.strings("codes", 3, 8);
    if (depth == 0) return;
    in.object("item", [&](Reader& item) { read(item, depth - 1); });
    in.objects("items", 5, [&](Reader& item) { read(item, depth - 1); });
}

void check(std::string const& text) {
    Document document;
    auto const root = document.parse(text);
    if (!root) {
        FUZZ_CHECK(!root.error().detail.empty());
        return;
    }
    auto const once = rewritten(text);
    auto const twice = rewritten(once);  // -0.0 becomes -0 and then 0
    FUZZ_CHECK(rewritten(twice) == twice);
    check_readers_agree(text, once);
    Reader reader(*root);
    read(reader, 3);
    FUZZ_CHECK(reader.problems().size() <= limits::json_errors_max);
    FUZZ_CHECK(reader.finish().ok() == reader.problems().empty());
    for (auto const& problem : reader.problems())
        FUZZ_CHECK(problem.pointer.empty() || problem.pointer.starts_with('/'));
}

}  // namespace
}  // namespace b2a::json

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::json::check(std::string(b2a::fuzz::text(data, size)));
    return 0;
}
