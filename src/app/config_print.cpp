// SPDX-License-Identifier: Apache-2.0
// The configuration written out again, loadable as it is.
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "app/config.hpp"

namespace b2a::app {
namespace {

toml::table to_table(domain::LegalTerms const& terms) {
    toml::table exempt;
    for (auto const& [category, code] : terms.exempt) exempt.insert(category, domain::to_text(code));
    return toml::table{{"eu_consumer_law", terms.eu_consumer_law}, {"withdrawal_days", terms.withdrawal_days},
                       {"guarantee_years", terms.guarantee_years}, {"prior_price_days", terms.prior_price_days},
                       {"withdrawal_url", terms.withdrawal_url},   {"guarantee_url", terms.guarantee_url},
                       {"withdrawal_exempt", std::move(exempt)}};
}

template <class T>
toml::array to_array(std::vector<T> const& values) {
    toml::array out;
    for (auto const& value : values) out.push_back(value);
    return out;
}

std::string text_of(Endpoint const& e) {
    return e.host.find(':') == std::string::npos ? fmt::format("{}:{}", e.host, e.port)
                                                 : fmt::format("[{}]:{}", e.host, e.port);
}

std::string ms(std::chrono::milliseconds d) {
    return fmt::format("{}ms", d.count());
}

toml::table server_table(Config const& c) {
    return toml::table{{"listen", text_of(c.listen)},
                       {"admin_listen", text_of(c.admin_listen)},
                       {"public_url", c.public_url},
                       {"io_threads", c.io_threads},
                       {"tls_certificate_file", c.tls_certificate_file},
                       {"tls_key_file", c.tls_key_file},
                       {"body_max", fmt::format("{}B", c.body_bytes_max)},
                       {"connections_max", c.connections_max},
                       {"header_timeout", ms(c.header_timeout)},
                       {"body_timeout", ms(c.body_timeout)},
                       {"idle_timeout", ms(c.idle_timeout)},
                       {"write_timeout", ms(c.write_timeout)},
                       {"drain_timeout", ms(c.drain_timeout)}};
}

}  // namespace

std::string to_toml(Config const& c) {
    toml::table root{
        {"server", server_table(c)},
        {"store", toml::table{{"data_dir", c.data_dir}}},
        {"brand", toml::table{{"title", c.brand_title},
                              {"default_currency", c.default_currency},
                              {"privacy_url", c.privacy_url},
                              {"terms_url", c.terms_url},
                              {"refund_url", c.refund_url},
                              {"shipping_url", c.shipping_url}}},
        {"legal", to_table(c.legal)},
        {"policy", toml::table{{"file", c.policy_file}, {"shadow_file", c.policy_shadow_file}}},
        {"decision_point", toml::table{{"url", c.decision_point.url},
                                       {"dialect", c.decision_point.dialect},
                                       {"actions", to_array(c.decision_point.actions)},
                                       {"timeout", ms(c.decision_point.timeout)},
                                       {"on_error", c.decision_point.on_error}}},
        {"audit", toml::table{{"origin", c.audit_origin},
                              {"checkpoint_interval", ms(c.checkpoint_interval)},
                              {"checkpoint_entries", c.checkpoint_entries}}},
        {"operator", toml::table{{"token_file", c.operator_token_file}}},
        {"ucp", toml::table{{"root_version", c.ucp_root_version}, {"registered_only", c.ucp_registered_only}}},
        {"acp", toml::table{{"webhook_url", c.acp.webhook_url},
                            {"webhook_secret_file", c.acp.webhook_secret_file},
                            {"feed_url", c.acp.feed_url},
                            {"feed_token_file", c.acp.feed_token_file}}},
        {"mandates",
         toml::table{{"merchant_id", c.mandates_merchant_id}, {"trusted_issuers", c.mandates_trusted_issuers}}},
        {"outbound", toml::table{{"ca_file", c.outbound_ca_file}, {"ports", to_array(c.outbound_ports)}}},
        {"log", toml::table{{"level", c.log_level}, {"requests", c.log_requests}}}};
    if (c.ucp_require_signatures) root["ucp"].as_table()->insert("require_signatures", *c.ucp_require_signatures);
    toml::table identity{{"visa_keys_url", c.visa_keys_url}};
    if (c.allow_test_keys) identity.insert("allow_test_keys", *c.allow_test_keys);
    root.insert("identity", std::move(identity));
    toml::table mcp;
    if (!c.mcp_allowed_hosts.empty()) mcp.insert("allowed_hosts", to_array(c.mcp_allowed_hosts));
    if (!c.mcp_allowed_origins.empty()) mcp.insert("allowed_origins", to_array(c.mcp_allowed_origins));
    if (!mcp.empty()) root.insert("mcp", std::move(mcp));
    toml::array known;
    for (auto const& platform : c.platforms)
        known.push_back(toml::table{{"profile", platform.profile}, {"document_file", platform.document_file}});
    if (!known.empty()) root["ucp"].as_table()->insert("platform", std::move(known));
    toml::array list;
    for (auto const& agent : c.agents)
        list.push_back(
            toml::table{{"name", agent.name}, {"token_sha256", agent.token_sha256}, {"class", agent.agent_class}});
    if (!list.empty()) root.insert("agent", std::move(list));
    std::ostringstream out;
    out << root << '\n';
    return out.str();
}

}  // namespace b2a::app
