// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/native.hpp"

#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/presentation.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/reply.hpp"
#include "b2a/web/problem.hpp"

#include "descriptor.hpp"
#include "fit.hpp"
#include "formats.hpp"
#include "illustration.hpp"
#include "parse_parts.hpp"
#include "render_decision.hpp"
#include "search.hpp"

namespace b2a::protocol::native {
namespace {

enum class Representation : std::uint8_t { json, json_ld };

Result<Representation> representation(web::Request const& request) {
    auto const accept = request.headers.find("Accept");
    // The common cases without a look at quality values.
    if (!accept || *accept == "*/*" || *accept == web::json_type) return Representation::json;
    auto const chosen = web::negotiate(request, {web::json_type, web::json_ld_type});
    if (chosen.empty()) return Error(Code::not_acceptable, "offered: application/json, application/ld+json");
    return chosen == web::json_ld_type ? Representation::json_ld : Representation::json;
}

class Native {
  public:
    explicit Native(Deps const& deps) : deps_(deps), openapi_(openapi_document(deps.site)) {}

    void descriptor(web::Request const& request, web::Response& response) {
        auto const& snapshot = deps_.catalog.snapshot();
        render_descriptor(response.body, deps_.site, snapshot, census_.of(snapshot));
        response.header("Cache-Control", "public, max-age=60");
        finish(request, "native.descriptor", web::json_type, response);
    }

    void openapi(web::Request const& request, web::Response& response) {
        response.body = openapi_;
        response.header("Cache-Control", "public, max-age=300");
        finish(request, "native.openapi", web::json_type, response);
    }

    void search(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const query = request.method == web::Method::post ? parse_search_body(request, deps_.site)
                                                               : parse_search_parameters(request, deps_.site);
        if (!query) return fail(request, query.error(), response);
        auto const view = deps_.catalog.search(context, *query);
        if (!view) return fail(request, view.error(), response);
        if (!render_search(response.body, deps_.site, cache_, *query, *view))
            return fail(request, undisclosed_error(), response);
        response.agent = context.principal.id;
        response.header("Cache-Control", "no-cache");
        finish(request, "native.search", web::json_type, response);
    }

    void fit(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const body = json_body(request);
        if (!body) return fail(request, body.error(), response);
        auto const asked = parse_fit(*body, deps_.site);
        if (!asked) return fail(request, asked.error(), response);
        auto const view = deps_.fit.fit(context, asked->query);
        if (!view) return fail(request, view.error(), response);
        if (!render_fit(response.body, deps_.site, cache_, *asked, *view))
            return fail(request, undisclosed_error(), response);
        response.agent = context.principal.id;
        response.header("Cache-Control", "no-store");
        finish(request, "native.fit", web::json_type, response);
    }

    void size_charts(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const query = parse_size_chart_query(request);
        if (!query) return fail(request, query.error(), response);
        auto const list = deps_.fit.size_charts(context, *query);
        if (!list) return fail(request, list.error(), response);
        render_size_charts(response.body, deps_.site, *list);
        response.agent = context.principal.id;
        response.header("Cache-Control", "no-cache");
        finish(request, "native.size_charts", web::json_type, response);
    }

    void size_chart(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const view = deps_.fit.size_chart(context, request.param("id"));
        if (!view) return fail(request, view.error(), response);
        render_size_chart(response.body, deps_.site, *view);
        response.agent = context.principal.id;
        response.header("Cache-Control", "no-cache");
        finish(request, "native.size_chart", web::json_type, response);
    }

    void decision(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const id = DecisionId::parse(request.param("id"));
        if (!id) return fail(request, Error(Code::not_found, "no such decision"), response);
        auto const view = deps_.decisions.get(context, *id);
        if (!view) return fail(request, view.error(), response);
        render_decision(response.body, deps_.site, *view);
        response.agent = context.principal.id;
        response.header("Cache-Control", "no-store");
        finish(request, "native.decision", web::json_type, response);
    }

    void product(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const view = find(request, context, response);
        if (!view) return;
        respond(request, *view->snapshot, view->product_index, std::nullopt, response);
    }

    void variant(web::Request const& request, service::RequestContext const& context, web::Response& response) {
        auto const view = find(request, context, response);
        if (!view) return;
        auto variant = view->variant_index;
        // A product of one variant may share that variant's id.
        auto const& variants = view->snapshot->product_at(view->product_index).variants;
        if (!variant && variants.size() == 1 && variants.front().id == request.param("id"))
            variant = view->snapshot->first_variant(view->product_index);
        if (!variant) return fail(request, Error(Code::not_found, "no such variant"), response);
        respond(request, *view->snapshot, view->product_index, variant, response);
    }

    void checkout_provenance(web::Request const& request, service::RequestContext const& context,
                             web::Response& response) {
        provenance<CheckoutId>(request, context, &service::ProvenanceService::of_checkout, "no such checkout",
                               response);
    }

