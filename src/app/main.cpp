// SPDX-License-Identifier: Apache-2.0
// The command line. Parsing only: what a command does is in commands/.
#include <algorithm>
#include <exception>
#include <functional>
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/commands/commands.hpp"

namespace b2a::app {
namespace {

struct Parsed {
    Common common;
    ServeOptions serve_options;
    ImportOptions import_options;
    ExportOptions export_options;
    AuditOptions audit_options;
    AgentOptions agent_options;
    PrivacyOptions privacy_options;
    std::string policy_file;
    std::string other_policy_file;
    std::string since = "7d";
    ExplainOptions explain_options;
    StopOptions stop_options;
    ApprovalOptions approval_options;
    std::string health_target = "127.0.0.1:9090";
    std::function<int()> action;
};

void add_common(CLI::App& command, Common& common) {
    command.add_option("--config", common.config_file, "TOML configuration file")->check(CLI::ExistingFile);
    command.add_option("--data", common.data_dir, "Data directory (default: data)");
}

void add_json(CLI::App& command, Common& common) {
    command.add_flag("--json", common.json, "Print one JSON object instead of text");
}

void add_serve(CLI::App& app, Parsed& p) {
    auto& command = *app.add_subcommand("serve", "Serve agents and operators");
    add_common(command, p.common);
    command.add_flag("--sandbox", p.serve_options.sandbox,
                     "Development mode: demonstration brands, sandbox tokens and payments, loopback http profiles");
    command.add_flag("--init", p.serve_options.init, "Create the database when it is missing");
    command.add_option("--listen", p.serve_options.listen, "host:port for agents");
    command.add_option("--admin-listen", p.serve_options.admin_listen, "host:port for operators");
    command.add_option("--public-url", p.serve_options.public_url, "How agents reach this server");
    command.add_option("--ca-file", p.serve_options.ca_file, "PEM file of further certificates to trust when fetching")
        ->check(CLI::ExistingFile);
    command.add_option("--acp-webhook", p.serve_options.acp_webhook, "Where ACP orders are told");
    command.add_flag("--mcp-conformance-fixtures", p.serve_options.mcp_conformance_fixtures,
                     "Serve the tools, resources and prompts that the MCP conformance suite addresses by name");
    command.callback([&p] { p.action = [&p] { return serve(p.common, p.serve_options); }; });
}

void add_import(CLI::App& app, Parsed& p) {
    auto& command = *app.add_subcommand("import", "Import catalog files and publish a new revision");
    add_common(command, p.common);
    add_json(command, p.common);
    auto& o = p.import_options;
    command.add_option("files", o.files, "Files, read in this order")->required()->check(CLI::ExistingFile);
    command
        .add_option("--format", o.format,
                    "auto, jsonl, acp-feed, magento, magento-links, openfoodfacts, google, google-xml, json-ld, "
                    "shopify, mapped")
        ->capture_default_str();
    command.add_option("--mapping", o.mapping, "TOML file that says what the columns of other tables mean")
        ->check(CLI::ExistingFile);
    command.add_option("--brand", o.brand, "Brand for formats that carry none");
    command.add_option("--currency", o.currency, "Currency for formats whose prices carry none")->capture_default_str();
    command.add_option("--media-base-url", o.media_base_url, "Prefix for relative image paths");
    command.add_flag("--dry-run", o.dry_run, "Report only, publish nothing");
    command.add_flag("--strict", o.strict, "Exit 1 when a row was rejected");
    command.callback([&p] { p.action = [&p] { return import(p.common, p.import_options); }; });
}

void add_export(CLI::App& app, Parsed& p) {
    auto& command = *app.add_subcommand("export", "Write the catalog for other systems, or push it to an agent");
    add_common(command, p.common);
    add_json(command, p.common);
    auto& o = p.export_options;
    command.add_option("--format", o.format, "What to write")
        ->check(CLI::IsMember({"acp-feed", "google", "google-xml", "jsonld"}))
        ->capture_default_str();
    command.add_option("-o,--output", o.output,
                       "Directory for acp-feed (default: acp-feed), else file (default: standard output)");
    command.add_option("--currency", o.currency, "Of the prices (default: the brand's)");
    command.add_option("--public-url", o.public_url, "How agents reach the server: what relative links begin with");
    command.add_option("--feed-id", o.feed_id, "The feed's id: in metadata.json, or the agent's own for --push");
    command.add_option("--country", o.country, "The feed's market, ISO 3166-1 alpha-2")
        ->check(CLI::Validator(
            [](std::string const& text) {
                bool const sound =
                    text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
                return sound ? std::string() : "a country is two capital letters";
            },
            "XX"));
    command.add_flag("--push", o.push, "Send an ACP feed to acp.feed_url instead of writing files");
    command.add_flag("--new-feed", o.new_feed, "With --push: ask the agent for a new feed");
    command.add_flag("--sandbox", o.sandbox, "With --push: loopback http is allowed");
    command.callback([&p] { p.action = [&p] { return export_catalog(p.common, p.export_options); }; });
}

void add_catalog(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("catalog", "The published catalog")->require_subcommand(1);
    auto& lint = *group.add_subcommand("lint", "What somebody should look at; exits 1 when something is wrong");
    add_common(lint, p.common);
    add_json(lint, p.common);
    lint.callback([&p] { p.action = [&p] { return catalog_lint(p.common); }; });
}

void add_proof(CLI::App& group, Parsed& p) {
    auto& o = p.audit_options;
    auto& prove = *group.add_subcommand("prove", "Write the receipt of an entry: its bytes, its proof, the checkpoint");
    add_common(prove, p.common);
    auto* const which = prove.add_option_group("entry", "Which entry")->require_option(1);
    which->add_option("--index", o.index, "Its index in the log");
    which->add_option("--order", o.order, "The one that tells of this order's placing");
    prove.add_flag("--proof-only", o.proof_only, "The c2sp.org/tlog-proof text alone");
    prove.add_option("-o,--output", o.output, "File (default: standard output)");
    prove.callback([&p] { p.action = [&p] { return audit_prove(p.common, p.audit_options); }; });

    auto& verify = *group.add_subcommand("verify-receipt", "Check a receipt with nothing but the verifier key");
    add_common(verify, p.common);
    add_json(verify, p.common);
    verify.add_option("file", o.receipt, "Receipt")->required()->check(CLI::ExistingFile);
    verify.add_option("--vkey", o.vkey, "Verifier key, text or file (default: <data>/keys/audit.vkey)");
    verify.callback([&p] { p.action = [&p] { return audit_verify_receipt(p.common, p.audit_options); }; });
}

void add_retention(CLI::App& group, Parsed& p) {
    auto& o = p.audit_options;
    auto& prune = *group.add_subcommand("prune", "Give up the bytes of old entries; hashes and proofs stay");
    add_common(prune, p.common);
    prune.add_option("--before", o.before, "Date or RFC 3339 time: what is older goes")->required();
    prune.callback([&p] { p.action = [&p] { return audit_prune(p.common, p.audit_options); }; });
    auto& hold = *group.add_subcommand("hold", "Legal hold: while it is on, nothing is given up");
    add_common(hold, p.common);
    hold.add_option("state", o.hold, "on or off")->required()->check(CLI::IsMember({"on", "off"}));
    hold.callback([&p] { p.action = [&p] { return audit_hold(p.common, p.audit_options); }; });
}

void add_audit(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("audit", "Read, export and verify the audit log")->require_subcommand(1);
    auto& o = p.audit_options;
    auto& tail = *group.add_subcommand("tail", "Print the newest entries");
    add_common(tail, p.common);
    tail.add_option("-n,--lines", o.limit, "How many")->capture_default_str();
    tail.add_flag("-f,--follow", o.follow, "Go on printing new entries");
    tail.callback([&p] { p.action = [&p] { return audit_tail(p.common, p.audit_options); }; });

    auto& verify = *group.add_subcommand("verify", "Recompute the log and its checkpoints; names the first bad index");
    add_common(verify, p.common);
    add_json(verify, p.common);
    verify.add_option("--export", o.from_export, "Verify an export file or a directory of tiles, not the database")
        ->check(CLI::ExistingPath);
    verify
        .add_option("--checkpoint", o.held_checkpoints, "Checkpoint that somebody has kept: the log must continue it")
        ->check(CLI::ExistingFile);
    verify.add_option("--vkey", o.vkey, "Verifier key, text or file (default: <data>/keys/audit.vkey)");
    verify.callback([&p] { p.action = [&p] { return audit_verify(p.common, p.audit_options); }; });

    auto& exporting = *group.add_subcommand("export", "Write entries and checkpoints for others");
    add_common(exporting, p.common);
    exporting.add_option("--format", o.format, "Shape of the lines, or tiles: a directory as c2sp.org/tlog-tiles")
        ->check(CLI::IsMember({"jsonl", "cloudevents", "otlp", "ocsf", "cef", "tiles"}))
        ->capture_default_str();
    exporting.add_option("-o,--output", o.output, "File (default: standard output), or directory for tiles");
    exporting.add_option("--from", o.from, "First index")->capture_default_str();
    exporting.callback([&p] { p.action = [&p] { return audit_export(p.common, p.audit_options); }; });
    add_proof(group, p);
    add_retention(group, p);
}

void add_privacy(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("privacy", "What is held about a buyer")->require_subcommand(1);
    auto& o = p.privacy_options;
    auto const whose = [&](CLI::App& command) {
        add_common(command, p.common);
        auto* const subject = command.add_option_group("subject", "Whose data")->require_option(1);
        subject->add_option("--email", o.email, "Everything given under this e-mail address");
        subject->add_option("--order", o.order, "One order with its checkout and cart");
    };
    auto& exporting = *group.add_subcommand("export", "Write all of it as JSON");
    whose(exporting);
    exporting.add_option("-o,--output", o.output, "File, mode 0600 (default: standard output)");
    exporting.callback([&p] { p.action = [&p] { return privacy_export(p.common, p.privacy_options); }; });
    auto& erase = *group.add_subcommand("erase", "Erase it, in the files as well; amounts and proofs stay");
    whose(erase);
    add_json(erase, p.common);
    erase.callback([&p] { p.action = [&p] { return privacy_erase(p.common, p.privacy_options); }; });
}

void add_policy_tools(CLI::App& group, Parsed& p) {
    auto& explain = *group.add_subcommand("explain", "Why would a request be decided so? Or: why was it?");
    add_common(explain, p.common);
    add_json(explain, p.common);
    auto& o = p.explain_options;
    explain.add_option("file", o.file, "TOML rules (default: the built-in ones)")->check(CLI::ExistingFile);
    explain.add_option("--action", o.action, "Action, e.g. checkout.complete")->capture_default_str();
    explain.add_option("--input", o.input, "Facts as TOML lines, e.g. 'agent.trust_level = 4'");
    explain.add_option("--decision", o.decision, "A recorded decision instead");
    explain.callback([&p] { p.action = [&p] { return policy_explain(p.common, p.explain_options); }; });
    auto& diff = *group.add_subcommand("diff", "What differs between two rule files; exit 1 if something does");
    add_json(diff, p.common);
    diff.add_option("before", p.policy_file, "TOML rules")->required()->check(CLI::ExistingFile);
    diff.add_option("after", p.other_policy_file, "TOML rules")->required()->check(CLI::ExistingFile);
    diff.callback([&p] { p.action = [&p] { return policy_diff(p.common, p.policy_file, p.other_policy_file); }; });
    auto& replay = *group.add_subcommand("replay", "Judge recorded decisions by other rules");
    add_common(replay, p.common);
    add_json(replay, p.common);
    replay.add_option("file", p.policy_file, "TOML rules")->required()->check(CLI::ExistingFile);
    replay.add_option("--since", p.since, "How far back: 7d, 12h, 30m")->capture_default_str();
    replay.callback([&p] { p.action = [&p] { return policy_replay(p.common, p.policy_file, p.since); }; });
}

void add_policy(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("policy", "Check and test policy rules")->require_subcommand(1);
    auto& check = *group.add_subcommand("check", "Load a rule file (default: the built-in rules)");
    add_json(check, p.common);
    check.add_option("file", p.policy_file, "TOML rules")->check(CLI::ExistingFile);
    check.callback([&p] { p.action = [&p] { return policy_check(p.common, p.policy_file); }; });
    add_policy_tools(group, p);
    auto& test = *group.add_subcommand("test", "Run the [[test]] cases beside the rules");
    add_json(test, p.common);
    test.add_option("file", p.policy_file, "TOML rules")->check(CLI::ExistingFile);
    test.callback([&p] { p.action = [&p] { return policy_test(p.common, p.policy_file); }; });
}

void add_scope(CLI::App& command, StopOptions& o) {
    command.add_option("--protocol", o.protocol, "ucp, native, mcp, …");
    command.add_option("--agent", o.agent, "Principal, e.g. a profile URL");
    command.add_option("--class", o.agent_class, "Class of agents");
    command.add_option("--product", o.product, "Carts and checkouts with this product");
    command.add_option("--handler", o.handler, "Payments with this handler");
    command.add_option("--market", o.market, "Ship-to country");
    command.add_option("--action", o.actions, "Actions, e.g. checkout.*; default: all");
}

void add_stop(CLI::App& app, Parsed& p) {
    auto& group =
        *app.add_subcommand("stop", "The kill switch: stop agents, goods or everything")->require_subcommand(1);
    auto& o = p.stop_options;
    auto& list = *group.add_subcommand("list", "Print the stops");
    add_common(list, p.common);
    list.callback([&p] { p.action = [&p] { return stop_list(p.common); }; });
    auto& add = *group.add_subcommand("add", "Stop what matches; without a scope everything that agents do");
    add_common(add, p.common);
    add_scope(add, o);
    add.add_option("--reason", o.reason, "Shown to agents")->required();
    add.add_option("--lasts", o.lasts, "Ends by itself: 30m, 12h, 7d");
    add.callback([&p] { p.action = [&p] { return stop_add(p.common, p.stop_options); }; });
    auto& lift = *group.add_subcommand("lift", "Lift a stop");
    add_common(lift, p.common);
    lift.add_option("id", o.id, "stp_…")->required();
    lift.callback([&p] { p.action = [&p] { return stop_lift(p.common, p.stop_options); }; });
    auto& preview = *group.add_subcommand("preview", "What would it have stopped?");
    add_common(preview, p.common);
    add_scope(preview, o);
    preview.add_option("--since", o.since, "How far back: 7d, 12h, 30m")->capture_default_str();
    preview.callback([&p] { p.action = [&p] { return stop_preview(p.common, p.stop_options); }; });
}

void add_approval(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("approval", "Purchases that wait for a person")->require_subcommand(1);
    auto& o = p.approval_options;
    auto& list = *group.add_subcommand("list", "Print them");
    add_common(list, p.common);
    list.add_option("--state", o.state, "open, granted, denied, used")->capture_default_str();
    list.callback([&p] { p.action = [&p] { return approval_list(p.common, p.approval_options); }; });
    for (bool const grant : {true, false}) {
        auto& command = *group.add_subcommand(grant ? "grant" : "deny", grant ? "Say yes" : "Say no");
        add_common(command, p.common);
        command.add_option("checkout", o.checkout, "chk_…")->required();
        command.add_option("--note", o.note, grant ? "For the record" : "Shown to the agent");
        command.callback(
            [&p, grant] { p.action = [&p, grant] { return approval_decide(p.common, p.approval_options, grant); }; });
    }
}

void add_config(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("config", "Check and print the configuration")->require_subcommand(1);
    auto& print = *group.add_subcommand("print", "Print the effective configuration as TOML");
    add_common(print, p.common);
    print.callback([&p] { p.action = [&p] { return config_print(p.common); }; });
    auto& check = *group.add_subcommand("check", "Check configuration and policy, start nothing");
    add_common(check, p.common);
    check.callback([&p] { p.action = [&p] { return config_check(p.common); }; });
}

void add_keys(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("keys", "The keys that sign webhooks and purchases")->require_subcommand(1);
    auto& list = *group.add_subcommand("list", "Print them; the newest signs");
    add_common(list, p.common);
    add_json(list, p.common);
    list.callback([&p] { p.action = [&p] { return keys_list(p.common); }; });
    auto& rotate = *group.add_subcommand("rotate", "A new key signs from now on, the others retire");
    add_common(rotate, p.common);
    add_json(rotate, p.common);
    rotate.callback([&p] { p.action = [&p] { return keys_rotate(p.common); }; });
}

void add_agent_limits(CLI::App& command, AgentOptions& o) {
    command.add_option("--requests-per-minute", o.requests_per_minute, "Requests of every kind");
    command.add_option("--quantity-max", o.quantity_max, "Of one line of an order");
    command.add_option("--order-max", o.order_max, "Total of one order, \"500.00 EUR\"; once a currency")
        ->allow_extra_args(false);
    command.add_option("--daily-max", o.daily_max, "Total of a day's orders (UTC); once a currency")
        ->allow_extra_args(false);
}

void add_agent_change(CLI::App& group, Parsed& p, std::string const& name, std::string const& what,
                      std::function<int()> action) {
    auto& command = *group.add_subcommand(name, what);
    add_common(command, p.common);
    add_json(command, p.common);
    command.add_option("id", p.agent_options.id, "Its name or profile URL")->required();
    if (name == "limits") add_agent_limits(command, p.agent_options);
    command.callback([&p, action = std::move(action)] { p.action = action; });
}

void add_agent(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("agent", "The register of agents that you know")->require_subcommand(1);
    auto& o = p.agent_options;
    auto& add = *group.add_subcommand("add", "Register an agent; a fresh token is printed once");
    add_common(add, p.common);
    add_json(add, p.common);
    add.add_option("name", o.id, "A name, for an agent without a profile");
    add.add_option("--profile", o.profile, "URL of its profile: its keys are found there");
    add.add_option("--owner", o.owner, "Who answers for it");
    add.add_option("--class", o.agent_class, "What rules call its kind: shopping, crawler, …");
    add.add_option("--key", o.key_file, "Its public key, a JWK file; no others count then")->check(CLI::ExistingFile);
    add.add_flag("--token", o.token, "A token even with --profile or --key");
    add_agent_limits(add, o);
    add.callback([&p] { p.action = [&p] { return agent_add(p.common, p.agent_options); }; });
    auto& list = *group.add_subcommand("list", "Print all of them");
    add_common(list, p.common);
    add_json(list, p.common);
    list.callback([&p] { p.action = [&p] { return agent_list(p.common); }; });
    add_agent_change(group, p, "show", "Print one", [&p] { return agent_show(p.common, p.agent_options); });
    add_agent_change(group, p, "suspend", "Refuse it until it is resumed",
                     [&p] { return agent_suspend(p.common, p.agent_options, true); });
    add_agent_change(group, p, "resume", "End its suspension",
                     [&p] { return agent_suspend(p.common, p.agent_options, false); });
    add_agent_change(group, p, "limits", "Set limits; those that are not named stay",
                     [&p] { return agent_limits(p.common, p.agent_options); });
    add_agent_change(group, p, "remove", "Forget it", [&p] { return agent_remove(p.common, p.agent_options); });
}

void add_health(CLI::App& app, Parsed& p) {
    auto& command = *app.add_subcommand("health", "Ask a running server whether it is healthy");
    command.add_option("--admin-listen", p.health_target, "Its operator listener")->capture_default_str();
    command.callback([&p] { p.action = [&p] { return health(p.health_target); }; });
}

int run(int argc, char** argv) {
    CLI::App app{"B2A Gateway: puts a brand on every agent's counter"};
    app.set_version_flag("--version", "b2a " B2A_VERSION);
    app.require_subcommand(1);
    Parsed parsed;
    add_serve(app, parsed);
    add_import(app, parsed);
    add_export(app, parsed);
    add_catalog(app, parsed);
    add_audit(app, parsed);
    add_privacy(app, parsed);
    add_policy(app, parsed);
    add_stop(app, parsed);
    add_approval(app, parsed);
    add_config(app, parsed);
    add_keys(app, parsed);
    add_agent(app, parsed);
    add_health(app, parsed);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? exit_done : exit_failed;
    }
    return parsed.action();
}

}  // namespace
}  // namespace b2a::app

int main(int argc, char** argv) {
    try {
        return b2a::app::run(argc, argv);
    } catch (std::exception const& error) {  // what no module expected: out of memory and the like
        std::cerr << "b2a: " << error.what() << '\n';
        return b2a::app::exit_failed;
    }
}
