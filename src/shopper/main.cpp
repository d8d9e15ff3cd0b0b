// SPDX-License-Identifier: Apache-2.0
// The command line of the reference personal agent, its clock and its files.
#include <chrono>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "shopper/gateway.hpp"
#include "shopper/household.hpp"
#include "shopper/report.hpp"
#include "shopper/scenarios.hpp"

namespace b2a::shopper {
namespace {

constexpr int exit_reached = 0;
constexpr int exit_not_reached = 1;
constexpr int exit_usage = 2;

struct Options {
    std::string scenario;
    std::vector<std::string> gateways;
    std::string household_file;
    std::string token;
    std::vector<std::string> log_keys;
    std::string ca_file;
    std::string today;
    std::string person;
    std::string order;
    std::int64_t budget = 0;
};

int fail(int code, Error const& error) {
    auto const place = error.pointer.empty() ? std::string() : " (" + error.pointer + ")";
    std::cerr << "b2a-shopper: " << plain(error.detail + place) << '\n';
    return code;
}

Result<std::string> read_text(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in) return Error(Code::invalid_request, path + " cannot be read");
    return content.str();
}

/// Keys of logs that the person knows: a text or a file with one.
Result<std::vector<std::string>> log_keys(Options const& options, Household const& household) {
    auto out = household.log_keys;
    for (auto const& key : options.log_keys) {
        if (key.find('+') != std::string::npos) {
            out.push_back(key);
            continue;
        }
        B2A_TRY(text, read_text(key));
        out.emplace_back(trim(text));
    }
    return std::move(out);
}

Result<Household> household_of(Options const& options) {
    if (options.household_file.empty()) return parse_household(demo_household());
    B2A_TRY(text, read_text(options.household_file));
    return parse_household(text);
}

Result<Day> today_of(Options const& options) {
    if (options.today.empty()) return Day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
    auto const day = parse_day(options.today);
    if (!day) return Error(Code::invalid_request, options.today + " is no date like 2026-12-20");
    return *day;
}

void add_options(CLI::App& command, Options& o) {
    std::vector<std::string> names;
    for (auto const& scenario : scenarios()) names.emplace_back(scenario.name);
    command.add_option("name", o.scenario, "What to do")->required()->check(CLI::IsMember(names));
    command.add_option("--gateway", o.gateways, "Where to ask, for example https://shop.example; once for each shop")
        ->required()
        ->expected(1, static_cast<int>(limits::shopper_gateways_max));
    command.add_option("--household", o.household_file, "JSON file of the household (default: a made-up family)");
    command.add_option("--token", o.token, "Bearer token (default: the sandbox's, in a sandbox)");
    command.add_option("--vkey", o.log_keys,
                       "Verifier key of a gateway's log, text or file; once for each that is known");
    command.add_option("--ca-file", o.ca_file, "PEM file of further certificates to trust")->check(CLI::ExistingFile);
    command.add_option("--budget", o.budget, "In minor units, instead of the household's")->check(CLI::PositiveNumber);
    command.add_option("--for", o.person, "Whom it is for: an id of the household");
    command.add_option("--order", o.order,
                       "rebuild-basket: an order of the past; without one, a first order is placed");
    command.add_option("--today", o.today, "The date that birthdays are counted from (default: of this machine)");
}

Result<std::vector<Gateway>> open_gateways(Options const& options, Household const& household, Report& report) {
    B2A_TRY(keys, log_keys(options, household));
    std::vector<Gateway> out;
    for (auto const& origin : options.gateways) {
        B2A_TRY(wire, connect(origin, options.ca_file));
        B2A_TRY(gateway, Gateway::open({origin, options.token, keys}, std::move(wire)));
        std::string brands;
        for (auto const& brand : gateway.brands()) brands += (brands.empty() ? "" : ", ") + brand;
        report.step("gateway " + std::to_string(out.size() + 1) + ": " + gateway.title() + " (" + brands + ")");
        out.push_back(std::move(gateway));
    }
    return std::move(out);
}

/// What the person asked for cannot be done as asked, or could not be reached.
int end_without(Report& report, Error const& error) {
    report.goal("not reached: " + error.detail);
    return error.code == Code::invalid_request ? exit_usage : exit_not_reached;
}

int run(Options const& options) {
    auto const household = household_of(options);
    if (!household) return fail(exit_usage, household.error());
    auto const today = today_of(options);
    if (!today) return fail(exit_usage, today.error());
    auto const& list = scenarios();
    auto const scenario = std::ranges::find(list, options.scenario, &Scenario::name);

    Report report(std::cout);
    report.goal(std::string(scenario->goal) + ", for " + household->name);
    auto gateways = open_gateways(options, *household, report);
    if (!gateways) return end_without(report, gateways.error());
    Trip trip{*gateways, *household, report, *today, std::nullopt, options.person, options.order};
    if (options.budget > 0) trip.budget = Money{options.budget, household->currency};
    auto const outcome = scenario->run(trip);
    return outcome ? exit_reached : end_without(report, outcome.error());
}

int main(int argc, char** argv) {
    CLI::App app("A personal agent that shops over B2A gateways: no language model, and nothing but their public HTTP");
    app.require_subcommand(1);
    app.set_version_flag("--version", B2A_VERSION);
    Options options;
    add_options(*app.add_subcommand("scenario", "Do one of the things that it can do"), options);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? exit_reached : exit_usage;
    }
    try {
        return run(options);
    } catch (std::exception const& error) {
        std::cerr << "b2a-shopper: " << error.what() << '\n';
        return exit_not_reached;
    }
}

}  // namespace
}  // namespace b2a::shopper

int main(int argc, char** argv) {
    return b2a::shopper::main(argc, argv);
}
