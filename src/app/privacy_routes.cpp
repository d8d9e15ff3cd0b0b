// SPDX-License-Identifier: Apache-2.0
#include "app/privacy_routes.hpp"

#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/lane.hpp"
#include "app/privacy_json.hpp"

namespace b2a::app {
namespace {

namespace asio = boost::asio;

struct Office {
    Shared& shared;
    Lane& lane;
    Digest operator_token;

    Result<store::DataSubject> subject(web::Request const& request) const {
        B2A_CHECK(check_operator(request, operator_token));
        json::Document document;
        B2A_TRY(body, document.parse(request.body));
        json::Reader reader(body);
        store::DataSubject out;
        out.email = reader.string("email", limits::buyer_field_bytes_max).value_or("");
        auto const order = reader.string("order", limits::id_bytes_max);
        if (order) out.order = OrderId::parse(*order);
        if (order && !out.order) reader.problem("order", "is no order id");
        B2A_CHECK(reader.finish());
        return out;
    }
};

asio::awaitable<void> export_data(Office office, web::Request const& request, web::Response& response) {
    auto subject = office.subject(request);
    if (!subject) co_return web::render_problem(subject.error(), response);
    auto context = operator_context(office.shared, request);
    service::ExportSubject command;
    command.subject = std::move(*subject);
    auto const held = co_await office.lane.privacy.export_data(std::move(context), std::move(command));
    if (!held) co_return web::render_problem(held.error(), response);
    auto const left = attributions_of(*office.lane.reader, *held);
    if (!left) co_return web::render_problem(left.error(), response);
    response.content_type = web::json_type;
    response.header("Cache-Control", "no-store");
    response.body = to_json(*held, *left);
}

asio::awaitable<void> erase(Office office, web::Request const& request, web::Response& response) {
    auto subject = office.subject(request);
    if (!subject) co_return web::render_problem(subject.error(), response);
    auto context = operator_context(office.shared, request);
    service::EraseSubject command;
    command.subject = std::move(*subject);
    auto const erased = co_await office.lane.privacy.erase(std::move(context), std::move(command));
    if (!erased) co_return web::render_problem(erased.error(), response);
    response.content_type = web::json_type;
    response.body = to_json(*erased);
}

void attribution(Office const& office, web::Request const& request, web::Response& response) {
    if (auto const allowed = check_operator(request, office.operator_token); !allowed)
        return web::render_problem(allowed.error(), response);
    auto const id = CheckoutId::parse(request.param("id"));
    if (!id) return web::render_problem(Error(Code::not_found, "no such checkout"), response);
    auto const context = operator_context(office.shared, request);
    auto const found = service::read_attribution(context, office.lane.governance, *office.lane.reader, *id);
    if (!found) return web::render_problem(found.error(), response);
    response.content_type = web::json_type;
    response.header("Cache-Control", "no-store");
    json::Writer out(response.body);
    out.begin_object();
    write_attribution(out, *id, *found);
    out.end_object();
}

}  // namespace

void add_privacy_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token) {
    Office const office{shared, lane, operator_token};
    using In = web::Request const&;
    using Out = web::Response&;
    router.add(web::Method::post, "/admin/v1/privacy/export", "admin.privacy_export",
               web::Awaiting([=](In in, Out out) { return export_data(office, in, out); }));
    router.add(web::Method::post, "/admin/v1/privacy/erase", "admin.privacy_erase",
               web::Awaiting([=](In in, Out out) { return erase(office, in, out); }));
    router.add(web::Method::get, "/admin/v1/checkouts/{id}/attribution", "admin.attribution",
               web::Immediate([=](In in, Out out) { attribution(office, in, out); }));
}

}  // namespace b2a::app
