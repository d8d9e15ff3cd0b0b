// SPDX-License-Identifier: Apache-2.0
// TOML to RuleFile. The TOML library throws for syntax errors; this file is where that ends.
#include "policy/parse.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <unordered_set>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

#include "policy/block.hpp"
#include "policy/key_depth.hpp"
#include "policy/obligation.hpp"
#include "policy/parse_limit.hpp"
#include "policy/parse_parts.hpp"
#include "policy/parse_test.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {
namespace {

constexpr std::array effects{Effect::permit, Effect::forbid, Effect::require, Effect::approve};
constexpr std::array modes{Mode::enforce, Mode::shadow, Mode::off};
constexpr std::array stages{Stage::admission, Stage::identity,    Stage::authority,
                            Stage::offer,     Stage::transaction, Stage::disclosure};
constexpr std::array remedies{Remedy::none,   Remedy::authenticate, Remedy::present_mandate,
                              Remedy::reduce, Remedy::wait,         Remedy::await_approval};
constexpr std::chrono::minutes approval_ttl_default{24 * 60};

/// What a rule without its own words tells the agent.
struct Wording {
    std::string_view code;
    std::string_view message;
};

Wording wording(Effect effect) noexcept {
    switch (effect) {
        case Effect::permit: return {"permitted", ""};
        case Effect::forbid: return {"forbidden_by_policy", "The brand does not allow this request."};
        case Effect::require: return {"requirement_not_met", "The request lacks something that the brand requires."};
        case Effect::approve: return {"human_approval_required", "A person at the brand has to approve this request."};
    }
    return {"forbidden_by_policy", ""};
}

void read_effect(TableReader& reader, Rule& rule) {
    auto& problems = reader.problems();
    if (auto const* node = reader.need("effect"))
        rule.effect = read_word(*node, "rule.effect", effects, problems).value_or(rule.effect);
    rule.when = read_optional_block(reader, "when");
    rule.unless = read_optional_block(reader, "unless");
    rule.require = read_optional_block(reader, "require");
    auto const* require = reader.raw().get("require");
    if (rule.effect == Effect::require && require == nullptr) {
        problems.add(reader.raw(), "effect \"require\" needs conditions, e.g. require.agent.trust_level.gte = 1");
    } else if (rule.effect != Effect::require && require != nullptr) {
        problems.add(*require, "require is only for effect \"require\"; conditions of other effects go to when");
    }
}

void read_validity(TableReader& reader, Rule& rule) {
    if (auto const* node = reader.take("stage"))
        rule.stage = read_word(*node, "rule.stage", stages, reader.problems()).value_or(rule.stage);
    if (auto const* node = reader.take("mode"))
        rule.mode = read_word(*node, "rule.mode", modes, reader.problems()).value_or(rule.mode);
    rule.valid_from = reader.datetime("valid_from");
    rule.valid_until = reader.datetime("valid_until");
    if (rule.valid_from && rule.valid_until && *rule.valid_from >= *rule.valid_until)
        reader.problems().add(*reader.raw().get("valid_until"), "valid_until must be later than valid_from");
}

/// What helps against a rule that names none: for a requirement it is in what it requires.
Remedy remedy_of(Rule const& rule) noexcept {
    auto const asks = [&](Block const& block, auto... attributes) {
        return std::ranges::any_of(block, [&](auto const& c) { return ((c.attribute == attributes) || ...); });
    };
    if (rule.effect == Effect::approve) return Remedy::await_approval;
    if (asks(rule.require, Attribute::agent_trust_level, Attribute::agent_registered)) return Remedy::authenticate;
    if (asks(rule.require, Attribute::mandate_verified)) return Remedy::present_mandate;
    auto const large =
        asks(rule.when, Attribute::checkout_total, Attribute::checkout_item_count, Attribute::checkout_quantity_max);
    return rule.effect == Effect::forbid && large ? Remedy::reduce : Remedy::none;
}

void read_consequences(TableReader& reader, Rule& rule) {
    auto& problems = reader.problems();
    auto const* remedy = reader.take("remedy");
    if (remedy != nullptr) rule.remedy = read_word(*remedy, "rule.remedy", remedies, problems).value_or(Remedy::none);
    else rule.remedy = remedy_of(rule);
    rule.obligations = reader.texts("obligate", TextShape::code).value_or(std::vector<std::string>{});
    auto const obliges = rule.effect == Effect::permit || rule.effect == Effect::approve;
    auto const* obligate = reader.raw().get("obligate");
    if (!rule.obligations.empty() && !obliges)
        problems.add(*obligate, "only permit and approve can oblige: after a refusal nothing is done");
    for (auto const& name : rule.obligations)
        if (!is_obligation(name))
            problems.add(*obligate, "unknown obligation " + quoted(name) + "; known are " + obligation_names());
    if (rule.effect == Effect::approve) rule.approval_ttl = approval_ttl_default;
    auto const* ttl = reader.take("approval_ttl");
    if (ttl == nullptr) return;
    auto const seconds = read_window(*ttl, "rule.approval_ttl", problems);
    if (rule.effect != Effect::approve) problems.add(*ttl, "approval_ttl is only for effect \"approve\"");
    else if (seconds) rule.approval_ttl = std::chrono::seconds(*seconds);
}

Rule read_rule(toml::table const& table, Problems& problems) {
    TableReader reader(table, "rule", problems);
    Rule rule;
    if (reader.need("id") != nullptr) rule.id = reader.text("id", TextShape::name).value_or("");
    rule.actions = read_actions(reader);
    read_effect(reader, rule);
    read_validity(reader, rule);
    auto const words = wording(rule.effect);
    rule.code = reader.text("reason_code", TextShape::code).value_or(std::string(words.code));
    rule.message = reader.text("agent_message", TextShape::message).value_or(std::string(words.message));
    rule.note = reader.text("operator_note", TextShape::message).value_or("");
    rule.owner = reader.text("owner", TextShape::message).value_or("");
    read_consequences(reader, rule);
    reader.refuse_others();
    return rule;
}

/// Calls `read` for each table of the array `key`.
template <class Read>
void for_each_table(TableReader& reader, std::string_view key, std::size_t count_max, Read read) {
    auto const* node = reader.take(key);
    if (node == nullptr) return;
    auto& problems = reader.problems();
    auto const* list = node->as_array();
    if (list == nullptr) {
        problems.add(*node, "write [[" + std::string(key) + "]] with two brackets");
        return;
    }
    if (list->size() > count_max) {
        problems.add(*node, "at most " + std::to_string(count_max) + " [[" + std::string(key) + "]] are allowed");
        return;
    }
    for (auto const& item : *list) {
        if (auto const* table = item.as_table()) {
            read(*table);
        } else {
            problems.add(item, std::string(key) + " must be a table");
        }
    }
}

/// Rules and limits share one space of ids: each id in a log line means one thing.
class UniqueIds {
  public:
    explicit UniqueIds(std::string_view key) : key_(key) {}
    void check(std::string const& id, toml::table const& table, Problems& problems) {
        if (id.empty() || seen_.insert(id).second) return;
        problems.add(*table.get(key_), "duplicate " + std::string(key_) + " " + quoted(id));
    }

