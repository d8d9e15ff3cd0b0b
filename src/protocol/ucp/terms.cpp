// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/terms.hpp"

#include <algorithm>

#include "b2a/json/writer.hpp"

#include "profile.hpp"

namespace b2a::protocol::ucp {
namespace {

bool row_extends(Offered const& row, Capability root) noexcept {
    return std::ranges::find(row.extends, root) != row.extends.end();
}

std::string success_envelope(std::vector<service::HandlerInfo> const& handlers, Version version,
                             CapabilitySet const& active, Capability root) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("version", to_text(version)).member("status", "success");
    json.key("capabilities").begin_object();
    for (auto const& row : offered(version)) {
        if (!active.test(index_of(row.capability))) continue;
        if (row.capability != root && !row_extends(row, root)) continue;
        json.key(name_of(row.capability, version)).begin_array().begin_object().member("version", to_text(version));
        json.end_object().end_array();
    }
    json.end_object();
    if (root == Capability::checkout) write_handlers(json, handlers, version, HandlerPlace::answer);
    json.end_object();
    return out;
}

}  // namespace

CapabilitySet all_of(Version version) {
    CapabilitySet out;
    for (auto const& row : offered(version)) out.set(index_of(row.capability));
    return out;
}

CapabilitySet intersect(PlatformProfile const& profile, Version version) {
    CapabilitySet active;
    for (auto const& entry : profile.capabilities) {
        auto const capability = capability_from_name(entry.name, version);
        if (!capability || find_offered(version, *capability) == nullptr) continue;
        // All dev.ucp capabilities of ours carry the protocol's own date, so "the latest shared version" is that one.
        auto const shared = std::ranges::find(entry.versions, to_text(version)) != entry.versions.end();
        if (shared) active.set(index_of(*capability));
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (auto const& row : offered(version)) {
            if (row.extends.empty() || !active.test(index_of(row.capability))) continue;
            auto const alive = [&](Capability parent) { return active.test(index_of(parent)); };
            if (std::ranges::any_of(row.extends, alive)) continue;
            active.reset(index_of(row.capability));
            changed = true;
        }
    }
    return active;
}

std::string error_envelope(Version version) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("version", to_text(version)).member("status", "error");
    json.key("capabilities").begin_object().end_object().end_object();
    return out;
}

Terms::Terms(Version version, CapabilitySet active, std::vector<service::HandlerInfo> const& handlers) :
    version_(version), active_(active), error_(error_envelope(version)) {
    for (auto const& row : offered(version))
        if (row.extends.empty())
            success_.at(index_of(row.capability)) = success_envelope(handlers, version, active, row.capability);
}

bool Terms::extends(Capability extension, Capability root) const noexcept {
    auto const* row = find_offered(version_, extension);
    return has(extension) && row != nullptr && row_extends(*row, root);
}

std::variant<std::shared_ptr<Terms const>, Refusal> negotiate(std::string_view document,
                                                              std::vector<service::HandlerInfo> const& handlers) {
    auto profile = parse_platform(document);
    if (!profile) return Refusal{Refused::profile_malformed, profile.error().detail};
    auto const version = version_from_text(profile->version);
    if (!version)
        return Refusal{Refused::version_unsupported,
                       "UCP " + profile->version + " is not served here; see supported_versions of /.well-known/ucp"};
    auto const active = intersect(*profile, *version);
    if (active.none())
        return Refusal{Refused::capabilities_incompatible,
                       "the platform's profile and this business have no capability in common",
                       error_envelope(*version)};
    auto terms = std::make_shared<Terms>(*version, active, handlers);
    terms->webhook_url = std::move(profile->webhook_url);
    terms->keys = std::move(profile->keys);
    return std::shared_ptr<Terms const>(std::move(terms));
}

}  // namespace b2a::protocol::ucp
