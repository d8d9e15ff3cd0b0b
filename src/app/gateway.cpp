// SPDX-License-Identifier: Apache-2.0
#include "app/gateway.hpp"

#include <algorithm>
#include <filesystem>
#include <span>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/log.hpp"
#include "b2a/crypto/random.hpp"
#include "b2a/protocol/authzen.hpp"
#include "b2a/protocol/evidence.hpp"
#include "b2a/store/sqlite.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/agent_routes.hpp"
#include "app/blocking.hpp"
#include "app/catalog_import.hpp"
#include "app/governor.hpp"
#include "app/order_routes.hpp"
#include "app/oversight_routes.hpp"
#include "app/privacy_routes.hpp"
#include "app/sandbox_routes.hpp"
#include "app/signing_keys.hpp"
#include "app/site.hpp"
#include "app/surfaces.hpp"
#include "app/transparency_routes.hpp"
#include "embedded/builtin.hpp"

namespace b2a::app {
namespace {

constexpr std::chrono::seconds retry_delay{5};  // of a webhook that failed, for the first time
constexpr std::chrono::seconds sandbox_retry_delay{1};

std::size_t io_threads(Config const& config) {
    if (config.io_threads > 0) return static_cast<std::size_t>(config.io_threads);
    auto const cores = std::max(2U, std::thread::hardware_concurrency());
    return cores - 1;
}

}  // namespace

Result<std::unique_ptr<Gateway>> Gateway::create(Config config) {
    std::unique_ptr<Gateway> gateway(new Gateway);
    auto& shared = gateway->shared_;
    shared.config = std::move(config);
    shared.random = crypto::system_random();
    shared.used_signatures = std::make_unique<identity::ReplayCache>(shared.clock.now());
    shared.identity.allow_test_keys = shared.config.allow_test_keys.value_or(shared.config.sandbox);
    shared.identity.visa_keys_url = shared.config.visa_keys_url;
    shared.payments = service::make_sandbox_payments(shared.config.sandbox);
    B2A_CHECK(gateway->open_policy());
    B2A_CHECK(gateway->open_store());
    B2A_CHECK(gateway->open_outbound());
    B2A_CHECK(gateway->open_decision_point());
    B2A_CHECK(gateway->seed_sandbox());
    B2A_TRY(configured, configured_agents(shared.config));
    shared.keeper = std::make_unique<Keeper>(
        Keeper::Parts{*shared.store, shared.catalog, shared.clock, *shared.key, shared.config.audit_origin,
                      shared.config.checkpoint_interval, static_cast<std::uint64_t>(shared.config.checkpoint_entries),
                      shared.config.legal, *shared.policy, shared.agents, std::move(configured)});
    B2A_CHECK(shared.keeper->prepare());
    B2A_CHECK(gateway->make_lanes());
    B2A_CHECK(gateway->reload_policy(Occasion::start));
    B2A_CHECK(gateway->bind());
    return gateway;
}

Gateway::~Gateway() {
    stop();
}

Result<void> Gateway::open_policy() {
    B2A_TRY(loaded, configured_rules(shared_.config));
    shared_.policy = std::make_unique<service::PolicyHolder>(std::move(loaded.rules));
    shared_.limiter = std::make_unique<service::Limiter>();
    return {};
}

Result<void> Gateway::open_store() {
    auto const& config = shared_.config;
    bool const create = config.sandbox || config.init;
    if (create) {
        std::error_code failure;
        std::filesystem::create_directories(config.data_dir, failure);
        if (failure) return Error(Code::store_unavailable, fmt::format("{}: {}", config.data_dir, failure.message()));
    }
    B2A_TRY(store,
            store::open_sqlite(database_path(config), create ? store::OpenMode::create : store::OpenMode::existing));
    shared_.store = std::move(store);
    shared_.store->on_stock(
        [this](std::string_view variant, std::int64_t quantity) { shared_.catalog.set_stock(variant, quantity); });
    B2A_TRY(reader, shared_.store->open_reader());
    B2A_TRY(signed_before, reader->last_checkpoint());
    B2A_TRY(key,
            load_or_create_audit_key(config.data_dir, config.audit_origin, *shared_.random, signed_before.has_value()));
    shared_.key = std::make_unique<crypto::SigningKey>(std::move(key));
    return {};
}

/// What talks to other parties. Notices are rendered from here on, and sent once the listeners stand.
Result<void> Gateway::open_outbound() {
    auto& shared = shared_;
    auto const& config = shared.config;
    http::OutboundOptions options;
    options.ca_file = config.outbound_ca_file;
    options.admit_loopback = config.sandbox;
    options.ports.clear();
    for (auto const port : config.outbound_ports) options.ports.push_back(static_cast<std::uint16_t>(port));
    options.user_agent = "b2a/" B2A_VERSION;
    B2A_TRY(client, http::OutboundClient::create(std::move(options)));
    shared.outbound = std::move(client);
    B2A_TRY(ring, load_or_create_signing_keys(config.data_dir, shared.clock, *shared.random));
    shared.signing = std::make_unique<identity::KeyHolder>(std::move(ring));
    B2A_TRY(ports, order_notice_ports(shared));
    shared.notices = std::make_unique<service::OrderNotices>(std::move(ports));
    B2A_TRY(reader, shared.store->open_reader());
    shared.outbox = std::make_unique<service::Outbox>(
        service::Outbox::Parts{*shared.store, std::move(reader), *shared.notices, *shared.outbound, shared.clock,
                               *shared.random, config.sandbox ? sandbox_retry_delay : retry_delay});
    return {};
}

/// The brand's own decision point, over a client of its own: it may stand on a private address.
Result<void> Gateway::open_decision_point() {
    auto& shared = shared_;
    auto const& point = shared.config.decision_point;
    if (point.url.empty()) return {};
    http::OutboundOptions options;
    options.ca_file = shared.config.outbound_ca_file;
    options.own_origin = point.url;
    options.user_agent = "b2a/" B2A_VERSION;
    B2A_TRY(client, http::OutboundClient::create(std::move(options)));
    shared.decision_client = std::move(client);
    service::ExternalDecisions::Options external;
    external.url = point.url;
    external.dialect = point.dialect == "opa" ? service::ExternalDecisions::Dialect::opa
                                              : service::ExternalDecisions::Dialect::authzen;
    for (auto const& name : point.actions)
        external.actions.set(static_cast<std::size_t>(policy::action_from_text(name).value()));
    external.timeout = point.timeout;
    external.permit_on_error = point.on_error == "permit";
    shared.decision_point =
        std::make_unique<service::ExternalDecisions>(*shared.decision_client, shared.clock, std::move(external));
    return {};
}

Result<void> Gateway::seed_sandbox() {
    if (!shared_.config.sandbox) return {};
    B2A_TRY(reader, shared_.store->open_reader());
    B2A_TRY(revision, reader->catalog_revision());
    if (revision != 0) return {};
    auto const path = shared_.config.data_dir + "/demo.jsonl";
    B2A_CHECK(write_private_file(path, builtin::demo_catalog));
    importer::Options options;
    options.files = {path};
    options.format = importer::Format::native_jsonl;
    B2A_TRY(report,
            import_catalog(*shared_.store, shared_.config, options, shared_.clock, [](importer::Progress const&) {}));
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    if (report.rejected > 0)
        return Error(Code::internal, fmt::format("demonstration catalog, line {}: {}", report.rejections.front().line,
                                                 report.rejections.front().reason));
    return {};
}

Result<void> Gateway::make_lanes() {
    auto& config = shared_.config;
    B2A_TRY(site, site_of(config));
    shared_.site = std::move(site);
    shared_.site.audit_key = audit::VerifierKey{config.audit_origin, shared_.key->public_key()}.text();

    for (std::size_t i = 0; i < io_threads(config) + 1; ++i) {
        B2A_TRY(reader, shared_.store->open_reader());
        lanes_.push_back(std::make_unique<Lane>(shared_, std::move(reader)));
    }
    B2A_TRY(operator_token, load_operator_token(config));
    add_order_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token);
    add_oversight_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token);
    add_agent_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token);
    add_provenance_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token);
    add_admin_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token,
                     [this] { return agents_->counters(); });
    protocol::authzen::mount(lanes_.back()->router,
                             {lanes_.back()->oversight, operator_door(operator_token), operators_base_});
    add_privacy_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token);
    protocol::evidence::mount(lanes_.back()->router,
                              {shared_.site, lanes_.back()->evidence, operator_door(operator_token)});
    if (config.sandbox) add_sandbox_routes(lanes_.back()->router, shared_, *lanes_.back(), operator_token);
    return {};
}

