// SPDX-License-Identifier: Apache-2.0
#include "app/order_routes.hpp"

#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/lane.hpp"
#include "app/operator_desk.hpp"

namespace b2a::app {
namespace {

namespace asio = boost::asio;

constexpr std::size_t text_bytes_max = 255;
constexpr std::size_t description_bytes_max = 1000;
constexpr std::size_t url_bytes_max = 2048;
constexpr std::size_t notices_listed_max = 100;
constexpr std::size_t replayed_max = 100;

using Desk = OperatorDesk;

std::vector<domain::LineQuantity> read_lines(json::Reader& reader, std::int64_t min) {
    std::vector<domain::LineQuantity> out;
    reader.objects("line_items", limits::checkout_lines_max, [&](json::Reader& r) {
        auto id = r.string("id", limits::id_bytes_max, json::Presence::required).value_or("");
        auto const quantity = r.integer("quantity", min, limits::line_quantity_max, json::Presence::required);
        out.push_back({std::move(id), quantity.value_or(0)});
    });
    if (reader.has("line_items") && out.empty() && reader.problems().empty())
        reader.problem("line_items", "must have at least one entry, or be left out");
    return out;
}

std::optional<domain::FulfillmentEventType> event_type(std::string_view text) {
    using domain::FulfillmentEventType;
    for (auto const type :
         {FulfillmentEventType::processing, FulfillmentEventType::shipped, FulfillmentEventType::delivered})
        if (domain::to_text(type) == text) return type;
    return std::nullopt;
}

std::optional<domain::AdjustmentStatus> adjustment_status(std::string_view text) {
    using domain::AdjustmentStatus;
    for (auto const status : {AdjustmentStatus::pending, AdjustmentStatus::completed, AdjustmentStatus::failed})
        if (domain::to_text(status) == text) return status;
    return std::nullopt;
}

Result<domain::FulfillmentEvent> read_event(json::View body) {
    json::Reader reader(body);
    domain::FulfillmentEvent event;
    auto const type = reader.string("type", text_bytes_max, json::Presence::required);
    auto const known = event_type(type.value_or(""));
    if (type && !known) reader.problem("type", "is one of: processing, shipped, delivered");
    event.lines = read_lines(reader, 1);
    event.carrier = reader.string("carrier", text_bytes_max).value_or("");
    event.tracking_number = reader.string("tracking_number", text_bytes_max).value_or("");
    event.tracking_url = reader.string("tracking_url", url_bytes_max).value_or("");
    event.description = reader.string("description", description_bytes_max).value_or("");
    B2A_CHECK(reader.finish());
    event.type = *known;
    return event;
}

Result<domain::Adjustment> read_adjustment(json::View body) {
    json::Reader reader(body);
    domain::Adjustment adjustment;
    adjustment.type = reader.string("type", text_bytes_max, json::Presence::required).value_or("");
    auto const status = adjustment_status(reader.string("status", text_bytes_max).value_or("completed"));
    if (!status) reader.problem("status", "is one of: pending, completed, failed");
    adjustment.lines = read_lines(reader, -limits::line_quantity_max);
    adjustment.minor = reader.integer("amount", -money_minor_max, money_minor_max).value_or(0);
    adjustment.description = reader.string("description", description_bytes_max).value_or("");
    if (adjustment.lines.empty() && adjustment.minor == 0)
        reader.problem("", "an adjustment changes lines or an amount");
    B2A_CHECK(reader.finish());
    adjustment.status = *status;
    return adjustment;
}

void write_order(web::Response& response, domain::Order const& order) {
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().member("order_id", order.id.text()).member("version", order.version);
    out.key("line_items").begin_array();
    for (auto const& line : order.lines)
        out.begin_object()
            .member("id", line.id)
            .member("total", domain::total_quantity(order, line))
            .member("fulfilled", domain::fulfilled_quantity(order, line))
            .end_object();
    out.end_array().member("events", std::uint64_t{order.events.size()});
    out.member("adjustments", std::uint64_t{order.adjustments.size()}).end_object();
}

asio::awaitable<void> fulfil(Desk desk, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = desk.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    auto event = read_event(*body);
    if (!event) co_return web::render_problem(event.error(), response);
    auto const id = OrderId::parse(request.param("id"));
    if (!id) co_return web::render_problem(Error(Code::not_found, "no such order"), response);
    service::RecordFulfillment command{*id, *std::move(event)};
    auto context = operator_context(desk.shared, request);
    auto const order = co_await desk.lane.orders.record(std::move(context), std::move(command));
    if (!order) co_return web::render_problem(order.error(), response);
    write_order(response, *order);
}

asio::awaitable<void> adjust(Desk desk, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = desk.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    auto adjustment = read_adjustment(*body);
    if (!adjustment) co_return web::render_problem(adjustment.error(), response);
    auto const id = OrderId::parse(request.param("id"));
    if (!id) co_return web::render_problem(Error(Code::not_found, "no such order"), response);
    service::AdjustOrder command{*id, *std::move(adjustment)};
    auto context = operator_context(desk.shared, request);
    auto const order = co_await desk.lane.orders.adjust(std::move(context), std::move(command));
    if (!order) co_return web::render_problem(order.error(), response);
    write_order(response, *order);
}

/// Without the bodies: they hold what buyers would not have an operator read in passing.
void write_notices(web::Response& response, std::vector<store::Notice> const& notices) {
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().key("notices").begin_array();
    for (auto const& notice : notices) {
        out.begin_object().member("id", notice.id.text()).member("webhook_id", to_uuid_text(notice.id.bytes()));
        out.member("subject", notice.subject).member("target", notice.target).member("dialect", notice.dialect);
        out.member("state", store::to_text(notice.state)).member("attempts", std::uint64_t{notice.attempts});
        out.member("created", to_rfc3339(notice.created)).member("due", to_rfc3339(notice.due));
        out.member_if("last_result", notice.last_result).end_object();
    }
    out.end_array().end_object();
}

void list_notices(Desk const& desk, web::Request const& request, web::Response& response) {
    if (auto const allowed = check_operator(request, desk.operator_token); !allowed)
        return web::render_problem(allowed.error(), response);
    auto const wanted = web::query_value(request.query, "state").value_or("dead");
    std::optional<store::NoticeState> state;
    for (auto const one : {store::NoticeState::pending, store::NoticeState::delivered, store::NoticeState::dead})
        if (store::to_text(one) == wanted) state = one;
    if (!state)
        return web::render_problem(Error(Code::invalid_request, "state is one of: pending, delivered, dead"), response);
    auto const notices = desk.lane.notices.list(operator_context(desk.shared, request), *state, notices_listed_max);
    if (!notices) return web::render_problem(notices.error(), response);
    write_notices(response, *notices);
}

asio::awaitable<void> replay_notices(Desk desk, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = desk.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    json::Reader reader(*body);
    auto const texts = reader.strings("ids", replayed_max, text_bytes_max, json::Presence::required);
    if (texts && texts->empty()) reader.problem("ids", "must have at least one entry");
    if (auto const ok = reader.finish(); !ok) co_return web::render_problem(ok.error(), response);
    service::ReplayNotices command;
    for (auto const& text : *texts) {
        auto const id = NoticeId::parse(text);
        if (!id) co_return web::render_problem(Error(Code::not_found, "no such notice", text), response);
        command.ids.push_back(*id);
    }
    auto const count = command.ids.size();
    auto context = operator_context(desk.shared, request);
    auto const done = co_await desk.lane.notices.replay(std::move(context), std::move(command));
    if (!done) co_return web::render_problem(done.error(), response);
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().member("replayed", std::uint64_t{count}).member("audit_entry", done->audit_seq).end_object();
}

}  // namespace

void add_order_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token) {
    Desk const desk{shared, lane, operator_token};
    using In = web::Request const&;
    using Out = web::Response&;
    router.add(web::Method::post, "/admin/v1/orders/{id}/fulfillment", "admin.order_fulfillment",
               web::Awaiting([=](In in, Out out) { return fulfil(desk, in, out); }));
    router.add(web::Method::post, "/admin/v1/orders/{id}/adjustments", "admin.order_adjustment",
               web::Awaiting([=](In in, Out out) { return adjust(desk, in, out); }));
    router.add(web::Method::get, "/admin/v1/notices", "admin.notices",
               web::Immediate([=](In in, Out out) { list_notices(desk, in, out); }));
    router.add(web::Method::post, "/admin/v1/notices/replay", "admin.notices_replay",
               web::Awaiting([=](In in, Out out) { return replay_notices(desk, in, out); }));
}

}  // namespace b2a::app
