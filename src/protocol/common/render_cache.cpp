// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/render_cache.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::protocol {
namespace {

constexpr std::size_t slot_overhead = 160;  // list node, map node, two strings' control parts

std::size_t cost(std::string const& body) noexcept {
    return body.capacity() + slot_overhead;
}

std::uint64_t pack(RenderCache::Key const& key) noexcept {
    auto const code = key.currency.code();  // three capital letters: five bits each
    std::uint64_t currency = 0;
    for (auto const c : code) currency = (currency << 5U) | static_cast<std::uint64_t>(c - 'A' + 1);
    return (currency << 40U) | (std::uint64_t{key.format} << 32U) | key.index;
}

}  // namespace

RenderCache::Entry const* RenderCache::find(catalog::Snapshot const& snapshot, Key key, std::uint32_t epoch) {
    if (snapshot_ != &snapshot || revision_ != snapshot.revision()) {
        slots_.clear();
        by_key_.clear();
        bytes_ = 0;
        snapshot_ = &snapshot;
        revision_ = snapshot.revision();
        return nullptr;
    }
    auto const found = by_key_.find(pack(key));
    if (found == by_key_.end() || found->second->epoch != epoch) return nullptr;
    slots_.splice(slots_.begin(), slots_, found->second);
    return &slots_.front().entry;
}

RenderCache::Entry const& RenderCache::put(Key key, std::uint32_t epoch, std::string body) {
    auto const packed = pack(key);
    if (auto const stale = by_key_.find(packed); stale != by_key_.end()) {
        bytes_ -= cost(stale->second->entry.body);
        slots_.erase(stale->second);
        by_key_.erase(stale);
    }
    body.shrink_to_fit();
    auto tag = entity_tag(body);
    bytes_ += cost(body);
    slots_.push_front({packed, epoch, {std::move(body), std::move(tag)}});
    by_key_.emplace(packed, slots_.begin());
    shrink();
    return slots_.front().entry;
}

void RenderCache::shrink() {
    while (bytes_ > bytes_max_ && slots_.size() > 1) {
        bytes_ -= cost(slots_.back().entry.body);
        by_key_.erase(slots_.back().key);
        slots_.pop_back();
    }
}

std::string entity_tag(std::string_view body) {
    auto const digest = crypto::sha256(body);
    return '"' + to_base64url(ByteView(digest).first(8)) + '"';  // 13 characters: fits std::string's own buffer
}

bool matches_entity_tag(std::string_view if_none_match, std::string_view etag) noexcept {
    if_none_match = trim(if_none_match);
    if (if_none_match == "*") return true;
    while (!if_none_match.empty()) {
        auto const comma = if_none_match.find(',');
        auto item = trim(if_none_match.substr(0, comma));
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == etag) return true;
        if (comma == std::string_view::npos) return false;
        if_none_match.remove_prefix(comma + 1);
    }
    return false;
}

}  // namespace b2a::protocol
