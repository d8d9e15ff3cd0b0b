// SPDX-License-Identifier: Apache-2.0
// A whole shop without sockets: router, protocols, services and the memory store, driven by requests as values. The
// platforms' profiles come from a script that counts how often they are fetched.
#pragma once

#include <map>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "b2a/protocol/a2a.hpp"
#include "b2a/protocol/mcp.hpp"
#include "b2a/protocol/native.hpp"
#include "b2a/protocol/ucp.hpp"
#include "b2a/store/sqlite.hpp"

#include "platforms.hpp"
#include "shop_rules.hpp"
#include "support/event_sink.hpp"
#include "unit/service/outbound_script.hpp"

namespace b2a::test {

class Shop {
  public:
    explicit Shop(protocol::ucp::Settings settings = {}, bool sandbox = true) : settings_(std::move(settings)) {
        auto draft = store_->begin_catalog().value();
        auto const data = make_catalog();
        for (auto const& product : data.products) EXPECT_TRUE(draft->put(stocked(product)).ok());
        domain::SizeChart chart;
        chart.id = "north-tops";
        chart.brand = "Northlight";
        chart.rows = {{"S", {}, {{domain::Measurement::chest, 840, 879}}}};
        EXPECT_TRUE(draft->put(chart).ok());
        for (auto const& method : data.shipping) EXPECT_TRUE(draft->put(method).ok());
        for (auto const& location : data.locations) EXPECT_TRUE(draft->put(location).ok());
        audit::Event event;
        event.type = "catalog.published";
        EXPECT_TRUE(draft->publish(std::move(event), clock_.time).ok());
        store_->on_stock([this](std::string_view id, std::int64_t quantity) { holder_.set_stock(id, quantity); });
        holder_.publish(catalog::Snapshot::build(reader_->catalog().value(), reader_->stock().value()));
        for (auto const version : protocol::ucp::all_versions)
            serve(platform_url(version), platform(version, &platform_key_).dump());
        site_.sandbox = sandbox;
        site_.surfaces = {protocol::native::surface(site_), protocol::ucp::surface(site_)};
        native_ = protocol::native::mount(router_, {site_, contexts_, recognizer_, catalog_, fit_, shopping_,
                                                    decisions_, provenance_, carts_, checkouts_, orders_, *payments_});
        auto tools = protocol::ucp::mount(router_, deps());
        protocol::mcp::mount(router_, {site_, {std::move(tools), native_.tools}});
        auto conversations = protocol::ucp::conversation_tools(deps(), policy::Protocol::a2a);
        protocol::a2a::mount(router_, {site_, std::move(conversations), {{"https://ucp.example/1", "UCP", "{}"}}});
    }
    ~Shop() { store_->close(); }

    using Fields = std::vector<std::pair<std::string, std::string>>;

    web::Response send(web::Method method, std::string const& target, Fields const& fields = {},
                       std::string const& body = {}) {
        return serve(router_, method, target, fields, body);
    }
    /// What `router` answers, whatever kind of handler it has for it.
    static web::Response serve(web::Router const& router, web::Method method, std::string const& target,
                               Fields const& fields, std::string const& body) {
        auto request = request_of(method, target, fields, body);
        web::Response response;
        auto const match = router.resolve(request, response);
        if (match.handler == nullptr) return response;
        if (auto const* immediate = std::get_if<web::Immediate>(match.handler)) {
            (*immediate)(request, response);
            return response;
        }
        std::optional<boost::asio::awaitable<void>> waiting;
        EventSink events(false);
        if (auto const* streaming = std::get_if<web::Streaming>(match.handler)) {
            waiting = (*streaming)(request, response, events);
        } else if (auto const* deciding = std::get_if<web::Deciding>(match.handler)) {
            waiting = (*deciding)(request, response);
            if (!waiting) return response;
        } else {
            waiting = std::get<web::Awaiting>(*match.handler)(request, response);
        }
        boost::asio::io_context loop;
        bool done = false;
        boost::asio::co_spawn(loop, *std::move(waiting),
                              [&](std::exception_ptr failure) { done = failure == nullptr; });
        loop.run();
        EXPECT_TRUE(done);
        return response;
    }
    web::Response get(std::string const& target, Fields const& fields = {}) {
        return send(web::Method::get, target, fields);
    }
    /// An unsigned call by the platform that speaks `version`.
    web::Response ucp(Version version, web::Method method, std::string const& path, std::string const& body = {},
                      Fields more = {}) {
        more.emplace_back("UCP-Agent", agent_field(platform_url(version)));
        if (!body.empty()) more.emplace_back("Content-Type", "application/json");
        return send(method, "/ucp/v1" + path, more, body);
    }
    /// The same with the platform's signature, or that of `key`; `tampered` takes the body's place after signing.
    web::Response signed_ucp(Version version, web::Method method, std::string const& path, std::string const& body,
                             identity::OwnKey const* key = nullptr, std::string const& tampered = {}) {
        web::OutboundRequest out;
        out.method = method;
        out.url = site_.base_url + "/ucp/v1" + path;
        out.body = body;
        out.headers.emplace_back("UCP-Agent", agent_field(platform_url(version)));
        if (!body.empty()) out.headers.emplace_back("Content-Type", "application/json");
        auto const& signer = key != nullptr ? *key : platform_key_;
        for (auto& field : identity::sign(out, {"ucp-agent"}, signer, clock_.time))
            out.headers.push_back(std::move(field));
        return send(method, "/ucp/v1" + path, out.headers, tampered.empty() ? body : tampered);
    }

