// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/questions.hpp"

#include <array>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

namespace b2a::protocol::mcp {

namespace asio = boost::asio;

/// Touched by the thread of the call only, but for `executor`.
struct Questions::Waiting {
    explicit Waiting(asio::any_io_executor of) : executor(std::move(of)), timer(executor) {}

    asio::any_io_executor executor;
    asio::steady_timer timer;
    std::optional<std::string> message;
};

std::string Questions::new_id() {
    std::array<std::uint8_t, 16> bytes{};
    random_.fill(bytes);
    return "\"ask-" + to_base32(bytes) + '"';
}

bool Questions::add(std::string const& id, std::shared_ptr<Waiting> waiting) {
    std::lock_guard const lock(mutex_);
    if (waiting_.size() >= limits::mcp_questions_max) return false;
    return waiting_.emplace(id, std::move(waiting)).second;
}

void Questions::remove(std::string const& id) {
    std::lock_guard const lock(mutex_);
    waiting_.erase(id);
}

asio::awaitable<std::optional<std::string>> Questions::ask(Call& call, std::string method, std::string params) {
    auto const executor = co_await asio::this_coro::executor;
    auto const waiting = std::make_shared<Waiting>(executor);
    auto const id = new_id();
    if (!add(id, waiting)) co_return std::nullopt;
    // Also when this coroutine is destroyed in the middle, at the end of its thread.
    struct Removal {
        Questions& questions;
        std::string const& id;
        ~Removal() { questions.remove(id); }
    } const removal{*this, id};
    waiting->timer.expires_after(limits::mcp_answer_timeout);
    auto question = request_message(id, method, params);
    auto const asked = co_await call.tell(std::move(question));
    if (!asked || call.events().ending()) co_return std::nullopt;
    call.events().on_ending([waiting] { waiting->timer.cancel(); });
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    if (!waiting->message) co_await waiting->timer.async_wait(token);
    call.events().on_ending({});
    co_return std::move(waiting->message);
}

/// Posted under the lock: as long as the entry is there, so are the coroutine that waits and its thread.
void Questions::answer(std::string_view id, std::string_view message) {
    std::lock_guard const lock(mutex_);
    auto const found = waiting_.find(std::string(id));
    if (found == waiting_.end()) return;
    asio::post(found->second->executor, [waiting = found->second, text = std::string(message)]() mutable {
        waiting->message = std::move(text);
        waiting->timer.cancel();
    });
    waiting_.erase(found);
}

}  // namespace b2a::protocol::mcp
