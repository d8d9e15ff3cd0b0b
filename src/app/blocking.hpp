// SPDX-License-Identifier: Apache-2.0
// A use-case run to its end on the calling thread: for commands and signals, which have no event loop.
#pragma once

#include <exception>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace b2a::app {

/// A slot, because co_spawn wants results that can be made of nothing.
template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> task, std::optional<T>& slot) {
    slot.emplace(co_await std::move(task));
}

template <class T>
T run_blocking(boost::asio::io_context& loop, boost::asio::awaitable<T> task) {
    std::optional<T> result;
    boost::asio::co_spawn(loop, keep_result(std::move(task), result), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    loop.run();
    loop.restart();
    return std::move(result.value());
}

template <class T>
T run_blocking(boost::asio::awaitable<T> task) {
    boost::asio::io_context loop(1);
    return run_blocking(loop, std::move(task));
}

}  // namespace b2a::app
