// SPDX-License-Identifier: Apache-2.0
// Operations that only a conversation has: its checkout is built up item by item. They are rows without a path and
// without a tool, so that neither REST nor MCP offers them; what they lead to is the service's update, as with any
// other change.
#include <algorithm>

#include "answers.hpp"
#include "operations.hpp"

namespace b2a::protocol::ucp {
namespace {

using web::Response;

constexpr Entry proven{Capability::checkout, true};

constexpr Operation table[] = {
    {"add_to_checkout",
     "ucp.add_to_checkout",
     web::Method::other,
     {},
     "item",
     "checkout.add",
     proven,
     BodyRule::required,
     &Operations::add_to_checkout},
    {"remove_from_checkout",
     "ucp.remove_from_checkout",
     web::Method::other,
     {},
     "item",
     "checkout.remove",
     proven,
     BodyRule::required,
     &Operations::remove_from_checkout},
    {"change_checkout",
     "ucp.change_checkout",
     web::Method::other,
     {},
     "checkout",
     "checkout.change",
     proven,
     BodyRule::required,
     &Operations::change_checkout},
};

/// The variant that is meant. A product that comes in one form only is that form; of several the caller has to choose.
/// What is not known here stays as it is: the rules say what becomes of it.
Result<std::string> variant_of(Call const& call, Deps const& deps, NamedItem const& item) {
    if (!item.variant_id.empty()) return item.variant_id;
    auto const view = deps.catalog.product(call.context, item.product_id);
    if (!view && view.error().code == Code::not_found) return item.product_id;
    if (!view) return view.error();
    auto const& variants = view->snapshot->product_at(view->product_index).variants;
    if (view->variant_index || variants.size() == 1) {
        bool const named = std::ranges::find(variants, item.product_id, &domain::Variant::id) != variants.end();
        return named ? item.product_id : variants.front().id;
    }
    std::string choice;
    for (auto const& variant : variants) choice += (choice.empty() ? "" : ", ") + variant.id;
    return Error(Code::selection_rejected, "Say which variant is wanted, as variant_id: " + choice + ".",
                 "$.product_id");
}

/// True if the conversation has a checkout that can still be added to.
Result<bool> is_open(Call const& call, Deps const& deps) {
    if (call.id.empty()) return false;
    B2A_TRY(id, parse_checkout_id(call.id));
    B2A_TRY(outcome, deps.checkouts.get(call.context, id));
    return !domain::is_terminal(outcome.checkout.status);
}

/// The lines without what `item` names; `found` says whether there was such a line.
std::vector<domain::CheckoutContent::RequestedLine> without(domain::Checkout const& checkout, NamedItem const& item,
                                                            bool& found) {
    auto lines = domain::requested_content(checkout).lines;
    auto const hit = std::ranges::find_if(checkout.lines, [&](domain::Line const& line) {
        return line.id == item.line_id || line.variant_id == item.variant_id || line.product_id == item.product_id;
    });
    found = hit != checkout.lines.end();
    if (!found) return lines;
    auto const line = lines.begin() + (hit - checkout.lines.begin());
    if (item.quantity && *item.quantity < line->quantity) line->quantity -= *item.quantity;
    else lines.erase(line);
    return lines;
}

/// To take out what is not there changes nothing, and the answer says so.
service::CheckoutRenderer remarking(service::CheckoutRenderer render) {
    return [render = std::move(render)](service::CheckoutOutcome const& outcome) {
        auto remarked = outcome;
        remarked.notes.push_back({domain::FindingCode::selection_rejected, domain::Severity::recoverable,
                                  "$.line_items", "There is no such item in the checkout."});
        return render(remarked);
    };
}

}  // namespace

Operation const* find_conversation_operation(std::string_view name) noexcept {
    auto const found = std::ranges::find(table, name, &Operation::name);
    return found == std::end(table) ? find_operation(name) : &*found;
}

Operations::Waiting Operations::add_to_checkout(Call call, Response& response) {
    auto const item = parse_item(call.body);
    if (!item) co_return fail(call, item.error(), response);
    auto const variant = variant_of(call, deps_, *item);
    if (!variant) co_return refuse_checkout(call, deps_, variant.error(), response);
    auto const open = is_open(call, deps_);
    if (!open) co_return fail(call, open.error(), response);
    domain::CheckoutContent::RequestedLine const line{{}, *variant, item->quantity.value_or(1)};
    auto const render = checkout_renderer(call, deps_);
    bool const mandates = call.terms->has(Capability::ap2_mandate);
    if (*open) {
        service::UpdateCheckout command;
        command.id = *CheckoutId::parse(call.id);
        command.patch.emplace().add.push_back(line);
        command.subscription = subscription(*call.terms);
        command.mandates = mandates;
        auto const replied = co_await deps_.checkouts.update(call.context, command, render);
        co_return answer(call, deps_.site, replied, response);
    }
    service::CreateCheckout command;
    command.content.lines.push_back(line);
    command.content.context.language = call.language;
    command.subscription = subscription(*call.terms);
    command.mandates = mandates;
    command.conversation = call.conversation;
    auto const replied = co_await deps_.checkouts.create(call.context, command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::remove_from_checkout(Call call, Response& response) {
    auto const item = parse_item(call.body);
    if (!item) co_return fail(call, item.error(), response);
    auto const id = parse_checkout_id(call.id);
    if (!id) co_return fail(call, id.error(), response);
    auto const shown = deps_.checkouts.get(call.context, *id);
    if (!shown) co_return fail(call, shown.error(), response);
    bool found = false;
    service::UpdateCheckout command;
    command.id = *id;
    command.patch.emplace().lines = without(shown->checkout, *item, found);
    command.subscription = subscription(*call.terms);
    auto render = checkout_renderer(call, deps_);
    if (!found) render = remarking(std::move(render));
    auto const replied = co_await deps_.checkouts.update(call.context, command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::change_checkout(Call call, Response& response) {
    Payload const payload{call.body, *call.terms, call.language};
    auto const command = parse_change(payload, call.id);
    if (!command) co_return refuse_checkout(call, deps_, command.error(), response);
    auto const render = checkout_renderer(call, deps_);
    auto const replied = co_await deps_.checkouts.update(call.context, *command, render);
    answer(call, deps_.site, replied, response);
}

}  // namespace b2a::protocol::ucp