    void order_provenance(web::Request const& request, service::RequestContext const& context,
                          web::Response& response) {
        provenance<OrderId>(request, context, &service::ProvenanceService::of_order, "no such order", response);
    }

    void media(web::Request const& request, web::Response& response) {
        auto const file = request.param("file");
        auto const& snapshot = deps_.catalog.snapshot();
        auto const picture =
            file.ends_with(".svg") ? picture_of(snapshot, file.substr(0, file.size() - 4)) : std::nullopt;
        if (!picture) return fail(request, Error(Code::not_found, "no such picture"), response);
        render_illustration(response.body, *picture);
        response.header("Cache-Control", "public, max-age=86400");
        response.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        finish(request, "native.media", web::svg_type, response);
    }

    using Governed = void (Native::*)(web::Request const&, service::RequestContext const&, web::Response&);

    /// Who did not sign is known at once; a signature may need keys that are not here yet.
    std::optional<boost::asio::awaitable<void>> govern(Governed handler, web::Request const& request,
                                                       web::Response& response) {
        if (!identity::is_signed(request)) {
            answer(handler, request, deps_.contexts.read(request, policy::Protocol::native), response);
            return std::nullopt;
        }
        auto presented = deps_.recognizer.presented_by(request);
        if (auto recognised = deps_.recognizer.at_once(request, presented)) {
            answer_to(handler, request, *std::move(recognised), response);
            return std::nullopt;
        }
        return recognise(handler, request, std::move(presented), response);
    }

    static void fail(web::Request const& request, Error const& error, web::Response& response) {
        response.body.clear();
        web::render_problem(error, response);
        add_error_fields(error, response);
        echo_request_id(request, response);
    }

  private:
    /// For the agent concerned.
    template <class Id>
    void provenance(web::Request const& request, service::RequestContext const& context,
                    Result<service::ProvenanceView> (service::ProvenanceService::*of)(service::RequestContext const&,
                                                                                      Id),
                    std::string_view unknown, web::Response& response) {
        auto const id = Id::parse(request.param("id"));
        if (!id) return fail(request, Error(Code::not_found, std::string(unknown)), response);
        auto const view = (deps_.provenance.*of)(context, *id);
        if (!view) return fail(request, view.error(), response);
        render_provenance(response.body, deps_.site, *view);
        if (!may_leave("native.provenance", response.body, view->disclosures, deps_.site, write_disclosure))
            return fail(request, undisclosed_error(), response);
        response.agent = context.principal.id;
        response.header("Cache-Control", "no-store");
        finish(request, "native.provenance", web::json_type, response);
    }

    boost::asio::awaitable<void> recognise(Governed handler, web::Request const& request,
                                           Recognizer::Presented presented, web::Response& response) {
        auto recognised = co_await deps_.recognizer.recognize(request, std::move(presented));
        answer_to(handler, request, std::move(recognised), response);
    }

    void answer_to(Governed handler, web::Request const& request, Recognition recognised, web::Response& response) {
        auto context = deps_.recognizer.context_of(request, std::move(recognised), policy::Protocol::native);
        answer(handler, request, context, response);
    }

    void answer(Governed handler, web::Request const& request, Result<service::RequestContext> const& context,
                web::Response& response) {
        if (!context) return fail(request, context.error(), response);
        (this->*handler)(request, *context, response);
    }

    static void echo_request_id(web::Request const& request, web::Response& response) {
        if (auto const id = client_request_id(request)) response.header("Request-Id", std::string(*id));
    }

    static void finish(web::Request const& request, std::string_view operation, std::string_view type,
                       web::Response& response) {
        response.content_type = type;
        response.operation = operation;
        echo_request_id(request, response);
    }

    std::optional<service::ProductView> find(web::Request const& request, service::RequestContext const& context,
                                             web::Response& response) {
        auto view = deps_.catalog.product(context, request.param("id"));
        if (!view) {
            fail(request, view.error(), response);
            return std::nullopt;
        }
        response.agent = context.principal.id;
        return *view;
    }

    void respond(web::Request const& request, catalog::Snapshot const& snapshot, std::uint32_t product,
                 std::optional<std::uint32_t> variant, web::Response& response) {
        auto const chosen = representation(request);
        if (!chosen) return fail(request, chosen.error(), response);
        bool const linked = *chosen == Representation::json_ld;
        auto const& entry =
            variant ? variant_entry(snapshot, product, *variant, linked) : product_entry(snapshot, product, linked);
        if (entry.body.empty()) return fail(request, undisclosed_error(), response);
        response.header("ETag", entry.etag);
        response.header("Vary", "Accept");
        response.header("Cache-Control", "no-cache");
        auto const known = request.headers.find("If-None-Match");
        if (known && matches_entity_tag(*known, entry.etag)) {
            response.status = 304;
            return finish(request, variant ? "native.variant" : "native.product", {}, response);
        }
        response.body = entry.body;
        finish(request, variant ? "native.variant" : "native.product", linked ? web::json_ld_type : web::json_type,
               response);
    }

