// SPDX-License-Identifier: Apache-2.0
#include "protocol/a2a/wire.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/json/copy.hpp"
#include "b2a/protocol/jsonrpc.hpp"

namespace b2a::protocol::a2a {
namespace {

constexpr MethodRow methods[] = {
    {"SendMessage", Version::v1_0, Method::send},
    {"GetTask", Version::v1_0, Method::get_task},
    {"CancelTask", Version::v1_0, Method::cancel_task},
    {"ListTasks", Version::v1_0, Method::list_tasks},
    {"SendStreamingMessage", Version::v1_0, Method::stream},
    {"SubscribeToTask", Version::v1_0, Method::stream},
    {"CreateTaskPushNotificationConfig", Version::v1_0, Method::push},
    {"GetTaskPushNotificationConfig", Version::v1_0, Method::push},
    {"ListTaskPushNotificationConfigs", Version::v1_0, Method::push},
    {"DeleteTaskPushNotificationConfig", Version::v1_0, Method::push},
    {"GetExtendedAgentCard", Version::v1_0, Method::extended_card},
    {"message/send", Version::v0_3, Method::send},
    {"tasks/get", Version::v0_3, Method::get_task},
    {"tasks/cancel", Version::v0_3, Method::cancel_task},
    {"message/stream", Version::v0_3, Method::stream},
    {"tasks/resubscribe", Version::v0_3, Method::stream},
    {"tasks/pushNotificationConfig/set", Version::v0_3, Method::push},
    {"tasks/pushNotificationConfig/get", Version::v0_3, Method::push},
    {"tasks/pushNotificationConfig/list", Version::v0_3, Method::push},
    {"tasks/pushNotificationConfig/delete", Version::v0_3, Method::push},
    {"agent/getAuthenticatedExtendedCard", Version::v0_3, Method::extended_card},
};

/// The names that 1.0 gives its error codes in google.rpc.ErrorInfo.
std::string_view reason_of(int code) noexcept {
    switch (code) {
        case rpc::parse_error: return "JSON_PARSE_ERROR";
        case rpc::invalid_request: return "INVALID_REQUEST";
        case rpc::method_not_found: return "METHOD_NOT_FOUND";
        case rpc::invalid_params: return "INVALID_PARAMS";
        case task_not_found: return "TASK_NOT_FOUND";
        case task_not_cancelable: return "TASK_NOT_CANCELABLE";
        case push_not_supported: return "PUSH_NOTIFICATION_NOT_SUPPORTED";
        case unsupported_operation: return "UNSUPPORTED_OPERATION";
        case content_type_not_supported: return "CONTENT_TYPE_NOT_SUPPORTED";
        case no_extended_card: return "EXTENDED_AGENT_CARD_NOT_CONFIGURED";
        case version_not_supported: return "VERSION_NOT_SUPPORTED";
        default: return "INTERNAL_ERROR";
    }
}

void write_data_part(json::Writer& json, Version version, std::string_view data) {
    json.begin_object();
    if (version == Version::v0_3) json.member("kind", "data");
    json.member_raw("data", data);
    if (version == Version::v1_0) json.member("mediaType", web::json_type);
    json.end_object();
}

void write_text_part(json::Writer& json, Version version, std::string_view text) {
    json.begin_object();
    if (version == Version::v0_3) json.member("kind", "text");
    json.member("text", text).end_object();
}

void write_task_object(json::Writer& json, Version version, Task const& task) {
    json.begin_object();
    if (version == Version::v0_3) json.member("kind", "task");
    json.member("id", task.id).member("contextId", task.context_id);
    json.key("status").begin_object().member("state", to_text(task.state, version)).end_object();
    json.key("artifacts").begin_array().begin_object().member("artifactId", "checkout").key("parts").begin_array();
    write_data_part(json, version, task.data);
    json.end_array().end_object().end_array().end_object();
}

/// Errors of JSON-RPC travel with HTTP 200 in A2A, like results.
void say(web::Response& response, std::string message) {
    response.status = 200;
    response.body = std::move(message);
    response.content_type = web::json_type;
}

}  // namespace

std::string_view to_text(Version version) noexcept {
    switch (version) {
        case Version::v0_3: return "0.3";
        case Version::v1_0: return "1.0";
    }
    return {};
}

std::optional<Version> version_of(web::Request const& request) {
    auto const field = request.headers.find("A2A-Version");
    auto const text = field ? trim(*field) : std::string_view();
    if (text.empty()) return Version::v0_3;
    for (auto const version : {Version::v0_3, Version::v1_0}) {
        auto const name = to_text(version);
        // A patch number says nothing about the format.
        if (text.starts_with(name) && (text.size() == name.size() || text[name.size()] == '.')) return version;
    }
    return std::nullopt;
}

MethodRow const* find_method(std::string_view name) noexcept {
    auto const found = std::ranges::find(methods, name, &MethodRow::name);
    return found == std::end(methods) ? nullptr : &*found;
}

void write_failure(web::Response& response, Exchange const& exchange, Failure const& failure) {
    if (exchange.version == Version::v0_3)
        return say(response, rpc::error_message(exchange.id, {200, failure.code, failure.message, failure.data}));
    std::string data;
    json::Writer json(data);
    json.begin_array().begin_object().member("@type", "type.googleapis.com/google.rpc.ErrorInfo");
    json.member("reason", reason_of(failure.code)).member("domain", "a2a-protocol.org");
    if (!failure.data.empty()) json.member_raw("metadata", failure.data);
    json.end_object().end_array();
    say(response, rpc::error_message(exchange.id, {200, failure.code, failure.message, std::move(data)}));
}

void write_message(web::Response& response, Exchange const& exchange, Outgoing const& outgoing) {
    bool const wrapped = exchange.version == Version::v1_0;
    std::string result;
    json::Writer json(result);
    if (wrapped) json.begin_object().key("message");
    json.begin_object();
    if (!wrapped) json.member("kind", "message");
    json.member("role", wrapped ? "ROLE_AGENT" : "agent").member("messageId", outgoing.message_id);
    json.member("contextId", outgoing.context_id).key("parts").begin_array();
    if (!outgoing.text.empty()) write_text_part(json, exchange.version, outgoing.text);
    write_data_part(json, exchange.version, outgoing.data);
    json.end_array().end_object();
    if (wrapped) json.end_object();
    say(response, rpc::result_message(exchange.id, result));
}

std::string_view to_text(TaskState state, Version version) noexcept {
    bool const old = version == Version::v0_3;
    switch (state) {
        case TaskState::working: return old ? "working" : "TASK_STATE_WORKING";
        case TaskState::completed: return old ? "completed" : "TASK_STATE_COMPLETED";
        case TaskState::canceled: return old ? "canceled" : "TASK_STATE_CANCELED";
        case TaskState::input_required: return old ? "input-required" : "TASK_STATE_INPUT_REQUIRED";
    }
    return {};
}

void write_task(web::Response& response, Exchange const& exchange, Task const& task, Wrap wrap) {
    bool const wrapped = wrap == Wrap::as_send_result && exchange.version == Version::v1_0;
    std::string result;
    json::Writer json(result);
    if (wrapped) json.begin_object().key("task");
    write_task_object(json, exchange.version, task);
    if (wrapped) json.end_object();
    say(response, rpc::result_message(exchange.id, result));
}

void write_task_list(web::Response& response, Exchange const& exchange, std::optional<Task> const& task) {
    std::string result;
    json::Writer json(result);
    json.begin_object().key("tasks").begin_array();
    if (task) write_task_object(json, exchange.version, *task);
    json.end_array().member("nextPageToken", "").member("pageSize", task ? 1 : 0);
    json.member("totalSize", task ? 1 : 0).end_object();
    say(response, rpc::result_message(exchange.id, result));
}

}  // namespace b2a::protocol::a2a
