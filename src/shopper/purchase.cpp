// SPDX-License-Identifier: Apache-2.0
#include "shopper/purchase.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "b2a/base/limits.hpp"
#include "b2a/base/time.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/message.hpp"

#include "shopper/answer.hpp"
#include "shopper/receipt.hpp"

namespace b2a::shopper {
namespace {

std::string cart_body(Errand const& errand, Currency currency) {
    std::string body;
    json::Writer out(body);
    out.begin_object().key("items").begin_array();
    for (auto const& item : errand.items)
        out.begin_object().member("variant_id", item.variant_id).member("quantity", item.quantity).end_object();
    out.end_array().key("context").begin_object().member("currency", currency.code()).end_object().end_object();
    return body;
}

std::string checkout_body(std::string const& cart, Household const& household) {
    std::string body;
    json::Writer out(body);
    auto const& [first_name, last_name, email] = household.buyer;
    auto const& to = household.ship_to;
    out.begin_object().member("cart_id", cart).key("buyer").begin_object();
    out.member_if("first_name", first_name).member_if("last_name", last_name).member("email", email).end_object();
    out.key("ship_to").begin_object().member("street_address", to.street_address);
    out.member("address_locality", to.address_locality).member_if("address_region", to.address_region);
    out.member_if("postal_code", to.postal_code).member("address_country", to.address_country);
    out.end_object().end_object();
    return body;
}

std::string payment_body(std::string const& handler, std::string const& token) {
    std::string body;
    json::Writer out(body);
    out.begin_object().key("payment").begin_object().member("handler_id", handler).member("token", token);
    out.end_object().end_object();
    return body;
}

/// Lines as items. In an order a quantity is an object.
Result<std::vector<Item>> items_of(json::View document) {
    std::vector<Item> out;
    B2A_CHECK(each_at(document, {"line_items"}, [&](json::View line) -> Result<void> {
        auto const plain = integer_at(line, {"quantity"});
        auto const quantity = plain ? plain : integer_at(line, {"quantity", "ordered"});
        auto id = text_at(line, {"variant_id"});
        if (id.empty() || !quantity || *quantity < 1 || *quantity > limits::line_quantity_max)
            return misbehaved("a line without an item or a quantity");
        out.push_back({std::move(id), *quantity});
        return {};
    }));
    return std::move(out);
}

Result<void> expect_items(json::View document, Errand const& errand, std::string_view what) {
    B2A_TRY(items, items_of(document));
    auto sorted = merged(items);
    auto wanted = errand.items;
    std::ranges::sort(sorted, {}, &Item::variant_id);
    std::ranges::sort(wanted, {}, &Item::variant_id);
    if (sorted != wanted) return misbehaved(fmt::format("the {} holds other items than were put into it", what));
    return {};
}

/// Errors come as messages of a good answer: the first one says why it cannot be bought.
std::string first_message(json::View document) {
    std::string out;
    auto const read = each_at(document, {"messages"}, [&](json::View message) -> Result<void> {
        if (out.empty()) out = fmt::format("{} ({})", text_at(message, {"text"}), text_at(message, {"code"}));
        return {};
    });
    return read.ok() ? out : std::string();
}

struct Delivery {
    std::string id;
    std::string title;
    Money price;
    std::string latest;
};

/// By when it is there, as the option promises; RFC 3339, of which the day counts.
bool in_time(Delivery const& delivery, std::optional<Day> needed_by) {
    if (!needed_by) return true;
    auto const latest = from_rfc3339(delivery.latest);
    return latest && *latest < std::chrono::sys_days(*needed_by) + std::chrono::days(1);
}

/// The cheapest option in time, then the first by id; nullopt for goods that are not sent.
Result<std::optional<Delivery>> choose_delivery(json::View checkout, std::optional<Day> needed_by) {
    std::optional<Delivery> best;
    bool any = false;
    B2A_CHECK(each_at(checkout, {"fulfillment", "methods"}, [&](json::View method) -> Result<void> {
        if (text_at(method, {"kind"}) != "shipping") return {};
        return each_at(method, {"options"}, [&](json::View option) -> Result<void> {
            auto const price = money_at(option, {"price"});
            if (!price) return misbehaved("a delivery without a price");
            Delivery one{text_at(option, {"id"}), text_at(option, {"title"}), *price, text_at(option, {"latest"})};
            any = true;
            auto const rank = [](Delivery const& d) { return std::pair(d.price.minor, d.id); };
            if (in_time(one, needed_by) && (!best || rank(one) < rank(*best))) best = std::move(one);
            return {};
        });
    }));
    if (any && !best) return unreachable("no delivery arrives by " + to_text(needed_by.value_or(Day{})));
    return std::move(best);
}

std::string selected_delivery(json::View checkout) {
    std::string out;
    auto const read = each_at(checkout, {"fulfillment", "methods"}, [&](json::View method) -> Result<void> {
        if (out.empty()) out = text_at(method, {"selected_option_id"});
        return {};
    });
    return read.ok() ? out : std::string();
}

std::string delivery_body(std::string const& option) {
    std::string body;
    json::Writer out(body);
    out.begin_object().key("selected_fulfillment_options").begin_array();
    out.begin_object().member("option_id", option).end_object().end_array().end_object();
    return body;
}

/// The first handler that takes a token.
std::string payment_handler(json::View checkout) {
    std::string out;
    auto const read = each_at(checkout, {"payment", "handlers"}, [&](json::View handler) -> Result<void> {
        return each_at(handler, {"credential_types"}, [&](json::View type) -> Result<void> {
            if (out.empty() && type.as_string() == std::optional<std::string_view>("token"))
                out = text_at(handler, {"id"});
            return {};
        });
    });
    return read.ok() ? out : std::string();
}

/// An id of the gateway's as a path segment.
std::string segment(std::string const& id) {
    return web::percent_encode(id);
}

/// The checkout, ready to be paid and as agreed; else why not.
Result<Answer> prepare(Gateway& gateway, Household const& household, Errand const& errand, Report& report) {
    B2A_TRY(cart, gateway.post("/b2a/v1/carts", cart_body(errand, household.currency)));
    B2A_CHECK(expect_items(cart.root, errand, "cart"));
    B2A_TRY(begun, gateway.post("/b2a/v1/checkouts", checkout_body(text_at(cart.root, {"id"}), household)));
    auto answer = std::move(begun);
    B2A_TRY(delivery, choose_delivery(answer.root, errand.needed_by));
    auto const path = "/b2a/v1/checkouts/" + segment(text_at(answer.root, {"id"}));
    if (delivery && delivery->id != selected_delivery(answer.root)) {
        B2A_TRY(changed, gateway.patch(path, delivery_body(delivery->id)));
        answer = std::move(changed);
    }
    if (delivery)
        report.step(fmt::format("delivery: {} for {}, there by {}", delivery->title, to_text(delivery->price),
                                delivery->latest.substr(0, 10)));
    B2A_CHECK(expect_items(answer.root, errand, "checkout"));
    if (delivery && selected_delivery(answer.root) != delivery->id)
        return misbehaved("the checkout keeps another delivery than was chosen");
    if (text_at(answer.root, {"status"}) != "ready_for_complete")
        return unreachable("the checkout cannot be paid: " + first_message(answer.root));
    return std::move(answer);
}

Result<Money> agree_total(json::View checkout, Errand const& errand) {
    auto const total = money_at(checkout, {"totals", "total"});
    if (!total) return misbehaved("a checkout without a total");
    if (errand.budget && total->currency != errand.budget->currency)
        return misbehaved("the checkout is in another currency");
    if (errand.budget && total->minor > errand.budget->minor)
        return unreachable(fmt::format("{} with delivery and taxes is more than the budget of {}", to_text(*total),
                                       to_text(*errand.budget)));
    return *total;
}

/// Waits until a checkpoint covers the order, and checks everything that the log says of it.
Result<VerifiedReceipt> fetch_receipt(Gateway& gateway, ExpectedOrder const& order) {
    auto const path = "/audit/receipts/" + segment(order.id);
    for (int attempt = 0; attempt < limits::shopper_receipt_attempts_max; ++attempt) {
        B2A_TRY(text, gateway.document(path));
        if (!text) {
            gateway.pause(limits::shopper_receipt_pause);
            continue;
        }
        B2A_TRY(receipt, verify_receipt(*text, gateway.log_key(), order));
        auto const& before = gateway.first_checkpoint();
        if (!before) return std::move(receipt);
        auto const& after = receipt.checkpoint;
        std::optional<std::string> proof(std::string{});
        if (before->size > 0 && before->size < after.size) {
            B2A_TRY(told, gateway.document(fmt::format("/audit/consistency?from={}&to={}", before->size, after.size)));
            proof = std::move(told);
        }
        if (!proof || !continues(*proof, *before, after))
            return misbehaved("the log does not continue the one that was there before the purchase");
        return std::move(receipt);
    }
    return misbehaved("there is no receipt for the order");
}

}  // namespace

std::vector<Item> merged(std::vector<Item> const& items) {
    std::vector<Item> out;
    for (auto const& item : items) {
        auto const known = std::ranges::find(out, item.variant_id, &Item::variant_id);
        if (known == out.end()) out.push_back(item);
        else known->quantity += item.quantity;
    }
    return out;
}

Result<PlacedOrder> buy(Gateway& gateway, Household const& household, Errand const& wanted, Report& report) {
    auto errand = wanted;
    errand.items = merged(wanted.items);
    if (errand.items.empty()) return unreachable("there is nothing to buy");
    B2A_TRY(checkout, prepare(gateway, household, errand, report));
    B2A_TRY(total, agree_total(checkout.root, errand));
    auto const checkout_id = text_at(checkout.root, {"id"});
    report.step(fmt::format("checkout {}: {} with delivery and taxes", checkout_id, to_text(total)));

    auto const handler = payment_handler(checkout.root);
    if (handler.empty()) return unreachable("no payment handler takes a token");
    B2A_TRY(done, gateway.post("/b2a/v1/checkouts/" + segment(checkout_id) + "/complete",
                               payment_body(handler, household.payment_token), "b2a-shopper-" + checkout_id));
    auto const order_id = text_at(done.root, {"order", "id"});
    if (text_at(done.root, {"status"}) != "completed" || order_id.empty())
        return unreachable("the payment did not lead to an order: " + first_message(done.root));

    B2A_TRY(order, gateway.get("/b2a/v1/orders/" + segment(order_id)));
    B2A_CHECK(expect_items(order.root, errand, "order"));
    if (money_at(order.root, {"totals", "total"}) != std::optional(total))
        return misbehaved("the order costs something else than the checkout");
    B2A_TRY(receipt, fetch_receipt(gateway, {order_id, total}));
    report.goal(fmt::format("ordered at {}: {}, {}", gateway.title(), order_id, to_text(total)));
    report.detail(fmt::format("receipt: entry {}#{} is in the signed tree of size {}{}: proof verified",
                              receipt.checkpoint.origin, receipt.index, receipt.checkpoint.size,
                              gateway.key_is_pinned() ? "" : ", key as the gateway shows it"));
    return PlacedOrder{order_id, total, receipt.index};
}

}  // namespace b2a::shopper
