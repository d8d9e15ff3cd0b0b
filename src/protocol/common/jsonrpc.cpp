// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/jsonrpc.hpp"

#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::protocol::rpc {
namespace {

json::Writer& begin(json::Writer& json) {
    return json.begin_object().member("jsonrpc", "2.0");
}

}  // namespace

Result<std::string> id_text(json::View id) {
    std::string out;
    json::Writer json(out);
    if (auto const number = id.as_int()) {
        json.value(*number);
        return out;
    }
    auto const text = id.as_string();
    if (!text || text->size() > limits::id_bytes_max)
        return Error(Code::invalid_request, "id must be a string or an integer");
    json.value(*text);
    return out;
}

Result<Message> read_message(json::View root) {
    Message out;
    if (!root.is(json::Kind::object))
        return Error(Code::invalid_request, "a message is one object; batches are not taken");
    auto const version = root.get("jsonrpc");
    if (!version || version->as_string() != "2.0") return Error(Code::invalid_request, "jsonrpc must be \"2.0\"");
    if (auto const id = root.get("id"); id && !id->is(json::Kind::null)) {
        B2A_TRY(text, id_text(*id));
        out.id = std::move(text);
    }
    auto const method = root.get("method");
    if (!method) {
        if (!root.get("result") && !root.get("error")) return Error(Code::invalid_request, "method is missing");
        out.response = true;
        return out;
    }
    auto const name = method->as_string();
    if (!name || name->empty() || name->size() > limits::id_bytes_max)
        return Error(Code::invalid_request, "method must be a name");
    out.method = *name;
    if (auto const params = root.get("params"); params && !params->is(json::Kind::null)) {
        if (!params->is(json::Kind::object)) return Error(Code::invalid_request, "params must be an object");
        out.params = *params;
    }
    return out;
}

std::string result_message(std::string_view id, std::string_view result) {
    std::string out;
    out.reserve(result.size() + id.size() + 64);
    json::Writer json(out);
    begin(json).member_raw("id", id).member_raw("result", result).end_object();
    return out;
}

std::string error_message(std::string_view id, Refusal const& refusal) {
    std::string out;
    json::Writer json(out);
    begin(json).member_raw("id", id.empty() ? std::string_view("null") : id);
    json.key("error").begin_object().member("code", refusal.code).member("message", refusal.message);
    if (!refusal.data.empty()) json.member_raw("data", refusal.data);
    json.end_object().end_object();
    return out;
}

std::string notification_message(std::string_view method, std::string_view params) {
    std::string out;
    json::Writer json(out);
    begin(json).member("method", method).member_raw("params", params).end_object();
    return out;
}

std::string request_message(std::string_view id, std::string_view method, std::string_view params) {
    std::string out;
    json::Writer json(out);
    begin(json).member_raw("id", id).member("method", method).member_raw("params", params).end_object();
    return out;
}

}  // namespace b2a::protocol::rpc
