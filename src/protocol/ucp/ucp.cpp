// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/ucp.hpp"

#include <algorithm>

#include "b2a/protocol/reply.hpp"

#include "catalog_operations.hpp"
#include "errors.hpp"
#include "hand_off.hpp"
#include "parse_checkout.hpp"
#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using Waiting = boost::asio::awaitable<void>;
using web::Request;
using web::Response;

class Ucp {
  public:
    explicit Ucp(Deps const& deps) :
        deps_(deps),
        envelopes_(deps.payments.handlers(), current_version),
        catalog_(deps.site, deps.catalog, envelopes_),
        profile_(render_profile(deps.site, deps.payments.handlers(), current_version, ProfileKind::root)),
        leaf_(render_profile(deps.site, deps.payments.handlers(), current_version, ProfileKind::leaf)) {}

    void profile(Request const&, Response& response) { send_profile(profile_, response); }
    void leaf_profile(Request const&, Response& response) { send_profile(leaf_, response); }

    void search(Request const& request, Response& response) {
        read_catalog(request, response, parse_search, &CatalogOperations::search);
    }
    void lookup(Request const& request, Response& response) {
        read_catalog(request, response, parse_lookup, &CatalogOperations::lookup);
    }
    void product(Request const& request, Response& response) {
        read_catalog(request, response, parse_product, &CatalogOperations::product);
    }

    Waiting create(Request const& request, Response& response) {
        auto const context = mutation(request, response, "checkout.create");
        if (!context) co_return;
        auto const command = parse_create(request, envelopes_.version());
        if (!command) co_return fail(request, *context, command.error(), response);
        auto const render = renderer();
        auto const replied = co_await deps_.checkouts.create(*context, *command, render);
        answer(request, *context, replied, {}, response);
    }

    Waiting update(Request const& request, Response& response) {
        auto const context = mutation(request, response, "checkout.update");
        if (!context) co_return;
        auto const command = parse_update(request, request.param("id"), envelopes_.version());
        if (!command) co_return fail(request, *context, command.error(), response);
        auto const render = renderer();
        auto const replied = co_await deps_.checkouts.update(*context, *command, render);
        answer(request, *context, replied, command->id, response);
    }

    Waiting complete(Request const& request, Response& response) {
        auto const context = mutation(request, response, "checkout.complete");
        if (!context) co_return;
        auto const command = parse_complete(request, request.param("id"), envelopes_.version());
        if (!command) co_return fail(request, *context, command.error(), response);
        if (auto const refusal = refuse_payment(*command))
            co_return show(request, *context, command->id, refusal, response);
        auto const render = renderer();
        auto const replied = co_await deps_.checkouts.complete(*context, *command, render);
        answer(request, *context, replied, command->id, response);
    }

    Waiting cancel(Request const& request, Response& response) {
        auto const context = mutation(request, response, "checkout.cancel");
        if (!context) co_return;
        auto const command = parse_cancel(request, request.param("id"), envelopes_.version());
        if (!command) co_return fail(request, *context, command.error(), response);
        auto const render = renderer();
        auto const replied = co_await deps_.checkouts.cancel(*context, *command, render);
        answer(request, *context, replied, command->id, response);
    }

    void checkout(Request const& request, Response& response) {
        auto const context = read(request, response);
        if (!context) return;
        auto const id = parse_checkout_id(request.param("id"));
        if (!id) return fail(request, *context, id.error(), response);
        show(request, *context, *id, std::nullopt, response);
    }

    void order(Request const& request, Response& response) {
        auto const context = read(request, response);
        if (!context) return;
        auto const id = OrderId::parse(request.param("id"));
        if (!id) return fail(request, *context, Error(Code::not_found, "no such order"), response);
        auto const order = deps_.orders.get(*context, *id);
        if (!order) return fail(request, *context, order.error(), response);
        response.body = render_order(*order, deps_.site, envelopes_);
        finish(request, *context, "no-store", response);
    }

