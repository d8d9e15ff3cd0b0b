// SPDX-License-Identifier: Apache-2.0
// Text → dense index by open addressing. The text itself stays where the caller keeps it; a slot holds 32 bits of its
// hash, so that a look-up touches foreign memory once, for the text that it will find.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::catalog {

class HashIndex {
  public:
    explicit HashIndex(std::size_t expected = 0) { slots_.resize(capacity_for(expected)); }

    /// `text_of(index)` gives the text of an index that was inserted.
    template <class TextOf>
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text, TextOf const& text_of) const {
        auto const tag = tag_of(text);
        for (auto at = tag & mask();; at = (at + 1) & mask()) {
            auto const& slot = slots_[at];
            if (slot.index == vacant) return std::nullopt;
            if (slot.tag == tag && text_of(slot.index) == text) return slot.index;
        }
    }

    /// The index that `text` had before, or `fresh`, which it has from now on.
    template <class TextOf>
    std::uint32_t insert(std::string_view text, std::uint32_t fresh, TextOf const& text_of) {
        if ((used_ + 1) * 4 > slots_.size() * 3) grow();
        auto const tag = tag_of(text);
        auto at = tag & mask();
        for (; slots_[at].index != vacant; at = (at + 1) & mask())
            if (slots_[at].tag == tag && text_of(slots_[at].index) == text) return slots_[at].index;
        slots_[at] = {tag, fresh};
        ++used_;
        return fresh;
    }

  private:
    static constexpr std::uint32_t vacant = ~std::uint32_t{0};
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t index = vacant;
    };

    static std::uint32_t tag_of(std::string_view text) noexcept {
        auto const hash = std::hash<std::string_view>{}(text);
        return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
    }
    static std::size_t capacity_for(std::size_t expected) noexcept {
        std::size_t capacity = 16;
        while (capacity * 3 < (expected + 1) * 4) capacity *= 2;
        return capacity;
    }
    [[nodiscard]] std::size_t mask() const noexcept { return slots_.size() - 1; }

    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (auto const& slot : old) {
            if (slot.index == vacant) continue;
            auto at = slot.tag & mask();
            while (slots_[at].index != vacant) at = (at + 1) & mask();
            slots_[at] = slot;
        }
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

/// Distinct texts, numbered in the order of their first appearance.
class StringPool {
  public:
    std::uint32_t intern(std::string_view text) {
        auto const fresh = static_cast<std::uint32_t>(size());
        auto const id = index_.insert(text, fresh, [this](std::uint32_t i) { return this->text(i); });
        if (id == fresh) {
            bytes_.append(text);
            ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
        }
        return id;
    }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const {
        return index_.find(text, [this](std::uint32_t i) { return this->text(i); });
    }
    [[nodiscard]] std::string_view text(std::uint32_t id) const noexcept {
        auto const begin = id == 0 ? 0 : ends_[id - 1];
        return std::string_view(bytes_).substr(begin, ends_[id] - begin);
    }
    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    void shrink_to_fit() {
        bytes_.shrink_to_fit();
        ends_.shrink_to_fit();
    }

  private:
    HashIndex index_;
    std::string bytes_;
    std::vector<std::uint32_t> ends_;
};

}  // namespace b2a::catalog
