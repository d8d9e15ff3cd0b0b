// SPDX-License-Identifier: Apache-2.0
// Carts, checkouts and orders: parse, one call, render. Replies are rendered before the commit, because a repeated
// request gets the stored bytes.
#include <algorithm>

#include "b2a/protocol/body.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/web/problem.hpp"

#include "answers.hpp"
#include "parse_commerce.hpp"
#include "render_commerce.hpp"

namespace b2a::protocol::native {
namespace {

using web::Request;
using web::Response;

store::StoredReply stored(bool created, std::string body) {
    return {created ? 201 : 200, std::string(web::json_type), std::move(body)};
}

/// The last look before the bytes are kept and sent.
store::StoredReply checked(std::string_view operation, domain::Disclosures const& required, Site const& site,
                           store::StoredReply reply) {
    if (may_leave(operation, reply.body, required, site, write_disclosure)) return reply;
    Response response;
    web::render_problem(undisclosed_error(), response);
    return {response.status, std::string(web::problem_type), std::move(response.body)};
}

/// What a change says, read from the request. The document only has to live until the command stands.
template <class Command>
Result<Command> read(Request const& request, Result<Command> (*parse)(json::View)) {
    thread_local json::Document document;
    B2A_TRY(body, read_body(request, document));
    return parse(body);
}

template <class Id>
Result<Id> addressed(Request const& request, std::string_view what) {
    auto const id = Id::parse(request.param("id"));
    if (!id) return Error(Code::not_found, "no such " + std::string(what), std::string(request.param("id")));
    return *id;
}

/// The command with what the path and the fields say.
template <class Command>
Result<Command> aimed(Request const& request, std::string_view what, Result<Command> command) {
    if (!command) return command;
    B2A_TRY(id, addressed<decltype(command->id)>(request, what));
    B2A_TRY(version, parse_if_match(request));
    command->id = id;
    command->if_version = version;
    return command;
}

/// A handler we never offered, or a credential that it does not take, never reaches a payment provider.
std::optional<domain::Finding> refuse_payment(service::CompleteCheckout const& command,
                                              std::vector<service::HandlerInfo> const& handlers) {
    auto const refusal = [](std::string_view path, std::string content) {
        return domain::Finding{domain::FindingCode::payment_failed, domain::Severity::recoverable,
                               "$.payment" + std::string(path), std::move(content)};
    };
    auto const handler = std::ranges::find(handlers, command.instrument.handler_id, &service::HandlerInfo::id);
    if (handler == handlers.end())
        return refusal(".handler_id", "The payment handler is none of those in payment.handlers.");
    auto const& types = handler->credential_types;
    if (std::ranges::find(types, command.credential_type) == types.end())
        return refusal(".credential_type", "This handler takes its own credential_types only; card data is refused.");
    return std::nullopt;
}

std::string tag_of(std::uint64_t version) {
    return '"' + std::to_string(version) + '"';
}

}  // namespace

service::CartRenderer Operations::cart_renderer() const {
    return [&site = deps_.site](service::CartOutcome const& outcome) {
        return checked("native.cart", outcome.cart.disclosures, site,
                       stored(outcome.created, render_cart(outcome, site)));
    };
}

service::CheckoutRenderer Operations::checkout_renderer() const {
    return [&site = deps_.site, &handlers = deps_.payments.handlers()](service::CheckoutOutcome const& outcome) {
        return checked("native.checkout", outcome.checkout.disclosures, site,
                       stored(outcome.created, render_checkout(outcome, {site, handlers})));
    };
}

void Operations::get_cart(Request const& request, Context const& context, Response& response) {
    auto const id = addressed<CartId>(request, "cart");
    if (!id) return fail(request, id.error(), response);
    auto const outcome = deps_.carts.get(context, *id);
    if (!outcome) return fail(request, outcome.error(), response);
    response.body = render_cart(*outcome, deps_.site);
    if (!may_leave("native.get_cart", response.body, outcome->cart.disclosures, deps_.site, write_disclosure))
        return fail(request, undisclosed_error(), response);
    response.header("ETag", tag_of(outcome->cart.version));
    finish_private(request, "native.get_cart", context, response);
}

void Operations::get_checkout(Request const& request, Context const& context, Response& response) {
    auto const id = addressed<CheckoutId>(request, "checkout");
    if (!id) return fail(request, id.error(), response);
    auto const outcome = deps_.checkouts.get(context, *id);
    if (!outcome) return fail(request, outcome.error(), response);
    response.body = render_checkout(*outcome, {deps_.site, deps_.payments.handlers()});
    if (!may_leave("native.get_checkout", response.body, outcome->checkout.disclosures, deps_.site, write_disclosure))
        return fail(request, undisclosed_error(), response);
    response.header("ETag", tag_of(outcome->checkout.version));
    finish_private(request, "native.get_checkout", context, response);
}

void Operations::get_order(Request const& request, Context const& context, Response& response) {
    auto const id = addressed<OrderId>(request, "order");
    if (!id) return fail(request, id.error(), response);
    auto const order = deps_.orders.get(context, *id);
    if (!order) return fail(request, order.error(), response);
    response.body = render_order(*order, deps_.site);
    auto const required = domain::current_disclosures(*order);
    if (!may_leave("native.get_order", response.body, required, deps_.site, write_disclosure))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.get_order", context, response);
}

Operations::Waiting Operations::create_cart(Call call, Response& response) {
    auto const command = read(call.request, parse_create_cart);
    if (!command) co_return fail(call.request, command.error(), response);
    auto const render = cart_renderer();
    auto const replied = co_await deps_.carts.create(call.context, *command, render);
    answer(call, "native.create_cart", deps_.site, replied, response);
}

Operations::Waiting Operations::replace_cart(Call call, Response& response) {
    auto const command = aimed(call.request, "cart", read(call.request, parse_replace_cart));
    if (!command) co_return fail(call.request, command.error(), response);
    auto const render = cart_renderer();
    auto const replied = co_await deps_.carts.update(call.context, *command, render);
    answer(call, "native.replace_cart", deps_.site, replied, response);
}

Operations::Waiting Operations::change_cart(Call call, Response& response) {
    auto const command = aimed(call.request, "cart", read(call.request, parse_change_cart));
    if (!command) co_return fail(call.request, command.error(), response);
    auto const render = cart_renderer();
    auto const replied = co_await deps_.carts.update(call.context, *command, render);
    answer(call, "native.change_cart", deps_.site, replied, response);
}

Operations::Waiting Operations::cancel_cart(Call call, Response& response) {
    auto const command = aimed(call.request, "cart", Result<service::CancelCart>(service::CancelCart()));
    if (!command) co_return fail(call.request, command.error(), response);
    auto const render = cart_renderer();
    auto const replied = co_await deps_.carts.cancel(call.context, *command, render);
    answer(call, "native.cancel_cart", deps_.site, replied, response);
}

Operations::Waiting Operations::create_checkout(Call call, Response& response) {
    auto command = read(call.request, parse_create_checkout);
    if (!command) co_return fail_change(call.request, command.error(), response);
    command->conversation = call.conversation;
    auto const render = checkout_renderer();
    auto const replied = co_await deps_.checkouts.create(call.context, *command, render);
    answer(call, "native.create_checkout", deps_.site, replied, response);
}

Operations::Waiting Operations::change_checkout(Call call, Response& response) {
    auto const command = aimed(call.request, "checkout", read(call.request, parse_change_checkout));
    if (!command) co_return fail(call.request, command.error(), response);
    auto const render = checkout_renderer();
    auto const replied = co_await deps_.checkouts.update(call.context, *command, render);
    answer(call, "native.change_checkout", deps_.site, replied, response);
}

Operations::Waiting Operations::complete_checkout(Call call, Response& response) {
    auto const command = aimed(call.request, "checkout", read(call.request, parse_complete_checkout));
    if (!command) co_return fail(call.request, command.error(), response);
    if (auto const refusal = refuse_payment(*command, deps_.payments.handlers()))
        co_return show_checkout(call, command->id, *refusal, response);
    auto const render = checkout_renderer();
    auto const replied = co_await deps_.checkouts.complete(call.context, *command, render);
    answer(call, "native.complete_checkout", deps_.site, replied, response);
}

Operations::Waiting Operations::cancel_checkout(Call call, Response& response) {
    auto const command = aimed(call.request, "checkout", Result<service::CancelCheckout>(service::CancelCheckout()));
    if (!command) co_return fail(call.request, command.error(), response);
    auto const render = checkout_renderer();
    auto const replied = co_await deps_.checkouts.cancel(call.context, *command, render);
    answer(call, "native.cancel_checkout", deps_.site, replied, response);
}

void Operations::show_checkout(Call const& call, CheckoutId id, domain::Finding note, Response& response) {
    auto outcome = deps_.checkouts.get(call.context, id);
    if (!outcome) return fail(call.request, outcome.error(), response);
    outcome->notes.push_back(std::move(note));
    service::Replied replied;
    replied.reply = checkout_renderer()(*outcome);
    answer(call, "native.complete_checkout", deps_.site, replied, response);
}

}  // namespace b2a::protocol::native
