// SPDX-License-Identifier: Apache-2.0
// TOML to RuleFile. The TOML library throws for syntax errors; this file is where that ends.
#include "policy/parse.hpp"

#include <array>
#include <exception>
#include <unordered_set>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "policy/block.hpp"
#include "policy/key_depth.hpp"
#include "policy/parse_test.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {
namespace {

constexpr std::array effects{Effect::permit, Effect::forbid, Effect::require, Effect::approve};
constexpr std::array modes{Mode::enforce, Mode::shadow, Mode::off};
constexpr std::array limit_keys{LimitKey::principal, LimitKey::peer};

std::string_view to_text(LimitKey key) noexcept {
    return key == LimitKey::peer ? "peer" : "principal";
}

/// One of the words of an enum; a problem that lists them otherwise.
template <class Enum, std::size_t N>
std::optional<Enum> read_word(toml::node const& node, std::string_view label, std::array<Enum, N> const& choices,
                              Problems& problems) {
    auto const* text = node.as_string();
    std::string known;
    for (auto const choice : choices) {
        if (text != nullptr && to_text(choice) == text->get()) return choice;
        if (!known.empty()) known += ", ";
        known += to_text(choice);
    }
    problems.add(node, std::string(label) + " must be one of " + known);
    return std::nullopt;
}

ActionSet read_actions(TableReader& reader) {
    ActionSet actions;
    auto& problems = reader.problems();
    auto const* node = reader.need("actions");
    if (node == nullptr) return actions;
    auto const* list = node->as_array();
    if (list == nullptr || list->empty()) {
        problems.add(*node, "actions must be a list with at least one action");
        return actions;
    }
    for (auto const& item : *list) {
        auto const* text = item.as_string();
        if (text != nullptr && add_actions(text->get(), actions)) continue;
        problems.add(item, text == nullptr ? "actions must be texts" : "unknown action " + quoted(text->get()));
    }
    return actions;
}

Block read_optional_block(TableReader& reader, std::string_view name) {
    auto const* table = reader.table(name);
    return table == nullptr ? Block{} : read_block(*table, name, reader.problems());
}

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
    if (auto const* node = reader.take("mode"))
        rule.mode = read_word(*node, "rule.mode", modes, reader.problems()).value_or(rule.mode);
    rule.valid_from = reader.datetime("valid_from");
    rule.valid_until = reader.datetime("valid_until");
    if (rule.valid_from && rule.valid_until && *rule.valid_from >= *rule.valid_until)
        reader.problems().add(*reader.raw().get("valid_until"), "valid_until must be later than valid_from");
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
    rule.obligations = reader.texts("obligate", TextShape::code).value_or(std::vector<std::string>{});
    auto const obliges = rule.effect == Effect::permit || rule.effect == Effect::approve;
    if (!rule.obligations.empty() && !obliges)
        problems.add(*table.get("obligate"), "only permit and approve can oblige: after a refusal nothing is done");
    reader.refuse_others();
    return rule;
}

/// "60s", "5m", "24h" in seconds.
std::optional<std::int64_t> parse_window(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    auto const unit = text.back();
    auto const scale = unit == 's' ? 1 : unit == 'm' ? 60 : unit == 'h' ? 3600 : 0;
    auto const count = parse_int<std::int32_t>(text.substr(0, text.size() - 1));
    if (scale == 0 || !count || *count < 1) return std::nullopt;
    auto const seconds = std::int64_t{*count} * scale;
    auto const max = std::chrono::seconds(limits::policy_limit_window_max).count();
    return seconds <= max ? std::optional(seconds) : std::nullopt;
}

void read_allowance(TableReader& reader, RateLimit& rate) {
    auto& problems = reader.problems();
    if (reader.need("count") != nullptr)
        rate.count = reader.integer("count", 0, limits::policy_limit_count_max).value_or(0);
    if (auto const* node = reader.need("window")) {
        auto const* text = node->as_string();
        auto const window = text == nullptr ? std::nullopt : parse_window(text->get());
        if (!window) problems.add(*node, "limit.window must be a time from \"1s\" to \"24h\" in s, m or h");
        rate.window_s = window.value_or(rate.window_s);
    }
    if (auto const* node = reader.take("per"))
        rate.per = read_word(*node, "limit.per", limit_keys, problems).value_or(rate.per);
}

Limit read_limit(toml::table const& table, Problems& problems) {
    TableReader reader(table, "limit", problems);
    Limit limit;
    auto& rate = limit.rate;
    if (reader.need("id") != nullptr) rate.id = reader.text("id", TextShape::name).value_or("");
    limit.actions = read_actions(reader);
    for (std::size_t i = 0; i < action_count; ++i)
        if (limit.actions.test(i)) rate.actions.push_back(static_cast<Action>(i));
    read_allowance(reader, rate);
    limit.when = read_optional_block(reader, "when");
    limit.unless = read_optional_block(reader, "unless");
    rate.code = reader.text("reason_code", TextShape::code).value_or("rate_limited");
    rate.message = reader.text("agent_message", TextShape::message).value_or("Too many requests; wait and try again.");
    reader.refuse_others();
    return limit;
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

std::string_view to_text(Effect effect) noexcept {
    constexpr std::array<std::string_view, 4> names{"permit", "forbid", "require", "approve"};
    return names[static_cast<std::size_t>(effect)];
}

std::string_view to_text(Mode mode) noexcept {
    constexpr std::array<std::string_view, 3> names{"enforce", "shadow", "off"};
    return names[static_cast<std::size_t>(mode)];
}

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
