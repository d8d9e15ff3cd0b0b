// SPDX-License-Identifier: Apache-2.0
// Public keys of other parties as JWKs (RFC 7517, RFC 8037), and the ring of our own signing keys.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/crypto/ecdsa.hpp"
#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::identity {

enum class Algorithm : std::uint8_t { es256, es384, ed25519, rsa_pss_sha512, unsupported };
/// The name in RFC 9421's registry; empty for unsupported.
std::string_view to_text(Algorithm algorithm) noexcept;

class PublicKey {
  public:
    /// nullopt for entries that KeySet skips.
    static std::optional<PublicKey> parse(json::View jwk);
    [[nodiscard]] std::string const& kid() const noexcept;
    [[nodiscard]] Algorithm algorithm() const noexcept;
    /// RFC 7638 (RFC 8037 appendix A.3 for OKP), base64url; empty for unsupported keys.
    [[nodiscard]] std::string const& thumbprint() const noexcept;
    /// RFC 9421's test keys, whose secrets everybody has.
    [[nodiscard]] bool is_published() const noexcept;
    /// By `nbf` and `exp`, where the key has them.
    [[nodiscard]] bool is_valid_at(Timestamp now) const noexcept;
    /// False for a signature of another length and for unsupported keys.
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;

    struct Impl;

  private:
    std::shared_ptr<Impl const> impl_;
};

/// Keys of one party. Tolerant: unknown kty, crv and alg are kept as unsupported, entries for encryption (`use` "enc",
/// `key_ops` without "verify") and malformed ones are skipped, and none of them spoils the others. A key without a kid
/// is known by its thumbprint.
class KeySet {
  public:
    KeySet() = default;
    /// `keys` is the array of a JWK Set; at most limits::document_keys_max entries are read.
    static KeySet parse(json::View keys);
    /// The keys of a document: "keys" (JWK Set, key directory, UCP profile), "signing_keys" (older UCP profiles),
    /// "jwks" (agent cards). Empty when it has none.
    static KeySet of_document(std::string_view document);
    [[nodiscard]] PublicKey const* find(std::string_view kid) const noexcept;
    [[nodiscard]] PublicKey const* find_thumbprint(std::string_view thumbprint) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }
    [[nodiscard]] std::vector<PublicKey> const& all() const noexcept { return keys_; }

  private:
    std::vector<PublicKey> keys_;
};

/// One public key from JSON text. Errors: invalid_request with what is wrong with it.
Result<PublicKey> parse_jwk(std::string_view jwk);

/// One of our ES256 keys. Its kid is its RFC 7638 thumbprint.
struct OwnKey {
    std::string kid;
    Timestamp created{};
    std::optional<Timestamp> retired;  // signs no more; published until it is removed, so that old signatures verify
    crypto::EcSigningKey key;
};

/// Our keys, oldest first; the newest that is not retired signs. Immutable once made; swapped as a whole on rotation.
class KeyRing {
  public:
    explicit KeyRing(std::vector<OwnKey> keys);  // asserts that one of them signs
    [[nodiscard]] OwnKey const& signer() const noexcept;
    [[nodiscard]] std::vector<OwnKey> const& keys() const noexcept { return keys_; }

  private:
    std::vector<OwnKey> keys_;
};

std::string thumbprint(crypto::P256Public const& key);
/// {"kid","kty":"EC","crv":"P-256","x","y","use":"sig","alg":"ES256"}
void write_jwk(json::Writer& json, std::string_view kid, crypto::P256Public const& key);

}  // namespace b2a::identity
