// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/body.hpp"
#include "b2a/protocol/disclosures.hpp"

#include "answers.hpp"
#include "compose.hpp"

namespace b2a::protocol::native {

void Operations::compose(Request const& request, Context const& context, Response& response) {
    thread_local json::Document document;
    auto const body = read_body(request, document);
    if (!body) return fail(request, body.error(), response);
    auto const asked = parse_compose(*body, deps_.site);
    if (!asked) return fail(request, asked.error(), response);
    auto const view = deps_.shopping.compose(context, *asked);
    if (!view) return fail(request, view.error(), response);
    if (!render_composed(response.body, deps_.site, cache_, *asked, *view))
        return fail(request, undisclosed_error(), response);
    finish_private(request, "native.compose", context, response);
}

}  // namespace b2a::protocol::native
