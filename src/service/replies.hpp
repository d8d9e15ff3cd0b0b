// SPDX-License-Identifier: Apache-2.0
// What every writing use-case does about answers: find the kept one of an idempotency key, keep the new one, and run
// once more when another writer was faster.
#pragma once

#include <optional>
#include <type_traits>

#include <boost/asio/awaitable.hpp>

#include "b2a/service/checkout.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

template <class T>
using Awaitable = boost::asio::awaitable<T>;

/// The kept answer of the request's idempotency key, if there is one. Error: idempotency_conflict.
Result<std::optional<Replied>> kept_reply(store::Reader& reader, RequestContext const& context);
/// The answer as it is to be kept with its effect; nullopt without a key.
std::optional<store::IdempotencyWrite> to_keep(RequestContext const& context, store::StoredReply const& reply);
/// What the caller hears of a commit: the new answer, or the one that a twin of this request has stored meanwhile.
Result<Replied> replied(Result<store::CommitResult> committed, store::StoredReply reply,
                        policy::Verdict const& verdict);

/// Runs `use` of `impl`, and once more from its prefetch on when it ends in a version conflict. `command` is what `use`
/// takes between context and attempt.
template <class Impl, class Use, class... Command>
std::invoke_result_t<Use, Impl&, RequestContext, Command..., Attempt> at_most_twice(Impl& impl, Use use,
                                                                                    RequestContext context,
                                                                                    Command... command) {
    auto result = co_await (impl.*use)(context, command..., Attempt::first);
    if (result || result.error().code != Code::conflict) co_return result;
    auto again = co_await (impl.*use)(context, command..., Attempt::repeated);
    co_return again;
}

}  // namespace b2a::service
