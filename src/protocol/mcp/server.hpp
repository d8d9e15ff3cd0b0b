// SPDX-License-Identifier: Apache-2.0
// The endpoint of one I/O thread: from bytes to one of the methods, and back. The methods are in tools.cpp,
// resources.cpp and prompts.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "b2a/protocol/mcp.hpp"
#include "b2a/web/event_stream.hpp"

#include "access.hpp"
#include "call.hpp"

namespace b2a::protocol::mcp {

using Waiting = boost::asio::awaitable<void>;

class Server {
  public:
    explicit Server(Deps deps);

    void answer_preflight(web::Request const& request, web::Response& response) const {
        access_.answer_preflight(request, response);
    }
    Waiting serve(web::Request const& request, web::Response& response, web::EventStream& events);

  private:
    struct Method {
        std::string_view name;
        enum class Eras : std::uint8_t { legacy, modern, both } eras;
        bool (Server::*offered)() const;
        Waiting (Server::*run)(Call&);
    };
    static std::span<Method const> methods();
    [[nodiscard]] Method const* find(Call const& call) const;

    [[nodiscard]] bool always() const { return true; }
    [[nodiscard]] bool has_resources() const { return !deps_.resources.empty(); }
    [[nodiscard]] bool has_prompts() const { return !deps_.prompts.empty(); }
    [[nodiscard]] bool has_completions() const { return has_resources() || has_prompts(); }
    /// Nothing of a shop logs to its callers, and no document of it is watched.
    [[nodiscard]] bool has_fixtures() const { return deps_.fixtures != nullptr; }

    Waiting take(web::Request const& request, web::Response& response, web::EventStream& events);
    [[nodiscard]] std::string capabilities(Era era) const;
    [[nodiscard]] std::string instructions() const;

    Waiting initialize(Call& call);
    Waiting ping(Call& call);
    Waiting set_level(Call& call);
    Waiting discover(Call& call);

    Waiting list_tools(Call& call);
    Waiting call_tool(Call& call);
    Waiting run_tool(Call& call, ToolSet& set, std::string_view name);

    Waiting list_resources(Call& call);
    Waiting list_templates(Call& call);
    Waiting read_resource(Call& call);
    Waiting watch_resource(Call& call);

    Waiting list_prompts(Call& call);
    Waiting get_prompt(Call& call);
    Waiting complete(Call& call);

    Deps deps_;
    Access access_;
};

}  // namespace b2a::protocol::mcp
