// SPDX-License-Identifier: Apache-2.0
// A whole shop in memory: the real catalog, policy engine and memory store, behind a store that can be told to fail and
// a payment provider that writes down what it was asked.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "b2a/crypto/hash.hpp"
#include "b2a/crypto/random.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/operations.hpp"
#include "b2a/service/order.hpp"
#include "b2a/store/sqlite.hpp"

#include "support/run_coro.hpp"

namespace b2a::service::testing {

/// Forwards to a memory store. `before` sees each change set and may answer in the store's place.
class ScriptedStore final : public store::Store {
  public:
    std::function<std::optional<Error>(store::ChangeSet const&)> before;

    void submit(store::ChangeSet changes, Deadline deadline, Done done) override {
        // Taken out first: what it does may submit again.
        if (auto const hook = std::exchange(before, nullptr))
            if (auto error = hook(changes)) return done(std::move(*error));
        inner_->submit(std::move(changes), deadline, std::move(done));
    }
    Result<std::unique_ptr<store::Reader>> open_reader() override { return inner_->open_reader(); }
    Result<std::unique_ptr<store::CatalogDraft>> begin_catalog() override { return inner_->begin_catalog(); }
    Result<void> add_checkpoint(std::uint64_t size, std::string note) override {
        return inner_->add_checkpoint(size, std::move(note));
    }
    Result<void> note_progress(std::vector<store::NoticeProgress> progress) override {
        return inner_->note_progress(std::move(progress));
    }
    Result<std::size_t> sweep(Timestamp when) override { return inner_->sweep(when); }
    Result<store::ScrubReport> scrub(std::vector<std::string> texts) override {
        return inner_->scrub(std::move(texts));
    }
    void on_notice(NoticeListener listener) override { inner_->on_notice(std::move(listener)); }
    void on_stock(StockListener listener) override { inner_->on_stock(std::move(listener)); }
    [[nodiscard]] Stats stats() const override { return inner_->stats(); }
    void close() override { inner_->close(); }

  private:
    std::unique_ptr<store::Store> inner_ = store::make_memory_store();
};

/// The sandbox provider with a notebook. `during` runs once, while the next authorisation is under way.
class ScriptedPayments final : public PaymentPort {
  public:
    std::vector<PaymentRequest> asked;
    std::vector<std::string> released;
    std::function<boost::asio::awaitable<void>()> during;

    [[nodiscard]] std::vector<HandlerInfo> const& handlers() const override { return inner_->handlers(); }
    boost::asio::awaitable<PaymentResult> authorize(PaymentRequest request) override;
    boost::asio::awaitable<void> release(std::string payment_id) override;

  private:
    std::unique_ptr<PaymentPort> inner_ = make_sandbox_payments();
};

/// A protocol whose dialect is "test/1": its notices say which version of the order they are about.
class TestNotices final : public OrderNoticePort {
  public:
    [[nodiscard]] std::optional<Draft> render(domain::Order const& order) const override;
    [[nodiscard]] std::optional<web::OutboundRequest> request(store::Notice const& notice,
                                                              Timestamp now) const override;
};

std::string default_rules();
std::shared_ptr<policy::RuleSet const> load_rules(std::string const& source);
OrderNotices test_notices();

/// One I/O thread's services over the shop's store.
struct TestLane {
    TestLane(store::Store& store, catalog::Holder const& catalog, PolicyHolder const& rules, Limiter& limiter,
             PaymentPort& payments, OrderNotices const& notices, Random& random, PolicyCounters& counters);

    std::unique_ptr<store::Reader> reader;
    Governance governance;
    CatalogService catalog;
    CartService carts;
    CheckoutService checkouts;
    OrderService orders;
    OperatorService operations;
};

class ServiceTest : public ::testing::Test {
  protected:
    ServiceTest();

    void publish_catalog();
    RequestContext agent(std::string const& id = "https://agent.test/profile") const;
    RequestContext keyed(std::string const& key, std::string const& body = "body") const;
    RequestContext anonymous() const;
    /// Says who it is, and nothing proves it.
    RequestContext declared() const;
    RequestContext operator_() const;

    static domain::CheckoutContent content_of(std::vector<domain::CheckoutContent::RequestedLine> lines);
    static CreateCheckout creation(std::vector<domain::CheckoutContent::RequestedLine> lines);
    static CreateCheckout conversion(CartId id);
    static UpdateCheckout change(CheckoutId id, std::vector<domain::CheckoutContent::RequestedLine> lines);
    static domain::Subscription subscription(std::string target);
    static CompleteCheckout completion(CheckoutId id, std::string token = "tok_ok");

    /// Renders a short text and keeps the outcome in `last`.
    CheckoutRenderer renderer();

    CartRenderer cart_renderer();

    CartId fill_cart(std::vector<domain::CheckoutContent::RequestedLine> lines);
    CheckoutId create(std::vector<domain::CheckoutContent::RequestedLine> lines);
    Result<Replied> complete(RequestContext context, CompleteCheckout command);
    Result<Replied> complete(CheckoutId id, std::string token = "tok_ok") {
        return complete(agent(), completion(id, std::move(token)));
    }
    Result<Replied> settle(CheckoutId id, PaymentOutcome outcome);

    domain::Checkout stored(CheckoutId id);
    domain::Cart stored(CartId id);
    std::vector<store::Notice> notices();  // pending, oldest first
    std::int64_t stock(std::string const& variant_id);
    std::string log();  // all audit entries
    std::size_t entries(std::string const& type);
    void set_stock(std::string const& variant_id, std::int64_t quantity);
    void set_price(std::string const& variant_id, std::int64_t minor);

    Timestamp now = from_micros(1'800'000'000'000'000);
    std::unique_ptr<Random> random = crypto::seeded_random(7);
    ScriptedStore store;
    catalog::Holder holder;
    PolicyHolder rules{load_rules(default_rules())};
    Limiter limiter;
    PolicyCounters counters;
    ScriptedPayments payments;
    OrderNotices const order_notices = test_notices();
    std::unique_ptr<TestLane> lane;
    std::unique_ptr<TestLane> other;  // another I/O thread
    CheckoutOutcome last;
    CartOutcome last_cart;
};

inline bool has(domain::Findings const& findings, domain::FindingCode code) {
    return std::ranges::find(findings, code, &domain::Finding::code) != findings.end();
}

}  // namespace b2a::service::testing
