// SPDX-License-Identifier: Apache-2.0
// Who asks, for every binding of the native operations: a bearer token, a signature, a declared profile, or nobody.
#pragma once

#include <optional>
#include <string_view>

#include "operations.hpp"

namespace b2a::protocol::native {

class Door {
  public:
    explicit Door(Deps const& deps) : contexts_(deps.contexts), recognizer_(deps.recognizer) {}

    /// Without waiting; nullopt where keys have to be fetched first, and await() is to be called.
    std::optional<Result<service::RequestContext>> at_once(web::Request const& request, policy::Protocol protocol,
                                                           identity::Use use);
    boost::asio::awaitable<Result<service::RequestContext>> await(web::Request const& request,
                                                                  policy::Protocol protocol, identity::Use use);

  private:
    [[nodiscard]] Recognizer::Presented presented(web::Request const& request, identity::Use use) const;

    ContextFactory& contexts_;
    Recognizer& recognizer_;
};

/// What a signature on a call of `operation` is used for; a change with an idempotency key may be repeated.
identity::Use use_of(Operation const& operation, bool keyed) noexcept;

/// Runs the row's handler for a caller who is known. The request outlives the call.
boost::asio::awaitable<void> run(Operations& operations, Operation const& operation, Call call,
                                 web::Response& response);

}  // namespace b2a::protocol::native
