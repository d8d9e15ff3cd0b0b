// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/receipt.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

#include "audit/note.hpp"

namespace b2a::audit {
namespace {

constexpr std::string_view proof_header = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view extra_prefix = "extra ";
constexpr std::string_view index_prefix = "index ";
constexpr std::size_t proof_hashes_max = 64;

Error malformed_proof() {
    return Error(Code::invalid_request, "not a tlog-proof");
}
Error malformed_receipt() {
    return Error(Code::invalid_request, "not a receipt");
}

/// Takes the first line from `text`, without its end; false when there is none.
bool take_line(std::string_view& text, std::string_view& line) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return false;
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return true;
}

}  // namespace

std::string to_text(Proof const& proof) {
    std::string text(proof_header);
    text += index_prefix;
    text += std::to_string(proof.index) + "\n";
    for (auto const& hash : proof.hashes) text += to_base64(hash) + "\n";
    return text + "\n" + proof.checkpoint;
}

Result<Proof> parse_proof(std::string_view text) {
    if (!text.starts_with(proof_header)) return malformed_proof();
    text.remove_prefix(proof_header.size());
    std::string_view line;
    if (!take_line(text, line)) return malformed_proof();
    if (line.starts_with(extra_prefix)) {
        if (!from_base64(line.substr(extra_prefix.size())) || !take_line(text, line)) return malformed_proof();
    }
    if (!line.starts_with(index_prefix)) return malformed_proof();
    line.remove_prefix(index_prefix.size());
    auto const index = parse_int<std::uint64_t>(line);
    if (!index || std::to_string(*index) != line) return malformed_proof();
    Proof proof;
    proof.index = *index;
    for (;;) {
        if (!take_line(text, line)) return malformed_proof();
        if (line.empty()) break;
        auto const raw = from_base64(line);
        if (!raw || raw->size() != sizeof(Digest) || proof.hashes.size() == proof_hashes_max) return malformed_proof();
        std::copy(raw->begin(), raw->end(), proof.hashes.emplace_back().begin());
    }
    B2A_CHECK(note_text(text));
    proof.checkpoint = text;
    return proof;
}

Result<Checkpoint> verify(Proof const& proof, Digest const& leaf, VerifierKey const& key) {
    B2A_TRY(checkpoint, open_checkpoint(proof.checkpoint, key));
    if (!verify_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root))
        return Error(Code::unprocessable, "the entry is not in the tree of the checkpoint at this index");
    return std::move(checkpoint);
}

std::string to_json(Receipt const& receipt) {
    std::string origin;
    if (auto const checkpoint = peek_checkpoint(receipt.proof.checkpoint)) origin = checkpoint->origin;
    std::string out;
    json::Writer writer(out);
    writer.begin_object().member("origin", origin).member("index", receipt.proof.index);
    writer.member("entry", receipt.entry).member("proof", to_text(receipt.proof)).end_object();
    return out;
}

Result<Receipt> parse_receipt(std::string_view json) {
    json::Document document;
    auto const root = document.parse(json);
    if (!root) return malformed_receipt();
    auto const entry = root->get("entry").value_or(json::View()).as_string();
    auto const proof = root->get("proof").value_or(json::View()).as_string();
    auto const index = root->get("index").value_or(json::View()).as_int();
    if (!entry || !proof || !index) return malformed_receipt();
    Receipt out;
    out.entry = *entry;
    B2A_TRY(parsed, parse_proof(*proof));
    out.proof = std::move(parsed);
    if (*index < 0 || static_cast<std::uint64_t>(*index) != out.proof.index) return malformed_receipt();
    return out;
}

Result<Checkpoint> verify(Receipt const& receipt, VerifierKey const& key) {
    if (receipt.entry.size() > limits::audit_entry_bytes_max) return malformed_receipt();
    B2A_TRY(checkpoint, verify(receipt.proof, leaf_hash(as_bytes(receipt.entry)), key));
    json::Document document;
    auto const root = document.parse(receipt.entry);
    auto const seq = root ? root->get("seq").value_or(json::View()).as_int() : std::nullopt;
    if (!seq || *seq < 0 || static_cast<std::uint64_t>(*seq) != receipt.proof.index)
        return Error(Code::unprocessable, "the entry carries another \"seq\" than the proof");
    return std::move(checkpoint);
}

}  // namespace b2a::audit
