// SPDX-License-Identifier: Apache-2.0
#include "policy/digest.hpp"

#include "b2a/crypto/hash.hpp"

namespace b2a::policy {
namespace {

/// Fields as "name:length:bytes\n". The length makes the text unambiguous whatever the bytes are.
class Canonical {
  public:
    Canonical& field(std::string_view name, std::string_view value) {
        text_ += name;
        text_ += ':';
        text_ += std::to_string(value.size());
        text_ += ':';
        text_ += value;
        text_ += '\n';
        return *this;
    }
    Canonical& field(std::string_view name, std::int64_t value) { return field(name, std::to_string(value)); }
    Canonical& time(std::string_view name, std::optional<Timestamp> value) {
        return field(name, value ? std::to_string(to_micros(*value)) : std::string());
    }
    Canonical& actions(ActionSet const& actions) {
        for (std::size_t i = 0; i < action_count; ++i)
            if (actions.test(i)) field("action", to_text(static_cast<Action>(i)));
        return *this;
    }
    Canonical& block(std::string_view name, Block const& block) {
        for (auto const& condition : block) {
            field(name, info(condition.attribute).path).field("op", to_text(condition.op));
            for (auto const number : condition.numbers) field("number", number);
            for (auto const& text : condition.texts) field("text", text);
            for (auto const& money : condition.amounts) field("money", to_text(money));
        }
        return *this;
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

void append(Canonical& out, Rule const& rule) {
    out.field("rule", rule.id).field("effect", to_text(rule.effect)).field("mode", to_text(rule.mode));
    out.field("stage", to_text(rule.stage));
    out.actions(rule.actions);
    out.block("when", rule.when).block("unless", rule.unless).block("require", rule.require);
    out.time("valid_from", rule.valid_from).time("valid_until", rule.valid_until);
    out.field("reason_code", rule.code).field("agent_message", rule.message);
    out.field("operator_note", rule.note).field("owner", rule.owner);
    out.field("remedy", to_text(rule.remedy)).field("approval_ttl", rule.approval_ttl.count());
    for (auto const& obligation : rule.obligations) out.field("obligate", obligation);
}

void append(Canonical& out, Limit const& limit) {
    auto const& rate = limit.rate;
    out.field("limit", rate.id).actions(limit.actions);
    out.field("count", rate.count).field("window", rate.window_s);
    out.field("kind", to_text(rate.kind)).field("per", to_text(rate.per));
    for (auto const& money : rate.amounts) out.field("money", to_text(money));
    out.block("when", limit.when).block("unless", limit.unless);
    out.field("reason_code", rate.code).field("agent_message", rate.message);
}

}  // namespace

std::string canonical_text(RuleFile const& file) {
    Canonical out;
    out.field("language", "2");
    for (auto const& rule : file.rules) append(out, rule);
    for (auto const& limit : file.limits) append(out, limit);
    return out.take();
}

std::map<std::string, std::string> statements(RuleFile const& file) {
    std::map<std::string, std::string> out;
    for (auto const& rule : file.rules) {
        Canonical text;
        append(text, rule);
        out.emplace(rule.id, text.take());
    }
    for (auto const& limit : file.limits) {
        Canonical text;
        append(text, limit);
        out.emplace(limit.rate.id, text.take());
    }
    return out;
}

Digest digest_of(RuleFile const& file) {
    return crypto::sha256(canonical_text(file));
}

}  // namespace b2a::policy
