// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"

#include "json/es_number.hpp"

namespace b2a::json {
namespace {

inline constexpr std::int64_t integer_max = (std::int64_t{1} << 53) - 1;  // RFC 8785 §3.2.2.3: exact in a double

// nlohmann's values are destroyed and copied by recursion, so depth is bounded before one exists. Counts
// brackets outside of strings; whether they match is the parser's business.
bool is_shallow(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = text[i];
        if (in_string && c == '\\') ++i;
        else if (c == '"') in_string = !in_string;
        else if (in_string) continue;
        else if ((c == '[' || c == '{') && ++depth > limits::json_depth_max) return false;
        else if ((c == ']' || c == '}') && depth > 0) --depth;
    }
    return true;
}

Error refusal(char const* reason) {
    return Error(Code::invalid_request, reason);
}

/// Which numbers have a canonical form: those that nobody can read in two ways, or all that RFC 8785 knows.
enum class Numbers : std::uint8_t { integers, all };

// The document's nesting is bounded by `depth`, and with it the recursion.
Result<void> append(std::string& out, Value const& value, std::size_t depth, Numbers numbers);

Result<void> append_text(std::string& out, std::string_view text) {
    if (!is_utf8(text)) return refusal("text is not valid UTF-8");
    Writer(out).value(text);
    return {};
}

Result<void> append_object(std::string& out, Value const& value, std::size_t depth, Numbers numbers) {
    std::vector<Value::const_iterator> members;
    members.reserve(value.size());
    for (auto it = value.begin(); it != value.end(); ++it) {
        if (!is_utf8(it.key())) return refusal("text is not valid UTF-8");
        members.push_back(it);
    }
    std::sort(members.begin(), members.end(),
              [](auto const& a, auto const& b) { return member_order_less(a.key(), b.key()); });
    out += '{';
    bool first = true;
    for (auto const& member : members) {
        if (!first) out += ',';
        first = false;
        B2A_CHECK(append_text(out, member.key()));
        out += ':';
        B2A_CHECK(append(out, *member, depth, numbers));
    }
    out += '}';
    return {};
}

Result<void> append_array(std::string& out, Value const& value, std::size_t depth, Numbers numbers) {
    out += '[';
    bool first = true;
    for (auto const& element : value) {
        if (!first) out += ',';
        first = false;
        B2A_CHECK(append(out, element, depth, numbers));
    }
    out += ']';
    return {};
}

Result<void> append_integer(std::string& out, Value const& value) {
    auto const* const natural = value.get_ptr<std::uint64_t const*>();
    auto const* const integer = value.get_ptr<std::int64_t const*>();
    bool const fits = natural != nullptr ? *natural <= static_cast<std::uint64_t>(integer_max)
                                         : *integer >= -integer_max && *integer <= integer_max;
    if (!fits) return refusal("an integer is beyond 2^53 - 1");
    if (natural != nullptr) Writer(out).value(*natural);
    else Writer(out).value(*integer);
    return {};
}

Result<void> append_decimal(std::string& out, double number) {
    if (!std::isfinite(number)) return refusal("a number is not finite");
    append_es_number(out, number);
    return {};
}

Result<void> append(std::string& out, Value const& value, std::size_t depth, Numbers numbers) {
    if (value.is_structured() && depth == limits::json_depth_max) return refusal("the value is nested too deeply");
    switch (value.type()) {
        case Value::value_t::null: out += "null"; return {};
        case Value::value_t::boolean: out += *value.get_ptr<bool const*>() ? "true" : "false"; return {};
        case Value::value_t::string: return append_text(out, *value.get_ptr<std::string const*>());
        case Value::value_t::array: return append_array(out, value, depth + 1, numbers);
        case Value::value_t::object: return append_object(out, value, depth + 1, numbers);
        case Value::value_t::number_integer:
        case Value::value_t::number_unsigned:
            if (numbers == Numbers::integers) return append_integer(out, value);
            append_es_number(out, value.get<double>());
            return {};
        case Value::value_t::number_float:
            if (numbers == Numbers::integers) return refusal("decimals have no canonical form here");
            return append_decimal(out, *value.get_ptr<double const*>());
        case Value::value_t::binary:
        case Value::value_t::discarded: break;
    }
    return refusal("not a JSON value");
}

}  // namespace

Result<Value> parse_value(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) return refusal("the JSON document starts with a byte order mark");
    if (!is_shallow(text)) return refusal("the JSON document is nested too deeply");
    bool duplicate = false;
    std::vector<std::set<std::string>> names;
    auto const watch = [&](int, Value::parse_event_t event, Value& parsed) {
        if (event == Value::parse_event_t::object_start) names.emplace_back();
        if (event == Value::parse_event_t::object_end) names.pop_back();
        if (event == Value::parse_event_t::key)
            duplicate |= !names.back().insert(*parsed.get_ptr<std::string const*>()).second;
        return true;
    };
    auto value = Value::parse(text, watch, /*allow_exceptions=*/false);
    if (value.is_discarded()) return refusal("the JSON document is malformed");
    if (duplicate) return refusal("a JSON object has two members of one name");
    return value;
}

Result<std::string> canonical(Value const& value) {
    std::string out;
    B2A_CHECK(append(out, value, 0, Numbers::integers));
    return out;
}

Result<std::string> canonical_es(Value const& value) {
    std::string out;
    B2A_CHECK(append(out, value, 0, Numbers::all));
    return out;
}

}  // namespace b2a::json
