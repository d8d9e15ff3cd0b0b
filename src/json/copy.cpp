// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/copy.hpp"

namespace b2a::json {

void copy(Writer& out, View view) {
    switch (view.kind()) {
        case Kind::null: out.null(); return;
        case Kind::boolean: out.value(view.as_bool().value_or(false)); return;
        case Kind::integer:
        case Kind::decimal: out.raw(view.as_decimal_text().value_or("0")); return;
        case Kind::string: out.value(view.as_string().value_or("")); return;
        case Kind::array:
            out.begin_array();
            view.each_element([&](std::size_t, View element) { copy(out, element); });
            out.end_array();
            return;
        case Kind::object:
            out.begin_object();
            view.each_member([&](std::string_view key, View member) {
                out.key(key);
                copy(out, member);
            });
            out.end_object();
            return;
    }
}

}  // namespace b2a::json
