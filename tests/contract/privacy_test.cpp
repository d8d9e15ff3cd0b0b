// SPDX-License-Identifier: Apache-2.0
// What every store must find about a buyer, and forget.
#include <fstream>
#include <sstream>

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

domain::Buyer ada() {
    return {"Ada", "Lovelace", "ada@example.com", "+15551234567", {}};
}

std::vector<domain::FulfillmentMethod> home() {
    domain::FulfillmentMethod method;
    method.id = "shipping";
    method.destinations.resize(1);
    method.destinations[0].id = "home";
    method.destinations[0].address.street_address = "12 Analytical Lane";
    method.destinations[0].address.country = "GB";
    method.selected_destination_id = "home";
    return {method};
}

template <class Factory>
class PrivacyContract : public testing::Test {
  protected:
    Result<CommitResult> commit(ChangeSet changes) {
        return commit_blocking(store(), std::move(changes), no_deadline());
    }
    /// A cart, its completed checkout, the order, a notice about it and a kept reply.
    void buy(std::uint8_t n, domain::Buyer const& buyer) {
        auto changes = change_of("order.placed");
        changes.checkout = CheckoutWrite{checkout_of(n), 0};
        changes.checkout->checkout.status = domain::CheckoutStatus::completed;
        changes.checkout->checkout.buyer = buyer;
        changes.checkout->checkout.cart_id = id_of<CartId>(n);
        changes.cart = CartWrite{cart_of(n), 0};
        changes.order = OrderWrite{order_of(n), 0, {1, 2, 3}};
        changes.order->order.buyer = buyer;
        changes.order->order.methods = home();
        changes.order->order.lines = checkout_of(n).lines;
        changes.notices = {notice_of(n, id_of<OrderId>(n).text())};
        changes.idempotency = reply_write(n, n, "{\"order\":\"" + id_of<OrderId>(n).text() + "\"}");
        ASSERT_TRUE(commit(std::move(changes)).ok());
    }
    Holdings holdings(DataSubject const& subject) { return reader().holdings(subject).value(); }
    static Erasure erasure_of(Holdings const& found) {
        Erasure out;
        for (auto const& order : found.orders) out.orders.push_back(order.id);
        for (auto const& checkout : found.checkouts) out.checkouts.push_back(checkout.id);
        for (auto const& cart : found.carts) out.carts.push_back(cart.id);
        for (auto const& notice : found.notices) out.notices.push_back(notice.id);
        for (auto const& reply : found.replies) out.replies.push_back(reply.key);
        out.gone = {410, "application/json", "{}"};
        return out;
    }
    Store& store() { return *factory_.store; }
    Reader& reader() { return *reader_; }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(PrivacyContract, Stores);

TYPED_TEST(PrivacyContract, FindsEverythingAboutABuyerAndNothingElse) {
    this->buy(1, ada());
    this->buy(2, {"Grace", "Hopper", "grace@example.com", "", {}});
    auto open = insert_checkout(3);
    open.checkout->checkout.buyer.email = "ADA@example.com";
    ASSERT_TRUE(this->commit(std::move(open)).ok());
    for (auto const& email : {"ada@example.com", "Ada@Example.COM "}) {
        auto const found = this->holdings({email, {}});
        EXPECT_EQ(found.orders.size(), 1U);
        EXPECT_EQ(found.checkouts.size(), 2U);
        EXPECT_EQ(found.carts.size(), 1U);
        EXPECT_EQ(found.notices.size(), 1U);
        ASSERT_EQ(found.replies.size(), 1U);
        EXPECT_EQ(found.replies[0].key, digest_of(1));
    }
    auto const by_order = this->holdings({"", id_of<OrderId>(2)});
    EXPECT_EQ(by_order.orders.size(), 1U);
    EXPECT_EQ(by_order.checkouts.size(), 1U);
    EXPECT_EQ(by_order.carts.size(), 1U);
    EXPECT_TRUE(this->holdings({"nobody@example.com", {}}).empty());
    EXPECT_TRUE(this->holdings({"", {}}).empty());
}

TYPED_TEST(PrivacyContract, ForgetsTheBuyerAndKeepsTheBooks) {
    this->buy(1, ada());
    this->buy(2, {"Grace", "Hopper", "grace@example.com", "", {}});
    auto changes = change_of("subject.erased");
    changes.erasure = this->erasure_of(this->holdings({"ada@example.com", {}}));
    ASSERT_TRUE(this->commit(changes).ok());

    EXPECT_TRUE(this->holdings({"ada@example.com", {}}).empty());
    auto const order = this->reader().order(id_of<OrderId>(1)).value();
    ASSERT_TRUE(order.has_value());
    EXPECT_EQ(order->version, 2U);
    EXPECT_EQ(order->buyer, domain::Buyer{});
    EXPECT_EQ(order->lines, checkout_of(1).lines);
    EXPECT_EQ(order->methods[0].destinations[0].address.street_address, "");
    EXPECT_EQ(order->methods[0].destinations[0].address.country, "GB");
    EXPECT_TRUE(domain::selected_destination(order->methods[0]) != nullptr);
    EXPECT_EQ(this->reader().checkout(id_of<CheckoutId>(1)).value()->buyer, domain::Buyer{});
    EXPECT_FALSE(this->reader().cart(id_of<CartId>(1)).value().has_value());
    EXPECT_EQ(this->reader().reply(digest_of(1), digest_of(1)).value()->status, 410);
    EXPECT_EQ(this->reader().notices(NoticeState::pending, 10).value().size(), 1U);
    EXPECT_EQ(this->holdings({"grace@example.com", {}}).orders.size(), 1U);

    auto stale = change_of("order.adjusted");
    stale.order = OrderWrite{order_of(1), 1, {}};
    EXPECT_EQ(this->commit(std::move(stale)).error().code, Code::conflict);  // who read it before has to read again
    EXPECT_TRUE(this->commit(std::move(changes)).ok());                      // what is gone already is no failure
}

TYPED_TEST(PrivacyContract, APaymentUnderWayIsNotTakenApart) {
    auto paying = insert_checkout(1);
    paying.checkout->checkout.status = domain::CheckoutStatus::complete_in_progress;
    paying.checkout->checkout.buyer = ada();
    ASSERT_TRUE(this->commit(std::move(paying)).ok());
    this->buy(2, ada());
    auto changes = change_of("subject.erased");
    changes.erasure = this->erasure_of(this->holdings({"ada@example.com", {}}));
    EXPECT_EQ(this->commit(std::move(changes)).error().code, Code::conflict);
    EXPECT_EQ(this->reader().order(id_of<OrderId>(2)).value()->buyer, ada());
}

TYPED_TEST(PrivacyContract, AnUnfinishedCheckoutGoesAsAWhole) {
    auto open = insert_checkout(1);
    open.checkout->checkout.buyer = ada();
    ASSERT_TRUE(this->commit(std::move(open)).ok());
    auto changes = change_of("subject.erased");
    changes.erasure = this->erasure_of(this->holdings({"ada@example.com", {}}));
    ASSERT_TRUE(this->commit(std::move(changes)).ok());
    EXPECT_FALSE(this->reader().checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_EQ(this->store().scrub({"ada@example.com"}).value().traces, 0U);
}

TYPED_TEST(PrivacyContract, WhatAgentsLeftBesideACheckoutGoesWithIt) {
    using Left = std::pair<RecordKind, std::string>;
    std::vector<Left> hers, others;
    for (std::uint8_t const n : {std::uint8_t{1}, std::uint8_t{2}}) {
        this->buy(n, n == 1 ? ada() : domain::Buyer{"Grace", "Hopper", "grace@example.com", "", {}});
        auto const id = id_of<CheckoutId>(n).text();
        auto& left = n == 1 ? hers : others;
        left = {{RecordKind::touchpoint, id + "/first"},
                {RecordKind::touchpoint, id + "/last"},
                {RecordKind::intent_trace, id},
                {RecordKind::conversation, "talk" + std::to_string(n)}};
        auto changes = change_of("checkout.completed");
        for (auto const& [kind, key] : left)
            changes.records.push_back({kind, key, 0, 30'000, kind == RecordKind::conversation ? id : "{}", false});
        changes.records.push_back({RecordKind::agent, id, 0, 0, "{}", false});
        ASSERT_TRUE(this->commit(std::move(changes)).ok());
    }
    auto changes = change_of("subject.erased");
    changes.erasure = this->erasure_of(this->holdings({"ada@example.com", {}}));
    ASSERT_TRUE(this->commit(std::move(changes)).ok());
    for (auto const& [kind, key] : hers) EXPECT_FALSE(this->reader().record(kind, key).value()) << key;
    for (auto const& [kind, key] : others) EXPECT_TRUE(this->reader().record(kind, key).value()) << key;
    EXPECT_TRUE(this->reader().record(RecordKind::agent, id_of<CheckoutId>(1).text()).value());
}

std::size_t count_in(std::string const& path, std::string_view text) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    auto const all = bytes.str();
    std::size_t count = 0;
    for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++count;
    return count;
}

TEST(SqliteScrub, NoByteOfADeletedRowIsLeftInTheFiles) {
    TempDir dir;
    auto const path = dir.file("b2a.db");
    auto const store = open_sqlite(path, OpenMode::create).value();
    // Many rows of uneven length, changed again and again: pages split, merge and are freed.
    std::vector<CartId> carts;
    for (std::uint8_t n = 1; n < 200; ++n) {
        auto changes = insert_cart(n);
        for (std::uint64_t version = 0; version < 4; ++version) {
            changes.cart->cart.buyer = ada();
            changes.cart->cart.attribution["note"] = std::string(version * 700 + n * 11U, 'x') + "ada@example.com";
            changes.cart->expected_version = version;
            ASSERT_TRUE(commit_blocking(*store, changes, no_deadline()).ok());
        }
        carts.push_back(id_of<CartId>(n));
    }
    EXPECT_GT(count_in(path, "ada@example.com") + count_in(path + "-wal", "ada@example.com"), 0U);
    auto erased = change_of("subject.erased");
    erased.erasure = Erasure{{}, {}, carts, {}, {}, {}};
    ASSERT_TRUE(commit_blocking(*store, std::move(erased), no_deadline()).ok());
    auto const reader = store->open_reader().value();
    auto const report = store->scrub({"ada@example.com", "Lovelace", "+15551234567"}).value();
    EXPECT_EQ(report.traces, 0U);
    for (std::string_view const text : {"ada@example.com", "Lovelace", "+15551234567"}) {
        EXPECT_EQ(count_in(path, text), 0U);
        EXPECT_EQ(count_in(path + "-wal", text), 0U);
    }
    EXPECT_EQ(count_in(path, "v1"), 0U);  // the line's variant, of every cart: nothing at all is left of them
    ASSERT_TRUE(commit_blocking(*store, insert_cart(1), no_deadline()).ok());
    EXPECT_TRUE(reader->cart(id_of<CartId>(1)).value().has_value());
}

}  // namespace
}  // namespace b2a::store
