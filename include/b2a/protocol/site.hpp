// SPDX-License-Identifier: Apache-2.0
// What every surface says about the shop itself. Filled once from the configuration; protocols hold a reference.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"

namespace b2a::protocol {

/// One protocol that is served, as the native descriptor lists it.
struct Surface {
    std::string protocol;  // "native", "ucp"
    std::vector<std::string> versions;
    std::string url;          // where its paths begin
    std::string description;  // a document that describes it: OpenAPI, profile, agent card
};

struct Site {
    std::string base_url;  // public origin of the agent listener, no trailing slash
    std::string title;     // brand title
    std::string software_version = "0.1.0";
    std::string audit_origin;  // origin of the transparency log's checkpoints; empty: no Audit-Entry field
    std::string audit_key;     // the log's verifier key, as a text; empty: not told
    std::string privacy_url;
    std::string terms_url;
    std::string refund_url;
    std::string shipping_url;
    std::vector<Surface> surfaces;  // filled by the composition root from each protocol's surface()
    Currency default_currency;
    bool sandbox = false;  // admits loopback http profile URLs

    /// A URL of ours that a catalog may give relative to the site: "/media/x.svg" becomes absolute, others stay.
    [[nodiscard]] std::string absolute(std::string_view url) const {
        auto const relative = url.starts_with('/') && !url.starts_with("//");
        return relative ? base_url + std::string(url) : std::string(url);
    }
};

}  // namespace b2a::protocol
