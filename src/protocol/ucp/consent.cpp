// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/consent.hpp"

#include "b2a/base/limits.hpp"

namespace b2a::protocol::ucp {
namespace {

struct Purpose {
    std::string_view name;
    std::string_view short_name;  // in 2026-04-08; empty: not there
    std::string_view parent;      // of a segment
    std::string_view description;
};

constexpr Purpose purposes[] = {
    {"dev.ucp.consent.analytics", "analytics", {}, "Measuring how the shop is used."},
    {"dev.ucp.consent.preferences", "preferences", {}, "Remembering choices for the next visit."},
    {"dev.ucp.consent.marketing", "marketing", {}, "Being told about offers."},
    {"dev.ucp.consent.marketing.email", {}, "dev.ucp.consent.marketing", "Offers by e-mail."},
    {"dev.ucp.consent.marketing.sms", {}, "dev.ucp.consent.marketing", "Offers by text message."},
    {"dev.ucp.consent.sale_or_sharing", "sale_of_data", {}, "Selling or sharing personal data."},
};

void read_grant(json::View entry, std::string_view name, json::Reader& reader, domain::Consent& consent) {
    auto const granted = entry.get("granted");
    auto const value = granted ? granted->as_bool() : std::nullopt;
    if (!value) return reader.problem("consent", "each purpose needs a boolean \"granted\"");
    consent[std::string(name)] = *value;
}

void read_booleans(json::Reader& buyer, domain::Consent& consent) {
    buyer.object("consent", [&](json::Reader& r) {
        for (auto const& purpose : purposes) {
            if (purpose.short_name.empty()) continue;
            if (auto const granted = r.boolean(purpose.short_name)) consent[std::string(purpose.name)] = *granted;
        }
    });
}

void read_purposes(json::Reader& buyer, domain::Consent& consent) {
    auto const map = buyer.raw("consent");
    if (!map || map->is(json::Kind::null)) return;
    if (!map->is(json::Kind::object) || map->size() > limits::consent_purposes_max)
        return buyer.problem("consent", "must be an object of at most 32 purposes");
    for (auto const& purpose : purposes) {
        auto const& top = purpose.parent.empty() ? purpose.name : purpose.parent;
        auto entry = map->get(top);
        if (entry && !purpose.parent.empty()) {
            auto const segments = entry->get("segments");
            entry = segments ? segments->get(purpose.name) : std::nullopt;
        }
        if (entry) read_grant(*entry, purpose.name, buyer, consent);
    }
}

void write_purpose(json::Writer& json, Purpose const& purpose, domain::Consent const& consent) {
    auto const known = consent.find(std::string(purpose.name));
    json.member("granted", known != consent.end() && known->second);
    json.member("source", known != consent.end() ? "platform" : "business");
    json.member("description", purpose.description);
}

/// A segment that is known makes its purpose appear as well.
void write_purposes(json::Writer& json, domain::Consent const& consent) {
    auto const known = [&](std::string_view name) { return consent.contains(std::string(name)); };
    for (auto const& purpose : purposes) {
        if (!purpose.parent.empty()) continue;
        bool segments = false;
        for (auto const& other : purposes) segments = segments || (other.parent == purpose.name && known(other.name));
        if (!known(purpose.name) && !segments) continue;
        json.key(purpose.name).begin_object();
        write_purpose(json, purpose, consent);
        if (segments) {
            json.key("segments").begin_object();
            for (auto const& segment : purposes) {
                if (segment.parent != purpose.name || !known(segment.name)) continue;
                json.key(segment.name).begin_object();
                write_purpose(json, segment, consent);
                json.end_object();
            }
            json.end_object();
        }
        json.end_object();
    }
}

void write_booleans(json::Writer& json, domain::Consent const& consent) {
    for (auto const& purpose : purposes) {
        auto const known = consent.find(std::string(purpose.name));
        if (!purpose.short_name.empty() && known != consent.end()) json.member(purpose.short_name, known->second);
    }
}

}  // namespace

void read_consent(json::Reader& buyer, Version version, domain::Consent& consent) {
    switch (version) {
        case Version::v2026_04_08: return read_booleans(buyer, consent);
        case Version::v2026_08_25: return read_purposes(buyer, consent);
    }
}

void write_consent(json::Writer& json, Version version, domain::Consent const& consent) {
    if (consent.empty()) return;
    json.key("consent").begin_object();
    switch (version) {
        case Version::v2026_04_08: write_booleans(json, consent); break;
        case Version::v2026_08_25: write_purposes(json, consent); break;
    }
    json.end_object();
}

}  // namespace b2a::protocol::ucp