/// Lets in who carries the operator's token.
std::function<Result<service::RequestContext>(web::Request const&)> Gateway::operator_door(Digest const& token) {
    return [this, token](web::Request const& request) -> Result<service::RequestContext> {
        B2A_CHECK(check_operator(request, token));
        return operator_context(shared_, request);
    };
}

http::ServerOptions Gateway::server_options(Endpoint const& endpoint) const {
    auto const& config = shared_.config;
    http::ServerOptions options;
    options.host = endpoint.host;
    options.port = endpoint.port;
    options.clock = &shared_.clock;
    options.body_bytes_max = static_cast<std::size_t>(config.body_bytes_max);
    options.connections_max = static_cast<std::size_t>(config.connections_max);
    options.header_timeout = config.header_timeout;
    options.body_timeout = config.body_timeout;
    options.idle_timeout = config.idle_timeout;
    options.write_timeout = config.write_timeout;
    return options;
}

Result<void> Gateway::bind() {
    auto& config = shared_.config;
    http::ErrorRenderer const problem = [](Error const& error, int status, web::Response& response) {
        web::render_problem(error, status, response);
    };
    auto const observer = [this](http::Completed const& done) { observe(done); };
    std::vector<web::Router const*> routers;
    for (std::size_t i = 0; i + 1 < lanes_.size(); ++i) routers.push_back(&lanes_[i]->router);

    auto options = server_options(config.listen);
    if (!config.tls_certificate_file.empty())
        options.tls = http::TlsFiles{config.tls_certificate_file, config.tls_key_file};
    B2A_TRY(agents, http::Server::create(std::move(options), std::move(routers), observer, problem));
    agents_ = std::move(agents);
    B2A_TRY(operators,
            http::Server::create(server_options(config.admin_listen), {&lanes_.back()->router}, observer, problem));
    operators_ = std::move(operators);

    operators_base_ = operators_url();
    // Only now are the ports known, and with them the URL that descriptors and profiles show.
    shared_.site.base_url = agents_url();
    return mount_surfaces(shared_, std::span(lanes_).first(lanes_.size() - 1));
}

