// SPDX-License-Identifier: Apache-2.0
// Whom the endpoint talks to before it reads the body. A page in somebody's browser must not reach it under a name of
// its own (DNS rebinding), and what is sent and accepted must be JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/protocol/site.hpp"
#include "b2a/web/message.hpp"

#include "jsonrpc.hpp"

namespace b2a::protocol::mcp {

class Access {
  public:
    /// Allowed beside the site itself and loopback: hosts with a port, or without one for any; origins as browsers send
    /// them.
    Access(Site const& site, std::vector<std::string> hosts, std::vector<std::string> origins);

    /// 403 for a Host or an Origin that is not allowed (absent ones are), 415 and 406 for other media types.
    [[nodiscard]] std::optional<Refusal> refusal(web::Request const& request) const;
    /// The answer to a browser that asks first whether a page may send its request.
    void answer_preflight(web::Request const& request, web::Response& response) const;

  private:
    [[nodiscard]] std::optional<Refusal> foreign(web::Request const& request) const;
    [[nodiscard]] bool host_allowed(std::string_view host) const;
    [[nodiscard]] bool origin_allowed(std::string_view origin, bool at_loopback) const;

    std::vector<std::string> hosts_;
    std::vector<std::string> origins_;
};

/// Lets the page that has sent the request read the answer. For requests that were not refused.
void share_with_page(web::Request const& request, web::Response& response);

}  // namespace b2a::protocol::mcp
