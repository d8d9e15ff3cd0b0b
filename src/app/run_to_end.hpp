// SPDX-License-Identifier: Apache-2.0
// Runs a coroutine to its end, for commands: they have no server around them.
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace b2a::app {

template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> task, std::optional<T>& slot) {
    auto value = co_await std::move(task);
    slot.emplace(std::move(value));
}

template <class T>
T run_to_end(boost::asio::io_context& loop, boost::asio::awaitable<T> task) {
    std::optional<T> slot;
    boost::asio::co_spawn(loop, keep_result(std::move(task), slot), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    loop.run();
    loop.restart();
    return std::move(slot.value());
}

}  // namespace b2a::app
