// SPDX-License-Identifier: Apache-2.0
// Says to a client that asked for progress that a call which takes long is still at work, once a second: its time-out
// starts anew. Tools know nothing of it.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>

#include "call.hpp"

namespace b2a::protocol::mcp {

class Ticker {
  public:
    explicit Ticker(Call& call) : call_(call) {}
    ~Ticker();
    Ticker(Ticker const&) = delete;
    Ticker& operator=(Ticker const&) = delete;

    boost::asio::awaitable<void> start();
    /// Nothing is said any more once this returns.
    boost::asio::awaitable<void> stop();

  private:
    struct State;
    static boost::asio::awaitable<void> tick(std::shared_ptr<State> state);

    Call& call_;
    std::shared_ptr<State> state_;  // null: this client wants none
};

/// {"progressToken":…,"progress":…,"total"?}; `total` 0: unknown.
std::string progress_message(std::string_view token, std::int64_t done, std::int64_t total);

}  // namespace b2a::protocol::mcp
