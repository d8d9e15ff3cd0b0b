// SPDX-License-Identifier: Apache-2.0
// `b2a stop` and `b2a approval`: what a running server takes up within a moment.
#include <iostream>

#include <fmt/format.h>

#include "b2a/json/reader.hpp"

#include "app/blocking.hpp"
#include "app/catalog_import.hpp"
#include "app/commands/desk.hpp"
#include "app/governor.hpp"
#include "app/oversight_json.hpp"

namespace b2a::app {
namespace {

constexpr std::size_t approvals_listed_max = 1'000;

int refuse(Error const& error) {
    return fail(error.detail + (error.note.text.empty() ? "" : ": " + error.note.text));
}

Result<policy::StopScope> scope_of(StopOptions const& options) {
    std::string text;
    json::Writer json(text);
    json.begin_object().member_if("agent", options.agent).member_if("class", options.agent_class);
    json.member_if("handler", options.handler).member_if("market", options.market);
    json.member_if("product", options.product).member_if("protocol", options.protocol);
    if (!options.actions.empty()) {
        json.key("actions").begin_array();
        for (auto const& action : options.actions) json.value(action);
        json.end_array();
    }
    json.end_object();
    json::Document document;
    B2A_TRY(root, document.parse(text));
    return policy::read_scope(root);
}

template <class T>
void print_json(T const& value) {
    std::string text;
    json::Writer json(text);
    write(json, value);
    std::cout << text << '\n';
}

}  // namespace

CommandDesk::CommandDesk(Config loaded, std::unique_ptr<store::Store> opened, std::unique_ptr<store::Reader> own_reader,
                         std::shared_ptr<policy::RuleSet const> rules) :
    config(std::move(loaded)),
    store(std::move(opened)),
    reader(std::move(own_reader)),
    policy(std::move(rules)),
    governance(policy, limiter, *random, counters),
    oversight(*store, *reader, governance, *random) {}

CommandDesk::~CommandDesk() {
    store->close();
}

Result<std::unique_ptr<CommandDesk>> CommandDesk::open(Common const& common, Access access) {
    auto config = effective_config(common);
    if (!config) return Error(Code::invalid_request, "the configuration is not sound");
    B2A_TRY(rules, configured_rules(*config));
    auto const mode = access == Access::read ? store::OpenMode::read_only : store::OpenMode::existing;
    B2A_TRY(store, store::open_sqlite(database_path(*config), mode));
    B2A_TRY(reader, store->open_reader());
    return std::make_unique<CommandDesk>(*std::move(config), std::move(store), std::move(reader),
                                         std::move(rules.rules));
}

service::RequestContext CommandDesk::context() const {
    return command_context("command-line", clock, *random);
}

int stop_list(Common const& common) {
    auto desk = CommandDesk::open(common, CommandDesk::Access::read);
    if (!desk) return refuse(desk.error());
    auto const context = (*desk)->context();
    auto const stops = (*desk)->oversight.stops(context);
    if (!stops) return refuse(stops.error());
    for (auto const& stop : *stops) {
        std::string text;
        json::Writer json(text);
        write(json, stop, context.now);
        std::cout << text << '\n';
    }
    return exit_done;
}

int stop_add(Common const& common, StopOptions const& options) {
    auto scope = scope_of(options);
    if (!scope) return refuse(scope.error());
    service::AddStop command{*std::move(scope), options.reason, std::nullopt};
    if (!options.lasts.empty()) {
        command.lasts = parse_span(options.lasts);
        if (!command.lasts) return fail(options.lasts + ": is no time such as 30m, 12h or 7d");
    }
    auto desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return refuse(desk.error());
    auto const id = run_blocking((*desk)->oversight.add_stop((*desk)->context(), std::move(command)));
    if (!id) return refuse(id.error());
    std::cout << *id << '\n';
    return exit_done;
}

int stop_lift(Common const& common, StopOptions const& options) {
    auto desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return refuse(desk.error());
    auto const done = run_blocking((*desk)->oversight.lift_stop((*desk)->context(), {options.id}));
    if (!done) return refuse(done.error());
    std::cout << "lifted\n";
    return exit_done;
}

int stop_preview(Common const& common, StopOptions const& options) {
    auto const scope = scope_of(options);
    if (!scope) return refuse(scope.error());
    auto const span = parse_span(options.since);
    if (!span) return fail(options.since + ": is no time such as 7d, 12h or 30m");
    auto desk = CommandDesk::open(common, CommandDesk::Access::read);
    if (!desk) return refuse(desk.error());
    auto const context = (*desk)->context();
    auto const preview = (*desk)->oversight.preview(context, *scope, context.now - *span);
    if (!preview) return refuse(preview.error());
    print_json(*preview);
    return exit_done;
}

int approval_list(Common const& common, ApprovalOptions const& options) {
    auto const state = policy::approval_state_from_text(options.state);
    if (!state) return fail(options.state + ": is none of open, granted, denied, used");
    auto desk = CommandDesk::open(common, CommandDesk::Access::read);
    if (!desk) return refuse(desk.error());
    auto const found = (*desk)->oversight.approvals((*desk)->context(), *state, approvals_listed_max);
    if (!found) return refuse(found.error());
    for (auto const& approval : *found) print_json(approval);
    return exit_done;
}

int approval_decide(Common const& common, ApprovalOptions const& options, bool grant) {
    auto desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return refuse(desk.error());
    service::DecideApproval command{options.checkout, grant, options.note};
    auto const decided = run_blocking((*desk)->oversight.decide((*desk)->context(), std::move(command)));
    if (!decided) return refuse(decided.error());
    print_json(*decided);
    return exit_done;
}

}  // namespace b2a::app
