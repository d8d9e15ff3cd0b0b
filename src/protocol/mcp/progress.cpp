// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/progress.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/base/limits.hpp"
#include "b2a/base/log.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::protocol::mcp {

namespace asio = boost::asio;

struct Ticker::State {
    State(asio::any_io_executor const& executor, Call& of) :
        timer(executor), ended(executor, asio::steady_timer::time_point::max()), call(of) {}

    asio::steady_timer timer;
    asio::steady_timer ended;  // cancelled when the coroutine has come to its end
    Call& call;                // not touched once `over`
    bool over = false;
    bool running = true;
};

Ticker::~Ticker() {
    if (!state_) return;
    state_->over = true;
    state_->timer.cancel();
}

asio::awaitable<void> Ticker::start() {
    if (call_.terms().progress_token.empty() || !call_.terms().takes_events) co_return;
    auto const executor = co_await asio::this_coro::executor;
    state_ = std::make_shared<State>(executor, call_);
    asio::co_spawn(executor, tick(state_), [state = state_](std::exception_ptr const& failure) {
        if (failure) log::error("mcp.progress_failed", {});
        state->running = false;
        state->ended.cancel();
    });
}

asio::awaitable<void> Ticker::stop() {
    if (!state_) co_return;
    state_->over = true;
    state_->timer.cancel();
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    while (state_->running) co_await state_->ended.async_wait(token);
}

asio::awaitable<void> Ticker::tick(std::shared_ptr<State> state) {
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    for (std::int64_t seconds = 1;; ++seconds) {
        state->timer.expires_after(limits::mcp_progress_interval);
        co_await state->timer.async_wait(token);
        if (state->over) break;
        auto message = progress_message(state->call.terms().progress_token, seconds, 0);
        auto const heard = co_await state->call.tell(std::move(message));
        if (!heard || state->over) break;
    }
}

std::string progress_message(std::string_view token, std::int64_t done, std::int64_t total) {
    std::string params;
    json::Writer json(params);
    json.begin_object().member_raw("progressToken", token).member("progress", done);
    if (total > 0) json.member("total", total);
    json.end_object();
    return notification_message("notifications/progress", params);
}

}  // namespace b2a::protocol::mcp
