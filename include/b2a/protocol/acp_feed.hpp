// SPDX-License-Identifier: Apache-2.0
// The catalog as an ACP product feed (feed schema of 2026-04-17), as files and as calls to the agent's feed API: there
// the brand is the client. docs/export.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::protocol::acp {

/// Bounds of a push: what one request holds, and how often it is tried.
inline constexpr std::size_t feed_batch_products_max = 100;
inline constexpr std::size_t feed_batch_bytes_max = 1024 * 1024;
inline constexpr int feed_attempts_max = 6;
inline constexpr std::chrono::seconds feed_wait_max{30};  // whatever Retry-After asks for

/// What a rendering had to leave out.
struct FeedCounts {
    std::uint64_t products = 0, variants = 0;
    std::uint64_t without_price = 0;  // variants that have none in the feed's currency: they are not available
};

/// Appends one `Product` of the feed schema, without a line break. Prices are those in `currency`; list prices and unit
/// prices only as the answers to buyers have them.
void render_feed_product(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                         Currency currency, FeedCounts& counts);

/// `FeedMetadata`; an empty country or an absent time is left out.
std::string render_feed_metadata(std::string const& id, std::string const& country, std::optional<Timestamp> updated);

/// The agent's feed API, as the brand uses it. 429, 5xx and failures of the network are tried again, at most
/// feed_attempts_max times, with growing pauses or what Retry-After says.
class FeedClient {
  public:
    struct Parts {
        web::Outbound& outbound;
        Random& random;
        std::string url;    // of the API, without a slash at the end
        std::string token;  // sent as bearer token
        std::chrono::seconds first_pause{1};
    };
    explicit FeedClient(Parts parts) : parts_(std::move(parts)) {}

    /// POST /feeds; the new feed's id. Errors: upstream_failed.
    boost::asio::awaitable<Result<std::string>> create(std::string country);
    /// PATCH /feeds/{id}/products; `products` is the JSON array's content. Errors: not_found (the agent has no such
    /// feed), upstream_failed.
    boost::asio::awaitable<Result<void>> upsert(std::string id, std::string products);
    /// Requests that had to be sent again.
    [[nodiscard]] std::uint64_t retries() const noexcept { return retries_; }

  private:
    boost::asio::awaitable<Result<web::OutboundReply>> send(web::Method method, std::string path, std::string body);

    Parts parts_;
    std::uint64_t retries_ = 0;
};

}  // namespace b2a::protocol::acp
