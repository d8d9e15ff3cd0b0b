// SPDX-License-Identifier: Apache-2.0
#include "policy/schema.hpp"

#include "b2a/base/text.hpp"

namespace b2a::policy {
namespace {

constexpr std::array<std::string_view, 13> op_names{"eq",  "ne",     "in",    "not_in", "gt",   "gte",   "lt",
                                                    "lte", "before", "after", "any",    "none", "prefix"};

bool is_order(Op op) noexcept {
    return op == Op::gt || op == Op::gte || op == Op::lt || op == Op::lte;
}
bool is_equality(Op op) noexcept {
    return op == Op::eq || op == Op::ne;
}
bool is_membership(Op op) noexcept {
    return op == Op::in || op == Op::not_in;
}

}  // namespace

std::optional<Attribute> attribute_from_path(std::string_view path) noexcept {
    for (std::size_t i = 0; i < attributes.size(); ++i)
        if (attributes[i].path == path) return static_cast<Attribute>(i);
    return std::nullopt;
}

bool is_attribute_group(std::string_view path) noexcept {
    for (auto const& attribute : attributes) {
        auto const longer = attribute.path.size() > path.size() && attribute.path.starts_with(path);
        if (longer && attribute.path[path.size()] == '.') return true;
    }
    return false;
}

std::string_view to_text(Op op) noexcept {
    return op_names[static_cast<std::size_t>(op)];
}

std::optional<Op> op_from_text(std::string_view text) noexcept {
    for (std::size_t i = 0; i < op_names.size(); ++i)
        if (op_names[i] == text) return static_cast<Op>(i);
    return std::nullopt;
}

bool fits(Op op, Type type) noexcept {
    switch (type) {
        case Type::integer: return is_equality(op) || is_membership(op) || is_order(op);
        case Type::boolean: return is_equality(op);
        case Type::text: return is_equality(op) || is_membership(op) || op == Op::prefix;
        case Type::country:
        case Type::protocol:
        case Type::action: return is_equality(op) || is_membership(op);
        case Type::money: return is_equality(op) || is_order(op);
        case Type::text_set: return op == Op::any || op == Op::none;
        case Type::datetime: return is_order(op) || op == Op::before || op == Op::after;
    }
    return false;
}

bool takes_list(Op op) noexcept {
    return is_membership(op) || op == Op::any || op == Op::none;
}

std::string_view describe(Type type) noexcept {
    switch (type) {
        case Type::integer: return "an integer";
        case Type::boolean: return "true or false";
        case Type::text: return "a text";
        case Type::country: return "a country of two letters, e.g. \"DE\"";
        case Type::protocol: return "a protocol: native, ucp, acp, mcp, a2a, admin or cli";
        case Type::action: return "an action, e.g. \"checkout.complete\"";
        case Type::money: return "money: { amount = 50000, currency = \"USD\" }, in minor units";
        case Type::text_set: return "a list of texts";
        case Type::datetime: return "a date-time with offset, e.g. 2026-11-27T00:00:00Z";
    }
    return "";
}

std::optional<std::int64_t> country_number(std::string_view text) noexcept {
    auto const letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (text.size() != 2) return std::nullopt;
    auto const first = ascii_lower(text[0]);
    auto const second = ascii_lower(text[1]);
    if (!letter(first) || !letter(second)) return std::nullopt;
    return first * 256 + second;
}

std::string country_text(std::int64_t number) {
    auto const capital = [](std::int64_t letter) { return static_cast<char>(letter - 'a' + 'A'); };
    return {capital(number / 256), capital(number % 256)};
}

std::string ops_of(Type type) {
    std::string out;
    for (std::size_t i = 0; i < op_names.size(); ++i) {
        if (!fits(static_cast<Op>(i), type)) continue;
        if (!out.empty()) out += ", ";
        out += op_names[i];
    }
    return out;
}

}  // namespace b2a::policy
