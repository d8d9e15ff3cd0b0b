// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"

#include "paging.hpp"
#include "protocol/mcp/fixtures/fixtures.hpp"
#include "server.hpp"

namespace b2a::protocol::mcp {
namespace {

std::string completion_result(std::vector<std::string> const& values) {
    auto const shown = std::min(values.size(), limits::mcp_completion_values_max);
    std::string out;
    json::Writer json(out);
    json.begin_object().key("completion").begin_object().key("values").begin_array();
    for (std::size_t i = 0; i < shown; ++i) json.value(values[i]);
    json.end_array().member("total", std::uint64_t{values.size()}).member("hasMore", shown < values.size());
    json.end_object().end_object();
    return out;
}

std::string_view text_of(json::View object, std::string_view key) {
    auto const value = object.get(key);
    return value ? value->as_string().value_or("") : std::string_view();
}

}  // namespace

Waiting Server::list_prompts(Call& call) {
    std::string items;
    for (auto const& set : deps_.prompts) append_items(items, set->list());
    auto const page = page_of(items, "prompts", call.params());
    if (!page) co_return call.refuse(Refusal{200, invalid_params, "cursor is none of ours"});
    std::string out;
    json::Writer json(out);
    json.begin_object().member_raw("prompts", '[' + page->items + ']').member_if("nextCursor", page->next_cursor);
    json.end_object();
    call.result(out, for_everyone);
}

Waiting Server::get_prompt(Call& call) {
    auto const name = call.text("name");
    if (name && deps_.fixtures && call.modern() && deps_.fixtures->asks_for_prompt(*name))
        co_return deps_.fixtures->ask_for_prompt(call);
    auto const set = std::ranges::find_if(deps_.prompts, [&](auto const& one) { return name && one->has(*name); });
    if (set == deps_.prompts.end())
        co_return call.refuse(Refusal{200, invalid_params, "unknown prompt: " + std::string(name.value_or(""))});
    auto const arguments = call.params().get("arguments").value_or(json::View());
    std::string asked(*name);
    auto const prompt = co_await (*set)->get(call.request(), std::move(asked), arguments);
    if (!prompt) co_return call.refuse(prompt.error());
    call.result(*prompt);
}

Waiting Server::complete(Call& call) {
    auto const ref = call.params().get("ref").value_or(json::View());
    auto const argument = call.params().get("argument").value_or(json::View());
    bool const of_prompt = text_of(ref, "type") == "ref/prompt";
    auto const subject = text_of(ref, of_prompt ? "name" : "uri");
    Completion const asked{subject, text_of(argument, "name"), text_of(argument, "value")};
    if (subject.empty() || asked.argument.empty() || (!of_prompt && text_of(ref, "type") != "ref/resource"))
        co_return call.refuse(Refusal{200, invalid_params, "ref and argument must name what is to be completed"});
    std::optional<std::vector<std::string>> values;
    if (of_prompt) {
        for (std::size_t i = 0; i < deps_.prompts.size() && !values; ++i)
            values = co_await deps_.prompts[i]->complete(call.request(), asked);
    } else {
        for (std::size_t i = 0; i < deps_.resources.size() && !values; ++i)
            values = co_await deps_.resources[i]->complete(call.request(), asked);
    }
    if (!values) co_return call.refuse(Refusal{200, invalid_params, "ref names nothing of ours"});
    call.result(completion_result(*values));
}

}  // namespace b2a::protocol::mcp
