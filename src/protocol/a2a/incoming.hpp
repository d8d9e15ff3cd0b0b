// SPDX-License-Identifier: Apache-2.0
// A message of a client, in either version: what it asks for, taken out of its parts.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "b2a/json/view.hpp"

#include "wire.hpp"

namespace b2a::protocol::a2a {

/// Views are valid as long as the message's document.
struct Incoming {
    std::string message_id;
    std::string context_id;   // the client's, that of its task, or one made from the message's id
    std::string checkout_id;  // of the task that the message is about; empty: none
    json::View action;        // the data part that names one; empty: none does
    json::View payment;       // empty: none
    json::View signals;
    json::View mandate;
    std::string text;  // of the text parts, one a line
};

/// A task's id says which checkout it is and in which conversation, so that nothing needs to be kept about it.
struct TaskId {
    std::string checkout_id;
    std::string context_id;
};
std::string to_text(TaskId const& id);
std::optional<TaskId> parse_task_id(std::string_view text);

/// `params` of a send. Failures: invalid_params with what is wrong, content_type_not_supported for parts that are
/// neither text nor data, push_not_supported, task_not_found for a task's id that is none of ours.
std::variant<Incoming, Failure> read_incoming(json::View params);
/// The id of our answer to a message: the same for the same message.
std::string answer_id(Incoming const& incoming);

}  // namespace b2a::protocol::a2a
