// SPDX-License-Identifier: Apache-2.0
// Runs blocking work on another executor and resumes on the caller's own.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/base/result.hpp"

namespace b2a::service {

template <class T>
struct RunElsewhere {
    boost::asio::any_io_executor where;

    template <class Handler>
    void operator()(Handler&& handler, std::function<Result<T>()> work) const {
        namespace asio = boost::asio;
        auto back = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
        using Waiting = asio::any_completion_handler<void(Result<T>)>;
        auto const waiting = std::make_shared<Waiting>(std::forward<Handler>(handler));
        asio::post(where, [waiting, back, work = std::move(work)] {
            asio::post(back, [waiting, answer = work()]() mutable { std::move (*waiting)(std::move(answer)); });
        });
    }
};

template <class T>
boost::asio::awaitable<Result<T>> elsewhere(boost::asio::any_io_executor where, std::function<Result<T>()> work) {
    return boost::asio::async_initiate<boost::asio::use_awaitable_t<> const&, void(Result<T>)>(
        RunElsewhere<T>{std::move(where)}, boost::asio::use_awaitable, std::move(work));
}

}  // namespace b2a::service
