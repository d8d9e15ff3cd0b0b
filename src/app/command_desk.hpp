// SPDX-License-Identifier: Apache-2.0
// What a command needs to act on a store through the policy pipeline, beside a running server or without one.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>

#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

#include "app/config.hpp"
#include "app/system.hpp"

namespace b2a::app {

class CommandDesk {
  public:
    /// Opens the store for writing. Errors: not_found without a database, those of the policy file.
    static Result<std::unique_ptr<CommandDesk>> open(Config const& config);
    ~CommandDesk();

    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] store::Reader& reader() { return *reader_; }
    [[nodiscard]] service::Governance& governance() { return *governance_; }
    [[nodiscard]] boost::asio::io_context& loop() { return loop_; }
    /// Of a request that the operator makes now.
    service::RequestContext context();

  private:
    CommandDesk() = default;

    SystemClock clock_;
    std::unique_ptr<Random> random_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<store::Reader> reader_;
    std::unique_ptr<service::PolicyHolder> rules_;
    service::Limiter limiter_;
    service::PolicyCounters counters_;
    std::unique_ptr<service::Governance> governance_;
    boost::asio::io_context loop_{1};
};

}  // namespace b2a::app
