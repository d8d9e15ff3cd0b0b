// SPDX-License-Identifier: Apache-2.0
// The checkout use-cases: prefetch → pure rules → policy → ChangeSet → group commit. Protocols pass a command and
// a renderer; the rendered reply is stored with the effect, so that a repeated request gets the same bytes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/checkout_patch.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/mandate/seal.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/service/mandates.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/service/payment_port.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

/// Where a buyer came from, for the brand alone: stored beside the checkout, never shown to an agent, never logged.
/// `body` is the protocol's JSON object.
struct Touchpoint {
    std::string body;
};

struct CreateCheckout {
    domain::CheckoutContent content;
    /// Conversion: the cart's content wins; an unfinished checkout of the same cart is answered instead of a second
    /// one.
    std::optional<CartId> cart_id;
    domain::Subscription subscription;
    bool mandates = false;                          // agreed on: from now on it completes with a mandate only
    std::map<std::string, std::string> terms = {};  // domain::Checkout::terms
    /// The caller's name for the conversation that this belongs to; empty: none. in_conversation() finds it again.
    std::string conversation = {};
    std::optional<Touchpoint> touchpoint = {};  // the first
};
struct UpdateCheckout {
    CheckoutId id;
    domain::CheckoutContent content;  // replaces everything, unless there is a `patch`
    std::optional<domain::ContentPatch> patch = {};
    domain::Subscription subscription;
    bool mandates = false;
    std::optional<std::uint64_t> if_version = {};  // the checkout has to be the one that the caller saw
};
struct CompleteCheckout {
    CheckoutId id;
    domain::Consent consent;  // as with update
    domain::Subscription subscription;
    domain::Instrument instrument;  // echoed without the credential
    std::string credential_type;
    std::string credential;  // used once
    MandateClaim mandate;
    std::optional<domain::Buyer> buyer = {};            // names what is to change about the buyer before paying
    std::optional<Authentication> authentication = {};  // how the buyer's authentication went
    std::optional<Touchpoint> touchpoint = {};          // the last
    std::optional<std::uint64_t> if_version = {};
};
struct CancelCheckout {
    CheckoutId id;
    std::optional<Touchpoint> intent_trace = {};  // why, for the brand alone
    std::optional<std::uint64_t> if_version = {};
};
/// The payment provider's late word on a payment whose outcome was unknown.
struct SettlePayment {
    CheckoutId id;
    PaymentOutcome outcome = PaymentOutcome::approved;
};

/// What a renderer sees. `notes` are findings about this call only (an illegal transition leaves the checkout as is).
struct CheckoutOutcome {
    domain::Checkout checkout;
    domain::Findings notes;
    std::optional<domain::Order> order;
    bool created = false;
    std::optional<mandate::Receipt> receipt = {};  // for the mandate that came with this call
};

using CheckoutRenderer = std::function<store::StoredReply(CheckoutOutcome const&)>;

struct Replied {
    store::StoredReply reply;
    std::optional<std::uint64_t> audit_seq;  // of the entry made; absent on a replay or when nothing changed
    bool replayed = false;
    std::string decision;  // for the log line
};

/// Errors of all: policy_denied / needs_approval / rate_limited (with decision id), not_found, idempotency_conflict,
/// conflict (after one retry; with the reason "version_changed" where `if_version` is another one),
/// unprocessable (no line left), overloaded, store_unavailable. A completion that lacks a good mandate where one is
/// needed is no Error: nothing is charged, the answer's findings say what is wrong, and the third of them cancels the
/// checkout. needs_approval on complete is not an Error: the checkout becomes requires_escalation with an
/// approval_required finding. A selection_rejected on update is none either: the unchanged checkout is answered with
/// that finding. not_found for `cart_id` has "/cart_id" as pointer. `created` in an outcome is false when conversion
/// found an unfinished checkout. An order's notices are in its transaction.
class CheckoutService {
  public:
    struct Parts {
        catalog::Holder const& catalog;
        store::Store& store;
        store::Reader& reader;
        Governance& governance;
        PaymentPort& payments;
        OrderNotices const& notices;
        Random& random;
        Currency default_currency;
    };
    explicit CheckoutService(Parts parts);
    ~CheckoutService();

    boost::asio::awaitable<Result<Replied>> create(RequestContext context, CreateCheckout command,
                                                   CheckoutRenderer render);
    boost::asio::awaitable<Result<Replied>> update(RequestContext context, UpdateCheckout command,
                                                   CheckoutRenderer render);
    boost::asio::awaitable<Result<Replied>> complete(RequestContext context, CompleteCheckout command,
                                                     CheckoutRenderer render);
    boost::asio::awaitable<Result<Replied>> cancel(RequestContext context, CancelCheckout command,
                                                   CheckoutRenderer render);
    boost::asio::awaitable<Result<Replied>> settle(RequestContext context, SettlePayment command,
                                                   CheckoutRenderer render);
    /// Owner only; an expired checkout reads as canceled.
    Result<CheckoutOutcome> get(RequestContext const& context, CheckoutId id);
    /// The checkout that was created last in a conversation of this caller; nullopt if there is none.
    Result<std::optional<CheckoutId>> in_conversation(RequestContext const& context, std::string const& conversation);
    /// For the page that a person continues on: whoever holds the unguessable id may look, owner or not.
    Result<CheckoutOutcome> hand_off(RequestContext const& context, CheckoutId id);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
