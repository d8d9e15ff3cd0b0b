// SPDX-License-Identifier: Apache-2.0
// Other people's servers as a script, and a clock that the test moves.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/base/time.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::service::testing {

class FakeClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return from_micros(micros_); }
    void advance(std::chrono::microseconds by) { micros_ += by.count(); }

  private:
    std::atomic<std::int64_t> micros_ = 1'800'000'000'000'000;
};

/// Answers with what `script` says; suspends once in between, so that others on the same loop come first.
class ScriptedOutbound final : public web::Outbound {
  public:
    using Answer = Result<web::OutboundReply>;
    using Script = std::function<Answer(web::OutboundRequest const&)>;

    explicit ScriptedOutbound(Script script) : script_(std::move(script)) {}

    boost::asio::awaitable<Answer> send(web::OutboundRequest request) override {
        auto executor = co_await boost::asio::this_coro::executor;
        co_await boost::asio::post(executor, boost::asio::use_awaitable);
        {
            std::scoped_lock const lock(mutex_);
            sent_.push_back(request);
        }
        co_return script_(request);
    }
    [[nodiscard]] std::vector<web::OutboundRequest> sent() const {
        std::scoped_lock const lock(mutex_);
        return sent_;
    }

  private:
    Script script_;
    mutable std::mutex mutex_;
    std::vector<web::OutboundRequest> sent_;
};

inline Error outbound_failure(std::string reason) {
    Error error(Code::upstream_failed, "scripted");
    error.reason = std::move(reason);
    return error;
}

}  // namespace b2a::service::testing
