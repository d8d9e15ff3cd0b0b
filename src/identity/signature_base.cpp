// SPDX-License-Identifier: Apache-2.0
#include "identity/signature_base.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::identity {
namespace {

std::optional<std::string> derived(SignedMessage const& message, std::string_view name) {
    bool const response = message.status != 0;
    if (name == "@status") return response ? std::optional(std::to_string(message.status)) : std::nullopt;
    if (response) return std::nullopt;
    auto const query = message.has_query ? "?" + std::string(message.query) : std::string();
    if (name == "@method") return std::string(message.method);
    if (name == "@authority") return message.authority;
    if (name == "@scheme") return std::string(message.scheme);
    if (name == "@path") return std::string(message.path);
    if (name == "@query") return query.empty() ? std::string("?") : query;
    if (name == "@request-target") return std::string(message.path) + query;
    if (name == "@target-uri")
        return std::string(message.scheme) + "://" + message.authority + std::string(message.path) + query;
    return std::nullopt;
}

}  // namespace

std::optional<std::string> SignedMessage::field(std::string_view name) const {
    std::optional<std::string> out;
    for (auto const& [key, value] : fields) {
        if (!iequals(key, name)) continue;
        if (out) *out += ", ";
        else out.emplace();
        *out += trim(value);
    }
    return out;
}

std::optional<std::vector<std::string_view>> component_names(web::SfInnerList const& covered) {
    std::vector<std::string_view> out;
    for (auto const& item : covered.items) {
        auto const* name = std::get_if<std::string>(&item.value);
        if (name == nullptr) return std::nullopt;
        out.push_back(*name);
    }
    return out;
}

std::optional<std::string> signature_base(SignedMessage const& message, web::SfInnerList const& covered) {
    auto const names = component_names(covered);
    if (!names) return std::nullopt;
    std::string base;
    for (std::size_t i = 0; i < names->size(); ++i) {
        auto const name = (*names)[i];
        bool const plain = covered.items[i].parameters.all().empty() && to_ascii_lower(name) == name;
        bool const repeated = std::find(names->begin(), names->begin() + static_cast<std::ptrdiff_t>(i), name) !=
                              names->begin() + static_cast<std::ptrdiff_t>(i);
        if (!plain || repeated || name.empty()) return std::nullopt;
        auto const value = name.front() == '@' ? derived(message, name) : message.field(name);
        if (!value) return std::nullopt;
        web::serialize(base, covered.items[i]);
        base += ": " + *value + '\n';
    }
    base += "\"@signature-params\": ";
    web::serialize(base, covered);
    return base;
}

}  // namespace b2a::identity
