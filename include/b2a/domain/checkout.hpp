// SPDX-License-Identifier: Apache-2.0
// The checkout: one state machine that every protocol shows. All functions are pure; prices, stock, promotions and time
// come in as data. Amounts are signed the way UCP 2026-04-08 has them: discounts are negative.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/id.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/domain/commerce.hpp"
#include "b2a/domain/disclosure.hpp"
#include "b2a/domain/finding.hpp"
#include "b2a/domain/fulfillment.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::domain {

enum class CheckoutStatus : std::uint8_t {
    incomplete,
    requires_escalation,
    ready_for_complete,
    complete_in_progress,
    completed,
    canceled
};
std::string_view to_text(CheckoutStatus status) noexcept;
constexpr bool is_terminal(CheckoutStatus s) noexcept {
    return s == CheckoutStatus::completed || s == CheckoutStatus::canceled;
}

/// Purpose or segment (UCP 2026-08-25: "dev.ucp.consent.marketing", "dev.ucp.consent.marketing.email") → granted.
using Consent = std::map<std::string, bool>;

struct Buyer {
    std::string first_name, last_name, email, phone_number;
    Consent consent;
    friend bool operator==(Buyer const&, Buyer const&) = default;
};

enum class TotalKind : std::uint8_t { subtotal, items_discount, discount, fulfillment, tax, fee, total };
std::string_view to_text(TotalKind kind) noexcept;

struct Total {
    TotalKind kind;
    std::int64_t minor = 0;  // in the checkout's currency; negative for the two discount kinds
    std::string title;
    friend bool operator==(Total const&, Total const&) = default;
};

struct Line {
    std::string id;  // "li_1", stable over updates
    std::string variant_id;
    std::string product_id;
    std::string title;
    std::string image_url;
    std::int64_t quantity = 1;
    std::int64_t unit_minor = 0;
    Delivery delivery = Delivery::physical;
    std::int64_t discount_minor = 0;  // ≤ 0, allocated to this line
    friend bool operator==(Line const&, Line const&) = default;
};

struct AppliedDiscount {
    std::string code;  // as sent; empty: automatic
    std::string title;
    std::int64_t minor = 0;                      // ≥ 0
    std::vector<std::int64_t> line_allocations;  // ≥ 0, one per line; empty: applies to shipping
    std::string eligibility;                     // the claim it rests on
    bool provisional = false;                    // the claim is not attested yet
    std::string promotion_id;
    std::int64_t rate_ppm = 0;  // of a percentage
    std::string attested_by;    // who vouched for the claim
    friend bool operator==(AppliedDiscount const&, AppliedDiscount const&) = default;
};

/// A tax that totals hold, with what it was computed from: base_minor × rate_ppm ÷ 1,000,000, half away from zero.
struct AppliedTax {
    std::string country, region;
    std::int64_t rate_ppm = 0;
    std::int64_t base_minor = 0;
    std::int64_t minor = 0;
    std::string title;
    friend bool operator==(AppliedTax const&, AppliedTax const&) = default;
};

/// A payment instrument as stored and echoed: the credential is used once and never kept.
struct Instrument {
    std::string id;
    std::string handler_id;
    std::string type;
    bool selected = true;
    std::string brand;  // display data
    std::string last_digits;
    friend bool operator==(Instrument const&, Instrument const&) = default;
};

enum class PaymentState : std::uint8_t { none, authorized, declined, requires_action, unknown };

struct Payment {
    std::vector<Instrument> instruments;
    PaymentState state = PaymentState::none;
    std::string reference;  // the handler's, for support
    std::int64_t attempts = 0;
    friend bool operator==(Payment const&, Payment const&) = default;
};

/// What the agent told us about the buyer's situation (UCP context); never used for prices without a rule.
struct Context {
    std::string country, region, postal_code, language, currency, intent;
    std::vector<std::string> eligibility;  // claims, reverse-domain names
    friend bool operator==(Context const&, Context const&) = default;
};

/// Who hears about the order that this becomes: opaque to the domain, read by the protocol that wrote it.
struct Subscription {
    std::string target;   // URL; empty: nobody
    std::string dialect;  // "ucp/2026-08-25"
    friend bool operator==(Subscription const&, Subscription const&) = default;
};

