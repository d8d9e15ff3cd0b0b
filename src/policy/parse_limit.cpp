// SPDX-License-Identifier: Apache-2.0
#include "policy/parse_limit.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"

#include "policy/block.hpp"
#include "policy/parse_parts.hpp"

namespace b2a::policy {
namespace {

constexpr std::array keys{LimitKey::principal, LimitKey::peer, LimitKey::agent_class, LimitKey::product,
                          LimitKey::everyone};

/// The key of the file and what it makes the limit count.
struct Measure {
    std::string_view key;
    LimitKind kind;
};
constexpr std::array measures{Measure{"count", LimitKind::requests}, Measure{"orders", LimitKind::orders},
                              Measure{"quantity", LimitKind::quantity}, Measure{"amount", LimitKind::amount}};

void read_amounts(toml::node const& node, RateLimit& rate, Problems& problems) {
    auto const add = [&](toml::node const& item) {
        auto const money = read_literal(item, Attribute::checkout_total, problems);
        if (!money) return;
        auto const same = [&](Money const& other) { return other.currency == money->money.currency; };
        if (std::ranges::any_of(rate.amounts, same)) problems.add(item, "limit.amount names a currency twice");
        rate.amounts.push_back(money->money);
    };
    auto const* list = node.as_array();
    if (list == nullptr) return add(node);
    if (list->empty()) problems.add(node, "limit.amount names no amount");
    for (auto const& item : *list) add(item);
    std::ranges::sort(rate.amounts, {}, [](Money const& money) { return money.currency.code(); });
}

void read_measure(TableReader& reader, RateLimit& rate) {
    auto& problems = reader.problems();
    std::size_t found = 0;
    for (auto const& [key, kind] : measures) {
        auto const* node = reader.take(key);
        if (node == nullptr) continue;
        rate.kind = kind;
        if (kind == LimitKind::amount) read_amounts(*node, rate, problems);
        else rate.count = reader.integer(key, 0, limits::policy_limit_count_max).value_or(0);
        if (++found == 2) problems.add(*node, "a limit has one of count, orders, quantity and amount");
    }
    if (found == 0) problems.add(reader.raw(), "limit needs one of count, orders, quantity and amount");
}

/// What is bought is known when a checkout is completed, and only then.
void check_measure(TableReader& reader, Limit const& limit) {
    auto& problems = reader.problems();
    auto const& rate = limit.rate;
    if (rate.kind == LimitKind::requests) {
        if (rate.per == LimitKey::product)
            problems.add(reader.raw(), "limit.per \"product\" is for quantity: requests name no product");
        return;
    }
    auto others = limit.actions;
    others.reset(static_cast<std::size_t>(Action::checkout_complete));
    if (others.any())
        problems.add(*reader.raw().get("actions"),
                     "orders, quantity and amount are counted for checkout.complete only");
    if (rate.per == LimitKey::product && rate.kind != LimitKind::quantity)
        problems.add(*reader.raw().get("per"), "limit.per \"product\" is for quantity only");
}

}  // namespace

Limit read_limit(toml::table const& table, Problems& problems) {
    TableReader reader(table, "limit", problems);
    Limit limit;
    auto& rate = limit.rate;
    if (reader.need("id") != nullptr) rate.id = reader.text("id", TextShape::name).value_or("");
    limit.actions = read_actions(reader);
    for (std::size_t i = 0; i < action_count; ++i)
        if (limit.actions.test(i)) rate.actions.push_back(static_cast<Action>(i));
    read_measure(reader, rate);
    if (auto const* node = reader.need("window"))
        rate.window_s = read_window(*node, "limit.window", problems).value_or(rate.window_s);
    if (auto const* node = reader.take("per"))
        rate.per = read_word(*node, "limit.per", keys, problems).value_or(rate.per);
    check_measure(reader, limit);
    limit.when = read_optional_block(reader, "when");
    limit.unless = read_optional_block(reader, "unless");
    auto const requests = rate.kind == LimitKind::requests;
    rate.code = reader.text("reason_code", TextShape::code).value_or(requests ? "rate_limited" : "allowance_exceeded");
    rate.message = reader.text("agent_message", TextShape::message)
                       .value_or(requests ? "Too many requests; wait and try again."
                                          : "The brand's allowance for this is used up for now.");
    reader.refuse_others();
    return limit;
}

}  // namespace b2a::policy