    /// From now on the platform at `url` says this of itself.
    void serve(std::string const& url, std::string body) {
        web::OutboundReply reply{200, {{"cache-control", "public, max-age=3600"}}, std::move(body)};
        replies_.insert_or_assign(url, std::move(reply));
    }
    void fail(std::string const& url, std::string reason) {
        replies_.insert_or_assign(url, service::testing::outbound_failure(std::move(reason)));
    }
    std::size_t fetches() const { return outbound_.sent().size(); }

    protocol::ucp::Deps deps() {
        return {site_,    settings_, contexts_, directory_, recognizer_, keys_,
                catalog_, shopping_, carts_,    checkouts_, orders_,     *payments_};
    }
    identity::OwnKey const& platform_key() const { return platform_key_; }
    identity::KeyHolder& keys() { return keys_; }
    service::AgentHolder& agents() { return agents_; }
    protocol::Recognizer& recognizer() { return recognizer_; }
    protocol::Site const& site() const { return site_; }
    protocol::native::Mounted const& native() const { return native_; }
    catalog::Holder& holder() { return holder_; }
    store::Reader& reader() { return *reader_; }
    service::OrderService& orders() { return orders_; }
    web::Router const& router() const { return router_; }
    FakeClock& clock() { return clock_; }

    /// The texts must outlive the request.
    static web::Request request_of(web::Method method, std::string const& target, Fields const& fields,
                                   std::string const& body) {
        web::Request request;
        request.method = method;
        request.method_text = web::to_text(method);
        request.target = target;
        auto const question = target.find('?');
        request.path = std::string_view(target).substr(0, question);
        if (question != std::string::npos) request.query = std::string_view(target).substr(question + 1);
        request.headers.add("Host", "shop.example");
        for (auto const& [name, value] : fields) request.headers.add(name, value);
        request.body = body;
        request.peer = "192.0.2.1";
        request.secure = true;
        request.deadline = Deadline::max();
        return request;
    }

  private:
    static domain::Product stocked(domain::Product product) {
        for (auto& variant : product.variants) {
            if (variant.id == "hoodie-black-s") variant.declared_stock = 0;
            if (variant.id == "hoodie-black-m") variant.declared_stock = 4;
            if (variant.id == "hoodie-moss-m") variant.declared_stock = 2;
        }
        return product;
    }
    Result<web::OutboundReply> reply_to(web::OutboundRequest const& request) const {
        auto const known = replies_.find(request.url);
        if (known == replies_.end()) return web::OutboundReply{404, {}, "nothing here"};
        return known->second;
    }

    FakeClock clock_;
    CountingRandom random_;
    protocol::Site site_ = make_site();
    protocol::ucp::Settings settings_;
    identity::OwnKey platform_key_ = make_key(100);
    identity::KeyHolder keys_{make_ring()};
    std::map<std::string, Result<web::OutboundReply>, std::less<>> replies_;
    service::testing::ScriptedOutbound outbound_{[this](auto const& request) { return reply_to(request); }};
    service::Directory directory_{outbound_, clock_, {}};
    service::PolicyHolder policy_{policy::RuleSet::load(rules, "test.toml").value()};
    service::Limiter limiter_;
    service::PolicyCounters counters_;
    service::Governance governance_{policy_, limiter_, random_, counters_};
    catalog::Holder holder_;
    std::unique_ptr<store::Store> store_ = store::make_memory_store();
    std::unique_ptr<store::Reader> reader_ = store_->open_reader().value();
    std::unique_ptr<service::PaymentPort> payments_ = service::make_sandbox_payments();
    service::OrderNotices notices_{make_ports()};
    service::CatalogService catalog_{holder_, governance_};
    service::FitService fit_{holder_, governance_};
    service::ShoppingService shopping_{holder_, governance_};
    service::ProvenanceService provenance_{*reader_, governance_};
    service::CartService carts_{{holder_, *store_, *reader_, governance_, random_, currency("USD")}};
    service::CheckoutService checkouts_{
        {holder_, *store_, *reader_, governance_, *payments_, notices_, random_, currency("USD")}};
    service::OrderService orders_{*store_, *reader_, governance_, notices_, random_};
    service::DecisionService decisions_{*reader_, governance_};
    service::AgentHolder agents_;
    protocol::ContextFactory contexts_{
        {site_,
         clock_,
         random_,
         {protocol::AgentToken(std::string_view("sandbox-agent"), "sandbox", "shopping")},
         &agents_}};
    protocol::IdentitySettings identity_;
    identity::ReplayCache used_{clock_.time - std::chrono::hours(1)};
    protocol::Recognizer recognizer_{{site_, identity_, contexts_, directory_, used_}};
    web::Router router_;
    protocol::native::Mounted native_;

    std::vector<std::unique_ptr<service::OrderNoticePort>> make_ports() {
        std::vector<std::unique_ptr<service::OrderNoticePort>> ports;
        ports.push_back(protocol::ucp::make_order_notices(site_, keys_));
        return ports;
    }
};

inline std::string header(web::Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

}  // namespace b2a::test
