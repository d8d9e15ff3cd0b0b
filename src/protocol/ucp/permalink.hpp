// SPDX-License-Identifier: Apache-2.0
// Permalinks (UCP 2026-08-25, dev.ucp.shopping.permalink): a link that puts items into a checkout and sends the person
// who followed it to the page of that checkout. It never places an order and never answers JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/domain/checkout.hpp"
#include "b2a/protocol/ucp.hpp"

namespace b2a::protocol::ucp {

struct Permalink {
    domain::CheckoutContent content;
    std::string continue_to;                                // a path of ours; empty: the checkout's page
    std::vector<std::pair<std::string, std::string>> rest;  // query parameters that are not UCP's
};

/// `items` is the decoded path segment "token:quantity,…" (a token is [A-Za-z0-9._-]+, or "~" and base64url of UTF-8),
/// `query` the raw query. nullopt when either is malformed or ambiguous.
std::optional<Permalink> parse_permalink(std::string_view items, std::string_view query);

boost::asio::awaitable<void> follow_permalink(Deps const& deps, web::Request const& request, web::Response& response);

}  // namespace b2a::protocol::ucp
