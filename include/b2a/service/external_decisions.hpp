// SPDX-License-Identifier: Apache-2.0
// The external decision point over HTTP: OpenID AuthZEN 1.0 (access evaluation API) or OPA's data API. It answers in
// time or not at all; what counts then is configured, and is "no" unless somebody chose otherwise. After repeated
// failures it is left alone for a while. One per process, thread-safe.
#pragma once

#include <atomic>
#include <bitset>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/base/time.hpp"
#include "b2a/service/decision_point.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::service {

class ExternalDecisions final : public DecisionPoint {
  public:
    enum class Dialect : std::uint8_t { authzen, opa };
    struct Options {
        std::string url;
        Dialect dialect = Dialect::authzen;
        std::bitset<policy::action_count> actions;
        std::chrono::milliseconds timeout{50};
        bool permit_on_error = false;
    };
    ExternalDecisions(web::Outbound& outbound, Clock const& clock, Options options) :
        outbound_(outbound), clock_(clock), options_(std::move(options)) {}

    [[nodiscard]] bool concerns(policy::Action action) const noexcept override {
        return options_.actions.test(static_cast<std::size_t>(action));
    }
    boost::asio::awaitable<bool> permits(policy::Facts const& facts) override;

    struct Stats {
        std::uint64_t asked = 0;
        std::uint64_t failed = 0;   // no answer in time, or none that can be understood
        std::uint64_t skipped = 0;  // not asked, because it failed too often
    };
    [[nodiscard]] Stats stats() const noexcept;

  private:
    [[nodiscard]] bool is_open(Timestamp now) noexcept;
    void note(bool success, Timestamp now) noexcept;

    web::Outbound& outbound_;
    Clock const& clock_;
    Options options_;
    std::atomic<std::uint64_t> asked_{0}, failed_{0}, skipped_{0};
    std::atomic<int> failures_{0};               // in a row
    std::atomic<std::int64_t> closed_until_{0};  // microseconds
};

/// The question as JSON: AuthZEN's {subject, action, resource, context}; for OPA wrapped as {"input": …}.
std::string decision_question(policy::Facts const& facts, ExternalDecisions::Dialect dialect);
/// nullopt for what is no answer of that dialect. An AuthZEN permission that comes with obligations is a refusal:
/// nobody here understands them. OPA: true, or an object with "allow": true; undefined is a refusal.
std::optional<bool> decision_answer(std::string_view body, ExternalDecisions::Dialect dialect);

}  // namespace b2a::service
