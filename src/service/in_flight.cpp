// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/in_flight.hpp"

#include <chrono>
#include <cstring>

namespace b2a::service {

std::size_t InFlight::First::operator()(Digest const& key) const noexcept {
    std::size_t out = 0;
    std::memcpy(&out, key.data(), sizeof(out));
    return out;
}

Result<InFlight::Seat> InFlight::enter(Digest const& key) {
    constexpr std::chrono::seconds later{1};
    std::lock_guard const lock(mutex_);
    if (keys_.contains(key)) {
        Error busy(Code::conflict, "The first request with this Idempotency-Key is still running.");
        busy.reason = "idempotency_in_flight";
        return std::move(busy).with_retry_after(later);
    }
    if (keys_.size() >= keys_max_)
        return Error(Code::overloaded, "too many requests are running; try again").with_retry_after(later);
    keys_.insert(key);
    return Seat(this, key);
}

std::size_t InFlight::size() const {
    std::lock_guard const lock(mutex_);
    return keys_.size();
}

void InFlight::leave(Digest const& key) {
    std::lock_guard const lock(mutex_);
    keys_.erase(key);
}

}  // namespace b2a::service
