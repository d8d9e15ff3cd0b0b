// SPDX-License-Identifier: Apache-2.0
// Renderings of catalog objects, kept as bytes. Confined to one I/O thread; bounded by bytes, least recently used goes
// first. An entry is valid for one snapshot and one availability epoch of its product, so a stock flip re-renders it.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

#include "b2a/base/limits.hpp"
#include "b2a/catalog/snapshot.hpp"

namespace b2a::protocol {

class RenderCache {
  public:
    struct Key {
        std::uint32_t index = 0;  // of the product or variant within the snapshot
        std::uint8_t format = 0;  // the caller's enumeration
        Currency currency;        // where the rendering depends on it
    };
    struct Entry {
        std::string body;
        std::string etag;  // strong, quoted, short enough to be copied without allocation
    };

    explicit RenderCache(std::size_t bytes_max = limits::render_cache_bytes_max) : bytes_max_(bytes_max) {}

    /// The entry of `key`, rendered now if there is none that is still valid. The reference lives until the next call.
    /// `product_index` names the product whose availability the rendering shows.
    /// `render` is called as render(std::string& out).
    template <class Render>
    Entry const& get(catalog::Snapshot const& snapshot, Key key, std::uint32_t product_index, Render const& render) {
        // The epoch is read before rendering: a flip in between leaves an entry that the next look-up finds stale.
        auto const epoch = snapshot.availability_epoch(product_index);
        if (auto const* entry = find(snapshot, key, epoch)) return *entry;
        std::string body;
        render(body);
        return put(key, epoch, std::move(body));
    }

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }

  private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t epoch = 0;
        Entry entry;
    };
    using Slots = std::list<Slot>;

    Entry const* find(catalog::Snapshot const& snapshot, Key key, std::uint32_t epoch);
    Entry const& put(Key key, std::uint32_t epoch, std::string body);
    void shrink();

    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    catalog::Snapshot const* snapshot_ = nullptr;  // compared, never followed
    std::uint64_t revision_ = 0;
    Slots slots_;  // most recently used first
    std::unordered_map<std::uint64_t, Slots::iterator> by_key_;
};

/// A strong entity tag from the content, so that equal bytes keep their tag over restarts.
std::string entity_tag(std::string_view body);
/// True if If-None-Match lists `etag` or is "*" (RFC 9110 §13.1.2, weak comparison).
bool matches_entity_tag(std::string_view if_none_match, std::string_view etag) noexcept;

}  // namespace b2a::protocol
