// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

#include <fstream>
#include <sstream>

namespace b2a::service::testing {
namespace {

Currency usd() {
    return *Currency::parse("USD");
}

domain::Product product(std::string const& id, std::int64_t price, std::optional<std::int64_t> stock,
                        domain::Delivery delivery = domain::Delivery::physical) {
    domain::Product out;
    out.id = "p-" + id;
    out.brand = "demo";
    out.title = "The " + id;
    out.tags = {"tag-" + id};
    domain::Variant variant;
    variant.id = id;
    variant.title = out.title;
    variant.offers = {{{price, usd()}, {price, usd()}}};
    variant.declared_stock = stock;
    variant.delivery = delivery;
    out.variants = {variant};
    return out;
}

domain::Promotion promotion(std::string const& id, std::int64_t rate_ppm) {
    domain::Promotion out;
    out.id = out.title = id;
    out.rate_ppm = rate_ppm;
    return out;
}

domain::Location pickup_store() {
    domain::Location out;
    out.id = "austin";
    out.name = "Austin";
    out.address.street_address = "2 Congress Avenue";
    out.address.locality = "Austin";
    out.address.region = "TX";
    out.address.postal_code = "78704";
    out.address.country = "US";
    out.pickup = true;
    out.pickup_hours = 2;
    return out;
}

audit::Event import_event() {
    audit::Event event;
    event.type = "catalog.published";
    return event;
}

}  // namespace

boost::asio::awaitable<PaymentResult> ScriptedPayments::authorize(PaymentRequest request) {
    asked.push_back(request);
    if (auto const meanwhile = std::exchange(during, nullptr)) co_await meanwhile();
    auto result = co_await inner_->authorize(std::move(request));
    co_return result;
}

boost::asio::awaitable<void> ScriptedPayments::release(std::string payment_id) {
    released.push_back(std::move(payment_id));
    co_return;
}

std::optional<OrderNoticePort::Draft> TestNotices::render(domain::Order const& order) const {
    if (order.subscription.target.empty() || order.subscription.dialect != "test/1") return std::nullopt;
    Draft draft;
    draft.target = order.subscription.target;
    draft.dialect = order.subscription.dialect;
    draft.content_type = "text/plain";
    draft.body = order.id.text() + " v" + std::to_string(order.version) + " " + std::to_string(order.events.size()) +
                 " events " + std::to_string(order.adjustments.size()) + " adjustments";
    return draft;
}

std::optional<web::OutboundRequest> TestNotices::request(store::Notice const&, Timestamp) const {
    return std::nullopt;
}

OrderNotices test_notices() {
    std::vector<std::unique_ptr<OrderNoticePort>> ports;
    ports.push_back(std::make_unique<TestNotices>());
    return OrderNotices(std::move(ports));
}

std::string default_rules() {
    std::ifstream in(B2A_SOURCE_DIR "/config/policies/default.toml", std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

std::shared_ptr<policy::RuleSet const> load_rules(std::string const& source) {
    auto rules = policy::RuleSet::load(source, "test.toml");
    if (!rules) ADD_FAILURE() << rules.error().detail;
    return rules.value();
}

TestLane::TestLane(store::Store& store, catalog::Holder const& holder, PolicyHolder const& rules, Limiter& limiter,
                   PaymentPort& payments, OrderNotices const& notices, Random& random, PolicyCounters& counters) :
    reader(store.open_reader().value()),
    governance(rules, limiter, random, counters),
    catalog(holder, governance),
    carts({holder, store, *reader, governance, random, usd()}),
    checkouts({holder, store, *reader, governance, payments, notices, random, usd()}),
    orders(store, *reader, governance, notices, random),
    operations(store, governance) {}

ServiceTest::ServiceTest() {
    store.on_stock([this](std::string_view id, std::int64_t quantity) { holder.set_stock(id, quantity); });
    auto draft = store.begin_catalog().value();
    for (auto const& one : {product("shirt", 2000, 100), product("mug", 999, 5), product("gone", 500, 0),
                            product("watch", 80'000, 3), product("ebook", 700, {}, domain::Delivery::digital)})
        EXPECT_TRUE(draft->put(one));
    domain::ShippingMethod method{"std", "Standard", "", "Post", {"US"}, {{500, usd()}}, {}, 3, 5};
    EXPECT_TRUE(draft->put(method));
    auto coded = promotion("SAVE10", 100'000);
    coded.code = coded.id;
    auto claimed = promotion("students", 200'000);
    claimed.eligibility = "org.example.student";
    EXPECT_TRUE(draft->put(coded));
    EXPECT_TRUE(draft->put(claimed));
    EXPECT_TRUE(draft->put(pickup_store()));
    EXPECT_TRUE(draft->publish(import_event(), now));
    publish_catalog();
    lane = std::make_unique<TestLane>(store, holder, rules, limiter, payments, order_notices, *random, counters);
    other = std::make_unique<TestLane>(store, holder, rules, limiter, payments, order_notices, *random, counters);
}

void ServiceTest::publish_catalog() {
    auto reader = store.open_reader().value();
    holder.publish(catalog::Snapshot::build(reader->catalog().value(), reader->stock().value()));
}

RequestContext ServiceTest::agent(std::string const& id) const {
    RequestContext context;
    context.now = now;
    context.id = RequestId::make(now, *random);
    context.principal = {id, policy::TrustLevel::keyed, policy::Protocol::native, "shopping", true, {}};
    context.peer = "192.0.2.1";
    context.deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    context.request_digest = crypto::sha256("body");
    return context;
}

RequestContext ServiceTest::keyed(std::string const& key, std::string const& body) const {
    auto context = agent();
    context.idempotency = IdempotencyKey{crypto::sha256(key), crypto::sha256(body)};
    return context;
}

RequestContext ServiceTest::anonymous() const {
    auto context = agent("anonymous");
    context.principal.trust = policy::TrustLevel::anonymous;
    context.principal.registered = false;
    return context;
}

RequestContext ServiceTest::declared() const {
    auto context = agent();
    context.principal.trust = policy::TrustLevel::declared;
    context.principal.registered = false;
    return context;
}

RequestContext ServiceTest::operator_() const {
    auto context = agent("operator");
    context.principal.trust = policy::TrustLevel::operator_;
    context.principal.protocol = policy::Protocol::admin;
    return context;
}

domain::CheckoutContent ServiceTest::content_of(std::vector<domain::CheckoutContent::RequestedLine> lines) {
    domain::CheckoutContent content;
    content.lines = std::move(lines);
    content.buyer = {"Ada", "Lovelace", "ada@example.test", "+15550001", {}};
    domain::Destination home;
    home.id = "home";
    home.address.street_address = "1 Analytical Row";
    home.address.locality = "Austin";
    home.address.region = "TX";
    home.address.postal_code = "78701";
    home.address.country = "US";
    content.methods.resize(1);
    content.methods[0].destinations = {home};
    return content;
}

CreateCheckout ServiceTest::creation(std::vector<domain::CheckoutContent::RequestedLine> lines) {
    CreateCheckout command;
    command.content = content_of(std::move(lines));
    return command;
}

CreateCheckout ServiceTest::conversion(CartId id) {
    auto command = creation({});
    command.cart_id = id;
    return command;
}

UpdateCheckout ServiceTest::change(CheckoutId id, std::vector<domain::CheckoutContent::RequestedLine> lines) {
    UpdateCheckout command;
    command.id = id;
    command.content = content_of(std::move(lines));
    return command;
}

domain::Subscription ServiceTest::subscription(std::string target) {
    return {std::move(target), "test/1"};
}

CompleteCheckout ServiceTest::completion(CheckoutId id, std::string token) {
    CompleteCheckout command;
    command.id = id;
    command.instrument = {"inst_1", "sandbox_card", "card", true, "visa", "4242"};
    command.credential_type = "token";
    command.credential = std::move(token);
    return command;
}

CheckoutRenderer ServiceTest::renderer() {
    return [this](CheckoutOutcome const& outcome) {
        last = outcome;
        store::StoredReply reply;
        reply.status = outcome.created ? 201 : 200;
        reply.content_type = "text/plain";
        reply.body = outcome.checkout.id.text() + " v" + std::to_string(outcome.checkout.version) + " " +
                     std::string(domain::to_text(outcome.checkout.status)) + " " +
                     to_text(domain::total_of(outcome.checkout));
        if (outcome.order) reply.body += " " + outcome.order->id.text();
        return reply;
    };
}

CartRenderer ServiceTest::cart_renderer() {
    return [this](CartOutcome const& outcome) {
        last_cart = outcome;
        store::StoredReply reply;
        reply.status = outcome.created ? 201 : 200;
        reply.content_type = "text/plain";
        reply.body = outcome.cart.id.text() + " v" + std::to_string(outcome.cart.version);
        return reply;
    };
}

CartId ServiceTest::fill_cart(std::vector<domain::CheckoutContent::RequestedLine> lines) {
    CreateCart command{content_of(std::move(lines))};
    auto const made = test::run(lane->carts.create(agent(), std::move(command), cart_renderer()));
    if (!made) ADD_FAILURE() << to_text(made.error().code) << ": " << made.error().detail;
    return last_cart.cart.id;
}

CheckoutId ServiceTest::create(std::vector<domain::CheckoutContent::RequestedLine> lines) {
    auto command = creation(std::move(lines));
    auto const made = test::run(lane->checkouts.create(agent(), std::move(command), renderer()));
    if (!made) ADD_FAILURE() << to_text(made.error().code) << ": " << made.error().detail;
    return last.checkout.id;
}

Result<Replied> ServiceTest::complete(RequestContext context, CompleteCheckout command) {
    return test::run(lane->checkouts.complete(std::move(context), std::move(command), renderer()));
}

Result<Replied> ServiceTest::settle(CheckoutId id, PaymentOutcome outcome) {
    return test::run(lane->checkouts.settle(operator_(), SettlePayment{id, outcome}, renderer()));
}

domain::Checkout ServiceTest::stored(CheckoutId id) {
    return lane->reader->checkout(id).value().value();
}

domain::Cart ServiceTest::stored(CartId id) {
    return lane->reader->cart(id).value().value();
}

std::vector<store::Notice> ServiceTest::notices() {
    auto found = lane->reader->notices(store::NoticeState::pending, 100).value();
    std::ranges::reverse(found);
    return found;
}

std::int64_t ServiceTest::stock(std::string const& variant_id) {
    return lane->reader->stock().value().at(variant_id);
}

std::string ServiceTest::log() {
    std::string all;
    auto const entries = lane->reader->audit_entries(0, 10'000).value();
    for (auto const& entry : entries) all += entry.body + "\n";
    return all;
}

std::size_t ServiceTest::entries(std::string const& type) {
    auto const all = log();
    auto const needle = "\"type\":\"" + type + "\"";
    std::size_t count = 0;
    for (auto at = all.find(needle); at != std::string::npos; at = all.find(needle, at + 1)) ++count;
    return count;
}

void ServiceTest::set_stock(std::string const& variant_id, std::int64_t quantity) {
    EXPECT_TRUE(test::run(lane->operations.restock(operator_(), Restock{variant_id, quantity})));
}

void ServiceTest::set_price(std::string const& variant_id, std::int64_t minor) {
    EXPECT_TRUE(lane->operations.change_price(operator_(), ChangePrice{variant_id, {minor, usd()}}));
    publish_catalog();
}

}  // namespace b2a::service::testing