    /// Checked when it is rendered, not whenever it is sent. An empty rendering is never sent.
    void keep_if_lawful(std::string_view operation, std::string& out, domain::Disclosures const& required) const {
        if (!may_leave(operation, out, required, deps_.site, write_disclosure)) out.clear();
    }

    RenderCache::Entry const& product_entry(catalog::Snapshot const& snapshot, std::uint32_t product, bool linked) {
        auto const format = static_cast<std::uint8_t>(linked ? Format::product_ld : Format::product);
        return cache_.get(snapshot, {product, format, {}}, product, [&](std::string& out) {
            linked ? render_product_ld(out, deps_.site, snapshot, product)
                   : render_product(out, deps_.site, snapshot, product);
            keep_if_lawful("native.product", out, product_disclosures(snapshot, product));
        });
    }

    RenderCache::Entry const& variant_entry(catalog::Snapshot const& snapshot, std::uint32_t product,
                                            std::uint32_t variant, bool linked) {
        auto const format = static_cast<std::uint8_t>(linked ? Format::variant_ld : Format::variant);
        return cache_.get(snapshot, {variant, format, {}}, product, [&](std::string& out) {
            linked ? render_variant_ld(out, deps_.site, snapshot, product, variant)
                   : render_variant(out, deps_.site, snapshot, product, variant);
            keep_if_lawful("native.variant", out, variant_disclosures(snapshot, product, variant));
        });
    }

    Deps deps_;
    RenderCache cache_;
    CatalogCensus census_;
    std::string openapi_;
};

using Open = void (Native::*)(web::Request const&, web::Response&);

struct Operation {
    web::Method method;
    std::string_view path;
    std::string_view name;
    std::variant<Open, Native::Governed> handler;
};

constexpr Operation operations[] = {
    {web::Method::get, "/.well-known/b2a", "native.descriptor", &Native::descriptor},
    {web::Method::get, "/b2a/v1", "native.descriptor", &Native::descriptor},
    {web::Method::get, "/b2a/v1/openapi.json", "native.openapi", &Native::openapi},
    {web::Method::get, "/b2a/v1/search", "native.search", &Native::search},
    {web::Method::post, "/b2a/v1/search", "native.search", &Native::search},
    {web::Method::post, "/b2a/v1/fit", "native.fit", &Native::fit},
    {web::Method::get, "/b2a/v1/size-charts", "native.size_charts", &Native::size_charts},
    {web::Method::get, "/b2a/v1/size-charts/{id}", "native.size_chart", &Native::size_chart},
    {web::Method::get, "/b2a/v1/products/{id}", "native.product", &Native::product},
    {web::Method::get, "/b2a/v1/variants/{id}", "native.variant", &Native::variant},
    {web::Method::get, "/b2a/v1/decisions/{id}", "native.decision", &Native::decision},
    {web::Method::get, "/b2a/v1/checkouts/{id}/provenance", "native.provenance", &Native::checkout_provenance},
    {web::Method::get, "/b2a/v1/orders/{id}/provenance", "native.provenance", &Native::order_provenance},
    {web::Method::get, "/media/{file}", "native.media", &Native::media},
};

web::Handler handler_of(std::shared_ptr<Native> const& native, Operation const& operation) {
    if (auto const* open = std::get_if<Open>(&operation.handler))
        return web::Immediate([native, handler = *open](web::Request const& request, web::Response& response) {
            ((*native).*handler)(request, response);
        });
    auto const governed = std::get<Native::Governed>(operation.handler);
    return web::Deciding([native, governed](web::Request const& request, web::Response& response) {
        return native->govern(governed, request, response);
    });
}

void render_miss(web::Request const& request, web::Response& response, int status) {
    auto const code = status == 405 ? Code::method_not_allowed : Code::not_found;
    auto const detail = status == 405 ? "see the Allow field" : "see /.well-known/b2a for what there is";
    Native::fail(request, Error(code, detail), response);
}

}  // namespace

void mount(web::Router& router, Deps const& deps) {
    auto const native = std::make_shared<Native>(deps);
    for (auto const& operation : operations)
        router.add(operation.method, operation.path, operation.name, handler_of(native, operation));
    router.fallback("/b2a", render_miss);
    router.fallback("/", render_miss);
}

Surface surface(Site const& site) {
    return {"native", {"v1"}, site.base_url + "/b2a/v1", site.base_url + "/b2a/v1/openapi.json"};
}

}  // namespace b2a::protocol::native
