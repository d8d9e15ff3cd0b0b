// SPDX-License-Identifier: Apache-2.0
#include "b2a/store/await.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace b2a::store {
namespace {

namespace asio = boost::asio;

using Answer = Result<CommitResult>;

struct Initiate {
    Store* store;

    template <class Handler>
    void operator()(Handler&& handler, ChangeSet changes, Deadline deadline) const {
        // The executor counts as busy until the answer is posted: a loop without other work must not stop meanwhile.
        auto executor = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
        using Waiting = asio::any_completion_handler<void(Answer)>;
        // std::function wants copies; the handler can only be moved.
        auto const waiting = std::make_shared<Waiting>(std::forward<Handler>(handler));
        store->submit(std::move(changes), deadline, [waiting, executor](Answer answer) {
            asio::post(executor,
                       [waiting, answer = std::move(answer)]() mutable { std::move (*waiting)(std::move(answer)); });
        });
    }
};

}  // namespace

asio::awaitable<Answer> commit(Store& store, ChangeSet changes, Deadline deadline) {
    return asio::async_initiate<asio::use_awaitable_t<> const&, void(Answer)>(Initiate{&store}, asio::use_awaitable,
                                                                              std::move(changes), deadline);
}

}  // namespace b2a::store
