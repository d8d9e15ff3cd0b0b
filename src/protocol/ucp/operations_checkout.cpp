// SPDX-License-Identifier: Apache-2.0
// Carts and checkouts: parse, one call, render. Replies are rendered before the commit, because a repeated request gets
// the stored bytes; therefore a renderer keeps the terms alive.
#include <algorithm>

#include "b2a/identity/signature.hpp"
#include "b2a/protocol/disclosures.hpp"

#include "answers.hpp"
#include "errors.hpp"
#include "operations.hpp"
#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using web::Response;

Payload payload_of(Call const& call) {
    return {call.body, *call.terms, call.language};
}

store::StoredReply stored(bool created, std::string body) {
    return {created ? 201 : 200, std::string(web::json_type), std::move(body)};
}

/// The last look before the bytes are kept and sent.
store::StoredReply checked(std::string_view operation, domain::Disclosures const& required, Site const& site,
                           store::StoredReply reply) {
    if (may_leave(operation, reply.body, required, site, write_disclosure_message)) return reply;
    web::Response response;
    render_error(undisclosed_error(), {}, response);
    return {response.status, std::string(web::json_type), std::move(response.body)};
}

service::CartRenderer cart_renderer(Call const& call, Site const& site) {
    return [terms = call.terms, &site](service::CartOutcome const& outcome) {
        return checked("ucp.cart", outcome.cart.disclosures, site,
                       stored(outcome.created, render_cart(outcome, {site, *terms})));
    };
}

/// A handler we never advertised, or a credential that is no token, never reaches a payment provider.
std::optional<domain::Finding> refuse_payment(service::CompleteCheckout const& command,
                                              std::vector<service::HandlerInfo> const& handlers) {
    auto const refusal = [](std::string_view path, std::string_view content) {
        return domain::Finding{domain::FindingCode::payment_failed, domain::Severity::recoverable,
                               "$.payment.instruments[0]" + std::string(path), std::string(content)};
    };
    if (std::ranges::find(handlers, command.instrument.handler_id, &service::HandlerInfo::id) == handlers.end())
        return refusal(".handler_id", "The payment handler is none of those in ucp.payment_handlers.");
    if (command.credential_type != "token")
        return refusal(".credential", "Only credentials of type \"token\" are accepted; card data is refused.");
    return std::nullopt;
}

/// The resource as it stands, with a remark about this call.
void show_checkout(Call const& call, Deps const& deps, CheckoutId id, std::optional<domain::Finding> const& note,
                   Response& response) {
    auto outcome = deps.checkouts.get(call.context, id);
    if (!outcome) return fail(call, outcome.error(), response);
    if (note) outcome->notes.push_back(*note);
    auto const seal = seal_of(call, deps);
    auto reply = checked("ucp.get_checkout", outcome->checkout.disclosures, deps.site,
                         stored(false, render_checkout(*outcome, {deps.site, *call.terms, &seal})));
    response.status = reply.status;
    response.body = std::move(reply.body);
    finish(call, private_answer, response);
}

void show_cart(Call const& call, Deps const& deps, CartId id, std::optional<domain::Finding> const& note,
               Response& response) {
    auto outcome = deps.carts.get(call.context, id);
    if (!outcome) return fail(call, outcome.error(), response);
    if (note) outcome->notes.push_back(*note);
    auto reply = checked("ucp.get_cart", outcome->cart.disclosures, deps.site,
                         stored(false, render_cart(*outcome, {deps.site, *call.terms})));
    response.status = reply.status;
    response.body = std::move(reply.body);
    finish(call, private_answer, response);
}

void refuse_cart(Call const& call, Deps const& deps, Error const& error, Response& response) {
    auto const id = CartId::parse(call.id);
    if (error.code != Code::selection_rejected || !id) return fail(call, error, response);
    show_cart(call, deps, *id, refused_selection(error), response);
}

}  // namespace

