// SPDX-License-Identifier: Apache-2.0
// Comparing and rebuilding: parse, one call, render.
#include "b2a/protocol/body.hpp"
#include "b2a/protocol/disclosures.hpp"

#include "answers.hpp"
#include "compare.hpp"

namespace b2a::protocol::native {

void Operations::compare(Request const& request, Context const& context, Response& response) {
    thread_local json::Document document;
    auto const body = read_body(request, document);
    if (!body) return fail(request, body.error(), response);
    auto const asked = parse_compare(*body, deps_.site);
    if (!asked) return fail(request, asked.error(), response);
    auto const view = deps_.shopping.compare(context, *asked);
    if (!view) return fail(request, view.error(), response);
    if (!render_comparison(response.body, deps_.site, cache_, *asked, *view))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.compare", context, response);
}

void Operations::rebuild(Request const& request, Context const& context, Response& response) {
    thread_local json::Document document;
    auto const body = read_body(request, document);
    if (!body) return fail(request, body.error(), response);
    auto const order = order_to_rebuild(context, *body);
    if (!order) return fail(request, order.error(), response);
    auto const asked = parse_rebuild(*body, deps_.site, *order ? &**order : nullptr);
    if (!asked) return fail(request, asked.error(), response);
    auto const view = deps_.shopping.rebuild(context, *asked);
    if (!view) return fail(request, view.error(), response);
    if (!render_rebuilt(response.body, deps_.site, cache_, *asked, *view))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.rebuild", context, response);
}

/// With the caller's own rights: another's order is as unknown as one that never was.
Result<std::optional<domain::Order>> Operations::order_to_rebuild(Context const& context, json::View body) {
    B2A_TRY(id, rebuilt_order(body));
    if (!id) return std::optional<domain::Order>();
    auto order = deps_.orders.get(context, *id);
    if (order) return std::optional(std::move(*order));
    auto error = std::move(order).error();
    if (error.code == Code::not_found) {
        error.code = Code::unprocessable;  // the body names it, not the path
        error.pointer = "/order_id";
    }
    return error;
}

}  // namespace b2a::protocol::native
