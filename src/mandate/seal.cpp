// SPDX-License-Identifier: Apache-2.0
#include "b2a/mandate/seal.hpp"

#include <chrono>

#include "b2a/base/encoding.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::mandate {
namespace {

std::string header_of(Signer const& signer, std::string_view type) {
    std::string text;
    json::Writer(text)
        .begin_object()
        .member("alg", "ES256")
        .member("kid", signer.kid)
        .member_if("typ", type)
        .end_object();
    return to_base64url(as_bytes(text));
}

struct Signed {
    std::string header;
    std::string payload;
    std::string signature;
};

Signed sign(std::string_view payload, Signer const& signer, std::string_view type) {
    Signed out{header_of(signer, type), to_base64url(as_bytes(payload)), {}};
    out.signature = to_base64url(signer.key.sign(as_bytes(out.header + '.' + out.payload)));
    return out;
}

}  // namespace

std::string authorize(std::string_view canonical, Signer const& signer) {
    auto const parts = sign(canonical, signer, {});
    return parts.header + ".." + parts.signature;
}

std::string sign_jwt(std::string_view claims, Signer const& signer) {
    auto const parts = sign(claims, signer, "JWT");
    return parts.header + '.' + parts.payload + '.' + parts.signature;
}

std::string sign_receipt(Receipt const& receipt, std::string_view issuer, Timestamp now, Signer const& signer) {
    std::string claims;
    json::Writer json(claims);
    json.begin_object().member("status", receipt.error.empty() ? "Success" : "Error").member("iss", issuer);
    json.member("iat", std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    json.member("reference", receipt.reference);
    if (receipt.error.empty()) json.member("order_id", receipt.order_id);
    else json.member("error", receipt.error).member("error_description", receipt.error_description);
    json.end_object();
    return sign_jwt(claims, signer);
}

}  // namespace b2a::mandate
