// SPDX-License-Identifier: Apache-2.0
#include "policy/block.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

namespace b2a::policy {
namespace {

std::string all_paths() {
    std::string out;
    for (std::size_t i = 0; i < attribute_count; ++i) {
        if (i != 0) out += ", ";
        out += info(static_cast<Attribute>(i)).path;
    }
    return out;
}

/// Paths are at most two deep, so the recursion ends there.
void walk(toml::table const& table, std::string const& prefix, std::string_view name, Problems& problems,
          std::function<void(Attribute, toml::node const&)> const& leaf) {
    for (auto const& [key, node] : table) {
        auto const path = prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
        auto const plain = key.str().find('.') == std::string_view::npos;
        auto const attribute = plain ? attribute_from_path(path) : std::nullopt;
        if (attribute) {
            leaf(*attribute, node);
        } else if (plain && is_attribute_group(path) && node.is_table()) {
            if (node.as_table()->empty()) problems.add(key.source(), path + " names no attribute");
            walk(*node.as_table(), path, name, problems, leaf);
        } else {
            problems.add(key.source(),
                         std::string(name) + ": unknown attribute " + quoted(path) + "; known are " + all_paths());
        }
    }
}

std::optional<Money> read_money(toml::node const& node, Problems& problems) {
    auto const* table = node.as_table();
    if (table == nullptr) {
        problems.add(node, "expected " + std::string(describe(Type::money)));
        return std::nullopt;
    }
    TableReader reader(*table, "money", problems);
    auto const before = problems.count();
    std::optional<std::int64_t> amount;
    if (table->contains("amount")) {
        amount = reader.integer("amount", 0, money_minor_max);
    } else {
        reader.need("amount");
    }
    std::optional<Currency> currency;
    if (auto const* code = reader.need("currency")) {
        auto const* text = code->as_string();
        if (text != nullptr) currency = Currency::parse(text->get());
        if (!currency) problems.add(*code, "money.currency must be an ISO 4217 code, e.g. \"EUR\"");
    }
    reader.refuse_others();
    if (problems.count() != before || !amount || !currency) return std::nullopt;
    return Money{*amount, *currency};
}

std::optional<std::int64_t> number_from_text(std::string_view text, Type type) {
    if (type == Type::protocol) {
        if (auto const protocol = protocol_from_text(text)) return static_cast<std::int64_t>(*protocol);
    } else if (type == Type::action) {
        if (auto const action = action_from_text(text)) return static_cast<std::int64_t>(*action);
    } else if (type == Type::country) {
        return country_number(text);
    }
    return std::nullopt;
}

std::optional<std::int64_t> read_number(toml::node const& node, Attribute attribute) {
    auto const type = type_of(attribute);
    if (type == Type::boolean) {
        if (auto const* flag = node.as_boolean()) return flag->get() ? 1 : 0;
    } else if (type == Type::integer) {
        auto const* number = node.as_integer();
        auto const max = attribute == Attribute::agent_trust_level ? std::int64_t{6} : money_minor_max;
        if (number != nullptr && number->get() >= 0 && number->get() <= max) return number->get();
    } else if (type == Type::datetime) {
        if (auto const time = read_datetime(node)) return to_micros(*time);
    } else if (auto const* text = node.as_string()) {
        return number_from_text(text->get(), type);
    }
    return std::nullopt;
}

/// The nodes of an operand: the list's elements, or the one value.
std::optional<std::vector<toml::node const*>> operands(toml::node const& node, Op op, Type type,
                                                       std::string const& label, Problems& problems) {
    auto const* list = node.as_array();
    auto const money_list = type == Type::money && list != nullptr;
    if (takes_list(op) != (list != nullptr) && !money_list) {
        problems.add(node, label + (list == nullptr ? " takes a list" : " takes one value, not a list"));
        return std::nullopt;
    }
    std::vector<toml::node const*> out;
    if (list == nullptr) {
        out.push_back(&node);
        return out;
    }
    if (list->empty() || list->size() > limits::policy_values_max) {
        problems.add(node, label + " needs 1 to " + std::to_string(limits::policy_values_max) + " values");
        return std::nullopt;
    }
    for (auto const& item : *list) out.push_back(&item);
    return out;
}

void add_money(Condition& condition, Money money, toml::node const& where, Problems& problems) {
    auto const same = [&](Money const& other) { return other.currency == money.currency; };
    if (std::ranges::any_of(condition.amounts, same)) {
        problems.add(where, "two amounts in " + std::string(money.currency.code()));
        return;
    }
    condition.amounts.push_back(money);
}

/// Sorting makes lists order-free (digest) and searchable (evaluation).
void normalise(Condition& condition) {
    auto const unique = [](auto& values) {
        std::ranges::sort(values);
        auto const rest = std::ranges::unique(values);
        values.erase(rest.begin(), rest.end());
    };
    unique(condition.numbers);
    unique(condition.texts);
    std::ranges::sort(condition.amounts, {}, [](Money const& money) { return money.currency.code(); });
}

void read_condition(Attribute attribute, Op op, toml::node const& node, Block& out, Problems& problems) {
    auto const type = type_of(attribute);
    auto const label = std::string(info(attribute).path) + "." + std::string(to_text(op));
    auto const nodes = operands(node, op, type, label, problems);
    if (!nodes) return;
    Condition condition;
    condition.attribute = attribute;
    condition.op = op;
    for (auto const* item : *nodes) {
        auto literal = read_literal(*item, attribute, problems);
        if (!literal) continue;
        if (type == Type::money) {
            add_money(condition, literal->money, *item, problems);
        } else if (type == Type::text || type == Type::text_set) {
            condition.texts.push_back(std::move(literal->text));
        } else {
            condition.numbers.push_back(literal->number);
        }
    }
    normalise(condition);
    out.push_back(std::move(condition));
}

}  // namespace

std::optional<Literal> read_literal(toml::node const& node, Attribute attribute, Problems& problems) {
    auto const type = type_of(attribute);
    Literal literal;
    if (type == Type::money) {
        auto const money = read_money(node, problems);
        if (!money) return std::nullopt;
        literal.money = *money;
        return literal;
    }
    if (type == Type::text || type == Type::text_set) {
        auto text = read_text(node, TextShape::message, info(attribute).path, problems);
        if (!text) return std::nullopt;
        literal.text = std::move(*text);
        return literal;
    }
    if (auto const number = read_number(node, attribute)) {
        literal.number = *number;
        return literal;
    }
    auto const expected = attribute == Attribute::agent_trust_level ? "an integer from 0 to 6" : describe(type);
    problems.add(node, std::string(info(attribute).path) + " must be " + std::string(expected));
    return std::nullopt;
}

Block read_block(toml::table const& table, std::string_view name, Problems& problems) {
    Block out;
    if (table.empty()) problems.add(table, std::string(name) + " holds no condition");
    walk_attributes(table, name, problems, [&](Attribute attribute, toml::node const& node) {
        auto const path = std::string(info(attribute).path);
        auto const* ops = node.as_table();
        if (ops == nullptr || ops->empty()) {
            problems.add(node, path + " needs an operator, e.g. " + path + "." + ops_of(type_of(attribute)));
            return;
        }
        for (auto const& [key, operand] : *ops) {
            auto const op = op_from_text(key.str());
            if (op && fits(*op, type_of(attribute))) {
                read_condition(attribute, *op, operand, out, problems);
            } else {
                problems.add(key.source(),
                             path + " has no operator " + quoted(key.str()) + "; it has " + ops_of(type_of(attribute)));
            }
        }
    });
    return out;
}

void walk_attributes(toml::table const& table, std::string_view name, Problems& problems,
                     std::function<void(Attribute, toml::node const&)> const& leaf) {
    walk(table, "", name, problems, leaf);
}

bool add_actions(std::string_view pattern, ActionSet& out) noexcept {
    auto const wildcard = pattern == "*" || pattern.ends_with(".*");
    auto const prefix = wildcard ? pattern.substr(0, pattern.size() - 1) : pattern;
    auto found = false;
    for (std::size_t i = 0; i < action_count; ++i) {
        auto const name = to_text(static_cast<Action>(i));
        if (wildcard ? !name.starts_with(prefix) : name != pattern) continue;
        out.set(i);
        found = true;
    }
    return found;
}

}  // namespace b2a::policy
