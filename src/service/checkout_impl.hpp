// SPDX-License-Identifier: Apache-2.0
// What the checkout use-cases share. Each is a coroutine `attempt`: it may end with Code::conflict when another writer
// was faster, and is then run once more from the prefetch on.
#pragma once

#include <optional>
#include <variant>

#include "b2a/service/checkout.hpp"

#include "service/approvals.hpp"
#include "service/committer.hpp"
#include "service/evidence.hpp"
#include "service/mandate_check.hpp"
#include "service/payment_outcome.hpp"
#include "service/refusal.hpp"
#include "service/replies.hpp"

namespace b2a::service {

/// A provider's yes (or maybe) for one version of a checkout.
struct Authorisation {
    CheckoutId id;
    std::uint64_t version = 0;
    std::string reference;
};

struct CheckoutService::Impl {
    explicit Impl(Parts const& p) : parts(p), view(p.catalog), committer(p.store) {}

    // checkout_edit.cpp
    Awaitable<Result<Replied>> create(RequestContext context, CreateCheckout command, CheckoutRenderer render,
                                      Attempt attempt);
    Awaitable<Result<Replied>> update(RequestContext context, UpdateCheckout command, CheckoutRenderer render,
                                      Attempt attempt);
    Awaitable<Result<Replied>> cancel(RequestContext context, CancelCheckout command, CheckoutRenderer render,
                                      Attempt attempt);
    // checkout_complete.cpp
    Awaitable<Result<Replied>> complete(RequestContext context, CompleteCheckout command, CheckoutRenderer render,
                                        Attempt attempt);
    /// With what a completion still says about buyer, consent and subscription: it may be what was missing.
    Result<domain::Checkout> with_last_words(domain::Checkout checkout, CompleteCheckout const& command,
                                             RequestContext const& context);
    /// What a rule that wants a person leads to: the question asked, still open, or answered with no.
    Awaitable<Result<Replied>> hold(RequestContext context, policy::Verdict verdict, Question question,
                                    domain::Checkout checkout, CheckoutRenderer render);
    Awaitable<Result<Replied>> ask_review(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                          domain::Checkout checkout, CheckoutRenderer render);
    Awaitable<Result<Replied>> pay(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                   Question question, domain::Checkout checkout, MandateCheck check,
                                   CheckoutRenderer render);
    Awaitable<Result<Replied>> used_up(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                       Authorisation authorisation, std::string limit, CheckoutRenderer render);
    Awaitable<Result<Replied>> sold_out(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                        Authorisation authorisation, std::string variant_id, CheckoutRenderer render);
    /// The checkout whose authorised completion did not commit, if its version still stands; else the authorisation is
    /// given back, and the error is conflict.
    Awaitable<Result<domain::Checkout>> left_behind(RequestContext context, Authorisation authorisation);
    Awaitable<void> give_up(Authorisation authorisation);
    // checkout_mandate.cpp
    Awaitable<Result<Replied>> refuse_mandate(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                              domain::Checkout checkout, MandateCheck check, CheckoutRenderer render);
    Awaitable<Result<Replied>> mandate_spent(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                             Authorisation authorisation, MandateCheck check, CheckoutRenderer render);
    // checkout_settle.cpp
    Awaitable<Result<Replied>> settle(RequestContext context, SettlePayment command, CheckoutRenderer render,
                                      Attempt attempt);

    // checkout_service.cpp
    /// How a command on a stored checkout begins: with the checkout, or with an answer, because one is kept for the key
    /// or because the state forbids the action.
    using Opened = std::variant<domain::Checkout, Replied>;
    Result<Opened> open(RequestContext const& context, CheckoutId id, domain::CheckoutAction action,
                        CheckoutRenderer const& render);
    /// The checkout as its owner sees it now: not_found for others, canceled once expired.
    Result<domain::Checkout> load(RequestContext const& context, CheckoutId id);
    Result<domain::Checkout> load_any(RequestContext const& context, CheckoutId id);
    Result<CheckoutOutcome> outcome_of(domain::Checkout checkout, domain::Findings notes);
    /// Answers with the checkout as it is; judged and counted as a read.
    Result<Replied> show(RequestContext const& context, domain::Checkout checkout, domain::Findings notes,
                         CheckoutRenderer const& render);
    /// The unfinished checkout that was made from `cart` before, if there is one.
    Result<std::optional<domain::Checkout>> converted(RequestContext const& context, domain::Cart const& cart);
    /// The entry of draft.outcome.order, with the commitment to its personal data.
    void add_order_evidence(RequestContext const& context, policy::Verdict const& verdict, Draft& draft);
    /// The draft as one atomic write, rendered.
    struct Write {
        store::StoredReply reply;
        store::ChangeSet changes;
    };
    Write write_of(RequestContext const& context, Draft draft, CheckoutRenderer const& render);

    Parts parts;
    catalog::View view;
    Committer committer;
};

}  // namespace b2a::service
