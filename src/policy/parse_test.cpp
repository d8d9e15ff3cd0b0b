// SPDX-License-Identifier: Apache-2.0
// [[test]]: facts as literals, and what the rules beside them should say.
#include "policy/parse_test.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

#include "policy/block.hpp"

namespace b2a::policy {
namespace {

std::optional<std::vector<std::string>> read_set(toml::node const& node, Attribute attribute, Problems& problems) {
    auto const* list = node.as_array();
    if (list == nullptr || list->size() > limits::policy_values_max) {
        problems.add(node, std::string(info(attribute).path) + " must be a list of texts");
        return std::nullopt;
    }
    std::vector<std::string> out;
    for (auto const& item : *list)
        if (auto literal = read_literal(item, attribute, problems)) out.push_back(std::move(literal->text));
    return out;
}

void set_fact(TestCase& test, Attribute attribute, toml::node const& node, Problems& problems) {
    if (type_of(attribute) == Type::text_set) {
        auto texts = read_set(node, attribute, problems);
        if (attribute == Attribute::cart_tags) test.facts.tags = std::move(texts);
        else if (attribute == Attribute::cart_categories) test.facts.categories = std::move(texts);
        else if (texts)
            for (auto& id : *texts) test.facts.lines.push_back({std::move(id), 1});
        return;
    }
    auto literal = read_literal(node, attribute, problems);
    if (!literal) return;
    switch (attribute) {
        case Attribute::agent_id: test.principal.id = std::move(literal->text); break;
        case Attribute::agent_trust_level: test.principal.trust = static_cast<TrustLevel>(literal->number); break;
        case Attribute::agent_class: test.principal.agent_class = std::move(literal->text); break;
        case Attribute::agent_registered: test.principal.registered = literal->number != 0; break;
        case Attribute::protocol: test.principal.protocol = static_cast<Protocol>(literal->number); break;
        case Attribute::action: problems.add(node, "test.input: the action is test.action"); break;
        case Attribute::checkout_total: test.facts.total = literal->money; break;
        case Attribute::checkout_item_count: test.facts.item_count = literal->number; break;
        case Attribute::checkout_quantity_max: test.facts.quantity_max = literal->number; break;
        case Attribute::ship_to_country: test.facts.country = node.as_string()->get(); break;
        case Attribute::time: test.facts.now = from_micros(literal->number); break;
        case Attribute::payment_handler: test.facts.payment_handler = std::move(literal->text); break;
        case Attribute::session_owner: test.facts.session_owner = std::move(literal->text); break;
        case Attribute::mandate_verified: test.facts.mandate_verified = literal->number != 0; break;
        case Attribute::approval_granted: test.facts.approved = literal->number != 0; break;
        case Attribute::cart_tags:
        case Attribute::cart_categories:
        case Attribute::cart_products: break;
    }
}

std::optional<Outcome> outcome_from_text(std::string_view text) noexcept {
    for (auto const outcome : {Outcome::allow, Outcome::deny, Outcome::needs_approval})
        if (to_text(outcome) == text) return outcome;
    return std::nullopt;
}

bool knows_rule(RuleFile const& file, std::string_view id) {
    return std::ranges::any_of(file.rules, [&](Rule const& rule) { return rule.id == id; });
}

bool knows_limit(RuleFile const& file, std::string_view id) {
    return std::ranges::any_of(file.limits, [&](Limit const& limit) { return limit.rate.id == id; });
}

/// A test that expects a rule nobody wrote would fail for ever, or worse, be read as covered.
template <class Knows>
void refuse_unknown_ids(toml::table const& table, std::string_view key,
                        std::optional<std::vector<std::string>> const& ids, Knows knows, Problems& problems) {
    if (!ids) return;
    for (auto const& id : *ids)
        if (!knows(id))
            problems.add(*table.get(key), "expect." + std::string(key) + ": nothing is called " + quoted(id));
}

TestCase::Expectation read_expectation(toml::table const& table, RuleFile const& file, Problems& problems) {
    TableReader reader(table, "expect", problems);
    TestCase::Expectation expect;
    if (auto const* node = reader.need("decision")) {
        auto const* text = node->as_string();
        auto const outcome = text == nullptr ? std::nullopt : outcome_from_text(text->get());
        if (outcome) {
            expect.outcome = *outcome;
        } else {
            problems.add(*node, "expect.decision must be \"allow\", \"deny\" or \"needs_approval\"");
        }
    }
    expect.rule = reader.text("rule", TextShape::name);
    if (expect.rule && !knows_rule(file, *expect.rule)) {
        problems.add(*table.get("rule"), "expect.rule: no rule is called " + quoted(*expect.rule));
    }
    expect.code = reader.text("reason_code", TextShape::code);
    expect.obligations = reader.texts("obligations", TextShape::code);
    expect.shadow = reader.texts("shadow", TextShape::name);
    expect.limits = reader.texts("limits", TextShape::name);
    auto const is_rule = [&](std::string const& id) { return knows_rule(file, id); };
    auto const is_limit = [&](std::string const& id) { return knows_limit(file, id); };
    refuse_unknown_ids(table, "shadow", expect.shadow, is_rule, problems);
    refuse_unknown_ids(table, "limits", expect.limits, is_limit, problems);
    reader.refuse_others();
    return expect;
}

}  // namespace

void read_input(toml::table const& table, TestCase& test, Problems& problems) {
    walk_attributes(table, "test.input", problems,
                    [&](Attribute attribute, toml::node const& node) { set_fact(test, attribute, node, problems); });
}

std::optional<TestCase> read_test(toml::table const& table, RuleFile const& file, Problems& problems) {
    auto const before = problems.count();
    TableReader reader(table, "test", problems);
    TestCase test;
    test.principal.id = "test";
    if (reader.need("name") != nullptr) test.name = reader.text("name", TextShape::message).value_or("");
    if (auto const* node = reader.need("action")) {
        auto const* text = node->as_string();
        auto const action = text == nullptr ? std::nullopt : action_from_text(text->get());
        if (action) {
            test.facts.action = *action;
        } else {
            problems.add(*node, "test.action must be " + std::string(describe(Type::action)));
        }
    }
    if (auto const* input = reader.table("input")) read_input(*input, test, problems);
    if (reader.need("expect") != nullptr) {
        if (auto const* expect = reader.table("expect")) test.expect = read_expectation(*expect, file, problems);
    }
    reader.refuse_others();
    if (problems.count() != before) return std::nullopt;
    return test;
}

}  // namespace b2a::policy
