// SPDX-License-Identifier: Apache-2.0
// Runs coroutines to their end on a loop of their own, for tests without a server.
#pragma once

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace b2a::test {

/// Stores the result of `task` in `slot`, which must outlive the loop's run. (co_spawn would want a default value.)
template <class T>
boost::asio::awaitable<void> keep(boost::asio::awaitable<T> task, std::optional<T>& slot) {
    auto value = co_await std::move(task);
    slot.emplace(std::move(value));
}

template <class T>
void start(boost::asio::io_context& loop, boost::asio::awaitable<T> task, std::optional<T>& slot) {
    boost::asio::co_spawn(loop, keep(std::move(task), slot), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
}

template <class T>
T run(boost::asio::awaitable<T> task) {
    boost::asio::io_context loop(1);
    std::optional<T> slot;
    start(loop, std::move(task), slot);
    loop.run();
    return std::move(slot.value());
}

/// Both at once on one thread: each runs until it waits for the store, then the other.
template <class T>
std::pair<T, T> run_both(boost::asio::awaitable<T> first, boost::asio::awaitable<T> second) {
    boost::asio::io_context loop(1);
    std::optional<T> a;
    std::optional<T> b;
    start(loop, std::move(first), a);
    start(loop, std::move(second), b);
    loop.run();
    return {std::move(a.value()), std::move(b.value())};
}

}  // namespace b2a::test
