// SPDX-License-Identifier: Apache-2.0
// The signature base of RFC 9421 §2.5. Private to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/web/message.hpp"
#include "b2a/web/structured_fields.hpp"

namespace b2a::identity {

/// A message as signatures see it; the texts are borrowed.
struct SignedMessage {
    std::string_view method;  // requests
    std::string authority;    // lower case, without a default port
    std::string_view scheme;  // "https"
    std::string_view path;    // never empty
    std::string_view query;   // without '?'
    bool has_query = false;
    int status = 0;                          // responses
    SignedMessage const* request = nullptr;  // responses: what they answer, for components with "req"
    std::vector<std::pair<std::string_view, std::string_view>> fields;

    /// The field's lines joined by ", " and trimmed (§2.1); nullopt when there is none.
    [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
};

/// A request as it came.
SignedMessage message_of(web::Request const& request);

/// The base for what `covered` names, in its order, ending in "@signature-params" (as `sent` where that is given).
/// nullopt when a component is unknown, repeated, not in the message, or carries parameters that it cannot have or that
/// nobody uses: read are "key" (a dictionary's member), "bs", "name" (of "@query-param") and "req".
std::optional<std::string> signature_base(SignedMessage const& message, web::SfInnerList const& covered,
                                          std::string_view sent = {});

/// The names in a list of components; nullopt when an entry is no string.
std::optional<std::vector<std::string_view>> component_names(web::SfInnerList const& covered);

}  // namespace b2a::identity
