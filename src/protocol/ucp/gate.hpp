// SPDX-License-Identifier: Apache-2.0
// What both bindings do around an operation: admit the caller, give it an idempotency key, run the row's handler.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "admission.hpp"
#include "operations.hpp"

namespace b2a::protocol::ucp {

class Gate {
  public:
    explicit Gate(Deps const& deps) :
        admission_(deps), operations_(deps), checkouts_(deps.checkouts), root_(root_version(deps.settings)) {}

    /// What a binding knows before admission.
    struct Knock {
        web::Request const& request;
        Operation const& operation;
        std::string named_profile;               // MCP: from the arguments
        std::optional<std::string> idempotency;  // the client's key
        std::string id;
        std::string body_bytes;  // what the idempotency fingerprint covers
        Dialect dialect = {};
    };
    /// The call that the caller may make; nullopt when `response` already holds a refusal.
    boost::asio::awaitable<std::optional<Call>> open(Knock knock, web::Response& response);
    boost::asio::awaitable<void> run(Operation const& operation, Call call, web::Response& response);

    /// Gives the call of a conversation that names no checkout the one that the conversation is about; leaves it
    /// without an id where there is none. False when `response` already holds a refusal.
    bool address(Operation const& operation, Call& call, web::Response& response);

    Admission& admission() noexcept { return admission_; }
    [[nodiscard]] Version root() const noexcept { return root_; }
    /// Where no terms were agreed on, refusals speak the root version.
    void refuse(Refusal const& refusal, web::Response& response) const;

    static Version root_version(Settings const& settings);

  private:
    Admission admission_;
    Operations operations_;
    service::CheckoutService& checkouts_;
    Version root_;
};

}  // namespace b2a::protocol::ucp
