// SPDX-License-Identifier: Apache-2.0
// What the shop's tools answer, as far as A2A has to look into it: whether it was refused, and how a checkout stands.
#pragma once

#include <string>
#include <string_view>

#include "b2a/web/message.hpp"

#include "wire.hpp"

namespace b2a::protocol::a2a {

/// A tool's answer and what of it decides about ours.
struct Said {
    std::string body;
    std::string status;   // of a checkout
    std::string id;       // likewise
    std::string code;     // of a refusal, or of the first message of an outcome without a resource
    std::string content;  // what a refusal says
};
/// Takes the body out of `response`.
Said hear(web::Response& response);
/// A payment that is not decided yet, or a person's word that is waited for.
bool is_outstanding(Said const& said);

/// {key: body}
std::string data_of(std::string_view key, std::string_view body);
/// A checkout as a task: of what is outstanding the agent can ask again.
Task task_of(Said const& said, std::string_view context_id);
/// A refusal, by its HTTP status, with its texts as data.
Failure refusal_of(Said const& said, int http_status);

}  // namespace b2a::protocol::a2a
