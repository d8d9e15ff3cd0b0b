// SPDX-License-Identifier: Apache-2.0
// Documents that other parties publish about themselves (agent profiles, key sets), fetched through the guarded client
// and kept: time to live from Cache-Control with a floor of 60 s and a ceiling of a day, bounded number (least recently
// used goes first), one fetch at a time per URL however many wait for it, failures remembered for a while, refreshed in
// the background before they expire. Bytes only: what they mean is the protocol's business. One per process,
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::service {

/// Immutable; a refresh that brings other bytes makes a new one, one that brings the same bytes keeps the object, so
/// that its address can serve as a key for what was derived from it.
struct Document {
    std::string url;
    std::string body;
};

class Directory {
  public:
    /// A document that is never fetched: pre-approved parties, the sandbox's own agents.
    struct Pinned {
        std::string url;
        std::string body;
    };
    Directory(web::Outbound& outbound, Clock const& clock, std::vector<Pinned> pinned);
    ~Directory();

    /// The document if it is here and fresh enough to use (a stale one is served while its refresh runs; where none
    /// runs yet the answer is nullptr, so that the caller turns to get(), which starts it and answers at once).
    [[nodiscard]] std::shared_ptr<Document const> cached(std::string_view url);
    /// Fetches when it is not here. Errors: those of web::Outbound with their reason, and upstream_failed with reason
    /// "status" (anything but 200; detail names it) or "redirect". A remembered failure answers at once; being
    /// overloaded is not remembered.
    boost::asio::awaitable<Result<std::shared_ptr<Document const>>> get(std::string url);
    /// A fetch because a key id was unknown: at most one per URL and 60 s, otherwise the answer is the cached document,
    /// which is also the answer when the fetch fails while the document is still good.
    boost::asio::awaitable<Result<std::shared_ptr<Document const>>> refresh(std::string url);

    struct Stats {
        std::uint64_t documents = 0;
        std::uint64_t fetches = 0;
        std::uint64_t failures = 0;
    };
    [[nodiscard]] Stats stats() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace b2a::service
