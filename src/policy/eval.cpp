// SPDX-License-Identifier: Apache-2.0
#include "policy/eval.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"

namespace b2a::policy {
namespace {

Truth truth(bool value) noexcept {
    return value ? Truth::yes : Truth::no;
}

std::optional<std::int64_t> number_of(Attribute attribute, Facts const& facts) noexcept {
    auto const& agent = *facts.principal;
    switch (attribute) {
        case Attribute::agent_trust_level: return static_cast<std::int64_t>(agent.trust);
        case Attribute::agent_registered: return agent.registered ? 1 : 0;
        case Attribute::protocol: return static_cast<std::int64_t>(agent.protocol);
        case Attribute::action: return static_cast<std::int64_t>(facts.action);
        case Attribute::checkout_item_count: return facts.item_count;
        case Attribute::checkout_quantity_max: return facts.quantity_max;
        case Attribute::ship_to_country:
            // Anything but two letters is no country that a rule could name, so it counts as absent.
            return facts.country ? country_number(*facts.country) : std::nullopt;
        case Attribute::time: return to_micros(facts.now);
        case Attribute::approval_granted: return facts.approved ? 1 : 0;
        case Attribute::mandate_verified:
            return facts.mandate_verified ? std::optional<std::int64_t>(*facts.mandate_verified) : std::nullopt;
        case Attribute::agent_id:
        case Attribute::agent_class:
        case Attribute::checkout_total:
        case Attribute::cart_tags:
        case Attribute::cart_categories:
        case Attribute::cart_products:
        case Attribute::payment_handler:
        case Attribute::session_owner: break;
    }
    return std::nullopt;
}

template <class Value>
Truth compare(Op op, Value const& fact, Value const& operand) noexcept {
    switch (op) {
        case Op::eq: return truth(fact == operand);
        case Op::ne: return truth(fact != operand);
        case Op::gt: return truth(fact > operand);
        case Op::gte:
        case Op::after: return truth(fact >= operand);
        case Op::lt:
        case Op::before: return truth(fact < operand);
        case Op::lte: return truth(fact <= operand);
        case Op::in:
        case Op::not_in:
        case Op::any:
        case Op::none:
        case Op::prefix: break;
    }
    return Truth::unknown;
}

Truth holds_number(Condition const& condition, Facts const& facts) noexcept {
    auto const fact = number_of(condition.attribute, facts);
    if (!fact) return Truth::unknown;
    if (condition.op == Op::in) return truth(std::ranges::binary_search(condition.numbers, *fact));
    if (condition.op == Op::not_in) return truth(!std::ranges::binary_search(condition.numbers, *fact));
    return compare(condition.op, *fact, condition.numbers.front());
}

std::string_view text_of(Attribute attribute, Facts const& facts) noexcept {
    if (attribute == Attribute::agent_id) return facts.principal->id;
    if (attribute == Attribute::agent_class) return facts.principal->agent_class;
    auto const& fact = attribute == Attribute::session_owner ? facts.session_owner : facts.payment_handler;
    return fact ? std::string_view(*fact) : std::string_view();
}

Truth holds_text(Condition const& condition, Facts const& facts) noexcept {
    auto const fact = text_of(condition.attribute, facts);
    if (fact.empty()) return Truth::unknown;
    if (condition.op == Op::in) return truth(std::ranges::binary_search(condition.texts, fact));
    if (condition.op == Op::not_in) return truth(!std::ranges::binary_search(condition.texts, fact));
    std::string_view const operand = condition.texts.front();
    if (condition.op == Op::prefix) return truth(fact.starts_with(operand));
    return compare(condition.op, fact, operand);
}

Truth holds_products(Condition const& condition, Facts const& facts) noexcept {
    if (facts.lines.empty()) return Truth::unknown;
    auto const named = [&](FactLine const& line) {
        return std::ranges::binary_search(condition.texts, line.product_id);
    };
    return truth(std::ranges::any_of(facts.lines, named) == (condition.op == Op::any));
}

Truth holds_set(Condition const& condition, Facts const& facts) noexcept {
    if (condition.attribute == Attribute::cart_products) return holds_products(condition, facts);
    auto const& fact = condition.attribute == Attribute::cart_tags ? facts.tags : facts.categories;
    if (!fact) return Truth::unknown;
    auto const common = std::ranges::any_of(
        *fact, [&](std::string const& item) { return std::ranges::binary_search(condition.texts, item); });
    return truth(common == (condition.op == Op::any));
}

Truth holds_money(Condition const& condition, Facts const& facts) noexcept {
    if (!facts.total) return Truth::unknown;
    for (auto const& amount : condition.amounts)
        if (amount.currency == facts.total->currency) return compare(condition.op, facts.total->minor, amount.minor);
    return Truth::unknown;
}

bool in_force(Rule const& rule, Timestamp now) noexcept {
    return (!rule.valid_from || *rule.valid_from <= now) && (!rule.valid_until || now < *rule.valid_until);
}

void add_unique(std::vector<std::string>& list, std::vector<std::string> const& items) {
    for (auto const& item : items)
        if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

/// The outcome that a matching rule of this effect asks for.
Outcome outcome_of(Effect effect, Facts const& facts) noexcept {
    switch (effect) {
        case Effect::permit: return Outcome::allow;
        case Effect::approve: return facts.approved ? Outcome::allow : Outcome::needs_approval;
        case Effect::forbid:
        case Effect::require: return Outcome::deny;
    }
    return Outcome::deny;
}

int weight(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::allow: return 1;
        case Outcome::needs_approval: return 2;
        case Outcome::deny: return 3;
    }
    return 3;
}

/// The first stage that denies. Reasons of later ones stay with the brand: a stranger need not learn what the cap is.
Stage last_stage(std::vector<Rule const*> const& matched, Facts const& facts) noexcept {
    auto out = Stage::disclosure;
    for (auto const* rule : matched)
        if (outcome_of(rule->effect, facts) == Outcome::deny) out = std::min(out, rule->stage);
    return out;
}

/// Of several questions to a person the one that stands shortest counts.
void ask_for(std::chrono::seconds& ttl, std::chrono::seconds asked) noexcept {
    ttl = ttl.count() == 0 ? asked : std::min(ttl, asked);
}

/// No rule decided: reads are open, the rest is not.
void decide_by_default(Decision& decision, Action action) {
    decision.outcome = needs_permit(action) ? Outcome::deny : Outcome::allow;
    if (decision.outcome == Outcome::allow) return;
    decision.reasons.push_back({"", "no_rule_permits", "No rule of the brand permits this action for this agent."});
}

}  // namespace

Truth holds(Condition const& condition, Facts const& facts) noexcept {
    switch (type_of(condition.attribute)) {
        case Type::integer:
        case Type::boolean:
        case Type::country:
        case Type::protocol:
        case Type::action:
        case Type::datetime: return holds_number(condition, facts);
        case Type::text: return holds_text(condition, facts);
        case Type::text_set: return holds_set(condition, facts);
        case Type::money: return holds_money(condition, facts);
    }
    return Truth::unknown;
}

Truth holds(Block const& block, Facts const& facts) noexcept {
    auto result = Truth::yes;
    for (auto const& condition : block) {
        auto const one = holds(condition, facts);
        if (one == Truth::no) return Truth::no;
        if (one == Truth::unknown) result = Truth::unknown;
    }
    return result;
}

bool matches(Rule const& rule, Facts const& facts) noexcept {
    if (!in_force(rule, facts.now)) return false;
    auto const when = holds(rule.when, facts);
    auto const unless = rule.unless.empty() ? Truth::no : holds(rule.unless, facts);
    // What is unknown never widens access: it keeps a permit from applying and lets everything else apply.
    if (rule.effect == Effect::permit) return when == Truth::yes && unless == Truth::no;
    if (when == Truth::no || unless == Truth::yes) return false;
    return rule.effect != Effect::require || holds(rule.require, facts) != Truth::yes;
}

Decision evaluate(Compiled const& compiled, Facts const& facts) {
    B2A_ASSERT(facts.principal != nullptr);
    Decision decision;
    decision.ruleset = compiled.digest;
    std::vector<Rule const*> matched;
    auto heaviest = 0;
    for (auto const* rule : compiled.of(facts.action).all) {
        if (!matches(*rule, facts)) continue;
        if (rule->mode == Mode::shadow) {
            decision.shadow.push_back(rule->id);
            continue;
        }
        matched.push_back(rule);
        decision.matched.push_back(rule->id);
        heaviest = std::max(heaviest, weight(outcome_of(rule->effect, facts)));
    }
    if (matched.empty()) {
        decide_by_default(decision, facts.action);
        return decision;
    }
    auto const last = last_stage(matched, facts);
    for (auto const* rule : matched) {
        auto const outcome = outcome_of(rule->effect, facts);
        if (weight(outcome) == heaviest && (outcome != Outcome::deny || rule->stage <= last)) {
            decision.outcome = outcome;
            decision.reasons.push_back({rule->id, rule->code, rule->message, rule->remedy});
        }
        if (outcome == Outcome::needs_approval) ask_for(decision.approval_ttl, rule->approval_ttl);
        add_unique(decision.obligations, rule->obligations);
    }
    if (decision.outcome == Outcome::deny) decision.obligations.clear();
    return decision;
}

bool permits(Compiled const& compiled, Facts const& facts) noexcept {
    B2A_ASSERT(facts.principal != nullptr);
    auto const& rules = compiled.of(facts.action);
    auto const match = [&](Rule const* rule) { return matches(*rule, facts); };
    auto const stops = [&](Rule const* rule) {
        return !(facts.approved && rule->effect == Effect::approve) && match(rule);
    };
    if (std::ranges::any_of(rules.restricting, stops)) return false;
    auto const granted = [&](Rule const* rule) {
        return facts.approved && rule->effect == Effect::approve && match(rule);
    };
    return !needs_permit(facts.action) || std::ranges::any_of(rules.permitting, match) ||
           std::ranges::any_of(rules.restricting, granted);
}

bool applies(Limit const& limit, Facts const& facts) noexcept {
    B2A_ASSERT(facts.principal != nullptr);
    return holds(limit.when, facts) != Truth::no && (limit.unless.empty() || holds(limit.unless, facts) != Truth::yes);
}

}  // namespace b2a::policy