struct Checkout {
    CheckoutId id;
    std::uint64_t version = 0;  // optimistic lock; 0 is "not stored yet"
    std::string owner;          // principal that created it, e.g. the platform profile URL
    CheckoutStatus status = CheckoutStatus::incomplete;
    Currency currency;
    std::vector<Line> lines;
    Buyer buyer;
    Context context;
    std::map<std::string, std::string> attribution;
    std::vector<std::string> discount_codes;  // as sent, in order
    std::vector<AppliedDiscount> discounts;
    Fulfillment fulfillment;
    Payment payment;
    std::vector<Total> totals;
    Findings findings;
    bool approval_required = false;  // set by governance, cleared when the content changes
    Timestamp created{};
    Timestamp expires{};
    std::optional<OrderId> order_id;
    std::uint64_t catalog_revision = 0;  // prices come from it
    Subscription subscription;
    std::optional<CartId> cart_id;  // it was made from this cart
    std::vector<AppliedTax> taxes;
    Disclosures disclosures;           // that every answer about it has to carry
    bool mandate_required = false;     // the session is locked: it completes with the buyer's mandate or not at all
    std::int64_t mandate_strikes = 0;  // completions that had none, or no good one
    /// What a protocol agreed on with its caller and has to repeat in every answer, by protocol ("acp"): opaque here.
    std::map<std::string, std::string> terms;
    friend bool operator==(Checkout const&, Checkout const&) = default;
};

/// What an agent may set; update replaces all of it (UCP: PUT is full replacement).
struct CheckoutContent {
    struct RequestedLine {
        std::string id;  // empty: matched by item
        std::string variant_id;
        std::int64_t quantity = 1;
    };
    std::vector<RequestedLine> lines;
    struct RequestedMethod {
        std::string id;  // empty: matched by kind
        FulfillmentKind kind = FulfillmentKind::shipping;
        std::vector<std::string> line_ids;      // empty: every physical line that no other method names
        std::vector<Destination> destinations;  // shipping only; the brand's locations are not writable
        std::string selected_destination_id;
        std::string selected_option_id;
    };
    Buyer buyer;  // consent: what is named here is set, what is not named stays
    Context context;
    std::map<std::string, std::string> attribution;
    std::vector<std::string> discount_codes;
    std::vector<RequestedMethod> methods;  // of each kind the first counts
    std::vector<Instrument> instruments;
};

/// Facts from the offer store for the variants of a request, fetched before the pure rules run.
struct LineFacts {
    Variant const* variant = nullptr;  // nullptr: unknown id
    Product const* product = nullptr;
    std::optional<std::int64_t> stock;  // live; absent: not tracked, always available
};

struct PricingFacts {
    std::vector<LineFacts> lines;  // parallel to CheckoutContent::lines, or to Checkout::lines for reprice()
    std::vector<Promotion> const* promotions = nullptr;
    std::vector<ShippingMethod> const* shipping = nullptr;
    std::vector<TaxRate> const* taxes = nullptr;
    std::vector<Location> const* locations = nullptr;
    bool claims_attested = false;  // the caller proved who it is, and so vouches for the buyer's claims
    std::uint64_t catalog_revision = 0;
    Timestamp now{};
    std::string attested_by;            // the caller that vouches
    LegalTerms const* legal = nullptr;  // nullptr: the usual ones of the EU
};

/// The currency a request gets: context.currency if every line has an offer in it, else the default.
Currency choose_currency(CheckoutContent const& content, PricingFacts const& facts, Currency fallback);

/// Builds lines, discounts, shipping options, totals, findings and status. Unknown or unpriced items leave the checkout
/// and become findings. A client-sent price has no way in: content carries none. `base.currency` is the fallback of
/// choose_currency(). Errors: when no line at all is left (the protocol then has no resource to show) out_of_stock if
/// stock was the only reason, else not_found, with the first item as pointer; unprocessable for amounts out of range,
/// and selection_rejected with a JSONPath as pointer when a pickup location is selected that is none of ours (UCP
/// 2026-08-25: the checkout stays as it was).
Result<Checkout> apply_content(Checkout base, CheckoutContent const& content, PricingFacts const& facts);

/// Before completion: prices, stock and choices as of now for the stored lines; findings say what changed. A discount
/// that rests on a claim which nobody attested keeps the checkout from being ready (eligibility_invalid), as do a
/// pickup location and items that are gone.
Checkout reprice(Checkout checkout, PricingFacts const& facts);

/// What is named is set, what is not named stays. Errors: unprocessable for more purposes than a checkout keeps.
Result<Consent> merge_consent(Consent stored, Consent const& named);

/// The checkout with the disclosures that its lines need, and those that a policy obliges to.
void disclose(Checkout& checkout, PricingFacts const& facts, Obliged const& obliged = {});

/// Governance wants a person to look at this purchase first: finding and status say so.
Checkout hold_for_approval(Checkout checkout);
/// A person said yes, or no with a reason: the finding and the status of a held checkout.
Checkout approve(Checkout checkout);
Checkout deny_approval(Checkout checkout, std::string const& note);

Money total_of(Checkout const& checkout);
Money amount_of(Checkout const& checkout, TotalKind kind);

/// State machine: may the operation run? An invalid_transition finding if not.
enum class CheckoutAction : std::uint8_t { update, complete, cancel, settle };
std::optional<Finding> forbids(CheckoutStatus status, CheckoutAction action);

}  // namespace b2a::domain
