// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "b2a/base/encoding.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/text.hpp"
#include "b2a/policy/facts.hpp"
#include "b2a/protocol/ucp.hpp"

namespace b2a::app {
namespace {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::pair<std::string_view, std::int64_t> const units[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
    for (auto const& [unit, factor] : units) {
        if (!text.ends_with(unit)) continue;
        auto const number = parse_int(text.substr(0, text.size() - unit.size()));
        if (number && *number >= 0 && *number <= 86'400'000) return std::chrono::milliseconds{*number * factor};
    }
    return std::nullopt;
}

std::optional<std::int64_t> parse_size(std::string_view text) {
    std::pair<std::string_view, std::int64_t> const units[] = {{"KiB", 1024}, {"MiB", 1024 * 1024}, {"B", 1}};
    for (auto const& [unit, factor] : units) {
        if (!text.ends_with(unit)) continue;
        auto const number = parse_int(text.substr(0, text.size() - unit.size()));
        if (number && *number >= 0 && *number <= (std::int64_t{1} << 30)) return *number * factor;
    }
    return std::nullopt;
}

/// Collects problems with their place while one table after the other is read.
class Source {
  public:
    explicit Source(std::string_view name) : name_(name) {}

    void problem(toml::source_region const& where, std::string const& message) {
        problems_.push_back(fmt::format("{}:{}:{}: {}", name_, where.begin.line, where.begin.column, message));
    }
    Result<void> finish() const {
        if (problems_.empty()) return {};
        return Error(Code::invalid_request, fmt::format("{}", fmt::join(problems_, "\n")));
    }

  private:
    std::string name_;
    std::vector<std::string> problems_;
};

using Take = std::function<std::string(toml::node const&)>;  // empty answer: taken; else what is wrong

Take text(std::string& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        if (!value) return "expected a text";
        out = *value;
        return {};
    };
}

Take boolean(bool& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<bool>();
        if (!value) return "expected true or false";
        out = *value;
        return {};
    };
}

Take boolean(std::optional<bool>& out) {
    return [&out](toml::node const& node) -> std::string { return boolean(out.emplace())(node); };
}

Take integer(std::int64_t& out, std::int64_t min, std::int64_t max) {
    return [&out, min, max](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::int64_t>();
        if (!value || *value < min || *value > max) return fmt::format("expected an integer from {} to {}", min, max);
        out = *value;
        return {};
    };
}

Take size(std::int64_t& out, std::int64_t max) {
    return [&out, max](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        auto const bytes = value ? parse_size(*value) : std::nullopt;
        if (!bytes || *bytes < 1 || *bytes > max)
            return fmt::format("expected a size with unit up to {} B, such as \"512KiB\"", max);
        out = *bytes;
        return {};
    };
}

Take duration(std::chrono::milliseconds& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        auto const parsed = value ? parse_duration(*value) : std::nullopt;
        if (!parsed || parsed->count() == 0) return "expected a duration with unit, such as \"10s\"";
        out = *parsed;
        return {};
    };
}

Take endpoint(Endpoint& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        auto parsed = value ? parse_endpoint(*value) : Result<Endpoint>(Error(Code::invalid_request));
        if (!parsed) return "expected \"host:port\"";
        out = *std::move(parsed);
        return {};
    };
}

Take one_of(std::string& out, std::vector<std::string> allowed) {
    return [&out, allowed = std::move(allowed)](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        for (auto const& candidate : allowed)
            if (value && *value == candidate) {
                out = *value;
                return {};
            }
        return fmt::format("expected one of: {}", fmt::join(allowed, ", "));
    };
}

Take currency(std::string& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        if (!value || !Currency::parse(*value)) return "expected an ISO 4217 currency code";
        out = *value;
        return {};
    };
}

Take sha256_hex(std::string& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        if (!value || value->size() != 64 || !from_hex(*value)) return "expected the 64 hex digits of a SHA-256";
        out = *value;
        return {};
    };
}

void read_table(Source& source, toml::table const& table, std::map<std::string_view, Take> const& known) {
    for (auto const& [key, node] : table) {
        auto const found = known.find(key.str());
        if (found == known.end()) {
            source.problem(key.source(), fmt::format("unknown key \"{}\"", key.str()));
            continue;
        }
        if (auto const wrong = found->second(node); !wrong.empty())
            source.problem(node.source(), fmt::format("{}: {}", key.str(), wrong));
    }
}

Take table_of(Source& source, std::map<std::string_view, Take> known) {
    return [&source, known = std::move(known)](toml::node const& node) -> std::string {
        auto const* table = node.as_table();
        if (table == nullptr) return "expected a table";
        read_table(source, *table, known);
        return {};
    };
}

Take agents(Source& source, std::vector<AgentToken>& out) {
    return [&](toml::node const& node) -> std::string {
        auto const* list = node.as_array();
        if (list == nullptr) return "expected an array of tables";
        for (auto const& element : *list) {
            auto const* table = element.as_table();
            if (table == nullptr) return "expected an array of tables";
            AgentToken agent;
            read_table(source, *table,
                       {{"name", text(agent.name)},
                        {"token_sha256", sha256_hex(agent.token_sha256)},
                        {"class", text(agent.agent_class)}});
            if (agent.name.empty() || agent.token_sha256.empty())
                source.problem(element.source(), "an agent needs name and token_sha256");
            out.push_back(std::move(agent));
        }
        return {};
    };
}

Take platforms(Source& source, std::vector<Platform>& out) {
    return [&](toml::node const& node) -> std::string {
        auto const* list = node.as_array();
        if (list == nullptr) return "expected an array of tables";
        for (auto const& element : *list) {
            auto const* table = element.as_table();
            if (table == nullptr) return "expected an array of tables";
            Platform platform;
            read_table(source, *table,
                       {{"profile", text(platform.profile)}, {"document_file", text(platform.document_file)}});
            if (!platform.profile.starts_with("https://") && !platform.profile.starts_with("http://"))
                source.problem(element.source(), "a platform needs the URL of its profile");
            out.push_back(std::move(platform));
        }
        return {};
    };
}

Take ports(std::vector<std::int64_t>& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const* list = node.as_array();
        if (list == nullptr || list->empty()) return "expected an array of ports";
        out.clear();
        for (auto const& element : *list) {
            auto const port = element.value_exact<std::int64_t>();
            if (!port || *port < 1 || *port > 65'535) return "expected ports from 1 to 65535";
            out.push_back(*port);
        }
        return {};
    };
}

/// What the services consult a decision point about. Another name would look guarded, and nobody would be asked.
bool is_consulted(std::string_view name) {
    auto const action = policy::action_from_text(name);
    return action && policy::is_mutating(*action) && (name.starts_with("cart.") || name.starts_with("checkout."));
}

Take action_names(std::vector<std::string>& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const* list = node.as_array();
        if (list == nullptr || list->empty()) return "expected an array of actions";
        out.clear();
        for (auto const& element : *list) {
            auto const* name = element.as_string();
            if (name == nullptr || !is_consulted(name->get())) return "expected changes of carts and checkouts";
            out.push_back(name->get());
        }
        return {};
    };
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
