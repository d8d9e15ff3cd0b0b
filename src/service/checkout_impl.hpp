// SPDX-License-Identifier: Apache-2.0
// What the checkout use-cases share. Each is a coroutine `attempt`: it may end with Code::conflict when another writer
// was faster, and is then run once more from the prefetch on.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "b2a/service/checkout.hpp"

#include "service/committer.hpp"
#include "service/payment_outcome.hpp"
#include "service/refusal.hpp"

namespace b2a::service {

/// A provider's yes (or maybe) for one version of a checkout.
struct Authorisation {
    CheckoutId id;
    std::uint64_t version = 0;
    std::string reference;
};

template <class T>
using Awaitable = boost::asio::awaitable<T>;

struct CheckoutService::Impl {
    explicit Impl(Parts const& p) : parts(p), view(p.catalog), committer(p.store) {}

    // checkout_edit.cpp
    Awaitable<Result<Replied>> create(RequestContext context, CreateCheckout command, CheckoutRenderer render);
    Awaitable<Result<Replied>> update(RequestContext context, UpdateCheckout command, CheckoutRenderer render,
                                      Attempt attempt);
    Awaitable<Result<Replied>> cancel(RequestContext context, CancelCheckout command, CheckoutRenderer render,
                                      Attempt attempt);
    // checkout_complete.cpp
    Awaitable<Result<Replied>> complete(RequestContext context, CompleteCheckout command, CheckoutRenderer render,
                                        Attempt attempt);
    Awaitable<Result<Replied>> hold(RequestContext context, policy::Verdict verdict, domain::Checkout checkout,
                                    CheckoutRenderer render);
    Awaitable<Result<Replied>> ask_review(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                          domain::Checkout checkout, CheckoutRenderer render);
    Awaitable<Result<Replied>> pay(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                   domain::Checkout checkout, CheckoutRenderer render);
    Awaitable<Result<Replied>> sold_out(RequestContext context, policy::Authorized<CompleteCheckout> proof,
                                        Authorisation authorisation, std::string variant_id, CheckoutRenderer render);
    Awaitable<void> give_up(Authorisation authorisation);
    // checkout_settle.cpp
    Awaitable<Result<Replied>> settle(RequestContext context, SettlePayment command, CheckoutRenderer render,
                                      Attempt attempt);

    // checkout_service.cpp
    /// The kept answer of this idempotency key, if there is one.
    Result<std::optional<Replied>> replay(RequestContext const& context);
    /// The checkout as its owner sees it now: not_found for others, canceled once expired.
    Result<domain::Checkout> load(RequestContext const& context, CheckoutId id);
    Result<domain::Checkout> load_any(RequestContext const& context, CheckoutId id);
    Result<CheckoutOutcome> outcome_of(domain::Checkout checkout, domain::Findings notes);
    /// Answers with the checkout as it is; judged and counted as a read.
    Result<Replied> show(RequestContext const& context, domain::Checkout checkout, domain::Finding note,
                         CheckoutRenderer const& render);
    /// The entry of draft.outcome.order, with the commitment to its personal data.
    void add_order_evidence(RequestContext const& context, policy::Verdict const& verdict, Draft& draft);
    /// The draft as one atomic write, rendered.
    struct Write {
        store::StoredReply reply;
        store::ChangeSet changes;
    };
    Write write_of(RequestContext const& context, Draft draft, CheckoutRenderer const& render);
    std::optional<store::IdempotencyWrite> kept(RequestContext const& context, store::StoredReply const& reply) const;

    Parts parts;
    catalog::View view;
    Committer committer;
};

Result<Replied> replied(Result<store::CommitResult> committed, store::StoredReply reply,
                        policy::Verdict const& verdict);

/// Facts that an auditor needs and nobody's privacy suffers from.
void describe(audit::Event& event, domain::Checkout const& checkout);

}  // namespace b2a::service