void Gateway::start() {
    shared_.keeper->start();
    operators_->start();
    agents_->start();
    shared_.outbox->start();
}

void Gateway::stop() {
    if (stopped_) return;
    stopped_ = true;
    auto const timeout = shared_.config.drain_timeout;
    if (agents_) agents_->stop(timeout);
    if (operators_) operators_->stop(timeout);
    // Notices that are not out yet wait in the store.
    if (shared_.outbox) shared_.outbox->stop();
    if (shared_.outbound) shared_.outbound->stop();
    if (shared_.decision_client) shared_.decision_client->stop();
    shared_.background.join();
    // The keeper signs what the drained requests wrote; then the writer may go.
    if (shared_.keeper) shared_.keeper->stop();
    if (shared_.store) shared_.store->close();
    log::flush();
}

Result<void> Gateway::reload_policy(Occasion occasion) {
    auto& shared = shared_;
    B2A_TRY(reader, shared.store->open_reader());
    service::Governance governance(*shared.policy, *shared.limiter, *shared.random, shared.policy_counters);
    service::Oversight oversight(*shared.store, *reader, governance, *shared.random);
    auto context = command_context("signal", shared.clock, *shared.random);
    auto done = run_blocking(reload_configured(oversight, *shared.policy, std::move(context), shared.config, occasion));
    if (!done) shared.policy_reloads_failed.fetch_add(1);
    return done;
}

Result<void> Gateway::reload_keys() {
    B2A_TRY(ring, load_or_create_signing_keys(shared_.config.data_dir, shared_.clock, *shared_.random));
    shared_.signing->replace(std::move(ring));
    return {};
}

std::string Gateway::agents_url() const {
    return base_url_of(shared_.config, agents_->port());
}

std::string Gateway::operators_url() const {
    auto const& host = shared_.config.admin_listen.host;
    auto const bracketed = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return fmt::format("http://{}:{}", bracketed, operators_->port());
}

void Gateway::observe(http::Completed const& done) {
    // Route names live as long as the routers, so their address is their identity within one thread.
    thread_local std::unordered_map<char const*, Metrics::Operation*> seen;
    auto const name = done.operation.empty() ? std::string_view("unrouted") : done.operation;
    auto& slot = seen[name.data()];
    if (slot == nullptr) slot = &shared_.metrics.operation(name);
    Metrics::record(*slot, done.response.status, done.duration, done.bytes_out);
    if (!shared_.config.log_requests || !log::enabled(log::Level::info)) return;
    log::info("request", {{"operation", name},
                          {"method", done.request.method_text},
                          {"path", done.request.path},
                          {"status", done.response.status},
                          {"agent", done.response.agent},
                          {"decision", done.response.decision},
                          {"code", done.response.error_code},
                          {"peer", done.request.peer},
                          {"bytes", std::uint64_t{done.bytes_out}},
                          {"duration_us", std::int64_t{done.duration.count() / 1000}}});
}

}  // namespace b2a::app
