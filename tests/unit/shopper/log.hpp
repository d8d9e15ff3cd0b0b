// SPDX-License-Identifier: Apache-2.0
// A gateway's log, small and in memory, with the proofs that a shopper asks for.
#pragma once

#include <string>
#include <vector>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/audit/event.hpp"
#include "b2a/audit/receipt.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::test {

class SmallLog {
  public:
    explicit SmallLog(std::uint8_t seed = 7, std::string origin = "shop.example/audit") :
        origin_(std::move(origin)), key_(key_of(seed)) {}

    [[nodiscard]] audit::VerifierKey key() const { return {origin_, key_.public_key()}; }

    std::uint64_t add(std::string type, std::string subject = {}, std::int64_t total = 0, std::string currency = {}) {
        audit::Event event;
        event.type = std::move(type);
        event.subject = std::move(subject);
        if (total != 0) event.details = {{"total", std::to_string(total)}, {"currency", currency}};
        entries_.push_back(audit::canonical_bytes(event, entries_.size(), Timestamp{}).value());
        leaves_.push_back(audit::leaf_hash(as_bytes(entries_.back())));
        return entries_.size() - 1;
    }

    [[nodiscard]] audit::Checkpoint checkpoint() const { return {origin_, leaves_.size(), audit::root_of(leaves_)}; }
    [[nodiscard]] std::string note() const { return audit::sign_checkpoint(checkpoint(), key_); }
    [[nodiscard]] std::string receipt(std::uint64_t index) const {
        return audit::to_json({entries_[index], {index, audit::inclusion_proof(index, leaves_), note()}});
    }
    [[nodiscard]] std::string consistency(std::uint64_t from) const {
        std::string out;
        json::Writer writer(out);
        writer.begin_object().key("consistency").begin_array();
        for (auto const& hash : audit::consistency_proof(from, leaves_)) writer.value(to_base64(hash));
        writer.end_array().end_object();
        return out;
    }

  private:
    static crypto::SigningKey key_of(std::uint8_t seed) {
        crypto::Ed25519Seed bytes{};
        bytes.fill(seed);
        return crypto::SigningKey::from_seed(bytes).value();
    }

    std::string origin_;
    crypto::SigningKey key_;
    std::vector<std::string> entries_;
    std::vector<Digest> leaves_;
};

}  // namespace b2a::test
