// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "b2a/base/text.hpp"
#include "b2a/policy/facts.hpp"
#include "b2a/protocol/ucp.hpp"

#include "app/toml_reader.hpp"

namespace b2a::app {
namespace {

Take agents(Source& source, std::vector<AgentToken>& out) {
    return tables<AgentToken>(
        source, out,
        [](AgentToken& agent) {
            return Keys{{"name", text(agent.name)},
                        {"token_sha256", sha256_hex(agent.token_sha256)},
                        {"class", text(agent.agent_class)}};
        },
        [](AgentToken const& agent) -> std::string {
            return agent.name.empty() || agent.token_sha256.empty() ? "an agent needs name and token_sha256" : "";
        });
}

Take platforms(Source& source, std::vector<Platform>& out) {
    return tables<Platform>(
        source, out,
        [](Platform& platform) {
            return Keys{{"profile", text(platform.profile)}, {"document_file", text(platform.document_file)}};
        },
        [](Platform const& platform) -> std::string {
            bool const url = platform.profile.starts_with("https://") || platform.profile.starts_with("http://");
            return url ? "" : "a platform needs the URL of its profile";
        });
}

Take ports(std::vector<std::int64_t>& out) {
    return list<std::int64_t>(out, "an array of ports from 1 to 65535",
                              [](toml::node const& node) -> std::optional<std::int64_t> {
                                  auto const port = node.value_exact<std::int64_t>();
                                  return port && *port >= 1 && *port <= 65'535 ? port : std::nullopt;
                              });
}

/// What the services consult a decision point about. Another name would look guarded, and nobody would be asked.
bool is_consulted(std::string_view name) {
    auto const action = policy::action_from_text(name);
    return action && policy::is_mutating(*action) && (name.starts_with("cart.") || name.starts_with("checkout."));
}

Take action_names(std::vector<std::string>& out) {
    return list<std::string>(out, "an array of changes of carts and checkouts",
                             [](toml::node const& node) -> std::optional<std::string> {
                                 auto name = node.value_exact<std::string>();
                                 return name && is_consulted(*name) ? std::move(name) : std::nullopt;
                             });
}

Take texts(std::vector<std::string>& out) {
    return list<std::string>(out, "an array of texts",
                             [](toml::node const& node) { return node.value_exact<std::string>(); });
}

Take acp(Source& source, AcpConfig& acp) {
    return table_of(source, {{"webhook_url", text(acp.webhook_url)},
                             {"webhook_secret_file", text(acp.webhook_secret_file)},
                             {"feed_url", text(acp.feed_url)},
                             {"feed_token_file", text(acp.feed_token_file)}});
}

Take decision_point(Source& source, ExternalPoint& point) {
    return table_of(source, {{"url", text(point.url)},
                             {"dialect", one_of(point.dialect, {"authzen", "opa"})},
                             {"actions", action_names(point.actions)},
                             {"timeout", duration(point.timeout)},
                             {"on_error", one_of(point.on_error, {"deny", "permit"})}});
}

Take ucp(Source& source, Config& config) {
    return table_of(source, {{"root_version", one_of(config.ucp_root_version, protocol::ucp::supported_versions())},
                             {"require_signatures", boolean(config.ucp_require_signatures)},
                             {"registered_only", boolean(config.ucp_registered_only)},
                             {"platform", platforms(source, config.platforms)}});
}

Take server(Source& source, Config& config) {
    constexpr std::int64_t body_ceiling = 16 * 1024 * 1024;
    constexpr std::int64_t connections_ceiling = 65'536;
    return table_of(source, {{"listen", endpoint(config.listen)},
                             {"admin_listen", endpoint(config.admin_listen)},
                             {"public_url", text(config.public_url)},
                             {"io_threads", integer(config.io_threads, 0, 64)},
                             {"tls_certificate_file", text(config.tls_certificate_file)},
                             {"tls_key_file", text(config.tls_key_file)},
                             {"body_max", size(config.body_bytes_max, body_ceiling)},
                             {"connections_max", integer(config.connections_max, 1, connections_ceiling)},
                             {"header_timeout", duration(config.header_timeout)},
                             {"body_timeout", duration(config.body_timeout)},
                             {"idle_timeout", duration(config.idle_timeout)},
                             {"write_timeout", duration(config.write_timeout)},
                             {"drain_timeout", duration(config.drain_timeout)}});
}

Take brand(Source& source, Config& config) {
    return table_of(source, {{"title", text(config.brand_title)},
                             {"default_currency", currency(config.default_currency)},
                             {"privacy_url", text(config.privacy_url)},
                             {"terms_url", text(config.terms_url)},
                             {"refund_url", text(config.refund_url)},
                             {"shipping_url", text(config.shipping_url)}});
}

/// Categories, and why their goods cannot be sent back.
Take exemptions(std::vector<domain::LegalTerms::Exempt>& out) {
    return [&out](toml::node const& node) -> std::string {
        if (!node.is_table()) return "expected a table of categories";
        for (auto const& [category, value] : *node.as_table()) {
            auto const code = domain::exemption_from_text(value.value_exact<std::string>().value_or(""));
            if (!code || *code == domain::WithdrawalExemption::none) return "expected the name of an exemption";
            out.push_back({std::string(category.str()), *code});
        }
        return {};
    };
}

Take legal(Source& source, domain::LegalTerms& terms) {
    return table_of(source, {{"eu_consumer_law", boolean(terms.eu_consumer_law)},
                             {"withdrawal_days", integer(terms.withdrawal_days, 14, 365)},
                             {"guarantee_years", integer(terms.guarantee_years, 2, 30)},
                             {"prior_price_days", integer(terms.prior_price_days, 1, 30)},
                             {"withdrawal_url", text(terms.withdrawal_url)},
                             {"guarantee_url", text(terms.guarantee_url)},
                             {"withdrawal_exempt", exemptions(terms.exempt)}});
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view value) {
    auto const colon = value.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return Error(Code::invalid_request, "expected host:port");
    auto host = value.substr(0, colon);
    auto const port = parse_int(value.substr(colon + 1));
    if (!port || *port < 0 || *port > 65'535) return Error(Code::invalid_request, "port out of range");
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        return Error(Code::invalid_request, "an IPv6 host needs brackets");
    return Endpoint{std::string(host), static_cast<std::uint16_t>(*port)};
}

Result<Config> parse_config(std::string_view text_in, std::string_view name) {
    Source source(name);
    toml::table root;
    try {  // toml++ reports syntax errors by exception; they end here
        root = toml::parse(text_in);
    } catch (toml::parse_error const& error) {
        source.problem(error.source(), std::string(error.description()));
        return source.finish().error();
    }
    Config config;
    read_table(
        source, root,
        {{"server", server(source, config)},
         {"store", table_of(source, {{"data_dir", text(config.data_dir)}})},
         {"brand", brand(source, config)},
         {"legal", legal(source, config.legal)},
         {"policy",
          table_of(source, {{"file", text(config.policy_file)}, {"shadow_file", text(config.policy_shadow_file)}})},
         {"decision_point", decision_point(source, config.decision_point)},
         {"audit", table_of(source, {{"origin", text(config.audit_origin)},
                                     {"checkpoint_interval", duration(config.checkpoint_interval)},
                                     {"checkpoint_entries", integer(config.checkpoint_entries, 1, 1'000'000)}})},
         {"operator", table_of(source, {{"token_file", text(config.operator_token_file)}})},
         {"ucp", ucp(source, config)},
         {"acp", acp(source, config.acp)},
         {"mcp", table_of(source, {{"allowed_hosts", texts(config.mcp_allowed_hosts)},
                                   {"allowed_origins", texts(config.mcp_allowed_origins)}})},
         {"identity", table_of(source, {{"allow_test_keys", boolean(config.allow_test_keys)},
                                        {"visa_keys_url", text(config.visa_keys_url)}})},
         {"mandates", table_of(source, {{"merchant_id", text(config.mandates_merchant_id)},
                                        {"trusted_issuers", text(config.mandates_trusted_issuers)}})},
         {"outbound",
          table_of(source, {{"ca_file", text(config.outbound_ca_file)}, {"ports", ports(config.outbound_ports)}})},
         {"agent", agents(source, config.agents)},
         {"log", table_of(source, {{"level", one_of(config.log_level, {"debug", "info", "warning", "error"})},
                                   {"requests", boolean(config.log_requests)}})}});
    if (config.tls_certificate_file.empty() != config.tls_key_file.empty())
        source.problem(root.source(), "server: tls_certificate_file and tls_key_file come together");
    B2A_CHECK(source.finish());
    return config;
}

Result<Config> load_config(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error(Code::not_found, fmt::format("{}: cannot be read", path));
    std::ostringstream content;
    content << file.rdbuf();
    return parse_config(content.str(), path);
}

}  // namespace b2a::app
