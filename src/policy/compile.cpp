// SPDX-License-Identifier: Apache-2.0
// RuleSet: the public face over the compiled form.
#include "policy/compile.hpp"

#include "policy/digest.hpp"
#include "policy/draws.hpp"
#include "policy/eval.hpp"
#include "policy/explain.hpp"
#include "policy/obligation.hpp"
#include "policy/parse.hpp"
#include "policy/selftest.hpp"

namespace b2a::policy {

struct RuleSet::Impl {
    Compiled compiled;
};

void compile(Compiled& compiled) {
    for (auto const& rule : compiled.file.rules) {
        if (rule.mode == Mode::off) continue;
        for (std::size_t action = 0; action < action_count; ++action) {
            if (!rule.actions.test(action)) continue;
            auto& lists = compiled.actions[action];
            lists.all.push_back(&rule);
            if (rule.mode == Mode::shadow) continue;
            (rule.effect == Effect::permit ? lists.permitting : lists.restricting).push_back(&rule);
            if (rule.effect == Effect::permit && !rule.obligations.empty()) lists.obliging.push_back(&rule);
        }
    }
    for (auto const& limit : compiled.file.limits) {
        auto const position = static_cast<std::uint32_t>(compiled.rates.size());
        compiled.rates.push_back(limit.rate);
        for (auto const action : limit.rate.actions) {
            auto& lists = compiled.actions[static_cast<std::size_t>(action)];
            (limit.rate.kind == LimitKind::requests ? lists.limits : lists.durable).push_back(position);
        }
    }
    compiled.digest = digest_of(compiled.file);
}

RuleSet::RuleSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RuleSet::~RuleSet() = default;

Result<std::shared_ptr<RuleSet const>> RuleSet::load(std::string_view source, std::string_view name) {
    B2A_TRY(file, parse(source, name));
    auto impl = std::make_unique<Impl>();
    impl->compiled.file = std::move(file);
    compile(impl->compiled);
    return std::shared_ptr<RuleSet const>(new RuleSet(std::move(impl)));
}

Decision RuleSet::evaluate(Facts const& facts) const {
    return policy::evaluate(impl_->compiled, facts);
}

bool RuleSet::permits(Facts const& facts) const noexcept {
    return policy::permits(impl_->compiled, facts);
}

ReadTerms RuleSet::terms(Facts const& facts) const noexcept {
    ReadTerms out;
    for (auto const* rule : impl_->compiled.of(facts.action).obliging)
        if (matches(*rule, facts))
            for (auto const& obligation : rule->obligations) add_terms(obligation, out);
    return out;
}

std::vector<Draw> RuleSet::draws(Facts const& facts, std::string_view peer) const {
    return policy::draws(impl_->compiled, facts, peer);
}

std::vector<Finding> RuleSet::explain(Facts const& facts) const {
    return policy::explain(impl_->compiled, facts);
}

std::map<std::string, std::string> RuleSet::statements() const {
    return policy::statements(impl_->compiled.file);
}

std::vector<Example> RuleSet::examples() const {
    std::vector<Example> out;
    for (auto const& test : impl_->compiled.file.tests) out.push_back({test.name, test.principal, test.facts});
    return out;
}

std::vector<RateLimit> const& RuleSet::rate_limits() const noexcept {
    return impl_->compiled.rates;
}

std::span<std::uint32_t const> RuleSet::limits_of(Action action) const noexcept {
    return impl_->compiled.of(action).limits;
}

bool RuleSet::applies(std::size_t limit, Facts const& facts) const noexcept {
    return policy::applies(impl_->compiled.file.limits[limit], facts);
}

std::vector<SelfTest> RuleSet::run_tests() const {
    return policy::run_tests(*this, impl_->compiled.file.tests);
}

Digest const& RuleSet::digest() const noexcept {
    return impl_->compiled.digest;
}

std::size_t RuleSet::size() const noexcept {
    return impl_->compiled.file.rules.size();
}

}  // namespace b2a::policy
