// SPDX-License-Identifier: Apache-2.0
// `b2a serve`: starts the gateway, tells where it is and what to try, waits for a signal, drains.
#include <csignal>
#include <iostream>
#include <map>

#include <fmt/format.h>

#include "b2a/base/log.hpp"

#include "app/commands/commands.hpp"
#include "app/gateway.hpp"

namespace b2a::app {
namespace {

constexpr std::string_view sandbox_guide = R"(
Try this (paste it into another terminal):

  curl -s '{0}/b2a/v1/search?q=hoodie&size=M&limit=3' | jq
  curl -s '{0}/b2a/v1/products/demo-ok-1' | jq
  curl -s '{0}/.well-known/ucp' | jq '.ucp.capabilities | keys'

A purchase over UCP: create a checkout, complete it, read the order:

  AGENT='UCP-Agent: profile="{0}/sandbox/agents/2026-08-25.json"'
  JSON='Content-Type: application/json'
  CHECKOUT=$(curl -s -H "$AGENT" -H "$JSON" {0}/ucp/v1/checkout-sessions -d '{{
    "line_items": [{{"item": {{"id": "demo-ok-1"}}, "quantity": 1}}],
    "buyer": {{"email": "ada@example.com"}},
    "fulfillment": {{"methods": [{{"type": "shipping", "selected_destination_id": "home", "destinations": [{{
      "id": "home",
      "street_address": "1 Market Street", "address_locality": "San Francisco", "address_region": "CA",
      "postal_code": "94105", "address_country": "US"}}]}}]}}}}' | jq -r .id)
  ORDER=$(curl -s -H "$AGENT" -H "$JSON" {0}/ucp/v1/checkout-sessions/$CHECKOUT/complete -d '{{
    "payment": {{"instruments": [{{"id": "card", "handler_id": "sandbox_card", "type": "card", "selected": true,
      "credential": {{"type": "token", "token": "tok_visa"}}}}]}}}}' | jq -r .order.id)
  curl -s -H "$AGENT" {0}/ucp/v1/orders/$ORDER | jq '{{id, totals, line_items}}'

The evidence: the order's entry in the audit log, and whether the log is sound:

  {1} audit tail --data {2} -n 1 | jq
  {1} audit verify --data {2}

Stop with Ctrl-C.
)";

void announce(Gateway const& gateway, Config const& config) {
    auto const& snapshot = gateway.snapshot();
    std::cout << fmt::format(
        "B2A Gateway {}{}\n  agents     {}\n  operators  {}\n  catalog    {} products, {} variants\n", B2A_VERSION,
        config.sandbox ? " (sandbox)" : "", gateway.agents_url(), gateway.operators_url(),
        snapshot.data().products.size(), snapshot.variant_count());
    if (config.sandbox)
        std::cout << fmt::format(fmt::runtime(sandbox_guide), gateway.agents_url(), "build/release/bin/b2a",
                                 config.data_dir);
    if (snapshot.variant_count() == 0) std::cout << "The catalog is empty: import one with b2a import.\n";
    std::cout << "ready" << std::endl;
}

std::optional<Config> serve_config(Common const& common, ServeOptions const& options) {
    auto config = effective_config(common);
    if (!config) return std::nullopt;
    config->sandbox = options.sandbox;
    config->init = options.init;
    if (!options.public_url.empty()) config->public_url = options.public_url;
    if (!options.ca_file.empty()) config->outbound_ca_file = options.ca_file;
    if (!options.acp_webhook.empty()) config->acp.webhook_url = options.acp_webhook;
    config->mcp_conformance_fixtures = options.mcp_conformance_fixtures;
    while (config->public_url.ends_with('/')) config->public_url.pop_back();
    std::pair<std::string const*, Endpoint*> const flags[] = {{&options.listen, &config->listen},
                                                              {&options.admin_listen, &config->admin_listen}};
    for (auto const& [text, endpoint] : flags) {
        if (text->empty()) continue;
        auto parsed = parse_endpoint(*text);
        if (!parsed) {
            fail(*text + ": " + parsed.error().detail);
            return std::nullopt;
        }
        *endpoint = *std::move(parsed);
    }
    return config;
}

/// Blocks until SIGTERM or SIGINT; SIGHUP reloads policy and signing keys.
void wait_for_end(Gateway& gateway, sigset_t const& signals) {
    for (;;) {
        int received = 0;
        if (::sigwait(&signals, &received) != 0) return;
        if (received != SIGHUP) return;
        auto const reloaded = gateway.reload_policy();
        if (reloaded) log::info("policy reloaded");
        else log::error("policy reload failed, the old rules stay", {{"detail", reloaded.error().detail}});
        auto const keys = gateway.reload_keys();
        if (keys) log::info("signing keys reloaded");
        else log::error("signing keys not reloaded, the old ones stay", {{"detail", keys.error().detail}});
    }
}

}  // namespace

int serve(Common const& common, ServeOptions const& options) {
    auto config = serve_config(common, options);
    if (!config) return exit_failed;
    static std::map<std::string, log::Level> const levels{{"debug", log::Level::debug},
                                                          {"info", log::Level::info},
                                                          {"warning", log::Level::warning},
                                                          {"error", log::Level::error}};
    log::set_level(levels.at(config->log_level));

    // Blocked before any thread exists, so that all threads inherit it and only sigwait sees these signals.
    sigset_t signals;
    sigemptyset(&signals);
    for (int const signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a full disk is an error of the write that met it

    auto gateway = Gateway::create(*config);
    if (!gateway) {
        auto const& error = gateway.error();
        if (error.code == Code::not_found && !config->sandbox)
            std::cerr << "b2a: a first start needs --init, or --sandbox for a demonstration\n";
        return fail(error.detail + (error.note.text.empty() ? "" : ": " + error.note.text));
    }
    (*gateway)->start();
    announce(**gateway, *config);
    wait_for_end(**gateway, signals);
    log::info("draining");
    (*gateway)->stop();
    log::info("stopped");
    log::flush();
    return exit_done;
}

}  // namespace b2a::app
