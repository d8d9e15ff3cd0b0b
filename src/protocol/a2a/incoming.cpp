// SPDX-License-Identifier: Apache-2.0
#include "protocol/a2a/incoming.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/protocol/jsonrpc.hpp"

namespace b2a::protocol::a2a {
namespace {

using json::Kind;
using json::View;

constexpr std::size_t name_digest_bytes = 16;
constexpr std::size_t parts_max = 64;

Failure wrong(std::string message) {
    return {rpc::invalid_params, std::move(message)};
}

/// A digest of some texts as a name: the same texts, the same name.
std::string named(std::string_view prefix, std::initializer_list<std::string_view> texts) {
    crypto::Sha256 hash;
    for (auto const text : texts) hash.update(std::to_string(text.size())).update(":").update(text);
    auto const digest = hash.finish();
    return std::string(prefix) + to_hex(ByteView(digest).first(name_digest_bytes));
}

/// A member that names something; nullopt: it is there and no such text. Ids become idempotency keys and are echoed, so
/// they are printable ASCII.
std::optional<std::string> name_in(View object, std::string_view key, std::size_t bytes_max = limits::id_bytes_max) {
    auto const member = object.get(key);
    if (!member || member->is(Kind::null)) return std::string();
    auto const text = member->as_string();
    auto const printable = [](char c) { return c > 0x20 && c < 0x7f; };
    if (!text || text->size() > bytes_max || !std::ranges::all_of(*text, printable)) return std::nullopt;
    return std::string(*text);
}

/// The ids of the message. 0.3 and 1.0 name them alike.
std::optional<Failure> read_ids(View message, Incoming& out) {
    auto message_id = name_in(message, "messageId");
    if (!message_id || message_id->empty())
        return wrong("message.messageId must be 1 to 255 printable ASCII characters without spaces");
    out.message_id = *std::move(message_id);
    auto context_id = name_in(message, "contextId");
    if (!context_id) return wrong("message.contextId must be at most 255 printable ASCII characters without spaces");
    out.context_id = *std::move(context_id);
    auto const task = name_in(message, "taskId", 2 * limits::id_bytes_max);
    if (!task) return wrong("message.taskId must be a task's id");
    if (!task->empty()) {
        auto id = parse_task_id(*task);
        if (!id) return Failure{task_not_found, "there is no such task"};
        out.checkout_id = std::move(id->checkout_id);
        if (out.context_id.empty()) out.context_id = std::move(id->context_id);
    }
    // Made from the message's id, so that a client which never got our first answer finds the same conversation when it
    // sends the message again. Conversations are the caller's own: nobody else's has this name.
    if (out.context_id.empty()) out.context_id = named("ctx_", {out.message_id});
    return std::nullopt;
}

std::optional<Failure> read_data(View data, Incoming& out) {
    if (!data.is(Kind::object)) return wrong("the data of a part must be an object");
    auto const take = [&](std::string_view key, View& slot) {
        if (auto const member = data.get(key); member && !member->is(Kind::null)) slot = *member;
    };
    take("a2a.ucp.checkout.payment", out.payment);
    take("a2a.ucp.checkout.signals", out.signals);
    take("ap2", out.mandate);
    if (!data.get("action")) return std::nullopt;
    if (out.action.is(Kind::object)) return wrong("a message asks for one action; send one message an action");
    out.action = data;
    return std::nullopt;
}

/// What kind of part it is goes by what it holds: senders of 0.3 write "kind" or "type", those of 1.0 neither.
std::optional<Failure> read_part(View part, Incoming& out) {
    if (!part.is(Kind::object)) return wrong("message.parts must hold objects");
    if (auto const data = part.get("data")) return read_data(*data, out);
    if (auto const text = part.get("text")) {
        auto const value = text->as_string();
        if (!value) return wrong("the text of a part must be a text");
        out.text.append(out.text.empty() ? "" : "\n").append(*value);
        return std::nullopt;
    }
    for (auto const* key : {"file", "raw", "url"})
        if (part.get(key)) return Failure{content_type_not_supported, "only text and data parts are taken"};
    return wrong("a part must have text or data");
}

std::optional<Failure> read_parts(View message, Incoming& out) {
    auto const parts = message.get("parts");
    if (!parts || !parts->is(Kind::array) || parts->size() == 0) return wrong("message.parts must not be empty");
    if (parts->size() > parts_max) return wrong("message.parts has too many entries");
    std::optional<Failure> failure;
    parts->each_element([&](std::size_t, View part) {
        if (!failure) failure = read_part(part, out);
    });
    return failure;
}

bool wants_push(View params) {
    auto const configuration = params.get("configuration");
    if (!configuration) return false;
    for (auto const* key : {"pushNotificationConfig", "taskPushNotificationConfig"})
        if (auto const member = configuration->get(key); member && member->is(Kind::object)) return true;
    return false;
}

}  // namespace

std::string to_text(TaskId const& id) {
    return id.checkout_id + '/' + id.context_id;
}

std::optional<TaskId> parse_task_id(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size()) return std::nullopt;
    return TaskId{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

std::variant<Incoming, Failure> read_incoming(View params) {
    auto const message = params.get("message");
    if (!message || !message->is(Kind::object)) return wrong("params.message must be an object");
    if (wants_push(params)) return Failure{push_not_supported, "there are no push notifications; ask for the task"};
    auto const role = message->get("role");
    auto const name = role ? role->as_string() : std::nullopt;
    if (name != "user" && name != "ROLE_USER") return wrong("message.role must be that of a user");
    Incoming out;
    if (auto failure = read_ids(*message, out)) return *std::move(failure);
    if (auto failure = read_parts(*message, out)) return *std::move(failure);
    return out;
}

std::string answer_id(Incoming const& incoming) {
    return named("msg_", {incoming.context_id, incoming.message_id});
}

}  // namespace b2a::protocol::a2a
