// SPDX-License-Identifier: Apache-2.0
#include "policy/explain.hpp"

#include "policy/eval.hpp"

namespace b2a::policy {
namespace {

std::string_view to_text(Truth truth) noexcept {
    switch (truth) {
        case Truth::no: return "no";
        case Truth::unknown: return "unknown";
        case Truth::yes: return "yes";
    }
    return "unknown";
}

std::string text_of(Type type, std::int64_t number) {
    switch (type) {
        case Type::boolean: return number != 0 ? "true" : "false";
        case Type::protocol: return std::string(policy::to_text(static_cast<Protocol>(number)));
        case Type::action: return std::string(policy::to_text(static_cast<Action>(number)));
        case Type::datetime: return to_rfc3339(from_micros(number));
        case Type::country:
        case Type::integer:
        case Type::text:
        case Type::money:
        case Type::text_set: return std::to_string(number);
    }
    return {};
}

std::string text_of(Condition const& condition) {
    auto out = std::string(info(condition.attribute).path).append(".").append(to_text(condition.op));
    auto const type = type_of(condition.attribute);
    for (auto const number : condition.numbers)
        out += ' ' + (type == Type::country ? country_text(number) : text_of(type, number));
    for (auto const& text : condition.texts) out += ' ' + text;
    for (auto const& money : condition.amounts) out += ' ' + to_text(money);
    return out;
}

void add(Finding& finding, std::string_view name, Block const& block, Facts const& facts) {
    for (auto const& condition : block)
        finding.conditions.push_back(
            {std::string(name), text_of(condition), std::string(to_text(holds(condition, facts)))});
}

}  // namespace

std::vector<Finding> explain(Compiled const& compiled, Facts const& facts) {
    std::vector<Finding> out;
    for (auto const* rule : compiled.of(facts.action).all) {
        Finding finding;
        finding.rule = rule->id;
        finding.effect = policy::to_text(rule->effect);
        finding.mode = policy::to_text(rule->mode);
        finding.matched = matches(*rule, facts);
        add(finding, "when", rule->when, facts);
        add(finding, "unless", rule->unless, facts);
        add(finding, "require", rule->require, facts);
        out.push_back(std::move(finding));
    }
    return out;
}

}  // namespace b2a::policy
