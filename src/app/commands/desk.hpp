// SPDX-License-Identifier: Apache-2.0
// What an operator's command works with: the store, and the services over it, beside a server that may be running.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>

#include "b2a/crypto/random.hpp"
#include "b2a/service/oversight.hpp"
#include "b2a/store/sqlite.hpp"

#include "app/commands/commands.hpp"
#include "app/system.hpp"

namespace b2a::app {

struct CommandDesk {
    enum class Access : std::uint8_t { read, write };
    /// Governed by the rules of the configuration. Errors: those of the configuration, the rules and the store.
    static Result<std::unique_ptr<CommandDesk>> open(Common const& common, Access access);
    [[nodiscard]] service::RequestContext context() const;

    CommandDesk(Config loaded, std::unique_ptr<store::Store> opened, std::unique_ptr<store::Reader> own_reader,
                std::shared_ptr<policy::RuleSet const> rules);
    ~CommandDesk();
    CommandDesk(CommandDesk const&) = delete;
    CommandDesk& operator=(CommandDesk const&) = delete;

    Config config;
    SystemClock clock;
    std::unique_ptr<Random> random = crypto::system_random();
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
    service::PolicyHolder policy;
    service::Limiter limiter;
    service::PolicyCounters counters;
    service::Governance governance;
    service::Oversight oversight;
    boost::asio::io_context loop{1};
};

}  // namespace b2a::app
