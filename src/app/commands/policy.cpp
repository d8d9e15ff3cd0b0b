// SPDX-License-Identifier: Apache-2.0
// `b2a policy`: a rule file checked, tested, explained, compared, and tried on what was recorded.
#include <iostream>

#include <fmt/format.h>

#include "b2a/base/encoding.hpp"
#include "b2a/json/value.hpp"
#include "b2a/policy/replay.hpp"

#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"
#include "app/oversight_json.hpp"
#include "app/policy_source.hpp"

namespace b2a::app {
namespace {

void print_explanation(policy::RuleSet const& rules, policy::Facts const& facts) {
    auto const decision = rules.evaluate(facts);
    std::cout << policy::to_text(decision.outcome) << '\n';
    for (auto const& reason : decision.reasons)
        std::cout << fmt::format("  because of {}: {} ({})\n", reason.rule.empty() ? "no rule" : reason.rule,
                                 reason.code, policy::to_text(reason.remedy));
    for (auto const& finding : rules.explain(facts)) {
        std::cout << fmt::format("{} {} [{}, {}]\n", finding.matched ? "*" : " ", finding.rule, finding.effect,
                                 finding.mode);
        for (auto const& one : finding.conditions)
            std::cout << fmt::format("      {:7} {}: {}\n", one.block, one.condition, one.truth);
    }
}

void print_list(std::string_view title, std::vector<std::string> const& ids) {
    for (auto const& id : ids) std::cout << fmt::format("{} {}\n", title, id);
}

std::string money_list(policy::Revenue const& revenue) {
    std::string out;
    for (auto const& [currency, minor] : revenue) {
        auto const known = Currency::parse(currency);
        out += (out.empty() ? "" : ", ") + (known ? to_text(Money{minor, *known}) : std::to_string(minor));
    }
    return out.empty() ? "nothing" : out;
}

void print_replay(policy::ReplayReport const& report) {
    std::cout << fmt::format("{} decisions judged again, {} unchanged\n", report.decisions, report.unchanged);
    std::cout << fmt::format("{} would be refused, revenue at stake: {}\n", report.refused,
                             money_list(report.at_stake));
    for (auto const& [agent, count] : report.refused_by_agent) std::cout << fmt::format("  {:6} {}\n", count, agent);
    std::cout << fmt::format("{} would be permitted\n", report.permitted);
    for (auto const& [rule, count] : report.refused_by_rule)
        std::cout << fmt::format("  {:6} by {}\n", count, rule.empty() ? "no rule" : rule);
}

void print_json(std::function<void(json::Writer&)> const& render) {
    std::string text;
    json::Writer out(text);
    render(out);
    std::cout << text << '\n';
}

int explain_decision(Common const& common, std::string const& text) {
    auto const id = DecisionId::parse(text);
    if (!id) return fail(text + ": is no decision id");
    auto desk = CommandDesk::open(common, CommandDesk::Access::read);
    if (!desk) return fail(desk.error().detail + desk.error().note.text);
    auto found = (*desk)->oversight.decision((*desk)->context(), *id);
    if (!found) return fail(found.error().detail);
    auto& recorded = found->view.recorded;
    recorded.facts.principal = &recorded.principal;
    std::cout << found->view.entry << '\n';
    if (!found->rules) return fail("the rules that made it were not kept");
    if (common.json) print_json([&](json::Writer& out) { write_explanation(out, *found->rules, recorded.facts); });
    else print_explanation(*found->rules, recorded.facts);
    return exit_done;
}

}  // namespace

int policy_explain(Common const& common, ExplainOptions const& options) {
    if (!options.decision.empty()) return explain_decision(common, options.decision);
    auto const rules = parse_rules(options.file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    auto const action = policy::action_from_text(options.action);
    if (!action) return fail(options.action + ": is no action");
    auto example = policy::read_example(*action, options.input);
    if (!example) {
        std::cerr << example.error().detail << '\n';
        return exit_failed;
    }
    example->facts.principal = &example->principal;
    if (common.json) print_json([&](json::Writer& out) { write_explanation(out, **rules, example->facts); });
    else print_explanation(**rules, example->facts);
    return exit_done;
}

int policy_diff(Common const& common, std::string const& before, std::string const& after) {
    auto const was = parse_rules(before);
    auto const is = parse_rules(after);
    if (!was || !is) {
        std::cerr << (was ? is.error().detail : was.error().detail) << '\n';
        return exit_failed;
    }
    auto const difference = policy::difference(**was, **is);
    if (common.json) print_json([&](json::Writer& out) { write(out, difference); });
    else {
        print_list("added  ", difference.added);
        print_list("removed", difference.removed);
        print_list("changed", difference.changed);
        for (auto const& one : difference.cases)
            std::cout << fmt::format("test    {}: {} -> {}\n", one.name, policy::to_text(one.was),
                                     policy::to_text(one.would));
        if (difference.empty()) std::cout << "the rules say the same\n";
    }
    return difference.empty() ? exit_done : exit_no;
}

int policy_replay(Common const& common, std::string const& file, std::string const& since) {
    auto const rules = load_rules(file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    auto const span = parse_span(since);
    if (!span) return fail(since + ": is no time such as 7d, 12h or 30m");
    auto desk = CommandDesk::open(common, CommandDesk::Access::read);
    if (!desk) return fail(desk.error().detail + desk.error().note.text);
    auto const context = (*desk)->context();
    auto const report = (*desk)->oversight.replay(context, **rules, context.now - *span);
    if (!report) return fail(report.error().detail);
    if (common.json) print_json([&](json::Writer& out) { write(out, *report); });
    else print_replay(*report);
    return exit_done;
}

int policy_check(Common const& common, std::string const& file) {
    auto const rules = load_rules(file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    if (common.json)
        std::cout
            << json::Value{{"sound", true}, {"rules", (*rules)->size()}, {"digest", to_hex((*rules)->digest())}}.dump()
            << '\n';
    else std::cout << fmt::format("sound: {} rules, digest {}\n", (*rules)->size(), to_hex((*rules)->digest()));
    return exit_done;
}

int policy_test(Common const& common, std::string const& file) {
    auto const rules = parse_rules(file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    auto const results = (*rules)->run_tests();
    std::size_t failed = 0;
    auto report = json::Value::array();
    for (auto const& result : results) {
        bool const passed = result.failure.empty();
        failed += passed ? 0U : 1U;
        if (common.json) report.push_back({{"name", result.name}, {"passed", passed}, {"failure", result.failure}});
        else
            std::cout << (passed ? "ok    " : "FAIL  ") << result.name << (passed ? "" : ": ") << result.failure
                      << '\n';
    }
    if (common.json) std::cout << json::Value{{"tests", report}, {"failed", failed}}.dump() << '\n';
    else std::cout << fmt::format("{} of {} policy tests passed\n", results.size() - failed, results.size());
    return failed == 0 ? exit_done : exit_no;
}

}  // namespace b2a::app
