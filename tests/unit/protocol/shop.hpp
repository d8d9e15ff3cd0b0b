// SPDX-License-Identifier: Apache-2.0
// A whole shop without sockets: router, protocols, services and the memory store, driven by requests as values.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "b2a/protocol/native.hpp"
#include "b2a/protocol/ucp.hpp"
#include "b2a/store/sqlite.hpp"

#include "fixture.hpp"

namespace b2a::test {

inline constexpr std::string_view rules = R"(
[[rule]]
id = "read"
effect = "permit"
actions = ["catalog.search", "catalog.lookup", "catalog.product", "checkout.get", "order.get"]
reason_code = "public_read"

[[rule]]
id = "prepare"
effect = "permit"
actions = ["checkout.create", "checkout.update", "checkout.cancel", "checkout.complete"]
reason_code = "agents_welcome"

[[rule]]
id = "bulk"
effect = "forbid"
actions = ["checkout.create"]
when.checkout.quantity_max.gte = 1000
reason_code = "bulk_order"
agent_message = "Ask for an offer."
)";

class Shop {
  public:
    Shop() {
        auto draft = store_->begin_catalog().value();
        for (auto const& product : make_catalog().products) EXPECT_TRUE(draft->put(stocked(product)).ok());
        for (auto const& method : make_catalog().shipping) EXPECT_TRUE(draft->put(method).ok());
        audit::Event event;
        event.type = "catalog.published";
        EXPECT_TRUE(draft->publish(std::move(event), clock_.time).ok());
        store_->on_stock([this](std::string_view id, std::int64_t quantity) { holder_.set_stock(id, quantity); });
        holder_.publish(catalog::Snapshot::build(reader_->catalog().value(), reader_->stock().value()));
        site_.sandbox = true;
        site_.surfaces = {protocol::native::surface(site_), protocol::ucp::surface(site_)};
        protocol::native::mount(router_, {site_, contexts_, catalog_});
        protocol::ucp::mount(router_, {site_, contexts_, catalog_, checkouts_, orders_, *payments_});
    }
    ~Shop() { store_->close(); }

    using Fields = std::vector<std::pair<std::string, std::string>>;

    web::Response send(web::Method method, std::string const& target, Fields const& fields = {},
                       std::string const& body = {}) {
        web::Request request;
        request.method = method;
        request.target = target;
        auto const question = target.find('?');
        request.path = std::string_view(target).substr(0, question);
        if (question != std::string::npos) request.query = std::string_view(target).substr(question + 1);
        for (auto const& [name, value] : fields) request.headers.add(name, value);
        request.body = body;
        request.peer = "192.0.2.1";
        request.deadline = Deadline::max();
        web::Response response;
        auto const match = router_.resolve(request, response);
        if (match.handler == nullptr) return response;
        if (auto const* immediate = std::get_if<web::Immediate>(match.handler)) {
            (*immediate)(request, response);
            return response;
        }
        boost::asio::io_context loop;
        bool done = false;
        boost::asio::co_spawn(loop, std::get<web::Awaiting>(*match.handler)(request, response),
                              [&](std::exception_ptr failure) { done = failure == nullptr; });
        loop.run();
        EXPECT_TRUE(done);
        return response;
    }
    web::Response get(std::string const& target, Fields const& fields = {}) {
        return send(web::Method::get, target, fields);
    }
    web::Response ucp(web::Method method, std::string const& path, std::string const& body = {}, Fields more = {}) {
        more.emplace_back("UCP-Agent", std::string(profile_field));
        if (!body.empty()) more.emplace_back("Content-Type", "application/json");
        return send(method, "/ucp/v1" + path, more, body);
    }

    catalog::Holder& holder() { return holder_; }
    web::Router const& router() const { return router_; }

  private:
    static domain::Product stocked(domain::Product product) {
        for (auto& variant : product.variants) {
            if (variant.id == "hoodie-black-s") variant.declared_stock = 0;
            if (variant.id == "hoodie-black-m") variant.declared_stock = 4;
            if (variant.id == "hoodie-moss-m") variant.declared_stock = 2;
        }
        return product;
    }

    FakeClock clock_;
    CountingRandom random_;
    protocol::Site site_ = make_site();
    service::PolicyHolder policy_{policy::RuleSet::load(rules, "test.toml").value()};
    service::Limiter limiter_;
    service::PolicyCounters counters_;
    service::Governance governance_{policy_, limiter_, random_, counters_};
    catalog::Holder holder_;
    std::unique_ptr<store::Store> store_ = store::make_memory_store();
    std::unique_ptr<store::Reader> reader_ = store_->open_reader().value();
    std::unique_ptr<service::PaymentPort> payments_ = service::make_sandbox_payments();
    service::CatalogService catalog_{holder_, governance_};
    service::CheckoutService checkouts_{
        {holder_, *store_, *reader_, governance_, *payments_, random_, currency("USD")}};
    service::OrderService orders_{*store_, *reader_, governance_, random_};
    protocol::ContextFactory contexts_{
        {site_, clock_, random_, {protocol::AgentToken(std::string_view("sandbox-agent"), "sandbox", "shopping")}}};
    web::Router router_;
};

inline std::string header(web::Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

}  // namespace b2a::test
