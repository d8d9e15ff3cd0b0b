// SPDX-License-Identifier: Apache-2.0
// How operations end: a body, an error in UCP's shape, or a resource with a remark. Private to the operations.
#pragma once

#include <string>
#include <string_view>

#include "b2a/service/checkout.hpp"

#include "operations.hpp"

namespace b2a::protocol::ucp {

inline constexpr std::string_view private_answer = "no-store";
inline constexpr std::string_view shared_answer = "no-cache";

void finish(Call const& call, std::string_view caching, web::Response& response);
void fail(Call const& call, Error const& error, web::Response& response);
/// What a service said about a write.
void answer(Call const& call, Site const& site, Result<service::Replied> const& replied, web::Response& response);
/// A refused selection of this call (Code::selection_rejected), as a remark on the resource that stays as it was.
domain::Finding refused_selection(Error const& error);

/// How a checkout's answer is made before it is stored; keeps the terms alive.
service::CheckoutRenderer checkout_renderer(Call const& call, Deps const& deps);
/// What is wrong with a command: a refused selection is a remark on the resource if there is one, everything else an
/// error of its own.
void refuse_checkout(Call const& call, Deps const& deps, Error const& error, web::Response& response);

}  // namespace b2a::protocol::ucp
