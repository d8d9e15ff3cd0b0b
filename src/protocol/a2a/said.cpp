// SPDX-License-Identifier: Apache-2.0
#include "protocol/a2a/said.hpp"

#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/jsonrpc.hpp"

#include "incoming.hpp"

namespace b2a::protocol::a2a {
namespace {

using json::View;

std::string text_of(View object, std::string_view key) {
    auto const member = object.get(key);
    return std::string(member ? member->as_string().value_or("") : "");
}

std::string texts_of(std::string const& body) {
    json::Document document;
    auto const root = document.parse(body);
    std::string out;
    json::Writer json(out);
    json.begin_object();
    if (root)
        root->each_member([&](std::string_view key, View member) {
            if (auto const text = member.as_string()) json.member(key, *text);
        });
    json.end_object();
    return out;
}

/// UCP's own numbers mean other things here: -32001 is a task that is not there.
int code_for(int status) noexcept {
    if (status == 400 || status == 413 || status == 415 || status == 422) return rpc::invalid_params;
    return status >= 500 && status != 503 ? rpc::internal_error : server_error;
}

TaskState state_of(std::string_view status) noexcept {
    if (status == "complete_in_progress") return TaskState::working;
    if (status == "completed") return TaskState::completed;
    if (status == "canceled") return TaskState::canceled;
    return TaskState::input_required;
}

}  // namespace

Said hear(web::Response& response) {
    Said out;
    out.body = std::move(response.body);
    json::Document document;
    auto const root = document.parse(out.body);
    if (!root) return out;
    out.status = text_of(*root, "status");
    out.id = text_of(*root, "id");
    out.code = text_of(*root, "code");
    out.content = text_of(*root, "content");
    auto const messages = root->get("messages");
    if (!messages || !out.id.empty() || !out.code.empty()) return out;
    messages->each_element([&](std::size_t index, View message) {
        if (index == 0) out.code = text_of(message, "code");
    });
    return out;
}

bool is_outstanding(Said const& said) {
    return said.status == "complete_in_progress" || said.status == "requires_escalation";
}

std::string data_of(std::string_view key, std::string_view body) {
    std::string out;
    json::Writer(out).begin_object().member_raw(key, body).end_object();
    return out;
}

Task task_of(Said const& said, std::string_view context_id) {
    Task out;
    out.id = to_text(TaskId{said.id, std::string(context_id)});
    out.context_id = context_id;
    out.state = state_of(said.status);
    out.data = data_of("a2a.ucp.checkout", said.body);
    return out;
}

Failure refusal_of(Said const& said, int http_status) {
    auto message = said.content.empty() ? std::string("the request was refused") : said.content;
    return {code_for(http_status), std::move(message), texts_of(said.body)};
}

}  // namespace b2a::protocol::a2a
