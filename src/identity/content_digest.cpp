// SPDX-License-Identifier: Apache-2.0
#include "identity/content_digest.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/web/structured_fields.hpp"

namespace b2a::identity {
namespace {

Bytes const* bytes_of(web::SfDictionary::Member const& member) {
    auto const* item = std::get_if<web::SfItem>(&member.value);
    return item != nullptr ? std::get_if<Bytes>(&item->value) : nullptr;
}

}  // namespace

DigestCheck check_content_digest(std::string_view field, std::string_view body) {
    auto const digests = web::SfDictionary::parse(field);
    if (!digests) return DigestCheck::unusable;
    bool known = false;
    for (auto const& member : digests->members()) {
        auto const* claimed = bytes_of(member);
        if (claimed == nullptr) return DigestCheck::unusable;
        if (member.key == "sha-256") {
            auto const actual = crypto::sha256(body);
            if (!crypto::constant_time_equal(*claimed, actual)) return DigestCheck::differs;
            known = true;
        } else if (member.key == "sha-512") {
            auto const actual = crypto::sha512(as_bytes(body));
            if (!crypto::constant_time_equal(*claimed, actual)) return DigestCheck::differs;
            known = true;
        }
    }
    return known ? DigestCheck::fits : DigestCheck::unusable;
}

std::string content_digest(std::string_view body) {
    auto const digest = crypto::sha256(body);
    return "sha-256=:" + to_base64(digest) + ':';
}

}  // namespace b2a::identity
