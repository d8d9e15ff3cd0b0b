// SPDX-License-Identifier: Apache-2.0
// What a legacy server asks its client in the middle of a call (sampling, elicitation): the question goes out on the
// call's stream, the answer comes as a request of its own, perhaps on another thread. No session connects the two but
// the question's id, which is random and which only that client has seen. Shared by all threads.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/random.hpp"

#include "call.hpp"

namespace b2a::protocol::mcp {

class Questions {
  public:
    explicit Questions(Random& random) : random_(random) {}

    /// The client's answer, a whole JSON-RPC message. nullopt: it takes no questions, has gone, or did not answer
    /// within limits::mcp_answer_timeout; or too many are asked.
    boost::asio::awaitable<std::optional<std::string>> ask(Call& call, std::string method, std::string params);
    /// An answer has come; `id` as JSON text. Ignored if nobody waits for it.
    void answer(std::string_view id, std::string_view message);

  private:
    struct Waiting;
    std::string new_id();
    bool add(std::string const& id, std::shared_ptr<Waiting> waiting);
    void remove(std::string const& id);

    Random& random_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Waiting>> waiting_;
};

}  // namespace b2a::protocol::mcp
