// SPDX-License-Identifier: Apache-2.0
// `b2a agent add|list|show|suspend|resume|limits|remove`: the register of agents, from the command line. A running
// server follows within a second.
#include <functional>
#include <iostream>

#include <fmt/format.h>

#include "b2a/base/text.hpp"
#include "b2a/service/agents.hpp"

#include "app/agent_json.hpp"
#include "app/blocking.hpp"
#include "app/commands/desk.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

/// The register over the store that a server may have open as well.
struct Register {
    explicit Register(std::unique_ptr<CommandDesk> opened) :
        desk(std::move(opened)), agents(*desk->store, *desk->reader, desk->governance) {}
    [[nodiscard]] service::RequestContext context() const { return desk->context(); }

    std::unique_ptr<CommandDesk> desk;
    service::AgentService agents;
};

std::string amounts_text(std::vector<Money> const& amounts) {
    std::string out;
    for (auto const& one : amounts) out += (out.empty() ? "" : ", ") + to_text(one);
    return out;
}

void print_text(policy::Agent const& agent, std::string_view token) {
    std::cout << fmt::format("{}{}{}{}\n", agent.id, agent.suspended ? "  SUSPENDED" : "",
                             agent.agent_class.empty() ? "" : "  class " + agent.agent_class,
                             agent.owner.empty() ? "" : "  owner " + agent.owner);
    std::cout << fmt::format("  added {}, tokens {}\n", to_rfc3339(agent.created), agent.tokens.size());
    for (auto const& key : agent.keys) std::cout << "  key " << key << '\n';
    if (agent.limits) {
        auto const& limits = *agent.limits;
        if (limits.requests_per_minute)
            std::cout << fmt::format("  at most {} requests a minute\n", *limits.requests_per_minute);
        if (limits.quantity_max) std::cout << fmt::format("  at most {} of one line\n", *limits.quantity_max);
        if (!limits.order_total_max.empty())
            std::cout << "  at most " << amounts_text(limits.order_total_max) << " an order\n";
        if (!limits.daily_total_max.empty())
            std::cout << "  at most " << amounts_text(limits.daily_total_max) << " a day\n";
    }
    if (!token.empty()) std::cout << "  token " << token << "\n  It is shown this once; only its SHA-256 is kept.\n";
}

void print(Common const& common, policy::Agent const& agent, std::string_view token = {}) {
    if (!common.json) return print_text(agent, token);
    std::string text;
    json::Writer out(text);
    write_agent(out, agent, token);
    std::cout << text << '\n';
}

int fail_with(Error const& error) {
    return fail(error.detail + (error.pointer.empty() ? "" : " (" + error.pointer + ")") +
                (error.note.text.empty() ? "" : ": " + error.note.text));
}

/// "500.00 EUR"
Result<Money> parse_amount(std::string const& text) {
    auto const parts = split(trim(text), ' ');
    auto const currency = parts.size() == 2 ? Currency::parse(parts[1]) : std::nullopt;
    if (!currency) return Error(Code::invalid_request, text + ": expected an amount such as \"500.00 EUR\"");
    return parse_money(parts[0], *currency);
}

Result<void> add_amounts(std::vector<std::string> const& texts, std::vector<Money>& out) {
    if (texts.empty()) return {};
    out.clear();
    for (auto const& text : texts) {
        B2A_TRY(amount, parse_amount(text));
        out.push_back(amount);
    }
    return {};
}

/// What is given replaces what was; the rest stays.
Result<policy::AgentLimits> limits_of(AgentOptions const& options, policy::AgentLimits out) {
    if (options.requests_per_minute) out.requests_per_minute = options.requests_per_minute;
    if (options.quantity_max) out.quantity_max = options.quantity_max;
    B2A_CHECK(add_amounts(options.order_max, out.order_total_max));
    B2A_CHECK(add_amounts(options.daily_max, out.daily_total_max));
    return out;
}

Result<policy::Agent> agent_of(AgentOptions const& options) {
    policy::Agent out;
    if (options.id.empty() == options.profile.empty())
        return Error(Code::invalid_request, "give a name, or --profile with a URL");
    if (!options.profile.empty() && !service::is_profile(options.profile))
        return Error(Code::invalid_request, "--profile takes a URL");
    out.id = options.profile.empty() ? options.id : options.profile;
    out.owner = options.owner;
    out.agent_class = options.agent_class;
    if (!options.key_file.empty()) {
        B2A_TRY(jwk, read_file(options.key_file));
        out.public_keys.emplace_back(trim(jwk));
    }
    B2A_TRY(limits, limits_of(options, {}));
    if (limits != policy::AgentLimits()) out.limits = std::make_shared<policy::AgentLimits const>(limits);
    return out;
}

using Work = std::function<int(Register&)>;

int with_register(Common const& common, Work const& work) {
    auto desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return fail_with(desk.error());
    Register opened(std::move(*desk));
    return work(opened);
}

int change(Common const& common, service::ChangeAgent command) {
    return with_register(common, [&](Register& at) {
        auto const changed = run_blocking(at.agents.change(at.context(), std::move(command)));
        if (!changed) return fail_with(changed.error());
        print(common, *changed);
        return exit_done;
    });
}

}  // namespace

int agent_add(Common const& common, AgentOptions const& options) {
    auto agent = agent_of(options);
    if (!agent) return fail_with(agent.error());
    return with_register(common, [&](Register& at) {
        std::string token;
        bool const other_proof = !agent->public_keys.empty() || service::is_profile(agent->id);
        if (options.token || !other_proof) token = issue_token(*agent, *at.desk->random);
        auto const added = run_blocking(at.agents.add(at.context(), {*std::move(agent)}));
        if (!added) return fail_with(added.error());
        print(common, *added, token);
        return exit_done;
    });
}

int agent_list(Common const& common) {
    return with_register(common, [&](Register& at) {
        auto const agents = at.agents.list(at.context());
        if (!agents) return fail_with(agents.error());
        for (auto const& agent : *agents) print(common, agent);
        return exit_done;
    });
}

int agent_show(Common const& common, AgentOptions const& options) {
    return with_register(common, [&](Register& at) {
        auto const agent = at.agents.get(at.context(), options.id);
        if (!agent) return fail_with(agent.error());
        print(common, *agent);
        return exit_done;
    });
}

int agent_suspend(Common const& common, AgentOptions const& options, bool suspended) {
    service::ChangeAgent command;
    command.id = options.id;
    command.suspended = suspended;
    return change(common, std::move(command));
}

int agent_limits(Common const& common, AgentOptions const& options) {
    return with_register(common, [&](Register& at) {
        auto const before = at.agents.get(at.context(), options.id);
        if (!before) return fail_with(before.error());
        auto const limits = limits_of(options, before->limits ? *before->limits : policy::AgentLimits());
        if (!limits) return fail_with(limits.error());
        service::ChangeAgent command;
        command.id = options.id;
        command.limits = *limits;
        auto const changed = run_blocking(at.agents.change(at.context(), std::move(command)));
        if (!changed) return fail_with(changed.error());
        print(common, *changed);
        return exit_done;
    });
}

int agent_remove(Common const& common, AgentOptions const& options) {
    return with_register(common, [&](Register& at) {
        auto const removed = run_blocking(at.agents.remove(at.context(), {options.id}));
        if (!removed) return fail_with(removed.error());
        if (common.json) print(common, *removed);
        else std::cout << "removed " << removed->id << '\n';
        return exit_done;
    });
}

}  // namespace b2a::app
