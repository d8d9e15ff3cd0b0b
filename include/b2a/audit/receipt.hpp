// SPDX-License-Identifier: Apache-2.0
// What somebody keeps to show, without asking us, that an entry is in the log: a c2sp.org/tlog-proof (index, inclusion
// proof, signed checkpoint), and a receipt, which is the entry's bytes beside it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/audit/merkle.hpp"

namespace b2a::audit {

struct Proof {
    std::uint64_t index = 0;
    std::vector<Digest> hashes;  // leaf to root
    std::string checkpoint;      // a signed note
    friend bool operator==(Proof const&, Proof const&) = default;
};

/// The text that c2sp.org/tlog-proof@v1 describes.
std::string to_text(Proof const& proof);
/// invalid_request for anything else. An "extra" line is allowed and dropped: nothing vouches for it.
Result<Proof> parse_proof(std::string_view text);

/// Checks the checkpoint's signature and that `leaf` is where the proof says it is. Errors: invalid_request,
/// unauthenticated (the signature), unprocessable (the proof does not lead to the root).
Result<Checkpoint> verify(Proof const& proof, Digest const& leaf, VerifierKey const& key);

struct Receipt {
    std::string entry;  // canonical bytes
    Proof proof;
};

/// {"origin","index","entry","proof"}: entry and proof are texts, so that their exact bytes survive.
std::string to_json(Receipt const& receipt);
Result<Receipt> parse_receipt(std::string_view json);
/// verify() of the proof over the entry's own hash, and the entry's "seq" against the index.
Result<Checkpoint> verify(Receipt const& receipt, VerifierKey const& key);

}  // namespace b2a::audit
