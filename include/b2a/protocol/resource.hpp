// SPDX-License-Identifier: Apache-2.0
// A protocol's documents and ready-made questions: what the MCP transport needs to offer them as resources and prompts,
// and nothing of what they say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

/// Members of a JSON array, without brackets, comma-separated, and where the next page begins (empty: nowhere).
struct Listing {
    std::string items;
    std::string next_cursor;
};

/// What an argument of a prompt or of a resource's URI template may be, given its beginning.
struct Completion {
    std::string_view ref;       // the prompt's name or the URI template
    std::string_view argument;  // its name
    std::string_view beginning;
};

class ResourceSet {
  public:
    virtual ~ResourceSet() = default;
    /// Resource objects {uri, name, title?, description?, mimeType}. Errors: invalid_request for a cursor that is none
    /// of ours, and what the policy says.
    virtual boost::asio::awaitable<Result<Listing>> list(web::Request const& request, std::string cursor) = 0;
    /// Resource template objects {uriTemplate, name, title?, description?, mimeType}, comma-separated.
    [[nodiscard]] virtual std::string templates() const = 0;
    /// The contents object {uri, mimeType, text} of a resource. Errors: not_found for a URI that names nothing, and
    /// what the policy says.
    virtual boost::asio::awaitable<Result<std::string>> read(web::Request const& request, std::string uri) = 0;
    /// nullopt: `asked.ref` is no template of this set.
    virtual boost::asio::awaitable<std::optional<std::vector<std::string>>> complete(web::Request const& request,
                                                                                     Completion asked) = 0;
};

class PromptSet {
  public:
    virtual ~PromptSet() = default;
    /// Prompt objects {name, title?, description, arguments}, comma-separated.
    [[nodiscard]] virtual std::string list() const = 0;
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// The result {description, messages}. Errors: invalid_request for a missing or unknown argument, with its name as
    /// pointer.
    virtual boost::asio::awaitable<Result<std::string>> get(web::Request const& request, std::string name,
                                                            json::View arguments) = 0;
    /// nullopt: `asked.ref` is no prompt of this set.
    virtual boost::asio::awaitable<std::optional<std::vector<std::string>>> complete(web::Request const& request,
                                                                                     Completion asked) = 0;
};

}  // namespace b2a::protocol
