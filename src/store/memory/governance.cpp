// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/assert.hpp"

#include "store/memory/state.hpp"

namespace b2a::store::memory {

Result<void> State::check_governance(PreparedChanges const& job) const {
    std::map<Digest, std::int64_t> together;
    for (auto const& draw : job.allowances) {
        B2A_ASSERT(draw.amount > 0);
        auto const stored = allowances.find(draw.key);
        auto& drawn =
            together.try_emplace(draw.key, stored == allowances.end() ? 0 : stored->second.drawn).first->second;
        if (draw.amount > draw.cap - drawn)
            return Error(Code::allowance_exceeded, "the allowance is used up", draw.name);
        drawn += draw.amount;
    }
    for (auto const& write : job.records) {
        auto const stored = records.find({write.kind, write.id});
        auto const version = stored == records.end() ? 0 : stored->second.record.version;
        if (version != write.expected_version)
            return Error(Code::conflict, "the record was changed meanwhile", write.id);
    }
    return {};
}

void State::write_governance(PreparedChanges& job) {
    for (auto const& draw : job.allowances) {
        auto& row = allowances.try_emplace(draw.key, Allowance{0, draw.expires}).first->second;
        row.drawn += draw.amount;
    }
    for (auto& write : job.records) {
        if (is_managed(write.kind)) ++record_generation;
        RecordKey key{write.kind, write.id};
        if (write.remove) {
            records.erase(key);
            continue;
        }
        Record record{write.kind, std::move(write.id), write.expected_version + 1, write.state, std::move(write.body)};
        records.insert_or_assign(std::move(key), KeptRecord{record_generation, std::move(record)});
    }
}

}  // namespace b2a::store::memory
