// SPDX-License-Identifier: Apache-2.0
#include "mandate/constraints.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"

#include "mandate/periods.hpp"

namespace b2a::mandate {
namespace {

using json::Value;

struct Evaluation {
    Chain const& chain;
    std::size_t index;
    Expected const& expected;
    std::vector<Draw>& draws;
    bool reusable = false;

    [[nodiscard]] Hop const& hop() const { return chain.hops[index]; }
};

using Outcome = std::optional<Refusal>;

Refusal unresolved(std::string detail) {
    return {Fault::constraint_unresolved, std::move(detail)};
}

Timestamp end_of(Hop const& hop, Timestamp now) {
    return hop.expires ? *hop.expires + limits::mandate_skew : now + limits::mandate_kept;
}

/// Over what the issuer signed: the disclosures that an agent chooses to show, or another encoding of the signature,
/// do not make it another mandate.
Digest key_of(Hop const& hop, std::string_view purpose) {
    crypto::Sha256 hash;
    constexpr std::string_view separator("\0", 1);
    hash.update("b2a/mandate/1").update(separator).update(purpose).update(separator);
    return hash.update(hop.token.jws.signing_input).finish();
}

Draw use_of(Hop const& hop, std::string_view purpose, std::int64_t cap, Timestamp expires) {
    return {key_of(hop, purpose), std::string(draw_prefix) + std::string(purpose), 1, cap, expires};
}

/// The disclosed entries of a list; none, or too many, is a fault.
Checked<std::vector<Value const*>> revealed(Value const& constraint, char const* name) {
    auto const* list = member_of(constraint, name);
    if (list == nullptr || !list->is_array() || list->size() > limits::mandate_choices_max)
        return unresolved(std::string("a constraint without a usable list \"") + name + '"');
    std::vector<Value const*> out;
    for (auto const& entry : *list)
        if (!is_undisclosed(entry)) out.push_back(&entry);
    if (out.empty()) return unresolved(std::string("nothing of \"") + name + "\" is disclosed");
    return out;
}

/// By id where there is one. A merchant without is known by its site, which is ours or not: nothing that an agent says
/// about itself takes part.
bool names_us(Value const& entry, Merchant const& us) {
    if (auto const* id = member_of(entry, "id")) return text_in(entry, "id") == us.id && id->is_string();
    auto site = to_ascii_lower(text_in(entry, "website").value_or(""));
    if (site.ends_with('/')) site.pop_back();
    return !site.empty() && site == to_ascii_lower(us.origin);
}

Outcome check_merchants(Value const& constraint, Evaluation& evaluation) {
    auto const allowed = revealed(constraint, "allowed");
    if (!allowed) return allowed.refusal();
    auto const& us = evaluation.expected.merchant;
    if (std::ranges::any_of(*allowed, [&](Value const* entry) { return names_us(*entry, us); })) return std::nullopt;
    return Refusal{Fault::merchant, "the mandate is not for this merchant"};
}

Checked<Requirement> requirement_of(Value const& entry) {
    // A hidden requirement could be one that is not met.
    if (!entry.is_object() || is_undisclosed(entry) || entry.contains("_sd"))
        return unresolved("a line item requirement is not disclosed");
    auto const quantity = integer_in(entry, "quantity");
    if (!quantity || *quantity < 1 || *quantity > money_minor_max)
        return unresolved("a line item requirement has no quantity");
    auto const choices = revealed(entry, "acceptable_items");
    if (!choices) return choices.refusal();
    Requirement out;
    out.quantity = *quantity;
    for (auto const* choice : *choices)
        if (auto const id = text_in(*choice, "id"); id && !id->empty()) out.acceptable.emplace_back(*id);
    return out;
}

Outcome check_items(Value const& constraint, Evaluation& evaluation) {
    auto const* items = member_of(constraint, "items");
    if (items == nullptr || !items->is_array() || items->empty() || items->size() > limits::checkout_lines_max)
        return unresolved("checkout.line_items without usable items");
    std::vector<Requirement> requirements;
    for (auto const& entry : *items) {
        auto requirement = requirement_of(entry);
        if (!requirement) return requirement.refusal();
        requirements.push_back(*std::move(requirement));
    }
    if (fulfils(evaluation.expected.purchase.items, requirements)) return std::nullopt;
    return Refusal{Fault::items, "the items are not those that the mandate is for"};
}

Outcome check_amount(Value const& constraint, Evaluation& evaluation) {
    auto const max = integer_in(constraint, "max");
    auto const min = integer_in(constraint, "min");
    auto const currency = text_in(constraint, "currency");
    if (!max || !currency || (!min && member_of(constraint, "min") != nullptr))
        return unresolved("payment.amount_range needs a currency and integers in its minor unit");
    auto const& total = evaluation.expected.purchase.total;
    if (*currency != total.currency.code()) return Refusal{Fault::amount, "the mandate is in another currency"};
    if (total.minor > *max || total.minor < min.value_or(0))
        return Refusal{Fault::amount, "the total is outside of what the mandate allows"};
    return std::nullopt;
}

/// Its maximum is in major units (AP2's schema says so), as a JSON number; more digits than the currency has are
/// refused.
Checked<Money> budget_of(Value const& constraint) {
    auto const* max = member_of(constraint, "max");
    auto const currency = Currency::parse(text_in(constraint, "currency").value_or(""));
    if (max == nullptr || !max->is_number() || !currency)
        return unresolved("payment.budget needs a number and a currency");
    auto const text = json::canonical_es(*max);
    auto amount = text ? parse_money(*text, *currency) : Result<Money>(Error(Code::invalid_request));
    if (!amount || amount->minor < 0) return unresolved("payment.budget has an amount that the currency does not");
    return *amount;
}

Outcome check_budget(Value const& constraint, Evaluation& evaluation) {
    auto const budget = budget_of(constraint);
    if (!budget) return budget.refusal();
    auto const& total = evaluation.expected.purchase.total;
    if (budget->currency != total.currency)
        return Refusal{Fault::amount, "the mandate's budget is in another currency"};
    if (total.minor > budget->minor) return Refusal{Fault::amount, "the total is over the mandate's budget"};
    if (total.minor == 0) return std::nullopt;
    auto draw = use_of(evaluation.hop(), "budget", budget->minor, end_of(evaluation.hop(), evaluation.expected.now));
    draw.amount = total.minor;
    evaluation.draws.push_back(std::move(draw));
    return std::nullopt;
}

Outcome check_recurrence(Value const& constraint, Evaluation& evaluation) {
    auto const frequency = frequency_from_text(text_in(constraint, "frequency").value_or(""));
    if (!frequency) return unresolved("payment.agent_recurrence has a frequency that is unknown here");
    auto const& hop = evaluation.hop();
    auto const now = evaluation.expected.now;
    if (member_of(constraint, "max_occurrences") != nullptr) {
        auto const count = integer_in(constraint, "max_occurrences");
        if (!count || *count < 0) return unresolved("payment.agent_recurrence: max_occurrences is no count");
        if (*count == 0) return Refusal{Fault::used_up, "the mandate has no occurrences"};
        evaluation.draws.push_back(use_of(hop, "occurrences", *count, end_of(hop, now)));
    }
    if (auto const period = period_at(*frequency, now)) {
        auto draw = use_of(hop, "period", 1, period->end);
        crypto::Sha256 hash;
        draw.key = hash.update(draw.key).update(period->name).finish();
        evaluation.draws.push_back(std::move(draw));
    }
    evaluation.reusable = true;
    return std::nullopt;
}

Outcome check_instruments(Value const& constraint, Evaluation& evaluation) {
    auto const allowed = revealed(constraint, "allowed");
    if (!allowed) return allowed.refusal();
    auto const& id = evaluation.expected.purchase.instrument_id;
    auto const is_it = [&](Value const* entry) { return !id.empty() && text_in(*entry, "id") == id; };
    if (std::ranges::any_of(*allowed, is_it)) return std::nullopt;
    return Refusal{Fault::instrument, "the mandate does not allow this payment instrument"};
}

Outcome check_pisps(Value const&, Evaluation&) {
    return Refusal{Fault::instrument, "no payment initiation service takes part in this payment"};
}

/// Payments here are executed when the checkout completes.
Outcome check_date(Value const& constraint, Evaluation& evaluation) {
    for (auto const* const name : {"not_before", "not_after"}) {
        if (member_of(constraint, name) == nullptr) continue;
        bool const until = name == std::string_view("not_after");
        auto const text = text_in(constraint, name).value_or("");
        // A date alone is the whole day.
        auto const time = text.size() == 10
                              ? from_rfc3339(std::string(text) + (until ? "T23:59:59.999Z" : "T00:00:00Z"))
                              : from_rfc3339(text);
        if (!time) return unresolved(std::string("payment.execution_date: ") + name + " is no date");
        if (until ? evaluation.expected.now > *time : evaluation.expected.now < *time)
            return Refusal{Fault::date, "the payment is outside of the time that the mandate allows"};
    }
    return std::nullopt;
}

/// The digest has to be that of an open mandate which this one stands on.
Outcome check_reference(Value const& constraint, Evaluation& evaluation) {
    auto const wanted = text_in(constraint, "conditional_transaction_id");
    if (!wanted) return unresolved("payment.reference names nothing");
    auto const hash = evaluation.hop().token.hash;
    for (std::size_t i = 0; i < evaluation.index; ++i)
        if (*wanted == digest_of(hash, evaluation.chain.hops[i].token.text)) return std::nullopt;
    return Refusal{Fault::other_checkout, "the mandate refers to another one"};
}

struct Known {
    std::string_view type;
    Outcome (*check)(Value const&, Evaluation&);
};
constexpr std::array<Known, 10> known_constraints{{{"checkout.allowed_merchants", check_merchants},
                                                   {"checkout.line_items", check_items},
                                                   {"payment.agent_recurrence", check_recurrence},
                                                   {"payment.allowed_payees", check_merchants},
                                                   {"payment.allowed_payment_instruments", check_instruments},
                                                   {"payment.allowed_pisps", check_pisps},
                                                   {"payment.amount_range", check_amount},
                                                   {"payment.budget", check_budget},
                                                   {"payment.execution_date", check_date},
                                                   {"payment.reference", check_reference}}};

Outcome check_one(Value const& constraint, Evaluation& evaluation) {
    if (!constraint.is_object() || is_undisclosed(constraint) || constraint.contains("_sd"))
        return unresolved("a constraint of the mandate is not disclosed");
    auto const type = text_in(constraint, "type").value_or("");
    auto const known = std::ranges::find(known_constraints, type, &Known::type);
    if (known == known_constraints.end()) return unresolved("a constraint of the mandate is unknown here");
    return known->check(constraint, evaluation);
}

}  // namespace

Draw single_use(Hop const& hop, Timestamp now) {
    return use_of(hop, "one-time", 1, end_of(hop, now));
}

std::optional<Refusal> check_constraints(Chain const& chain, std::size_t index, Expected const& expected,
                                         std::vector<Draw>& draws) {
    Evaluation evaluation{chain, index, expected, draws};
    auto const* constraints = member_of(evaluation.hop().content, "constraints");
    // An open mandate that constrains nothing would allow everything.
    if (constraints == nullptr || !constraints->is_array() || constraints->empty() ||
        constraints->size() > limits::mandate_constraints_max)
        return unresolved("an open mandate without usable constraints");
    for (auto const& constraint : *constraints)
        if (auto refusal = check_one(constraint, evaluation)) return refusal;
    if (!evaluation.reusable) draws.push_back(single_use(evaluation.hop(), expected.now));
    return std::nullopt;
}

}  // namespace b2a::mandate
