// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/view.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <vector>

#include <simdjson.h>

#include "b2a/base/limits.hpp"

namespace b2a::json {
namespace {

namespace dom = simdjson::dom;
using TapeRef = simdjson::internal::tape_ref;

// simdjson's element is a document pointer and a tape index behind a private constructor. View keeps just
// these two words, so that simdjson.h stays out of every file that reads JSON.
static_assert(sizeof(dom::element) == sizeof(TapeRef) && std::is_trivially_copyable_v<dom::element>);

dom::element element_at(void const* document, std::size_t index) {
    return std::bit_cast<dom::element>(TapeRef(static_cast<dom::document const*>(document), index));
}

std::size_t index_of(dom::element element) {
    return std::bit_cast<TapeRef>(element).json_index;
}

template <class T>
std::optional<T> as(dom::element element) {
    T value{};
    if (element.get<T>().get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

template <class Number>
std::string number_text(Number number) {
    std::array<char, 32> buffer{};
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

/// The shortest text that reads as the same number. A large one needs its exponent: without it the digits would be an
/// integer beyond what a document may hold.
std::string decimal_text(double number) {
    constexpr double integers_end = 9'007'199'254'740'992.0;  // 2^53
    if (number > -integers_end && number < integers_end) return number_text(number);
    std::array<char, 32> buffer{};
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific).ptr;
    return {buffer.data(), end};
}

bool has_duplicate(std::vector<std::string_view>& names) {
    if (names.size() <= 16) {
        for (std::size_t i = 1; i < names.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (names[i] == names[j]) return true;
        return false;
    }
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

constexpr std::string_view too_deep = "the JSON document is nested too deeply";

// What the parser lets through, or nothing: names that come twice, and an empty container one level too deep, which it
// does not count. The parser bounded the depth up to there, so recursion is safe. `names` is scratch space.
std::string_view fault_in(dom::element element, std::vector<std::string_view>& names, std::size_t depth) {
    if (auto const array = as<dom::array>(element)) {
        if (depth == limits::json_depth_max) return too_deep;
        for (auto const child : *array)
            if (auto const fault = fault_in(child, names, depth + 1); !fault.empty()) return fault;
    }
    if (auto const object = as<dom::object>(element)) {
        if (depth == limits::json_depth_max) return too_deep;
        names.clear();
        for (auto const field : *object) names.push_back(field.key);
        if (has_duplicate(names)) return "a JSON object has two members of one name";
        for (auto const field : *object)
            if (auto const fault = fault_in(field.value, names, depth + 1); !fault.empty()) return fault;
    }
    return {};
}

std::string_view reason(simdjson::error_code code) {
    switch (code) {
        case simdjson::EMPTY: return "the JSON document is empty";
        case simdjson::DEPTH_ERROR: return too_deep;
        case simdjson::UTF8_ERROR: return "the JSON document is not valid UTF-8";
        case simdjson::NUMBER_ERROR: return "a JSON number is malformed or out of range";
        case simdjson::STRING_ERROR:
        case simdjson::UNCLOSED_STRING:
        case simdjson::UNESCAPED_CHARS: return "a JSON string is malformed";
        case simdjson::CAPACITY: return "the JSON document is too large";
        default: return "the JSON document is malformed";
    }
}

}  // namespace

Kind View::kind() const {
    if (document_ == nullptr) return Kind::null;
    switch (element_at(document_, index_).type()) {
        case dom::element_type::ARRAY: return Kind::array;
        case dom::element_type::OBJECT: return Kind::object;
        case dom::element_type::INT64:
        case dom::element_type::UINT64: return Kind::integer;
        case dom::element_type::DOUBLE: return Kind::decimal;
        case dom::element_type::STRING: return Kind::string;
        case dom::element_type::BOOL: return Kind::boolean;
        case dom::element_type::NULL_VALUE: return Kind::null;
    }
    return Kind::null;
}

std::optional<bool> View::as_bool() const {
    if (document_ == nullptr) return std::nullopt;
    return as<bool>(element_at(document_, index_));
}

std::optional<std::int64_t> View::as_int() const {
    if (!is(Kind::integer)) return std::nullopt;
    return as<std::int64_t>(element_at(document_, index_));
}

std::optional<std::string_view> View::as_string() const {
    if (document_ == nullptr) return std::nullopt;
    return as<std::string_view>(element_at(document_, index_));
}

std::optional<std::string> View::as_decimal_text() const {
    auto const k = kind();
    if (k != Kind::integer && k != Kind::decimal) return std::nullopt;
    auto const element = element_at(document_, index_);
    if (k == Kind::decimal) return decimal_text(element.get_double().value_unsafe());
    if (auto const number = as<std::int64_t>(element)) return number_text(*number);
    return number_text(element.get_uint64().value_unsafe());
}

std::optional<View> View::get(std::string_view key) const {
    if (!is(Kind::object)) return std::nullopt;
    dom::element member;
    auto const object = element_at(document_, index_).get_object().value_unsafe();
    if (object.at_key(key).get(member) != simdjson::SUCCESS) return std::nullopt;
    return View(document_, index_of(member));
}

std::size_t View::size() const {
    if (is(Kind::array)) return element_at(document_, index_).get_array().value_unsafe().size();
    if (is(Kind::object)) return element_at(document_, index_).get_object().value_unsafe().size();
    return 0;
}

void View::each_element(std::function<void(std::size_t index, View)> const& visit) const {
    if (!is(Kind::array)) return;
    std::size_t at = 0;
    auto const array = element_at(document_, index_).get_array().value_unsafe();
    for (auto const child : array) visit(at++, View(document_, index_of(child)));
}

void View::each_member(std::function<void(std::string_view key, View)> const& visit) const {
    if (!is(Kind::object)) return;
    auto const object = element_at(document_, index_).get_object().value_unsafe();
    for (auto const field : object) visit(field.key, View(document_, index_of(field.value)));
}

struct Document::Impl {
    dom::parser parser;
    std::vector<std::string_view> names;
};

Document::Document() : impl_(std::make_unique<Impl>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Result<View> Document::parse(std::string_view text) {
    if (text.empty()) return Error(Code::invalid_request, "the JSON document is empty");
    auto& parser = impl_->parser;
    // simdjson refuses the container that reaches its maximum; ours is the deepest that is allowed.
    constexpr auto depth = limits::json_depth_max + 1;
    if (parser.max_depth() != depth || parser.capacity() == 0) {
        if (parser.allocate(std::max<std::size_t>(text.size(), 4096), depth) != simdjson::SUCCESS)
            return Error(Code::payload_too_large, "the JSON document is too large");
    }
    dom::element root;
    auto const code = parser.parse(text.data(), text.size()).get(root);
    if (code != simdjson::SUCCESS) return Error(Code::invalid_request, std::string(reason(code)));
    if (auto const fault = fault_in(root, impl_->names, 0); !fault.empty())
        return Error(Code::invalid_request, std::string(fault));
    return View(std::bit_cast<TapeRef>(root).doc, index_of(root));
}

}  // namespace b2a::json
