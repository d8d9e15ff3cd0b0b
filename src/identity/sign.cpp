// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "b2a/base/assert.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/web/url.hpp"

#include "identity/signature_base.hpp"

namespace b2a::identity {
namespace {

constexpr std::string_view label = "sig1";

Fields sign_message(SignedMessage message, std::vector<std::string_view> const& components, std::string_view body,
                    OwnKey const& key, Timestamp created) {
    Fields out;
    if (!body.empty()) {
        out.emplace_back("Content-Digest", content_digest(body));
        message.fields.emplace_back("content-digest", out.back().second);
    }
    web::SfInnerList covered;
    for (auto const name : components) covered.items.push_back({std::string(name), {}});
    covered.parameters.set("created",
                           std::int64_t{std::chrono::floor<std::chrono::seconds>(created).time_since_epoch().count()});
    covered.parameters.set("keyid", key.kid);
    auto const base = signature_base(message, covered);
    B2A_ASSERT(base.has_value());  // we sign what we have
    auto const signature = key.key.sign(as_bytes(*base));
    std::string input = std::string(label) + '=';
    web::serialize(input, covered);
    out.emplace_back("Signature-Input", std::move(input));
    out.emplace_back("Signature", std::string(label) + "=:" + to_base64(signature) + ':');
    return out;
}

}  // namespace

Fields sign(web::OutboundRequest const& request, std::vector<std::string_view> const& covered, OwnKey const& key,
            Timestamp created) {
    auto const url = web::parse_url(request.url);
    B2A_ASSERT(url.has_value());  // ours, or admitted when it was stored
    auto const target = std::string_view(url->target);
    auto const mark = target.find('?');
    SignedMessage message;
    message.method = web::to_text(request.method);
    message.authority = url->authority();
    message.scheme = url->secure ? "https" : "http";
    message.path = target.substr(0, mark);
    message.has_query = mark != std::string_view::npos;
    if (message.has_query) message.query = target.substr(mark + 1);
    for (auto const& [name, value] : request.headers) message.fields.emplace_back(name, value);
    std::vector<std::string_view> components{"@method", "@authority", "@path"};
    if (message.has_query) components.emplace_back("@query");
    components.insert(components.end(), covered.begin(), covered.end());
    if (!request.body.empty()) {
        components.emplace_back("content-digest");
        components.emplace_back("content-type");
    }
    return sign_message(std::move(message), components, request.body, key, created);
}

Fields sign(web::Response const& response, OwnKey const& key, Timestamp created) {
    SignedMessage message;
    message.status = response.status;
    if (!response.content_type.empty()) message.fields.emplace_back("content-type", response.content_type);
    std::vector<std::string_view> components{"@status"};
    if (!response.body.empty()) {
        components.emplace_back("content-digest");
        components.emplace_back("content-type");
    }
    return sign_message(std::move(message), components, response.body, key, created);
}

Fields sign_directory(web::Request const& request, web::Response const& response, KeyRing const& ring,
                      Timestamp created) {
    auto const asked = message_of(request);
    Fields out{{"Content-Digest", content_digest(response.body)}};
    SignedMessage message;
    message.status = response.status;
    message.request = &asked;
    message.fields.emplace_back("content-digest", out.front().second);
    auto const seconds = std::int64_t{std::chrono::floor<std::chrono::seconds>(created).time_since_epoch().count()};
    std::string inputs;
    std::string signatures;
    int number = 0;
    for (auto const& key : ring.keys()) {
        web::SfInnerList covered;
        covered.items.push_back({std::string("@authority"), {}});
        covered.items.back().parameters.set("req", true);
        covered.items.push_back({std::string("content-digest"), {}});
        covered.parameters.set("created", seconds);
        covered.parameters.set("expires", seconds + std::int64_t{limits::key_directory_life.count()});
        covered.parameters.set("keyid", key.kid);
        covered.parameters.set("tag", std::string("http-message-signatures-directory"));
        auto const base = signature_base(message, covered);
        B2A_ASSERT(base.has_value());
        auto const name = "key" + std::to_string(++number);
        inputs += (inputs.empty() ? "" : ", ") + name + '=';
        web::serialize(inputs, covered);
        signatures += (signatures.empty() ? "" : ", ") + name + "=:" + to_base64(key.key.sign(as_bytes(*base))) + ':';
    }
    out.emplace_back("Signature-Input", std::move(inputs));
    out.emplace_back("Signature", std::move(signatures));
    return out;
}

}  // namespace b2a::identity
