// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/service/agents.hpp"
#include "b2a/web/url.hpp"

#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {
namespace {

using boost::asio::awaitable;

// Principals that are no agents: an agent of that name could be taken for them.
constexpr std::array<std::string_view, 3> taken_names{"anonymous", "operator", "command-line"};

Error problem(std::string pointer, std::string detail) {
    return Error(Code::invalid_request, std::move(detail), std::move(pointer));
}

bool is_name(std::string_view text) {
    static constexpr std::string_view marks = "-_.";
    return !text.empty() && text.size() <= limits::policy_name_bytes_max && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

Result<void> check_amounts(std::vector<Money> const& amounts, std::string const& pointer) {
    if (amounts.size() > limits::agent_amounts_max) return problem(pointer, "too many currencies");
    for (std::size_t i = 0; i < amounts.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (amounts[i].currency == amounts[j].currency) return problem(pointer, "one amount a currency");
    return {};
}

Result<void> check_limits(policy::AgentLimits const& limits) {
    B2A_CHECK(check_amounts(limits.order_total_max, "/limits/order_total_max"));
    return check_amounts(limits.daily_total_max, "/limits/daily_total_max");
}

/// Also fills in the thumbprints of the keys that came as JWKs.
Result<void> complete(policy::Agent& agent) {
    bool const profile = is_profile(agent.id);
    if (profile && identity::normalized_url(agent.id).empty()) return problem("/id", "the profile is no URL");
    if (profile && agent.id.size() > limits::agent_id_bytes_max) return problem("/id", "the profile URL is too long");
    if (!profile && (!is_name(agent.id) || std::ranges::find(taken_names, agent.id) != taken_names.end()))
        return problem("/id", "a name is letters, digits, '-', '_' and '.', and not that of an operator");
    if (agent.owner.size() > limits::agent_text_bytes_max) return problem("/owner", "too long");
    if (!agent.agent_class.empty() && !is_name(agent.agent_class)) return problem("/class", "is no name");
    if (agent.public_keys.size() > limits::agent_keys_max || agent.tokens.size() > limits::agent_keys_max)
        return problem("", "too many keys or tokens");
    if (agent.limits) B2A_CHECK(check_limits(*agent.limits));
    for (auto const& jwk : agent.public_keys) {
        if (jwk.size() > limits::agent_jwk_bytes_max) return problem("/public_keys", "a key is too long");
        auto const key = identity::parse_jwk(jwk);
        if (!key) return problem("/public_keys", key.error().detail);
        if (std::ranges::find(agent.keys, key->thumbprint()) == agent.keys.end())
            agent.keys.push_back(key->thumbprint());
    }
    return {};
}

policy::Facts manage_facts() {
    policy::Facts facts;
    facts.action = policy::Action::agent_manage;
    return facts;
}

struct Stored {
    policy::Agent agent;
    std::uint64_t version = 0;
};

/// The state of a record: what lists are made by.
std::uint32_t state_of(policy::Agent const& agent) {
    return agent.suspended ? 1 : 0;
}

store::RecordWrite write_of(policy::Agent const& agent, std::uint64_t version) {
    return {store::RecordKind::agent, agent.id, version, state_of(agent), encode_agent(agent), false};
}

void describe(audit::Event& event, policy::Agent const& agent) {
    event.subject = agent.id;
    event.details.emplace_back("suspended", agent.suspended ? "true" : "false");
    event.details.emplace_back("tokens", std::to_string(agent.tokens.size()));
    std::string keys;
    for (auto const& key : agent.keys) keys += (keys.empty() ? "" : ",") + key;
    if (!keys.empty()) event.details.emplace_back("keys", std::move(keys));
    if (!agent.agent_class.empty()) event.details.emplace_back("class", agent.agent_class);
}

}  // namespace

struct AgentService::Impl {
    store::Store& store;
    store::Reader& reader;
    Governance& governance;
    Committer committer;

    Result<void> may_read(RequestContext const& context) {
        policy::Facts facts;
        facts.action = policy::Action::operator_read;
        B2A_CHECK(governance.permit_read(context, facts));
        return {};
    }

    Result<Stored> load(std::string const& id) {
        B2A_TRY(record, reader.record(store::RecordKind::agent, id));
        if (!record) return Error(Code::not_found, "no such agent in the register", id);
        B2A_TRY(agent, decode_agent(record->body));
        return Stored{std::move(agent), record->version};
    }

    /// An id, token or key has one owner: who presents it has to be one party.
    Result<void> check_free(policy::Agent const& agent) {
        B2A_TRY(others, load_agents(reader, {}));
        if (others->size() >= limits::agents_max) return Error(Code::unprocessable, "the register is full");
        if (others->find(agent.id)) return Error(Code::conflict, "this agent is registered already", agent.id);
        for (auto const& token : agent.tokens)
            if (others->by_token(token)) return Error(Code::conflict, "the token is another agent's");
        for (auto const& jwk : agent.public_keys) {
            B2A_TRY(key, identity::parse_jwk(jwk));
            if (others->by_key(key.kid()) != nullptr || others->by_key(key.thumbprint()) != nullptr)
                return Error(Code::conflict, "the key, or its kid, is another agent's", key.kid());
        }
        return {};
    }

    template <class Command>
    awaitable<Result<policy::Agent>> apply(RequestContext context, Command command, std::string_view type,
                                           policy::Agent agent, store::RecordWrite write) {
        auto decided = governance.authorize(context, std::move(command), manage_facts());
        if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
            auto error = co_await refuse(committer, context, std::move(*refused), agent.id);
            co_return error;
        }
        auto const& proof = std::get<policy::Authorized<Command>>(decided);
        store::ChangeSet changes;
        changes.now = context.now;
        changes.records.push_back(std::move(write));
        changes.events.push_back(audit_event(type, context, proof.verdict()));
        describe(changes.events.back(), agent);
        auto committed = co_await committer.commit(proof, std::move(changes), context.deadline);
        if (!committed) co_return std::move(committed).error();
        co_return agent;
    }
};

AgentService::AgentService(store::Store& store, store::Reader& reader, Governance& governance) :
    impl_(std::make_unique<Impl>(Impl{store, reader, governance, Committer(store)})) {}
AgentService::~AgentService() = default;

Result<std::vector<policy::Agent>> AgentService::list(RequestContext const& context) {
    B2A_CHECK(impl_->may_read(context));
    B2A_TRY(records, impl_->reader.records(store::RecordKind::agent, std::nullopt, limits::agents_max));
    std::vector<policy::Agent> out;
    for (auto const& record : records) {
        B2A_TRY(agent, decode_agent(record.body));
        out.push_back(std::move(agent));
    }
    return Result<std::vector<policy::Agent>>(std::move(out));
}

Result<policy::Agent> AgentService::get(RequestContext const& context, std::string const& id) {
    B2A_CHECK(impl_->may_read(context));
    B2A_TRY(stored, impl_->load(id));
    return std::move(stored.agent);
}

AgentService::Changed AgentService::add(RequestContext context, AddAgent command) {
    command.agent.created = context.now;
    if (auto const sound = complete(command.agent); !sound) co_return sound.error();
    if (auto const free = impl_->check_free(command.agent); !free) co_return free.error();
    auto agent = command.agent;
    auto write = write_of(agent, 0);
    auto added = co_await impl_->apply(std::move(context), std::move(command), "agent.added", std::move(agent),
                                       std::move(write));
    co_return added;
}

AgentService::Changed AgentService::change(RequestContext context, ChangeAgent command) {
    auto stored = impl_->load(command.id);
    if (!stored) co_return std::move(stored).error();
    auto agent = std::move(stored->agent);
    std::string_view type = "agent.changed";
    if (command.owner) agent.owner = *command.owner;
    if (command.agent_class) agent.agent_class = *command.agent_class;
    if (command.limits) agent.limits = std::make_shared<policy::AgentLimits const>(*command.limits);
    if (command.suspended && *command.suspended != agent.suspended) {
        agent.suspended = *command.suspended;
        type = agent.suspended ? "agent.suspended" : "agent.resumed";
    }
    if (auto const sound = complete(agent); !sound) co_return sound.error();
    auto write = write_of(agent, stored->version);
    auto changed =
        co_await impl_->apply(std::move(context), std::move(command), type, std::move(agent), std::move(write));
    co_return changed;
}

AgentService::Changed AgentService::remove(RequestContext context, RemoveAgent command) {
    auto stored = impl_->load(command.id);
    if (!stored) co_return std::move(stored).error();
    auto write = write_of(stored->agent, stored->version);
    write.remove = true;
    auto removed = co_await impl_->apply(std::move(context), std::move(command), "agent.removed",
                                         std::move(stored->agent), std::move(write));
    co_return removed;
}

}  // namespace b2a::service
