// SPDX-License-Identifier: Apache-2.0
// The one configuration: a plain struct whose initialisers are the defaults, read from one TOML file. Unknown keys,
// wrong types and values out of bounds are errors with file, line and column; all of them are reported at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/result.hpp"
#include "b2a/domain/disclosure.hpp"

namespace b2a::app {

struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
};
/// "127.0.0.1:8080", "[::1]:8080"; port 0 lets the kernel choose.
Result<Endpoint> parse_endpoint(std::string_view text);

/// A registered agent's bearer token, kept as its SHA-256 so that the file holds no secret.
struct AgentToken {
    std::string name;
    std::string token_sha256;  // hex
    std::string agent_class;
};

/// A platform that the brand knows: its profile URL, and optionally a copy of the profile that is used instead of
/// fetching it.
struct Platform {
    std::string profile;
    std::string document_file;
};

/// Another system of the brand that has a say in decisions.
struct ExternalPoint {
    std::string url;  // empty: nobody is asked
    std::string dialect = "authzen";
    std::vector<std::string> actions{"checkout.complete"};
    std::chrono::milliseconds timeout{50};
    std::string on_error = "deny";
};

/// The Agentic Commerce Protocol: where orders are told, and the agent's product feed.
struct AcpConfig {
    std::string webhook_url;          // of the agent platform; empty: nobody is told over ACP
    std::string webhook_secret_file;  // the secret of Merchant-Signature
    std::string feed_url;             // of the agent's feed API, for `b2a export --push`
    std::string feed_token_file;
};

struct Config {
    Endpoint listen{"127.0.0.1", 8080};
    Endpoint admin_listen{"127.0.0.1", 9090};
    std::string public_url;       // empty: http(s)://<listen>
    std::int64_t io_threads = 0;  // 0: one less than the cores, at least one
    std::string tls_certificate_file;
    std::string tls_key_file;

    std::int64_t body_bytes_max = limits::http_body_bytes_max;
    std::int64_t connections_max = limits::http_connections_max;
    std::chrono::milliseconds header_timeout = limits::http_header_timeout;
    std::chrono::milliseconds body_timeout = limits::http_body_timeout;
    std::chrono::milliseconds idle_timeout = limits::http_idle_timeout;
    std::chrono::milliseconds write_timeout = limits::http_write_timeout;
    std::chrono::milliseconds drain_timeout = limits::drain_timeout;

    std::string data_dir = "data";

    std::string brand_title = "B2A demonstration shop";
    std::string privacy_url, terms_url, refund_url, shipping_url;
    std::string default_currency = "USD";
    domain::LegalTerms legal;  // docs/transparency.md

    std::string policy_file;         // empty: the rules built into the program (config/policies/default.toml)
    std::string policy_shadow_file;  // judged beside the active rules and recorded, never applied; empty: none
    ExternalPoint decision_point;
    std::string audit_origin = "localhost/audit";
    std::chrono::milliseconds checkpoint_interval{1000};
    std::int64_t checkpoint_entries = 1000;

    std::string ucp_root_version = "2026-08-25";  // at /.well-known/ucp; the others have leaf profiles
    std::optional<bool> ucp_require_signatures;   // for changes and orders; unset: yes, but not in a sandbox
    bool ucp_registered_only = false;
    std::vector<Platform> platforms;

    AcpConfig acp;
    std::vector<std::string> mcp_allowed_hosts;    // beside the one of the public URL and loopback
    std::vector<std::string> mcp_allowed_origins;  // of web pages that may use /mcp, beside our own

    std::optional<bool> allow_test_keys;   // RFC 9421's, whose secrets are public; unset: in a sandbox only
    std::string visa_keys_url;             // JWK Set of the network of visa-tap; empty: registered agents only
    std::string mandates_merchant_id;      // as buyers' mandates name us; empty: the host of the public URL
    std::string mandates_trusted_issuers;  // a JWK Set of those who may sign mandates beside the platforms

    std::string outbound_ca_file;  // PEM, trusted beside the system's store
    std::vector<std::int64_t> outbound_ports{443};

    std::vector<AgentToken> agents;
    std::string operator_token_file;  // empty: the operator API asks for no token beyond its own listener

    std::string log_level = "info";
    bool log_requests = true;

    bool sandbox = false;                   // set by --sandbox only
    bool init = false;                      // set by --init only: a missing database is created
    bool mcp_conformance_fixtures = false;  // set by its flag only: tools that the MCP conformance suite addresses
};

/// Reads `path`. Error invalid_request: detail holds one "file:line:column: message" per problem.
Result<Config> load_config(std::string const& path);
Result<Config> parse_config(std::string_view source, std::string_view name);
/// The effective values as TOML, loadable again; token hashes are shown, secrets never are.
std::string to_toml(Config const& config);

}  // namespace b2a::app
