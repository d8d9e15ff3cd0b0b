// SPDX-License-Identifier: Apache-2.0
// A2A's two wire formats: versions, methods, errors, messages and tasks. What differs between the versions is a row or
// a switch here, and nowhere else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/web/message.hpp"

namespace b2a::protocol::a2a {

enum class Version : std::uint8_t { v0_3, v1_0 };
std::string_view to_text(Version version) noexcept;
/// That of the A2A-Version field; 0.3 without one, as the specification wants it. nullopt: none that is served.
std::optional<Version> version_of(web::Request const& request);

enum class Method : std::uint8_t { send, get_task, cancel_task, list_tasks, stream, push, extended_card };
struct MethodRow {
    std::string_view name;
    Version version;
    Method method;
};
/// nullptr: no method of any version.
MethodRow const* find_method(std::string_view name) noexcept;

struct Failure {
    int code = 0;
    std::string message;
    std::string data = {};  // a JSON object of texts that says more: for 0.3 as it is, for 1.0 as metadata
};
inline constexpr int server_error = -32000;
inline constexpr int task_not_found = -32001;
inline constexpr int task_not_cancelable = -32002;
inline constexpr int push_not_supported = -32003;
inline constexpr int unsupported_operation = -32004;
inline constexpr int content_type_not_supported = -32005;
inline constexpr int no_extended_card = -32007;
inline constexpr int version_not_supported = -32009;

/// One request, as far as its answer depends on it.
struct Exchange {
    Version version = Version::v0_3;
    std::string id;  // of JSON-RPC, as JSON text
};
void write_failure(web::Response& response, Exchange const& exchange, Failure const& failure);

/// A message of ours. `data` is the JSON object of its data part; `text` may be empty.
struct Outgoing {
    std::string_view message_id;
    std::string_view context_id;
    std::string_view text;
    std::string_view data;
};
/// The result of a send: a message.
void write_message(web::Response& response, Exchange const& exchange, Outgoing const& outgoing);

enum class TaskState : std::uint8_t { working, completed, canceled, input_required };
std::string_view to_text(TaskState state, Version version) noexcept;
struct Task {
    std::string id;
    std::string context_id;
    TaskState state = TaskState::working;
    std::string data;  // of its one artifact
};
enum class Wrap : std::uint8_t { none, as_send_result };
void write_task(web::Response& response, Exchange const& exchange, Task const& task, Wrap wrap);
/// The result of ListTasks (1.0 only): the one task there is, or none.
void write_task_list(web::Response& response, Exchange const& exchange, std::optional<Task> const& task);

}  // namespace b2a::protocol::a2a
