// SPDX-License-Identifier: Apache-2.0
// A map that knows which of its entries was used longest ago.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace b2a::service {

template <class Value>
class Lru {
  public:
    /// nullptr if it is not here; otherwise it counts as used now.
    Value* find(std::string_view key) {
        auto const found = index_.find(key);
        if (found == index_.end()) return nullptr;
        order_.splice(order_.begin(), order_, found->second);
        return &found->second->second;
    }
    /// Makes the entry if it is not here.
    Value& at(std::string_view key) {
        if (auto* const found = find(key)) return *found;
        order_.emplace_front(std::string(key), Value{});
        index_.emplace(order_.front().first, order_.begin());
        return order_.front().second;
    }
    void erase(std::string_view key) {
        auto const found = index_.find(key);
        if (found == index_.end()) return;
        auto const entry = found->second;
        index_.erase(found);  // before its key goes with the entry
        order_.erase(entry);
    }
    /// The entry that was used longest ago; the map must not be empty.
    [[nodiscard]] std::pair<std::string, Value> const& oldest() const { return order_.back(); }
    [[nodiscard]] std::size_t size() const noexcept { return index_.size(); }

  private:
    std::list<std::pair<std::string, Value>> order_;
    std::unordered_map<std::string_view, typename std::list<std::pair<std::string, Value>>::iterator> index_;
};

}  // namespace b2a::service
