// SPDX-License-Identifier: Apache-2.0
#include "identity/signature_base.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
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

std::string encoded(std::string_view bytes) {
    return ':' + to_base64(as_bytes(bytes)) + ':';
}

/// Each line of the field by itself (§2.1.3).
std::optional<std::string> wrapped_lines(SignedMessage const& message, std::string_view name) {
    std::string out;
    for (auto const& [key, value] : message.fields)
        if (iequals(key, name)) out += (out.empty() ? "" : ", ") + encoded(trim(value));
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

/// One member of a dictionary (§2.1.2).
std::optional<std::string> member_value(SignedMessage const& message, std::string_view name, std::string_view key) {
    auto const field = message.field(name);
    auto const dictionary = field ? web::SfDictionary::parse(*field) : std::nullopt;
    auto const* member = dictionary ? dictionary->find(key) : nullptr;
    if (member == nullptr) return std::nullopt;
    std::string out;
    std::visit([&](auto const& value) { web::serialize(out, value); }, member->value);
    return out;
}

/// The one query parameter of that name (§2.2.8), both percent-encoded.
std::optional<std::string> query_parameter(SignedMessage const& message, std::string_view name) {
    auto const wanted = web::percent_decode(name);
    if (!wanted || !message.has_query || message.status != 0) return std::nullopt;
    auto const values = web::query_values(message.query, *wanted);
    if (values.size() != 1) return std::nullopt;
    return web::percent_encode(values.front());
}

/// nullopt unless every parameter is understood here.
std::optional<std::string> component_value(SignedMessage const& message, std::string_view name,
                                           web::SfParameters const& parameters) {
    auto const& all = parameters.all();
    if (all.empty()) return name.front() == '@' ? derived(message, name) : message.field(name);
    auto const& [parameter, value] = all.front();
    auto const* flag = std::get_if<bool>(&value);
    bool const set = flag != nullptr && *flag;
    if (parameter == "req" && set && message.request != nullptr) {
        web::SfParameters others;
        for (std::size_t i = 1; i < all.size(); ++i) others.set(all[i].first, all[i].second);
        return component_value(*message.request, name, others);
    }
    if (all.size() != 1) return std::nullopt;
    auto const* text = std::get_if<std::string>(&value);
    if (name == "@query-param") return parameter == "name" && text ? query_parameter(message, *text) : std::nullopt;
    if (name.front() == '@') return std::nullopt;
    if (parameter == "key" && text != nullptr) return member_value(message, name, *text);
    if (parameter == "bs" && set) return wrapped_lines(message, name);
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

SignedMessage message_of(web::Request const& request) {
    SignedMessage out;
    out.method = request.method_text;
    // Host without the scheme's default port (RFC 9421 §2.2.3).
    out.authority = to_ascii_lower(trim(request.headers.find("Host").value_or("")));
    std::string_view const port = request.secure ? ":443" : ":80";
    if (out.authority.ends_with(port)) out.authority.resize(out.authority.size() - port.size());
    out.scheme = request.secure ? "https" : "http";
    out.path = request.path.empty() ? std::string_view("/") : request.path;
    out.query = request.query;
    out.has_query = request.target.find('?') != std::string_view::npos;
    for (auto const& field : request.headers.fields()) out.fields.emplace_back(field.name, field.value);
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

std::optional<std::string> signature_base(SignedMessage const& message, web::SfInnerList const& covered,
                                          std::string_view sent) {
    std::string base;
    std::vector<std::string> identifiers;
    for (auto const& item : covered.items) {
        auto const* name = std::get_if<std::string>(&item.value);
        if (name == nullptr || name->empty() || to_ascii_lower(*name) != *name) return std::nullopt;
        auto const value = component_value(message, *name, item.parameters);
        if (!value) return std::nullopt;
        std::string identifier;
        web::serialize(identifier, item);
        if (std::ranges::find(identifiers, identifier) != identifiers.end()) return std::nullopt;
        base += identifier + ": " + *value + '\n';
        identifiers.push_back(std::move(identifier));
    }
    base += "\"@signature-params\": ";
    if (sent.empty()) web::serialize(base, covered);
    else base += sent;
    return base;
}

}  // namespace b2a::identity
