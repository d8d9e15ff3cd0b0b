// SPDX-License-Identifier: Apache-2.0
// What the shop says about itself, its catalog, and where amounts and decisions come from.
#include "b2a/protocol/body.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/web/problem.hpp"

#include "answers.hpp"
#include "descriptor.hpp"
#include "fit.hpp"
#include "formats.hpp"
#include "illustration.hpp"
#include "render_decision.hpp"
#include "render_shop.hpp"
#include "search.hpp"

namespace b2a::protocol::native {
namespace {

/// Checked when it is rendered, not whenever it is sent. An empty rendering is never sent.
void keep_if_lawful(std::string_view operation, std::string& out, domain::Disclosures const& required,
                    Site const& site) {
    if (!may_leave(operation, out, required, site, write_disclosure)) out.clear();
}

}  // namespace

Operations::Operations(Deps const& deps) : deps_(deps), openapi_(openapi_document(deps.site)) {}

void Operations::descriptor(Request const& request, Response& response) {
    auto const& snapshot = deps_.catalog.snapshot();
    render_descriptor(response.body, deps_.site, snapshot, census_.of(snapshot));
    response.header("Cache-Control", "public, max-age=60");
    finish(request, "native.descriptor", web::json_type, response);
}

void Operations::openapi(Request const& request, Response& response) {
    response.body = openapi_;
    response.header("Cache-Control", "public, max-age=300");
    finish(request, "native.openapi", web::json_type, response);
}

void Operations::brand(Request const& request, Response& response) {
    render_brands(response.body, deps_.catalog.snapshot());
    response.header("Cache-Control", "public, max-age=60");
    finish(request, "native.brand", web::json_type, response);
}

void Operations::policies(Request const& request, Response& response) {
    render_policies(response.body, deps_.site, deps_.catalog.snapshot());
    response.header("Cache-Control", "public, max-age=60");
    finish(request, "native.policies", web::json_type, response);
}

void Operations::media(Request const& request, Response& response) {
    auto const file = request.param("file");
    auto const& snapshot = deps_.catalog.snapshot();
    auto const picture = file.ends_with(".svg") ? picture_of(snapshot, file.substr(0, file.size() - 4)) : std::nullopt;
    if (!picture) return fail(request, Error(Code::not_found, "no such picture"), response);
    render_illustration(response.body, *picture);
    response.header("Cache-Control", "public, max-age=86400");
    response.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    finish(request, "native.media", web::svg_type, response);
}

void Operations::search(Request const& request, Context const& context, Response& response) {
    if (request.method == web::Method::post) return search_by_body(request, context, response);
    auto const query = parse_search_parameters(request, deps_.site);
    if (!query) return fail(request, query.error(), response);
    search_for_nobody(request, context, *query, response);
}

void Operations::search_by_body(Request const& request, Context const& context, Response& response) {
    auto const asked = parse_search_body(request, deps_.site);
    if (!asked) return fail(request, asked.error(), response);
    if (!asked->need) return search_for_nobody(request, context, asked->query, response);
    auto const view = deps_.shopping.search(context, asked->query, *asked->need);
    if (!view) return fail(request, view.error(), response);
    if (!render_need_search(response.body, deps_.site, cache_, asked->query, *view))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.search", context, response);
}

void Operations::search_for_nobody(Request const& request, Context const& context, catalog::SearchQuery const& query,
                                   Response& response) {
    auto const view = deps_.catalog.search(context, query);
    if (!view) return fail(request, view.error(), response);
    if (!render_search(response.body, deps_.site, cache_, query, *view))
        return fail(request, undisclosed_error(), response);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.search", web::json_type, response);
}

void Operations::fit(Request const& request, Context const& context, Response& response) {
    thread_local json::Document document;
    auto const body = read_body(request, document);
    if (!body) return fail(request, body.error(), response);
    auto const asked = parse_fit(*body, deps_.site);
    if (!asked) return fail(request, asked.error(), response);
    auto const view = deps_.fit.fit(context, asked->query);
    if (!view) return fail(request, view.error(), response);
    if (!render_fit(response.body, deps_.site, cache_, *asked, *view))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.fit", context, response);
}

void Operations::size_charts(Request const& request, Context const& context, Response& response) {
    auto const query = parse_size_chart_query(request);
    if (!query) return fail(request, query.error(), response);
    auto const list = deps_.fit.size_charts(context, *query);
    if (!list) return fail(request, list.error(), response);
    render_size_charts(response.body, deps_.site, *list);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.size_charts", web::json_type, response);
}

void Operations::size_chart(Request const& request, Context const& context, Response& response) {
    auto const view = deps_.fit.size_chart(context, request.param("id"));
    if (!view) return fail(request, view.error(), response);
    render_size_chart(response.body, deps_.site, *view);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.size_chart", web::json_type, response);
}

void Operations::decision(Request const& request, Context const& context, Response& response) {
    auto const id = DecisionId::parse(request.param("id"));
    if (!id) return fail(request, Error(Code::not_found, "no such decision"), response);
    auto const view = deps_.decisions.get(context, *id);
    if (!view) return fail(request, view.error(), response);
    render_decision(response.body, deps_.site, *view);
    finish_private(request, "native.decision", context, response);
}

void Operations::product(Request const& request, Context const& context, Response& response) {
    auto const view = deps_.catalog.product(context, request.param("id"));
    if (!view) return fail(request, view.error(), response);
    response.agent = context.principal.id;
    respond(request, *view->snapshot, view->product_index, std::nullopt, response);
}

void Operations::variant(Request const& request, Context const& context, Response& response) {
    auto const view = deps_.catalog.product(context, request.param("id"));
    if (!view) return fail(request, view.error(), response);
    response.agent = context.principal.id;
    auto variant = view->variant_index;
    // A product of one variant may share that variant's id.
    auto const& variants = view->snapshot->product_at(view->product_index).variants;
    if (!variant && variants.size() == 1 && variants.front().id == request.param("id"))
        variant = view->snapshot->first_variant(view->product_index);
    if (!variant) return fail(request, Error(Code::not_found, "no such variant"), response);
    respond(request, *view->snapshot, view->product_index, variant, response);
}

Result<std::string> Operations::product_document(Context const& context, std::string_view id) {
    B2A_TRY(view, deps_.catalog.product(context, id));
    auto const& entry = product_entry(*view.snapshot, view.product_index, false);
    if (entry.body.empty()) return undisclosed_error();
    return entry.body;
}

Result<std::string> Operations::size_chart_document(Context const& context, std::string_view id) {
    B2A_TRY(view, deps_.fit.size_chart(context, id));
    std::string out;
    render_size_chart(out, deps_.site, view);
    return out;
}

catalog::Snapshot const* Operations::readable(Context const& context) {
    catalog::SearchQuery query;
    query.currency = deps_.site.default_currency;
    query.limit = 1;
    auto const view = deps_.catalog.search(context, query);
    return view ? view->snapshot : nullptr;
}

void Operations::checkout_provenance(Request const& request, Context const& context, Response& response) {
    provenance<CheckoutId>(request, context, &service::ProvenanceService::of_checkout, "no such checkout", response);
}

void Operations::order_provenance(Request const& request, Context const& context, Response& response) {
    provenance<OrderId>(request, context, &service::ProvenanceService::of_order, "no such order", response);
}

/// For the agent concerned.
template <class Id>
void Operations::provenance(Request const& request, Context const& context,
                            Result<service::ProvenanceView> (service::ProvenanceService::*of)(Context const&, Id),
                            std::string_view unknown, Response& response) {
    auto const id = Id::parse(request.param("id"));
    if (!id) return fail(request, Error(Code::not_found, std::string(unknown)), response);
    auto const view = (deps_.provenance.*of)(context, *id);
    if (!view) return fail(request, view.error(), response);
    render_provenance(response.body, deps_.site, *view);
    if (!may_leave("native.provenance", response.body, view->disclosures, deps_.site, write_disclosure))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.provenance", context, response);
}

void Operations::respond(Request const& request, catalog::Snapshot const& snapshot, std::uint32_t product,
                         std::optional<std::uint32_t> variant, Response& response) {
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

RenderCache::Entry const& Operations::product_entry(catalog::Snapshot const& snapshot, std::uint32_t product,
                                                    bool linked) {
    auto const format = static_cast<std::uint8_t>(linked ? Format::product_ld : Format::product);
    return cache_.get(snapshot, {product, format, {}}, product, [&](std::string& out) {
        linked ? render_product_ld(out, deps_.site, snapshot, product)
               : render_product(out, deps_.site, snapshot, product);
        keep_if_lawful("native.product", out, product_disclosures(snapshot, product), deps_.site);
    });
}

RenderCache::Entry const& Operations::variant_entry(catalog::Snapshot const& snapshot, std::uint32_t product,
                                                    std::uint32_t variant, bool linked) {
    auto const format = static_cast<std::uint8_t>(linked ? Format::variant_ld : Format::variant);
    return cache_.get(snapshot, {variant, format, {}}, product, [&](std::string& out) {
        linked ? render_variant_ld(out, deps_.site, snapshot, product, variant)
               : render_variant(out, deps_.site, snapshot, product, variant);
        keep_if_lawful("native.variant", out, variant_disclosures(snapshot, product, variant), deps_.site);
    });
}

}  // namespace b2a::protocol::native
