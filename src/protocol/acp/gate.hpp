// SPDX-License-Identifier: Apache-2.0
// What both bindings do around an operation: admit the caller, judge the headers, give a change its idempotency key and
// its place among those that run, run the row's handler.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "operations.hpp"

namespace b2a::protocol::acp {

class Gate {
  public:
    explicit Gate(Deps const& deps) : deps_(deps), operations_(deps_) {}

    /// What stands in header fields over REST and in `meta` over MCP.
    struct Envelope {
        std::string version;
        std::optional<std::string> key;
        std::string language;
        bool key_required = true;  // where the operation writes
    };
    static Envelope envelope_of(web::Request const& request);

    /// The call that the caller may make; nullopt when `response` already holds a refusal.
    boost::asio::awaitable<std::optional<Call>> open(web::Request const& request, Operation const& operation,
                                                     Envelope const& envelope, web::Response& response);
    /// Runs the operation. `call.body` has to stay valid until it first suspends.
    boost::asio::awaitable<void> run(Operation const& operation, Envelope const& envelope, Call call,
                                     web::Response& response);

    [[nodiscard]] Deps const& deps() const noexcept { return deps_; }

  private:
    /// Who asks. Errors: unauthenticated, and what is wrong with a signature.
    boost::asio::awaitable<Result<service::RequestContext>> identify(web::Request const& request, identity::Use use);

    Deps deps_;
    Operations operations_;
};

/// Fields that every answer to a POST or PUT repeats, and Request-Id.
void echo(web::Request const& request, Gate::Envelope const& envelope, web::Response& response);

}  // namespace b2a::protocol::acp