service::CheckoutRenderer checkout_renderer(Call const& call, Deps const& deps) {
    return
        [terms = call.terms, &site = deps.site, seal = seal_of(call, deps)](service::CheckoutOutcome const& outcome) {
            return checked("ucp.checkout", outcome.checkout.disclosures, site,
                           stored(outcome.created, render_checkout(outcome, {site, *terms, &seal})));
        };
}

void refuse_checkout(Call const& call, Deps const& deps, Error const& error, Response& response) {
    auto const id = CheckoutId::parse(call.id);
    if (error.code != Code::selection_rejected || !id) return fail(call, error, response);
    show_checkout(call, deps, *id, refused_selection(error), response);
}

void Operations::get_cart(Call const& call, Response& response) {
    auto const id = parse_cart_id(call.id);
    if (!id) return fail(call, id.error(), response);
    show_cart(call, deps_, *id, std::nullopt, response);
}

void Operations::get_checkout(Call const& call, Response& response) {
    auto const id = parse_checkout_id(call.id);
    if (!id) return fail(call, id.error(), response);
    show_checkout(call, deps_, *id, std::nullopt, response);
}

Operations::Waiting Operations::create_cart(Call call, Response& response) {
    auto const command = parse_create_cart(payload_of(call));
    if (!command) co_return refuse_cart(call, deps_, command.error(), response);
    auto const render = cart_renderer(call, deps_.site);
    auto const replied = co_await deps_.carts.create(call.context, *command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::update_cart(Call call, Response& response) {
    auto const command = parse_update_cart(payload_of(call), call.id);
    if (!command) co_return refuse_cart(call, deps_, command.error(), response);
    auto const render = cart_renderer(call, deps_.site);
    auto const replied = co_await deps_.carts.update(call.context, *command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::cancel_cart(Call call, Response& response) {
    auto const id = parse_cart_id(call.id);
    if (!id) co_return fail(call, id.error(), response);
    service::CancelCart const command{*id};
    auto const render = cart_renderer(call, deps_.site);
    auto const replied = co_await deps_.carts.cancel(call.context, command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::create_checkout(Call call, Response& response) {
    auto command = parse_create_checkout(payload_of(call));
    if (!command) co_return refuse_checkout(call, deps_, command.error(), response);
    command->conversation = call.conversation;
    auto const render = checkout_renderer(call, deps_);
    auto const replied = co_await deps_.checkouts.create(call.context, *command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::update_checkout(Call call, Response& response) {
    auto const command = parse_update_checkout(payload_of(call), call.id);
    if (!command) co_return refuse_checkout(call, deps_, command.error(), response);
    auto const render = checkout_renderer(call, deps_);
    auto const replied = co_await deps_.checkouts.update(call.context, *command, render);
    answer(call, deps_.site, replied, response);
}

Operations::Waiting Operations::complete_checkout(Call call, Response& response) {
    auto command = parse_complete_checkout(payload_of(call), call.id);
    if (!command) co_return refuse_checkout(call, deps_, command.error(), response);
    if (auto const refusal = refuse_payment(*command, deps_.payments.handlers()))
        co_return show_checkout(call, deps_, command->id, refusal, response);
    command->mandate = mandate_claim(call, deps_);
    auto const render = checkout_renderer(call, deps_);
    auto const replied = co_await deps_.checkouts.complete(call.context, *command, render);
    answer(call, deps_.site, replied, response);
    // What was bought, and for how much, is worth our signature (UCP, signatures: recommended for this answer).
    auto const ring = deps_.keys.current();
    for (auto& field : identity::sign(response, ring->signer(), call.context.now))
        response.headers.push_back(std::move(field));
}

Operations::Waiting Operations::cancel_checkout(Call call, Response& response) {
    auto const id = parse_checkout_id(call.id);
    if (!id) co_return fail(call, id.error(), response);
    service::CancelCheckout const command{*id};
    auto const render = checkout_renderer(call, deps_);
    auto const replied = co_await deps_.checkouts.cancel(call.context, command, render);
    answer(call, deps_.site, replied, response);
}

}  // namespace b2a::protocol::ucp
