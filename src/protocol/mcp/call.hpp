// SPDX-License-Identifier: Apache-2.0
// One request that wants an answer, and its answer: one JSON message, or, once somebody has something to say before the
// end, a stream of events whose last one is that message. Lives in the frame of the handler.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/error.hpp"
#include "b2a/json/view.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/web/event_stream.hpp"
#include "b2a/web/message.hpp"

#include "jsonrpc.hpp"
#include "terms.hpp"

namespace b2a::protocol::mcp {

/// How long a modern client may keep a result, and whether it may share it with other users.
struct Caching {
    std::int64_t ttl_ms;
    enum class Scope : std::uint8_t { everyone, caller } scope;
};
inline constexpr Caching for_everyone{300'000, Caching::Scope::everyone};
inline constexpr Caching for_caller{60'000, Caching::Scope::caller};

class Call {
  public:
    struct Parts {
        Site const& site;
        web::Request const& request;
        web::Response& response;
        web::EventStream& events;
    };
    Call(Parts parts, Message message, Terms terms);

    [[nodiscard]] web::Request const& request() const { return parts_.request; }
    [[nodiscard]] web::Response& response() { return parts_.response; }
    [[nodiscard]] web::EventStream& events() { return parts_.events; }
    [[nodiscard]] Message const& message() const { return message_; }
    [[nodiscard]] Terms const& terms() const { return terms_; }
    [[nodiscard]] bool modern() const { return terms_.era == Era::modern; }
    [[nodiscard]] json::View params() const { return message_.params; }
    /// A parameter that is a text.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view key) const;

    /// `object` is the result as JSON; what its era adds is added here.
    void result(std::string_view object, std::optional<Caching> caching = std::nullopt);
    /// More is asked of the client before there is a result: `object` has inputRequests, requestState.
    void input_required(std::string_view object);
    void refuse(Refusal const& refusal);
    [[nodiscard]] bool answered_well() const { return well_; }
    /// What a service or a port says. Client errors are invalid_params.
    void refuse(Error const& error);

    /// Sends a message before the answer; false if this client takes none, or is gone.
    boost::asio::awaitable<bool> tell(std::string message);
    /// Puts the answer where it belongs. Once, after result(), input_required() or refuse().
    boost::asio::awaitable<void> finish();

  private:
    void write_result(std::string_view type, std::string_view object, std::optional<Caching> caching);

    Parts parts_;
    Message message_;
    Terms terms_;
    std::string answer_;
    bool well_ = false;
};

}  // namespace b2a::protocol::mcp
