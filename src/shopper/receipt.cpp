// SPDX-License-Identifier: Apache-2.0
#include "shopper/receipt.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

#include "shopper/answer.hpp"

namespace b2a::shopper {
namespace {

constexpr std::size_t hashes_max = 128;  // two paths of a tree of 2^64 entries

Error other_order(std::string_view what) {
    return Error(Code::unprocessable, "the receipt is of another order: its " + std::string(what) + " differs");
}

}  // namespace

Result<VerifiedReceipt> verify_receipt(std::string_view json, audit::VerifierKey const& key,
                                       ExpectedOrder const& order) {
    B2A_TRY(receipt, audit::parse_receipt(json));
    B2A_TRY(checkpoint, audit::verify(receipt, key));
    if (checkpoint.origin != key.name) return Error(Code::unauthenticated, "the checkpoint is of another log");
    json::Document document;
    B2A_TRY(entry, document.parse(receipt.entry));
    if (text_at(entry, {"type"}) != "order.placed") return other_order("type");
    if (text_at(entry, {"subject"}) != order.id) return other_order("order id");
    if (text_at(entry, {"details", "total"}) != std::to_string(order.total.minor)) return other_order("total");
    if (text_at(entry, {"details", "currency"}) != order.total.currency.code()) return other_order("currency");
    return VerifiedReceipt{receipt.proof.index, std::move(checkpoint)};
}

bool continues(std::string_view json, audit::Checkpoint const& earlier, audit::Checkpoint const& later) {
    if (earlier.size == later.size) return earlier.root == later.root;
    if (earlier.size > later.size) return false;
    if (earlier.size == 0) return true;  // nothing was promised yet
    json::Document document;
    auto const root = document.parse(json);
    if (!root) return false;
    std::vector<Digest> proof;
    auto const read = each_at(*root, {"consistency"}, [&](json::View element) -> Result<void> {
        auto const text = element.as_string();
        auto const raw = text ? from_base64(*text) : std::nullopt;
        if (!raw || raw->size() != sizeof(Digest) || proof.size() == hashes_max) return misbehaved("no hash");
        std::copy(raw->begin(), raw->end(), proof.emplace_back().begin());
        return {};
    });
    return read.ok() && audit::verify_consistency(earlier.size, later.size, earlier.root, later.root, proof);
}

}  // namespace b2a::shopper
