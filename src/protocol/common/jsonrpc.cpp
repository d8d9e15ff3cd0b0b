// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/jsonrpc.hpp"

#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::protocol::rpc {
namespace {

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

void begin(json::Writer& json, std::string_view id) {
    json.begin_object().member("jsonrpc", "2.0").member_raw("id", id.empty() ? std::string_view("null") : id);
}

}  // namespace

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

void write_result(web::Response& response, std::string_view id, std::string_view result) {
    std::string body;
    body.reserve(result.size() + 64);
    json::Writer json(body);
    begin(json, id);
    json.member_raw("result", result).end_object();
    response.body = std::move(body);
    response.content_type = web::json_type;
}

void write_error(web::Response& response, std::string_view id, int code, std::string_view message,
                 std::string_view data) {
    std::string body;
    json::Writer json(body);
    begin(json, id);
    json.key("error").begin_object().member("code", code).member("message", message);
    if (!data.empty()) json.member_raw("data", data);
    json.end_object().end_object();
    response.body = std::move(body);
    response.content_type = web::json_type;
}

}  // namespace b2a::protocol::rpc
