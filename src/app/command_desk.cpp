// SPDX-License-Identifier: Apache-2.0
#include "app/command_desk.hpp"

#include "b2a/crypto/random.hpp"
#include "b2a/store/sqlite.hpp"

#include "app/catalog_import.hpp"
#include "app/policy_source.hpp"

namespace b2a::app {

Result<std::unique_ptr<CommandDesk>> CommandDesk::open(Config const& config) {
    std::unique_ptr<CommandDesk> desk(new CommandDesk);
    B2A_TRY(rules, load_rules(config.policy_file));
    desk->rules_ = std::make_unique<service::PolicyHolder>(std::move(rules));
    desk->random_ = crypto::system_random();
    B2A_TRY(store, store::open_sqlite(database_path(config), store::OpenMode::existing));
    desk->store_ = std::move(store);
    B2A_TRY(reader, desk->store_->open_reader());
    desk->reader_ = std::move(reader);
    desk->governance_ =
        std::make_unique<service::Governance>(*desk->rules_, desk->limiter_, *desk->random_, desk->counters_);
    return desk;
}

CommandDesk::~CommandDesk() {
    if (store_) store_->close();
}

service::RequestContext CommandDesk::context() {
    service::RequestContext context;
    context.now = clock_.now();
    context.id = RequestId::make(context.now, *random_);
    context.principal.id = "command-line";
    context.principal.trust = policy::TrustLevel::operator_;
    context.principal.protocol = policy::Protocol::cli;
    context.principal.agent_class = "operator";
    context.principal.registered = true;
    context.deadline = Deadline::max();
    return context;
}

}  // namespace b2a::app
