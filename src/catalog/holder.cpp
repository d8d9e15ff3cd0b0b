// SPDX-License-Identifier: Apache-2.0
#include <mutex>

#include "b2a/base/assert.hpp"
#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {

struct Holder::Impl {
    mutable std::mutex mutex;
    std::shared_ptr<Snapshot const> current = Snapshot::build({}, {});
    std::vector<std::shared_ptr<Snapshot const>> retired;
    bool rebuilding = false;
    StockLevels recorded;  // since begin_rebuild(); the last level of each variant
};

Holder::Holder() : impl_(std::make_shared<Impl>()) {}

void Holder::publish(std::shared_ptr<Snapshot const> next) {
    B2A_ASSERT(next != nullptr);
    {
        std::scoped_lock const lock(impl_->mutex);
        for (auto const& [id, quantity] : impl_->recorded) next->set_stock(id, quantity);
        impl_->recorded = {};
        impl_->rebuilding = false;
        impl_->retired.push_back(std::move(impl_->current));
        impl_->current = std::move(next);
        generation_.fetch_add(1, std::memory_order_release);
    }
    reclaim();
}

void Holder::begin_rebuild() {
    std::scoped_lock const lock(impl_->mutex);
    impl_->rebuilding = true;
    impl_->recorded.clear();
}

void Holder::set_stock(std::string_view variant_id, std::int64_t quantity) {
    std::scoped_lock const lock(impl_->mutex);
    impl_->current->set_stock(variant_id, quantity);
    if (impl_->rebuilding) impl_->recorded.insert_or_assign(std::string(variant_id), quantity);
}

std::shared_ptr<Snapshot const> Holder::current() const {
    std::scoped_lock const lock(impl_->mutex);
    return impl_->current;
}

std::size_t Holder::reclaim() {
    std::vector<std::shared_ptr<Snapshot const>> unused;  // destroyed after the lock is gone
    std::scoped_lock const lock(impl_->mutex);
    // Nobody can take a new reference to a retired snapshot, so a count of one stays one.
    std::erase_if(impl_->retired, [&](std::shared_ptr<Snapshot const>& snapshot) {
        if (snapshot.use_count() != 1) return false;
        unused.push_back(std::move(snapshot));
        return true;
    });
    return impl_->retired.size();
}

}  // namespace b2a::catalog