    void hand_off(Request const& request, Response& response) {
        response.content_type = web::html_type;
        response.header("Content-Security-Policy", std::string(hand_off_csp));
        response.header("Cache-Control", "no-store");
        response.header("Referrer-Policy", "no-referrer");
        auto const context = deps_.contexts.read(request, policy::Protocol::ucp, AgentField::optional);
        auto const id = parse_checkout_id(request.param("id"));
        if (context && id) {
            auto const outcome = deps_.checkouts.hand_off(*context, *id);
            if (outcome) return render_hand_off(response.body, deps_.site, *outcome);
            response.error_code = to_text(outcome.error().code);
        }
        response.status = 404;
        render_hand_off_missing(response.body, deps_.site);
    }

  private:
    static void send_profile(std::string const& profile, Response& response) {
        response.body = profile;
        response.content_type = web::json_type;
        response.header("Cache-Control", "public, max-age=300");
    }

    std::optional<service::RequestContext> accept(Request const& request, Result<service::RequestContext> context,
                                                  Response& response) {
        if (context) return *std::move(context);
        render_error(context.error(), envelopes_, response);
        if (auto const id = client_request_id(request)) response.header("Request-Id", std::string(*id));
        return std::nullopt;
    }
    std::optional<service::RequestContext> read(Request const& request, Response& response) {
        return accept(request, deps_.contexts.read(request, policy::Protocol::ucp, AgentField::required), response);
    }
    std::optional<service::RequestContext> mutation(Request const& request, Response& response,
                                                    std::string_view operation) {
        return accept(request, deps_.contexts.mutation(request, policy::Protocol::ucp, AgentField::required, operation),
                      response);
    }

    template <class Command>
    void read_catalog(Request const& request, Response& response, Result<Command> (*parse)(Request const&, Version),
                      Result<void> (CatalogOperations::*run)(service::RequestContext const&, Command const&,
                                                             std::string&)) {
        auto const context = read(request, response);
        if (!context) return;
        auto const command = parse(request, envelopes_.version());
        if (!command) return fail(request, *context, command.error(), response);
        auto const done = (catalog_.*run)(*context, *command, response.body);
        if (!done) return fail(request, *context, done.error(), response);
        finish(request, *context, "no-cache", response);
    }

    [[nodiscard]] service::CheckoutRenderer renderer() const {
        return [this](service::CheckoutOutcome const& outcome) {
            store::StoredReply reply;
            reply.status = outcome.created ? 201 : 200;
            reply.content_type = web::json_type;
            reply.body = render_checkout(outcome, deps_.site, envelopes_);
            return reply;
        };
    }

    void answer(Request const& request, service::RequestContext const& context, Result<service::Replied> const& replied,
                std::optional<CheckoutId> id, Response& response) {
        if (!replied) {
            auto const& error = replied.error();
            // An error that names an item, not the checkout: nothing of what was asked for can be sold.
            bool const item = !error.pointer.empty() && (!id || error.pointer != id->text());
            if (error.code != Code::not_found || !item) return fail(request, context, error, response);
            render_unavailable(error, envelopes_, response);
            return finish(request, context, "no-store", response);
        }
        response.status = replied->reply.status;
        response.body = replied->reply.body;
        response.decision = replied->decision;
        add_audit_entry(deps_.site, replied->audit_seq, response);
        finish(request, context, "no-store", response);
    }

    /// The checkout as it stands, with a remark about this call.
    void show(Request const& request, service::RequestContext const& context, CheckoutId id,
              std::optional<domain::Finding> const& note, Response& response) {
        auto outcome = deps_.checkouts.get(context, id);
        if (!outcome) return fail(request, context, outcome.error(), response);
        if (note) outcome->notes.push_back(*note);
        response.body = render_checkout(*outcome, deps_.site, envelopes_);
        finish(request, context, "no-store", response);
    }

    /// A handler we never advertised, or a credential that is no token, never reaches a payment provider.
    [[nodiscard]] std::optional<domain::Finding> refuse_payment(service::CompleteCheckout const& command) const {
        auto const refusal = [](std::string path, std::string content) {
            return domain::Finding{domain::FindingCode::payment_failed, domain::Severity::recoverable,
                                   "$.payment.instruments" + std::move(path), std::move(content)};
        };
        auto const& handlers = deps_.payments.handlers();
        if (std::none_of(handlers.begin(), handlers.end(),
                         [&](auto const& handler) { return handler.id == command.instrument.handler_id; }))
            return refusal("[0].handler_id", "The payment handler is none of those in ucp.payment_handlers.");
        if (command.credential_type != "token")
            return refusal("[0].credential", "Only credentials of type \"token\" are accepted; card data is refused.");
        return std::nullopt;
    }