  private:
    std::string_view key_;
    std::unordered_set<std::string> seen_;
};

RuleFile read_file(toml::table const& root, Problems& problems) {
    RuleFile file;
    TableReader reader(root, "the file", problems);
    UniqueIds ids("id");
    UniqueIds names("name");
    for_each_table(reader, "rule", limits::policy_rules_max, [&](toml::table const& table) {
        file.rules.push_back(read_rule(table, problems));
        ids.check(file.rules.back().id, table, problems);
    });
    for_each_table(reader, "limit", limits::policy_limits_max, [&](toml::table const& table) {
        file.limits.push_back(read_limit(table, problems));
        ids.check(file.limits.back().rate.id, table, problems);
    });
    for_each_table(reader, "test", limits::policy_tests_max, [&](toml::table const& table) {
        auto test = read_test(table, file, problems);
        if (!test) return;
        names.check(test->name, table, problems);
        file.tests.push_back(std::move(*test));
    });
    reader.refuse_others();
    return file;
}

}  // namespace

Result<RuleFile> parse(std::string_view source, std::string_view name) {
    Problems problems;
    if (source.size() > limits::policy_source_bytes_max) {
        problems.add(1, 1, "the file is larger than " + std::to_string(limits::policy_source_bytes_max) + " bytes");
        return problems.to_error(name);
    }
    if (auto const deep = find_deep_key(source)) {
        problems.add(deep->line, deep->column, "no key has that many parts");
        return problems.to_error(name);
    }
    try {
        auto const root = toml::parse(source);
        auto file = read_file(root, problems);
        if (!problems.empty()) return problems.to_error(name);
        return file;
    } catch (toml::parse_error const& error) {
        // The library quotes the file in its words; bytes that are not text must not reach a response.
        auto const words = std::string(error.description());
        problems.add(error.source(), is_utf8(words) ? words : "the file is not UTF-8 text");
    } catch (std::exception const& error) {
        problems.add(1, 1, error.what());
    }
    return problems.to_error(name);
}

}  // namespace b2a::policy
