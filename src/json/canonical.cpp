// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/canonical.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "b2a/json/writer.hpp"

#include "json/es_number.hpp"

namespace b2a::json {
namespace {

void append_number(Writer& out, View view) {
    auto const text = view.as_decimal_text().value_or("0");
    if (view.is(Kind::integer)) {
        out.raw(text);
        return;
    }
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    std::string written;
    append_es_number(written, number);
    out.raw(written);
}

/// A document's depth is bounded when it is parsed, and with it the recursion.
void append(Writer& out, View view) {
    switch (view.kind()) {
        case Kind::null: out.null(); return;
        case Kind::boolean: out.value(view.as_bool().value_or(false)); return;
        case Kind::integer:
        case Kind::decimal: append_number(out, view); return;
        case Kind::string: out.value(view.as_string().value_or("")); return;
        case Kind::array:
            out.begin_array();
            view.each_element([&](std::size_t, View element) { append(out, element); });
            out.end_array();
            return;
        case Kind::object: {
            std::vector<std::pair<std::string_view, View>> members;
            members.reserve(view.size());
            view.each_member([&](std::string_view key, View member) { members.emplace_back(key, member); });
            std::ranges::sort(members,
                              [](auto const& a, auto const& b) { return member_order_less(a.first, b.first); });
            out.begin_object();
            for (auto const& [key, member] : members) {
                out.key(key);
                append(out, member);
            }
            out.end_object();
            return;
        }
    }
}

}  // namespace

std::string canonical_text(View view) {
    std::string out;
    if (view.is(Kind::null)) return out;
    Writer writer(out);
    append(writer, view);
    return out;
}

}  // namespace b2a::json
