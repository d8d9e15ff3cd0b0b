// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/platform.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/json/view.hpp"
#include "b2a/web/url.hpp"

namespace b2a::protocol::ucp {
namespace {

using json::Kind;
using json::View;

constexpr std::size_t capabilities_read_max = 256;
constexpr std::size_t versions_read_max = 16;

Error malformed(std::string what) {
    return Error(Code::invalid_request, std::move(what));
}

bool is_date(std::string_view text) noexcept {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

std::string_view text_of(View object, std::string_view key) {
    auto const member = object.get(key);
    return member ? member->as_string().value_or("") : std::string_view();
}

PlatformProfile::Entry& entry_of(PlatformProfile& profile, std::string_view name) {
    auto const found = std::ranges::find(profile.capabilities, name, &PlatformProfile::Entry::name);
    if (found != profile.capabilities.end()) return *found;
    return profile.capabilities.emplace_back(PlatformProfile::Entry{std::string(name), {}});
}

void read_entry(PlatformProfile& profile, std::string_view name, View entry) {
    if (!entry.is(Kind::object) || name.empty() || name.size() > limits::id_bytes_max) return;
    if (profile.capabilities.size() >= capabilities_read_max) return;
    auto& read = entry_of(profile, name);
    auto const version = text_of(entry, "version");
    if (is_date(version) && read.versions.size() < versions_read_max) read.versions.emplace_back(version);
    auto const config = entry.get("config");
    if (!config || !config->is(Kind::object)) return;
    if (name == "dev.ucp.shopping.order")
        if (auto const url = text_of(*config, "webhook_url"); web::parse_url(url)) profile.webhook_url = url;
    if (name == "dev.ucp.shopping.fulfillment")
        if (auto const flag = config->get("supports_multi_group"))
            profile.multi_group = flag->as_bool().value_or(false);
}

/// A map of arrays (or of single entries) since 2026-01-23, an array of named entries before.
Result<void> read_capabilities(PlatformProfile& profile, View capabilities) {
    if (capabilities.is(Kind::object)) {
        capabilities.each_member([&](std::string_view name, View entries) {
            if (entries.is(Kind::array))
                entries.each_element([&](std::size_t, View entry) { read_entry(profile, name, entry); });
            else read_entry(profile, name, entries);
        });
        return {};
    }
    if (!capabilities.is(Kind::array)) return malformed("ucp.capabilities is neither a map nor an array");
    capabilities.each_element([&](std::size_t, View entry) { read_entry(profile, text_of(entry, "name"), entry); });
    return {};
}

}  // namespace

Result<PlatformProfile> parse_platform(std::string_view document) {
    json::Document parser;
    auto const root = parser.parse(document);
    if (!root) return malformed("the profile is no JSON: " + root.error().detail);
    if (!root->is(Kind::object)) return malformed("the profile is no JSON object");
    auto const ucp = root->get("ucp");
    if (!ucp || !ucp->is(Kind::object)) return malformed("the profile has no object \"ucp\"");
    PlatformProfile profile;
    profile.version = text_of(*ucp, "version");
    if (!is_date(profile.version)) return malformed("ucp.version is no dated release");
    if (auto const capabilities = ucp->get("capabilities"); capabilities && !capabilities->is(Kind::null))
        B2A_CHECK(read_capabilities(profile, *capabilities));
    // "keys" since 2026-08-25, "signing_keys" before; a profile may carry both while it moves.
    for (auto const name : {"keys", "signing_keys"})
        if (auto const keys = root->get(name); keys && keys->is(Kind::array)) {
            profile.keys = identity::KeySet::parse(*keys);
            break;
        }
    return profile;
}

}  // namespace b2a::protocol::ucp
