// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/verify.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/time.hpp"

#include "audit/note.hpp"

namespace b2a::audit {
namespace {

std::string entry_text(std::uint64_t index) {
    return "entry " + std::to_string(index);
}

Result<Checkpoint> read_checkpoint(std::string_view note, std::optional<VerifierKey> const& key) {
    return key ? open_checkpoint(note, *key) : peek_checkpoint(note);
}

}  // namespace

void Verifier::entry(std::uint64_t seq, std::string_view bytes, std::optional<Digest> stored_leaf) {
    check_seq(seq);
    check_content(seq, bytes);
    auto const leaf = leaf_hash(as_bytes(bytes));
    if (stored_leaf && *stored_leaf != leaf)
        problem(seq, entry_text(seq) + ": the stored leaf hash is not the hash of its bytes");
    leaves_.push_back(leaf);
}

void Verifier::given_up(std::uint64_t seq, std::span<Digest const> leaves) {
    for (auto const& leaf : leaves) {
        check_seq(seq++);
        leaves_.push_back(leaf);
        ++report_.given_up;
    }
}

void Verifier::check_seq(std::uint64_t seq) {
    if (seq > next_seq_) {
        auto const last = seq - 1;
        problem(next_seq_, last == next_seq_ ? entry_text(last) + " is missing"
                                             : "entries " + std::to_string(next_seq_) + " to " + std::to_string(last) +
                                                   " are missing");
    } else if (seq < next_seq_) {
        problem(seq, entry_text(seq) + " is out of order");
    }
    next_seq_ = std::max(next_seq_, seq + 1);
}

void Verifier::check_content(std::uint64_t seq, std::string_view bytes) {
    if (bytes.size() > limits::audit_entry_bytes_max) {
        problem(seq, entry_text(seq) + " is too large");
        return;
    }
    auto const root = document_.parse(bytes);
    if (!root) {
        problem(seq, entry_text(seq) + ": " + root.error().detail);
        return;
    }
    auto const inner_seq = root->get("seq").value_or(json::View()).as_int();
    if (!inner_seq || *inner_seq < 0 || static_cast<std::uint64_t>(*inner_seq) != seq)
        problem(seq, entry_text(seq) + ": its bytes carry another \"seq\"");
    auto const time = root->get("time").value_or(json::View()).as_string().value_or("");
    auto const parsed = from_rfc3339(time);
    // In this one form, the order of texts is the order of times.
    if (!parsed || to_rfc3339(*parsed) != time) {
        problem(seq, entry_text(seq) + ": \"time\" is no UTC time in milliseconds");
        return;
    }
    if (time < last_time_) problem(seq, entry_text(seq) + ": its time lies before that of an earlier entry");
    else last_time_ = time;
}

void Verifier::checkpoint(std::string_view note) {
    notes_.emplace_back(note);
}

VerifyReport Verifier::finish() {
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        auto const checkpoint = read_checkpoint(notes_[i], key_);
        if (checkpoint) check_checkpoint(*checkpoint);
        else problem(std::nullopt, "checkpoint " + std::to_string(i) + ": " + checkpoint.error().detail);
    }
    for (auto i = replay_.size(); i < leaves_.size(); ++i) replay_.append(leaves_[i]);
    report_.entries = leaves_.size();
    report_.root = replay_.root();
    return std::move(report_);
}

void Verifier::check_checkpoint(Checkpoint const& checkpoint) {
    auto const size = checkpoint.size;
    auto const name = "the checkpoint of size " + std::to_string(size);
    ++report_.checkpoints;
    if (announced_ && size < *announced_) {
        problem(std::nullopt, name + " follows one of size " + std::to_string(*announced_));
        return;
    }
    announced_ = size;
    if (size > next_seq_) {
        problem(next_seq_, "the log ends before " + entry_text(next_seq_) + ", but " + name + " covers it");
        return;
    }
    while (replay_.size() < std::min<std::uint64_t>(size, leaves_.size())) replay_.append(leaves_[replay_.size()]);
    if (replay_.size() == size && replay_.root() == checkpoint.root) {
        confirmed_ = size;
        return;
    }
    if (size == confirmed_) {
        problem(std::nullopt, name + " has another root than the log had at this size");
        return;
    }
    // Where the entries alone gave one away, it explains the mismatch more exactly than the interval does.
    auto const explained = report_.first_bad_index && *report_.first_bad_index < size;
    problem(explained ? std::nullopt : std::optional(confirmed_),
            name + " has another root: something differs in entries " + std::to_string(confirmed_) + " to " +
                std::to_string(size - 1));
}

void Verifier::problem(std::optional<std::uint64_t> index, std::string message) {
    if (index) report_.first_bad_index = std::min(*index, report_.first_bad_index.value_or(*index));
    if (report_.problems.size() < limits::audit_problems_max) report_.problems.push_back(std::move(message));
}

}  // namespace b2a::audit
