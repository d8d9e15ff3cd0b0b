// SPDX-License-Identifier: Apache-2.0
// What rules may ask about and how: attribute paths, their types, and which operator fits which type. To add an
// attribute, add it here, in the table below, and where eval.cpp and parse_test.cpp reach into Facts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace b2a::policy {

enum class Attribute : std::uint8_t {
    agent_id,
    agent_trust_level,
    agent_class,
    agent_registered,
    protocol,
    action,
    checkout_total,
    checkout_item_count,
    checkout_quantity_max,
    ship_to_country,
    cart_tags,
    cart_categories,
    time,
    cart_products,
    payment_handler,
    mandate_verified,
    approval_granted,
    session_owner,
};
inline constexpr std::size_t attribute_count = 18;

enum class Type : std::uint8_t { integer, boolean, text, country, protocol, action, money, text_set, datetime };

enum class Op : std::uint8_t { eq, ne, in, not_in, gt, gte, lt, lte, before, after, any, none, prefix };

struct AttributeInfo {
    std::string_view path;
    Type type;
};
inline constexpr std::array<AttributeInfo, attribute_count> attributes{{
    {"agent.id", Type::text},
    {"agent.trust_level", Type::integer},
    {"agent.class", Type::text},
    {"agent.registered", Type::boolean},
    {"protocol", Type::protocol},
    {"action", Type::action},
    {"checkout.total", Type::money},
    {"checkout.item_count", Type::integer},
    {"checkout.quantity_max", Type::integer},
    {"ship_to.country", Type::country},
    {"cart.tags", Type::text_set},
    {"cart.categories", Type::text_set},
    {"time", Type::datetime},
    {"cart.products", Type::text_set},
    {"payment.handler", Type::text},
    {"mandate.verified", Type::boolean},
    {"approval.granted", Type::boolean},
    {"session.owner", Type::text},
}};

constexpr AttributeInfo const& info(Attribute attribute) noexcept {
    return attributes[static_cast<std::size_t>(attribute)];
}
constexpr Type type_of(Attribute attribute) noexcept {
    return info(attribute).type;
}

std::optional<Attribute> attribute_from_path(std::string_view path) noexcept;
/// True if `path` leads to attributes without being one: "agent", "checkout".
bool is_attribute_group(std::string_view path) noexcept;

std::string_view to_text(Op op) noexcept;
std::optional<Op> op_from_text(std::string_view text) noexcept;
bool fits(Op op, Type type) noexcept;
/// True for operators that take a list.
bool takes_list(Op op) noexcept;
/// "an integer", for messages.
std::string_view describe(Type type) noexcept;
/// ISO 3166-1 alpha-2 in either case as a number, so that "de" and "DE" are the same country; nullopt for other text.
std::optional<std::int64_t> country_number(std::string_view text) noexcept;
/// The inverse, in capitals.
std::string country_text(std::int64_t number);
/// "eq, ne, in, not_in", for messages.
std::string ops_of(Type type);

}  // namespace b2a::policy