    void fail(Request const& request, service::RequestContext const& context, Error const& error,
              Response& response) const {
        render_error(error, envelopes_, response);
        finish(request, context, "no-store", response);
    }

    static void finish(Request const& request, service::RequestContext const& context, std::string_view caching,
                       Response& response) {
        response.content_type = web::json_type;
        response.header("Cache-Control", std::string(caching));
        stamp(request, context, response);
    }

    Deps deps_;
    Envelopes envelopes_;
    CatalogOperations catalog_;
    std::string profile_;
    std::string leaf_;
};

using ReadHandler = void (Ucp::*)(Request const&, Response&);
using WriteHandler = Waiting (Ucp::*)(Request const&, Response&);

struct Operation {
    web::Method method;
    std::string_view path;
    std::string_view name;
    std::variant<ReadHandler, WriteHandler> handler;
};

constexpr Operation operations[] = {
    {web::Method::get, "/.well-known/ucp", "ucp.profile", &Ucp::profile},
    {web::Method::get, "/.well-known/ucp/2026-04-08", "ucp.leaf_profile", &Ucp::leaf_profile},
    {web::Method::post, "/ucp/v1/catalog/search", "ucp.search_catalog", &Ucp::search},
    {web::Method::post, "/ucp/v1/catalog/lookup", "ucp.lookup_catalog", &Ucp::lookup},
    {web::Method::post, "/ucp/v1/catalog/product", "ucp.get_product", &Ucp::product},
    {web::Method::post, "/ucp/v1/checkout-sessions", "ucp.create_checkout", &Ucp::create},
    {web::Method::get, "/ucp/v1/checkout-sessions/{id}", "ucp.get_checkout", &Ucp::checkout},
    {web::Method::put, "/ucp/v1/checkout-sessions/{id}", "ucp.update_checkout", &Ucp::update},
    {web::Method::post, "/ucp/v1/checkout-sessions/{id}/complete", "ucp.complete_checkout", &Ucp::complete},
    {web::Method::post, "/ucp/v1/checkout-sessions/{id}/cancel", "ucp.cancel_checkout", &Ucp::cancel},
    {web::Method::get, "/ucp/v1/orders/{id}", "ucp.get_order", &Ucp::order},
    {web::Method::get, "/checkout/{id}", "ucp.hand_off", &Ucp::hand_off},
};

web::Handler bind(std::shared_ptr<Ucp> const& ucp, std::variant<ReadHandler, WriteHandler> const& handler,
                  std::string_view operation) {
    if (auto const* read = std::get_if<ReadHandler>(&handler))
        return web::Immediate([ucp, call = *read, operation](Request const& request, Response& response) {
            response.operation = operation;
            ((*ucp).*call)(request, response);
        });
    return web::Awaiting(
        [ucp, call = std::get<WriteHandler>(handler), operation](Request const& request, Response& response) {
            response.operation = operation;
            return ((*ucp).*call)(request, response);
        });
}

void render_miss(Request const&, Response& response, int status) {
    if (status == 405) render_flat(405, "method_not_allowed", "see the Allow field", response);
    else render_flat(404, "not_found", "no such operation; see /.well-known/ucp", response);
}

}  // namespace

void mount(web::Router& router, Deps const& deps) {
    auto const ucp = std::make_shared<Ucp>(deps);
    for (auto const& operation : operations)
        router.add(operation.method, operation.path, operation.name, bind(ucp, operation.handler, operation.name));
    router.fallback("/ucp", render_miss);
}

Surface surface(Site const& site) {
    Surface out{"ucp", {}, site.base_url + std::string(rest_path), site.base_url + "/.well-known/ucp"};
    for (auto const version : all_versions) out.versions.emplace_back(to_text(version));
    return out;
}

}  // namespace b2a::protocol::ucp
