// SPDX-License-Identifier: Apache-2.0
// The stores under the contract and the values that its tests write.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "b2a/store/sqlite.hpp"

namespace b2a::store {

/// A directory that goes with its owner.
class TempDir {
  public:
    TempDir() {
        auto pattern = (std::filesystem::temp_directory_path() / "b2a-store-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(TempDir const&) = delete;
    TempDir& operator=(TempDir const&) = delete;
    [[nodiscard]] std::string file(std::string const& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

struct MemoryFactory {
    std::unique_ptr<Store> store = make_memory_store();
};

struct SqliteFactory {
    TempDir dir;
    std::unique_ptr<Store> store = open_sqlite(dir.file("b2a.db"), OpenMode::create).value();
};

inline Deadline no_deadline() {
    return Deadline::max();
}
inline Timestamp at(std::int64_t seconds) {
    return from_micros(1'700'000'000'000'000 + seconds * 1'000'000);
}

template <class IdType>
IdType id_of(std::uint8_t n) {
    std::array<std::uint8_t, 16> bytes{};
    bytes[15] = n;
    return IdType(bytes);
}
inline Digest digest_of(std::uint8_t n) {
    Digest out{};
    out.fill(n);
    return out;
}

inline audit::Event event_of(std::string type, std::string subject = "s") {
    audit::Event event;
    event.type = std::move(type);
    event.subject = std::move(subject);
    return event;
}

inline domain::Checkout checkout_of(std::uint8_t n) {
    domain::Checkout checkout;
    checkout.id = id_of<CheckoutId>(n);
    checkout.owner = "https://agent.example/profile";
    checkout.currency = *Currency::parse("USD");
    domain::Line line;
    line.id = "li_1";
    line.variant_id = "v1";
    line.unit_minor = 1999;
    checkout.lines = {line};
    checkout.created = at(0);
    checkout.expires = at(100);
    return checkout;
}

inline ChangeSet change_of(std::string type) {
    ChangeSet changes;
    changes.events = {event_of(std::move(type))};
    changes.now = at(1);
    return changes;
}

inline ChangeSet insert_checkout(std::uint8_t n) {
    auto changes = change_of("checkout.created");
    changes.checkout = CheckoutWrite{checkout_of(n), 0};
    return changes;
}

inline domain::Order order_of(std::uint8_t n) {
    domain::Order order;
    order.id = id_of<OrderId>(n);
    order.checkout_id = id_of<CheckoutId>(n);
    order.label = "A-" + std::to_string(n);
    return order;
}

inline domain::Cart cart_of(std::uint8_t n) {
    domain::Cart cart;
    cart.id = id_of<CartId>(n);
    cart.owner = "https://agent.example/profile";
    cart.currency = *Currency::parse("USD");
    cart.lines = checkout_of(n).lines;
    cart.created = at(0);
    cart.expires = at(100);
    return cart;
}

inline ChangeSet insert_cart(std::uint8_t n) {
    auto changes = change_of("cart.created");
    changes.cart = CartWrite{cart_of(n), 0};
    return changes;
}

/// A notice about `subject`, due at once.
inline Notice notice_of(std::uint8_t n, std::string subject) {
    Notice notice;
    notice.id = id_of<NoticeId>(n);
    notice.subject = std::move(subject);
    notice.target = "https://agent.example/webhook";
    notice.dialect = "ucp/2026-08-25";
    notice.content_type = "application/json";
    notice.body = "{\"n\":" + std::to_string(n) + "}";
    notice.created = at(n);
    notice.due = at(n);
    return notice;
}

inline ChangeSet notice_change(std::vector<Notice> notices) {
    auto changes = change_of("order.placed");
    changes.notices = std::move(notices);
    return changes;
}

inline NoticeProgress progress_of(std::uint8_t n, NoticeState state, Timestamp due = {}) {
    return {id_of<NoticeId>(n), state, 1, due, "204"};
}

inline std::vector<NoticeId> ids_of(std::vector<Notice> const& notices) {
    std::vector<NoticeId> out;
    for (auto const& notice : notices) out.push_back(notice.id);
    return out;
}

/// The ids that id_of() makes of `numbers`.
template <class IdType>
std::vector<IdType> all_of(std::vector<std::uint8_t> const& numbers) {
    std::vector<IdType> out;
    for (auto const n : numbers) out.push_back(id_of<IdType>(n));
    return out;
}

inline IdempotencyWrite reply_write(std::uint8_t key, std::uint8_t fingerprint, std::string body) {
    return {digest_of(key), digest_of(fingerprint), {201, "application/json", std::move(body)}};
}

inline domain::Product product_of(std::string id,
                                  std::vector<std::pair<std::string, std::optional<std::int64_t>>> variants) {
    domain::Product product;
    product.id = std::move(id);
    product.title = "Product " + product.id;
    for (auto& [variant_id, stock] : variants) {
        domain::Variant variant;
        variant.id = std::move(variant_id);
        variant.declared_stock = stock;
        product.variants.push_back(std::move(variant));
    }
    return product;
}

/// Publishes `products`; the revision.
inline std::uint64_t publish(Store& store, std::vector<domain::Product> const& products) {
    auto draft = store.begin_catalog().value();
    for (auto const& product : products) EXPECT_TRUE(draft->put(product).ok());
    return draft->publish(event_of("catalog.published", "catalog"), at(1)).value();
}

/// Collects answers from the writer's thread.
class Answers {
  public:
    Store::Done done() {
        return [this](Result<CommitResult> result) {
            std::lock_guard const lock(mutex_);
            results_.push_back(std::move(result));
            arrived_.notify_all();
        };
    }
    std::vector<Result<CommitResult>> wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] { return results_.size() >= count; });
        return results_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<Result<CommitResult>> results_;
};

/// Holds the writer's thread inside an answer until released, so that a test decides what is in the next batch.
class HeldWriter {
  public:
    explicit HeldWriter(Store& store) {
        store.submit(change_of("held"), no_deadline(), [this](Result<CommitResult> const&) {
            std::unique_lock lock(mutex_);
            held_ = true;
            changed_.notify_all();
            changed_.wait(lock, [this] { return released_; });
        });
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return held_; });
    }
    void release() {
        std::lock_guard const lock(mutex_);
        released_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool held_ = false;
    bool released_ = false;
};

}  // namespace b2a::store
