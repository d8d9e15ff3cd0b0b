// SPDX-License-Identifier: Apache-2.0
// The command line. Parsing only: what a command does is in commands/.
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
    AuditOptions audit_options;
    PrivacyOptions privacy_options;
    std::string policy_file;
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
    command.callback([&p] { p.action = [&p] { return serve(p.common, p.serve_options); }; });
}

void add_import(CLI::App& app, Parsed& p) {
    auto& command = *app.add_subcommand("import", "Import catalog files and publish a new revision");
    add_common(command, p.common);
    add_json(command, p.common);
    auto& o = p.import_options;
    command.add_option("files", o.files, "Files, read in this order")->required()->check(CLI::ExistingFile);
    command.add_option("--format", o.format, "auto, native, magento, magento-links, openfoodfacts")
        ->capture_default_str();
    command.add_option("--brand", o.brand, "Brand for formats that carry none");
    command.add_option("--currency", o.currency, "Currency for formats whose prices carry none")->capture_default_str();
    command.add_option("--media-base-url", o.media_base_url, "Prefix for relative image paths");
    command.add_flag("--dry-run", o.dry_run, "Report only, publish nothing");
    command.add_flag("--strict", o.strict, "Exit 1 when a row was rejected");
    command.callback([&p] { p.action = [&p] { return import(p.common, p.import_options); }; });
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

void add_policy(CLI::App& app, Parsed& p) {
    auto& group = *app.add_subcommand("policy", "Check and test policy rules")->require_subcommand(1);
    auto& check = *group.add_subcommand("check", "Load a rule file (default: the built-in rules)");
    add_json(check, p.common);
    check.add_option("file", p.policy_file, "TOML rules")->check(CLI::ExistingFile);
    check.callback([&p] { p.action = [&p] { return policy_check(p.common, p.policy_file); }; });
    auto& test = *group.add_subcommand("test", "Run the [[test]] cases beside the rules");
    add_json(test, p.common);
    test.add_option("file", p.policy_file, "TOML rules")->check(CLI::ExistingFile);
    test.callback([&p] { p.action = [&p] { return policy_test(p.common, p.policy_file); }; });
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
    add_audit(app, parsed);
    add_privacy(app, parsed);
    add_policy(app, parsed);
    add_config(app, parsed);
    add_keys(app, parsed);
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
