// SPDX-License-Identifier: Apache-2.0
// Parse, one call, render. Replies are rendered before the commit, because a repeated request gets the stored bytes.
#include "protocol/acp/operations.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/presentation.hpp"
#include "b2a/protocol/reply.hpp"

#include "errors.hpp"
#include "render.hpp"
#include "render_parts.hpp"

namespace b2a::protocol::acp {
namespace {

using web::Method;
using web::Response;

constexpr Operation table[] = {
    {"create_checkout_session", "acp.create_session", Method::post, "/checkout_sessions", BodyRule::required,
     &Operations::create_session},
    {"get_checkout_session", "acp.get_session", Method::get, "/checkout_sessions/{id}", BodyRule::none,
     &Operations::get_session},
    {"update_checkout_session", "acp.update_session", Method::post, "/checkout_sessions/{id}", BodyRule::required,
     &Operations::update_session},
    {"complete_checkout_session", "acp.complete_session", Method::post, "/checkout_sessions/{id}/complete",
     BodyRule::required, &Operations::complete_session},
    {"cancel_checkout_session", "acp.cancel_session", Method::post, "/checkout_sessions/{id}/cancel",
     BodyRule::optional, &Operations::cancel_session},
    {"", "acp.create_cart", Method::post, "/carts", BodyRule::required, &Operations::create_cart},
    {"", "acp.get_cart", Method::get, "/carts/{id}", BodyRule::none, &Operations::get_cart},
    {"", "acp.update_cart", Method::put, "/carts/{id}", BodyRule::required, &Operations::update_cart},
    {"", "acp.cancel_cart", Method::post, "/carts/{id}/cancel", BodyRule::optional, &Operations::cancel_cart},
};

Payload payload_of(Call const& call, Deps const& deps) {
    return {call.body, call.language, deps.settings.webhook_url};
}

store::StoredReply stored(bool created, std::string body) {
    return {created ? 201 : 200, std::string(web::json_type), std::move(body)};
}

store::StoredReply refusal(Error const& error) {
    Response response;
    render_error(error, response);
    return {response.status, std::string(web::json_type), std::move(response.body)};
}

/// The last look before the bytes are kept and sent.
store::StoredReply checked(std::string_view operation, domain::Disclosures const& required, Site const& site,
                           store::StoredReply reply) {
    if (may_leave(operation, reply.body, required, site, write_disclosure_part)) return reply;
    return refusal(undisclosed_error());
}

store::StoredReply session_reply(service::CheckoutOutcome const& outcome, Deps const& deps,
                                 domain::Findings const& remarks) {
    auto body = render_session(outcome, {deps.site, deps.payments.handlers(), remarks});
    return checked("acp.session", outcome.checkout.disclosures, deps.site, stored(outcome.created, std::move(body)));
}

store::StoredReply cart_reply(service::CartOutcome const& outcome, Deps const& deps, domain::Findings const& remarks) {
    auto body = render_cart(outcome, {deps.site, deps.payments.handlers(), remarks});
    return checked("acp.cart", outcome.cart.disclosures, deps.site, stored(outcome.created, std::move(body)));
}

service::CheckoutRenderer session_renderer(Deps const& deps, domain::Findings remarks) {
    return [&deps, remarks = std::move(remarks)](service::CheckoutOutcome const& outcome) {
        return session_reply(outcome, deps, remarks);
    };
}

service::CartRenderer cart_renderer(Deps const& deps, domain::Findings remarks) {
    return [&deps, remarks = std::move(remarks)](service::CartOutcome const& outcome) {
        return cart_reply(outcome, deps, remarks);
    };
}

bool is_forbidden(domain::Findings const& notes) {
    return std::ranges::find(notes, domain::FindingCode::invalid_transition, &domain::Finding::code) != notes.end();
}

/// A session that is over is not canceled again: 405 (ACP, cancel).
service::CheckoutRenderer cancel_renderer(Deps const& deps) {
    return [&deps](service::CheckoutOutcome const& outcome) {
        if (!is_forbidden(outcome.notes)) return session_reply(outcome, deps, {});
        auto const status = status_of(outcome.checkout, deps.payments.handlers());
        return refusal(
            Error(Code::method_not_allowed, "a session that is " + std::string(status) + " cannot be canceled"));
    };
}

void finish(Call const& call, Response& response) {
    response.content_type = web::json_type;
    response.header("Cache-Control", "no-store");
    response.agent = call.context.principal.id;
}

void send(Call const& call, store::StoredReply reply, Response& response) {
    response.status = reply.status;
    response.body = std::move(reply.body);
    if (reply.status == 405) response.header("Allow", "GET, HEAD");
    finish(call, response);
}

/// The session as it stands, with remarks about this call.
void show_session(Call const& call, Deps const& deps, CheckoutId id, domain::Findings const& remarks,
                  Response& response) {
    auto const outcome = deps.checkouts.get(call.context, id);
    if (!outcome) return fail(call, outcome.error(), response);
    send(call, session_reply(*outcome, deps, remarks), response);
}

/// An error that names an item and not what was addressed: nothing of what was asked for can be sold.
bool is_about_items(Error const& error) {
    if (error.code == Code::out_of_stock) return true;
    return error.code == Code::not_found && !error.pointer.empty() && !CheckoutId::parse(error.pointer) &&
           !CartId::parse(error.pointer);
}

Error about_items(Error error) {
    if (error.code == Code::not_found) {
        error.code = Code::invalid_request;
        error.reason = "invalid_item_id";
    }
    error.pointer = "/line_items";
    return error;
}

/// What a service said about a write.
void answer(Call const& call, Site const& site, Result<service::Replied> replied, Response& response) {
    if (!replied) {
        auto const& error = replied.error();
        return fail(call, is_about_items(error) ? about_items(error) : error, response);
    }
    response.decision = replied->decision;
    add_audit_entry(site, replied->audit_seq, response);
    if (replied->replayed) response.header("Idempotent-Replayed", "true");
    send(call, std::move(replied->reply), response);
}

/// A handler we never advertised, or a credential that it does not take, never reaches a payment provider.
std::optional<domain::Finding> refuse_payment(service::CompleteCheckout const& command,
                                              std::vector<service::HandlerInfo> const& handlers) {
    auto const refuse = [](std::string path, std::string content) {
        return domain::Finding{domain::FindingCode::selection_rejected, domain::Severity::recoverable, std::move(path),
                               std::move(content)};
    };
    auto const offered = acp_handlers(handlers);
    auto const handler = std::ranges::find_if(
        offered, [&](auto const* candidate) { return candidate->id == command.instrument.handler_id; });
    if (handler == offered.end())
        return refuse("$.payment_data.handler_id", "This is none of the handlers in capabilities.payment.handlers.");
    auto const& types = (*handler)->credential_types;
    if (std::ranges::find(types, command.credential_type) == types.end())
        return refuse("$.payment_data.instrument.credential.type",
                      "This handler takes delegated payment tokens (\"spt\"); card data is refused.");
    return std::nullopt;
}

/// A wish for a currency that nothing here is sold in is a mistake of the request.
Result<void> check_currency(Deps const& deps, domain::Context const& context) {
    thread_local CatalogCensus census;
    auto const currency = Currency::parse(context.currency);
    if (currency && census.has_currency(deps.catalog.snapshot(), *currency)) return {};
    Error error(Code::invalid_request, "nothing is sold in this currency", "/currency");
    error.reason = "unsupported_currency";
    return error;
}

}  // namespace

std::span<Operation const> operations() noexcept {
    return table;
}

Operation const* find_tool(std::string_view name) noexcept {
    if (name.empty()) return nullptr;
    auto const found = std::ranges::find(table, name, &Operation::tool);
    return found == std::end(table) ? nullptr : &*found;
}

void fail(Call const& call, Error const& error, Response& response) {
    render_error(error, response);
    finish(call, response);
}

void Operations::get_session(Call const& call, Response& response) {
    auto const id = parse_session_id(call.id);
    if (!id) return fail(call, id.error(), response);
    show_session(call, deps_, *id, {}, response);
}

void Operations::get_cart(Call const& call, Response& response) {
    auto const id = parse_cart_id(call.id);
    if (!id) return fail(call, id.error(), response);
    auto const outcome = deps_.carts.get(call.context, *id);
    if (!outcome) return fail(call, outcome.error(), response);
    send(call, cart_reply(*outcome, deps_, {}), response);
}

Operations::Waiting Operations::create_session(Call call, Response& response) {
    auto parsed = parse_create(payload_of(call, deps_));
    if (!parsed) co_return fail(call, parsed.error(), response);
    if (auto const sold = check_currency(deps_, parsed->command.content.context); !sold)
        co_return fail(call, sold.error(), response);
    parsed->command.conversation = call.conversation;
    auto const render = session_renderer(deps_, std::move(parsed->remarks));
    auto replied = co_await deps_.checkouts.create(call.context, parsed->command, render);
    answer(call, deps_.site, std::move(replied), response);
}

Operations::Waiting Operations::update_session(Call call, Response& response) {
    auto parsed = parse_update(payload_of(call, deps_), call.id);
    if (!parsed) co_return fail(call, parsed.error(), response);
    auto const render = session_renderer(deps_, std::move(parsed->remarks));
    auto replied = co_await deps_.checkouts.update(call.context, parsed->command, render);
    answer(call, deps_.site, std::move(replied), response);
}

Operations::Waiting Operations::complete_session(Call call, Response& response) {
    auto parsed = parse_complete(payload_of(call, deps_), call.id);
    if (!parsed) co_return fail(call, parsed.error(), response);
    auto& command = parsed->command;
    auto remarks = std::move(parsed->remarks);
    auto refused = refuse_payment(command, deps_.payments.handlers());
    if (refused) {
        // A purchase order has its remark already.
        if (!command.instrument.handler_id.empty()) remarks.push_back(std::move(*refused));
        co_return show_session(call, deps_, command.id, remarks, response);
    }
    if (!asks_consent(deps_.site)) command.consent.clear();
    auto const render = session_renderer(deps_, std::move(remarks));
    auto replied = co_await deps_.checkouts.complete(call.context, command, render);
    answer(call, deps_.site, std::move(replied), response);
}

Operations::Waiting Operations::cancel_session(Call call, Response& response) {
    auto const command = parse_cancel(payload_of(call, deps_), call.id);
    if (!command) co_return fail(call, command.error(), response);
    auto const render = cancel_renderer(deps_);
    auto replied = co_await deps_.checkouts.cancel(call.context, *command, render);
    answer(call, deps_.site, std::move(replied), response);
}

Operations::Waiting Operations::create_cart(Call call, Response& response) {
    auto parsed = parse_create_cart(payload_of(call, deps_));
    if (!parsed) co_return fail(call, parsed.error(), response);
    auto const render = cart_renderer(deps_, std::move(parsed->remarks));
    auto replied = co_await deps_.carts.create(call.context, parsed->command, render);
    answer(call, deps_.site, std::move(replied), response);
}

Operations::Waiting Operations::update_cart(Call call, Response& response) {
    auto parsed = parse_update_cart(payload_of(call, deps_), call.id);
    if (!parsed) co_return fail(call, parsed.error(), response);
    auto const render = cart_renderer(deps_, std::move(parsed->remarks));
    auto replied = co_await deps_.carts.update(call.context, parsed->command, render);
    answer(call, deps_.site, std::move(replied), response);
}

Operations::Waiting Operations::cancel_cart(Call call, Response& response) {
    auto const id = parse_cart_id(call.id);
    if (!id) co_return fail(call, id.error(), response);
    service::CancelCart const command{*id};
    domain::Findings none;
    auto const render = cart_renderer(deps_, std::move(none));
    auto replied = co_await deps_.carts.cancel(call.context, command, render);
    answer(call, deps_.site, std::move(replied), response);
}

}  // namespace b2a::protocol::acp
