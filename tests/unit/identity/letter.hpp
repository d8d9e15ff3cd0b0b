// SPDX-License-Identifier: Apache-2.0
// Requests to sign and to tamper with. The signature base is built here a second time and by other means, so that a
// mistake of the module does not hide behind itself.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/ecdsa.hpp"
#include "b2a/crypto/ed25519.hpp"
#include "b2a/identity/signature.hpp"

namespace b2a::identity::testing {

inline constexpr std::int64_t now_seconds = 1'800'000'000;

/// The test keys of RFC 9421, appendix B.1, and their thumbprints.
inline constexpr std::string_view ec_secret = "UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs";
inline constexpr std::string_view ec_x = "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA";
inline constexpr std::string_view ec_y = "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0";
inline constexpr std::string_view ec_thumbprint = "ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI";
inline constexpr std::string_view ed_secret = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU";
inline constexpr std::string_view ed_x = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs";
inline constexpr std::string_view ed_thumbprint = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";

/// Always the same 32 bytes: as the only draw of a key generation they are its secret.
class FixedRandom final : public Random {
  public:
    explicit FixedRandom(std::string_view base64url) : bytes_(from_base64url(base64url).value()) {}
    void fill(std::span<std::uint8_t> out) override { std::copy_n(bytes_.begin(), out.size(), out.begin()); }

  private:
    Bytes bytes_;
};

inline crypto::EcSigningKey ec_key() {
    FixedRandom secret(ec_secret);
    return crypto::EcSigningKey::generate(secret).value();
}
inline crypto::SigningKey ed_key() {
    FixedRandom secret(ed_secret);
    return crypto::SigningKey::generate(secret).value();
}

using Signer = std::function<Bytes(std::string_view base)>;

inline Bytes sign_ec(std::string_view base) {
    auto const made = ec_key().sign(as_bytes(base));
    return {made.begin(), made.end()};
}
inline Bytes sign_ed(std::string_view base) {
    auto const made = ed_key().sign(as_bytes(base));
    return {made.begin(), made.end()};
}

inline std::string ec_jwk(std::string_view kid, std::string_view more = "") {
    return R"({"kid":")" + std::string(kid) + R"(","kty":"EC","crv":"P-256","x":")" + std::string(ec_x) + R"(","y":")" +
           std::string(ec_y) + '"' + std::string(more) + '}';
}
inline std::string ed_jwk(std::string_view kid, std::string_view more = "") {
    return R"({"kid":")" + std::string(kid) + R"(","kty":"OKP","crv":"Ed25519","x":")" + std::string(ed_x) + '"' +
           std::string(more) + '}';
}
inline KeySet key_set(std::string const& jwks) {
    json::Document document;
    return KeySet::parse(document.parse('[' + jwks + ']').value());
}
/// "ec", "ed", and "future", whose type nobody knows yet.
inline KeySet const& known_keys() {
    static KeySet const keys =
        key_set(ec_jwk("ec") + ',' + ed_jwk("ed") + R"(,{"kid":"future","kty":"AKP","alg":"ML-DSA-44","pub":"AA"})");
    return keys;
}

inline VerifyOptions at(std::int64_t seconds) {
    VerifyOptions options;
    options.authorities = {"shop.example"};
    options.now = Timestamp(std::chrono::seconds(seconds));
    options.allow_test_keys = true;
    return options;
}

struct Letter {
    std::string method = "POST";
    std::string target = "/checkout-sessions";
    std::vector<std::pair<std::string, std::string>> headers{{"Host", "shop.example"}};
    std::string body;
    bool secure = true;

    /// Borrows from this letter.
    [[nodiscard]] web::Request request() const {
        web::Request out;
        for (auto const known : {web::Method::get, web::Method::post, web::Method::put, web::Method::patch,
                                 web::Method::del, web::Method::head})
            if (web::to_text(known) == method) out.method = known;
        out.method_text = method;
        out.target = target;
        auto const mark = target.find('?');
        out.path = std::string_view(target).substr(0, mark);
        if (mark != std::string::npos) out.query = std::string_view(target).substr(mark + 1);
        for (auto const& [name, value] : headers) out.headers.add(name, value);
        out.body = body;
        out.secure = secure;
        return out;
    }

    Letter& add(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Letter& drop(std::string_view name) {
        std::erase_if(headers, [&](auto const& field) { return iequals(field.first, name); });
        return *this;
    }
    Letter& set(std::string name, std::string value) {
        drop(name);
        return add(std::move(name), std::move(value));
    }
    Letter& carry(std::string content) {
        body = std::move(content);
        set("Content-Type", "application/json");
        return set("Content-Digest", content_digest(body));
    }
};

/// Everything that UCP wants covered if it is there.
inline Letter whole_letter() {
    Letter out;
    out.target = "/checkout-sessions?lang=en";
    out.add("UCP-Agent", R"(profile="https://agent.example/profile")").add("Idempotency-Key", "k-1");
    out.add("Signature-Agent", R"("https://agent.example")");
    return out.carry(R"({"line_items":[]})");
}
inline std::vector<std::string> whole_cover() {
    return {"@method",      "@authority", "@path",           "@query",         "content-digest",
            "content-type", "ucp-agent",  "signature-agent", "idempotency-key"};
}

inline std::string component_value(Letter const& letter, std::string_view name) {
    auto const mark = letter.target.find('?');
    if (name == "@method") return letter.method;
    if (name == "@authority") return "shop.example";
    if (name == "@path") return letter.target.substr(0, mark);
    if (name == "@query") return mark == std::string::npos ? "?" : letter.target.substr(mark);
    std::string out;
    for (auto const& [key, value] : letter.headers)
        if (iequals(key, name)) out += (out.empty() ? "" : ", ") + value;
    return out;
}

struct Seal {
    std::string label = "sig1";
    std::vector<std::string> cover = whole_cover();
    std::string parameters = R"(;created=1800000000;keyid="ec")";
    Signer signer = sign_ec;
};

/// Adds a signature of what the letter says now.
inline Letter& seal(Letter& letter, Seal const& with = {}) {
    std::string list = "(";
    std::string base;
    for (auto const& name : with.cover) {
        auto const quoted = '"' + name + '"';
        list += (list.size() > 1 ? " " : "") + quoted;
        base += quoted + ": " + component_value(letter, name) + '\n';
    }
    list += ')' + with.parameters;
    base += "\"@signature-params\": " + list;
    letter.add("Signature-Input", with.label + '=' + list);
    return letter.add("Signature", with.label + "=:" + to_base64(with.signer(base)) + ':');
}

inline Verification judge(Letter const& letter, KeySet const& keys = known_keys(),
                          VerifyOptions const& options = at(now_seconds)) {
    return verify(letter.request(), keys, options);
}

}  // namespace b2a::identity::testing
