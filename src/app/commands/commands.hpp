// SPDX-License-Identifier: Apache-2.0
// The subcommands of `b2a`. Each takes its parsed options and returns the exit code: 0 done, 1 the answer is no
// (log unsound, tests failed, rows rejected under --strict), 2 it could not be done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/config.hpp"

namespace b2a::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_no = 1;
inline constexpr int exit_failed = 2;

struct Common {
    std::string config_file;
    std::string data_dir;  // overrides the file's
    bool json = false;
};
/// Defaults, then the file, then the flags. Prints problems and returns nullopt.
std::optional<Config> effective_config(Common const& common);

struct ServeOptions {
    bool sandbox = false;
    bool init = false;
    bool mcp_conformance_fixtures = false;
    std::string listen, admin_listen, public_url, ca_file, acp_webhook;
};
int serve(Common const& common, ServeOptions const& options);

struct ImportOptions {
    std::vector<std::string> files;
    std::string format = "auto";
    std::string mapping;
    std::string brand;
    std::string currency = "USD";
    std::string media_base_url;
    bool dry_run = false;
    bool strict = false;
};
int import(Common const& common, ImportOptions const& options);

struct ExportOptions {
    std::string format = "acp-feed";
    std::string output;      // a directory for acp-feed, else a file; empty: ./acp-feed, or standard output
    std::string currency;    // empty: the brand's default
    std::string public_url;  // overrides the file's
    std::string feed_id;     // in metadata.json, or of the agent's feed
    std::string country;     // the feed's market
    bool push = false;       // to the agent's feed API instead of a file
    bool new_feed = false;
    bool sandbox = false;  // loopback http is an agent too
};
int export_catalog(Common const& common, ExportOptions const& options);

/// Findings over what is published; 1 when one of them is an error.
int catalog_lint(Common const& common);

struct AuditOptions {
    std::string from_export;                    // a file, or a directory of tiles, instead of the database
    std::string vkey;                           // text or file; default: <data>/keys/audit.vkey
    std::vector<std::string> held_checkpoints;  // verify: files that somebody else has kept
    std::uint64_t from = 0;
    std::uint64_t limit = 20;
    bool follow = false;
    std::string output;  // a file instead of standard output; of tiles, a directory
    std::string format = "jsonl";
    std::uint64_t index = 0;  // prove: this entry, or the one of the order
    std::string order;
    bool proof_only = false;
    std::string receipt;
    std::string before;  // prune
    std::string hold;    // "on", "off"
};
int audit_tail(Common const& common, AuditOptions const& options);
int audit_verify(Common const& common, AuditOptions const& options);
int audit_export(Common const& common, AuditOptions const& options);
int audit_prove(Common const& common, AuditOptions const& options);
int audit_verify_receipt(Common const& common, AuditOptions const& options);
int audit_prune(Common const& common, AuditOptions const& options);
int audit_hold(Common const& common, AuditOptions const& options);

/// Exactly one of them says whose data is meant.
struct PrivacyOptions {
    std::string email;
    std::string order;
    std::string output;
};
int privacy_export(Common const& common, PrivacyOptions const& options);
int privacy_erase(Common const& common, PrivacyOptions const& options);

int policy_check(Common const& common, std::string const& file);
int policy_test(Common const& common, std::string const& file);

struct ExplainOptions {
    std::string file;
    std::string action = "checkout.complete";
    std::string input;     // TOML lines, as in a [[test]]
    std::string decision;  // a recorded one instead
};
int policy_explain(Common const& common, ExplainOptions const& options);
int policy_diff(Common const& common, std::string const& before, std::string const& after);
int policy_replay(Common const& common, std::string const& file, std::string const& since);

struct StopOptions {
    std::string id;
    std::string protocol, agent, agent_class, product, handler, market;
    std::vector<std::string> actions;
    std::string reason;
    std::string lasts;
    std::string since = "7d";
};
int stop_list(Common const& common);
int stop_add(Common const& common, StopOptions const& options);
int stop_lift(Common const& common, StopOptions const& options);
int stop_preview(Common const& common, StopOptions const& options);

struct ApprovalOptions {
    std::string state = "open";
    std::string checkout;
    std::string note;
};
int approval_list(Common const& common, ApprovalOptions const& options);
int approval_decide(Common const& common, ApprovalOptions const& options, bool grant);

int config_print(Common const& common);
int config_check(Common const& common);

/// The keys that sign our messages; list creates the first one.
int keys_list(Common const& common);
int keys_rotate(Common const& common);

struct AgentOptions {
    std::string id;       // a name, or the profile URL of one that is registered
    std::string profile;  // URL
    std::string owner, agent_class;
    std::string key_file;  // a public JWK
    bool token = false;
    std::optional<std::int64_t> requests_per_minute, quantity_max;
    std::vector<std::string> order_max, daily_max;  // "500.00 EUR"
};
/// The register of agents; `add` prints a fresh token once.
int agent_add(Common const& common, AgentOptions const& options);
int agent_list(Common const& common);
int agent_show(Common const& common, AgentOptions const& options);
int agent_suspend(Common const& common, AgentOptions const& options, bool suspended);
int agent_limits(Common const& common, AgentOptions const& options);
int agent_remove(Common const& common, AgentOptions const& options);

int health(std::string const& admin_listen);

/// One line on standard error: "b2a: …".
int fail(std::string const& message);

}  // namespace b2a::app
