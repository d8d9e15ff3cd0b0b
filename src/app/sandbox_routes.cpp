// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox_routes.hpp"

#include <functional>

#include <fmt/format.h>

#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/gateway.hpp"
#include "app/operator_desk.hpp"

namespace b2a::app {
namespace {

namespace asio = boost::asio;

constexpr std::size_t text_bytes_max = 255;
constexpr std::int64_t advance_seconds_max = 400LL * 24 * 3600;

/// What every control has in common: token, JSON body, problem on failure, a JSON object marked as simulated on
/// success.
struct Control : OperatorDesk {
    static void done(web::Response& response, std::function<void(json::Writer&)> const& more) {
        response.content_type = web::json_type;
        json::Writer out(response.body);
        out.begin_object().member("simulated", true);
        more(out);
        out.end_object();
    }
};

asio::awaitable<void> fulfil(Control control, domain::FulfillmentEventType type, web::Request const& request,
                             web::Response& response) {
    json::Document document;
    auto const body = control.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    json::Reader reader(*body);
    auto const id_text = reader.string("order_id", text_bytes_max, json::Presence::required);
    service::RecordFulfillment command;
    command.event.type = type;
    command.event.carrier = reader.string("carrier", text_bytes_max).value_or("Sandbox Parcel");
    command.event.tracking_number = reader.string("tracking_number", text_bytes_max).value_or("SANDBOX-1");
    command.event.tracking_url = reader.string("tracking_url", text_bytes_max).value_or("");
    if (auto const ok = reader.finish(); !ok) co_return web::render_problem(ok.error(), response);
    auto const id = OrderId::parse(*id_text);
    if (!id) co_return web::render_problem(Error(Code::not_found, "no such order", "/order_id"), response);
    command.id = *id;
    auto context = operator_context(control.shared, request);
    auto const order = co_await control.lane.orders.record(std::move(context), std::move(command));
    if (!order) co_return web::render_problem(order.error(), response);
    Control::done(response, [&](json::Writer& out) {
        out.member("order_id", order->id.text()).member("event", domain::to_text(type));
    });
}

asio::awaitable<void> restock(Control control, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = control.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    json::Reader reader(*body);
    service::Restock command;
    command.variant_id = reader.string("variant_id", limits::id_bytes_max, json::Presence::required).value_or("");
    command.quantity = reader.integer("quantity", 0, 1'000'000'000, json::Presence::required).value_or(0);
    if (auto const ok = reader.finish(); !ok) co_return web::render_problem(ok.error(), response);
    if (!control.lane.catalog.snapshot().find_variant(command.variant_id))
        co_return web::render_problem(Error(Code::not_found, "no such variant", "/variant_id"), response);
    auto context = operator_context(control.shared, request);
    auto const done = co_await control.lane.operations.restock(std::move(context), command);
    if (!done) co_return web::render_problem(done.error(), response);
    Control::done(response, [&](json::Writer& out) {
        out.member("variant_id", command.variant_id).member("quantity", command.quantity);
    });
}

void change_price(Control const& control, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = control.open(request, document);
    if (!body) return web::render_problem(body.error(), response);
    json::Reader reader(*body);
    service::ChangePrice command;
    command.variant_id = reader.string("variant_id", limits::id_bytes_max, json::Presence::required).value_or("");
    auto const code = reader.string("currency", 3, json::Presence::required);
    command.price.minor = reader.integer("price", 0, money_minor_max, json::Presence::required).value_or(0);
    auto const currency = Currency::parse(code.value_or(""));
    if (code && !currency) reader.problem("currency", "is no ISO 4217 code");
    if (auto const ok = reader.finish(); !ok) return web::render_problem(ok.error(), response);
    command.price.currency = *currency;
    auto const revision = control.lane.operations.change_price(operator_context(control.shared, request), command);
    if (!revision) return web::render_problem(revision.error(), response);
    control.shared.keeper->refresh();
    Control::done(response, [&](json::Writer& out) {
        out.member("variant_id", command.variant_id).member("catalog_revision", *revision);
    });
}

store::StoredReply settled_reply(service::CheckoutOutcome const& outcome) {
    store::StoredReply reply;
    reply.content_type = web::json_type;
    json::Writer out(reply.body);
    out.begin_object().member("simulated", true).member("checkout_id", outcome.checkout.id.text());
    out.member("status", domain::to_text(outcome.checkout.status));
    if (outcome.order) out.member("order_id", outcome.order->id.text());
    // A note means that the state machine had nothing to settle.
    if (!outcome.notes.empty()) reply.status = 409;
    out.end_object();
    return reply;
}

asio::awaitable<void> settle(Control control, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = control.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    json::Reader reader(*body);
    auto const id_text = reader.string("checkout_id", text_bytes_max, json::Presence::required);
    auto const outcome = reader.string("outcome", text_bytes_max).value_or("approved");
    if (outcome != "approved" && outcome != "declined") reader.problem("outcome", "is approved or declined");
    if (auto const ok = reader.finish(); !ok) co_return web::render_problem(ok.error(), response);
    auto const id = CheckoutId::parse(*id_text);
    if (!id) co_return web::render_problem(Error(Code::not_found, "no such checkout", "/checkout_id"), response);
    service::SettlePayment command;
    command.id = *id;
    command.outcome = outcome == "approved" ? service::PaymentOutcome::approved : service::PaymentOutcome::declined;
    auto context = operator_context(control.shared, request);
    service::CheckoutRenderer const render = settled_reply;
    auto const done = co_await control.lane.checkouts.settle(std::move(context), command, render);
    if (!done) co_return web::render_problem(done.error(), response);
    response.status = done->reply.status;
    response.content_type = web::json_type;
    response.body = done->reply.body;
}

asio::awaitable<void> advance_clock(Control control, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = control.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    json::Reader reader(*body);
    service::AdvanceClock command;
    command.seconds = reader.integer("seconds", 1, advance_seconds_max, json::Presence::required).value_or(0);
    if (auto const ok = reader.finish(); !ok) co_return web::render_problem(ok.error(), response);
    auto context = operator_context(control.shared, request);
    auto const noted = co_await control.lane.operations.note_clock(std::move(context), command);
    if (!noted) co_return web::render_problem(noted.error(), response);
    control.shared.clock.advance(std::chrono::seconds{command.seconds});
    Control::done(response, [&](json::Writer& out) { out.member("now", to_rfc3339(control.shared.clock.now())); });
}

}  // namespace

void add_sandbox_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token) {
    using domain::FulfillmentEventType;
    Control const control{shared, lane, operator_token};
    auto const post = [&](std::string_view name, web::Handler handler) {
        router.add(web::Method::post, fmt::format("/admin/v1/sandbox/{}", name), fmt::format("sandbox.{}", name),
                   std::move(handler));
    };
    using In = web::Request const&;
    using Out = web::Response&;
    post("ship",
         web::Awaiting([=](In in, Out out) { return fulfil(control, FulfillmentEventType::shipped, in, out); }));
    post("deliver",
         web::Awaiting([=](In in, Out out) { return fulfil(control, FulfillmentEventType::delivered, in, out); }));
    post("restock", web::Awaiting([=](In in, Out out) { return restock(control, in, out); }));
    post("price-change", web::Immediate([=](In in, Out out) { change_price(control, in, out); }));
    post("psp-settle", web::Awaiting([=](In in, Out out) { return settle(control, in, out); }));
    post("advance-clock", web::Awaiting([=](In in, Out out) { return advance_clock(control, in, out); }));
}

}  // namespace b2a::app
