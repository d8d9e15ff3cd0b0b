// SPDX-License-Identifier: Apache-2.0
// The REST binding: routes from the table of operations, and discovery.
#include "b2a/protocol/acp.hpp"

#include "b2a/protocol/body.hpp"
#include "b2a/protocol/presentation.hpp"

#include "errors.hpp"
#include "gate.hpp"
#include "render.hpp"
#include "tools.hpp"
#include "version.hpp"

namespace b2a::protocol::acp {
namespace {

using Waiting = boost::asio::awaitable<void>;
using web::Request;
using web::Response;

Result<json::View> parse_body(Operation const& operation, Request const& request) {
    thread_local json::Document document;
    if (operation.body == BodyRule::none) return json::View();
    bool const optional = operation.body == BodyRule::optional;
    return read_body(request, document, optional ? EmptyBody::accepted : EmptyBody::refused);
}

class Rest {
  public:
    explicit Rest(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

    Waiting serve(Operation const& operation, Request const& request, Response& response) {
        auto const envelope = Gate::envelope_of(request);
        echo(request, envelope, response);
        auto call = co_await gate_->open(request, operation, envelope, response);
        if (!call) co_return;
        call->id = request.param("id");
        auto const body = parse_body(operation, request);
        if (!body) co_return fail(*call, body.error(), response);
        call->body = *body;
        call->bytes = request.body;
        co_await gate_->run(operation, envelope, std::move(*call), response);
    }

    /// Stable over sessions: no merchant, no handler, nobody's token is needed (ACP, discovery).
    void discover(Response& response) {
        auto const& deps = gate_->deps();
        auto const& counts = census_.of(deps.catalog.snapshot());
        response.body = render_discovery(deps.site, deps.payments.handlers(), counts.currencies,
                                         !deps.settings.webhook_url.empty());
        response.content_type = web::json_type;
        response.header("Cache-Control", "public, max-age=3600");
    }

  private:
    std::shared_ptr<Gate> gate_;
    CatalogCensus census_;
};

void add_operations(web::Router& router, std::shared_ptr<Rest> const& rest) {
    for (auto const& operation : operations()) {
        auto const handler = [rest, &operation](Request const& request, Response& response) {
            response.operation = operation.metric;
            return rest->serve(operation, request, response);
        };
        router.add(operation.method, std::string(rest_path) + std::string(operation.path), operation.metric,
                   web::Awaiting(handler));
    }
}

}  // namespace

std::shared_ptr<ToolSet> mount(web::Router& router, Deps const& deps) {
    auto const gate = std::make_shared<Gate>(deps);
    auto const rest = std::make_shared<Rest>(gate);
    add_operations(router, rest);
    router.add(web::Method::get, discovery_path, "acp.discovery",
               web::Immediate([rest](Request const&, Response& response) {
                   response.operation = "acp.discovery";
                   rest->discover(response);
               }));
    router.fallback(rest_path, [](Request const&, Response& response, int status) { render_miss(status, response); });
    return make_tools(gate);
}

Surface surface(Site const& site) {
    return {"acp",
            {std::string(version)},
            site.base_url + std::string(rest_path),
            site.base_url + std::string(discovery_path)};
}

}  // namespace b2a::protocol::acp
