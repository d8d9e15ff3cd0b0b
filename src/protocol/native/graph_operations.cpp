// SPDX-License-Identifier: Apache-2.0
// Walks through the product graph, looks and occasions.
#include "b2a/protocol/body.hpp"

#include "answers.hpp"
#include "graph.hpp"

namespace b2a::protocol::native {

void Operations::traverse(Request const& request, Context const& context, Response& response) {
    thread_local json::Document document;
    auto const chosen = representation(request);
    if (!chosen) return fail(request, chosen.error(), response);
    auto const body = read_body(request, document);
    if (!body) return fail(request, body.error(), response);
    auto const query = parse_traverse(*body);
    if (!query) return fail(request, query.error(), response);
    auto const view = deps_.shopping.traverse(context, *query);
    if (!view) return fail(request, view.error(), response);
    bool const linked = *chosen == Representation::json_ld;
    if (linked) render_traverse_ld(response.body, deps_.site, *view);
    else render_traverse(response.body, deps_.site, *view);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.traverse", linked ? web::json_ld_type : web::json_type, response);
}

void Operations::looks(Request const& request, Context const& context, Response& response) {
    auto const query = parse_document_query(request, DocumentFilters::brand_and_occasion);
    if (!query) return fail(request, query.error(), response);
    auto const page = deps_.shopping.looks(context, *query);
    if (!page) return fail(request, page.error(), response);
    render_looks(response.body, deps_.site, *page);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.looks", web::json_type, response);
}

void Operations::look(Request const& request, Context const& context, Response& response) {
    auto const view = deps_.shopping.look(context, request.param("id"));
    if (!view) return fail(request, view.error(), response);
    render_look(response.body, deps_.site, *view);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.look", web::json_type, response);
}

void Operations::occasions(Request const& request, Context const& context, Response& response) {
    auto const query = parse_document_query(request, DocumentFilters::none);
    if (!query) return fail(request, query.error(), response);
    auto const page = deps_.shopping.occasions(context, *query);
    if (!page) return fail(request, page.error(), response);
    render_occasions(response.body, *page);
    response.agent = context.principal.id;
    response.header("Cache-Control", "no-cache");
    finish(request, "native.occasions", web::json_type, response);
}

}  // namespace b2a::protocol::native
