// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/names.hpp"

#include <algorithm>
#include <set>

#include "b2a/base/text.hpp"

namespace b2a::protocol::native {

namespace {

/// Of records in ascending id order.
template <class Record>
std::vector<std::string> ids_beginning_with(std::vector<Record> const& records, std::string_view beginning) {
    std::vector<std::string> out;
    auto const before = [](Record const& record, std::string_view id) { return record.id < id; };
    auto at = std::lower_bound(records.begin(), records.end(), beginning, before);
    for (; at != records.end() && at->id.starts_with(beginning) && out.size() < completions_max; ++at)
        out.push_back(at->id);
    return out;
}

}  // namespace

std::vector<std::string> product_ids(catalog::Snapshot const& snapshot, std::string_view beginning) {
    return ids_beginning_with(snapshot.data().products, beginning);
}

std::vector<std::string> size_chart_ids(catalog::Snapshot const& snapshot, std::string_view beginning) {
    return ids_beginning_with(snapshot.data().size_charts, beginning);
}

std::vector<std::string> CategoryNames::beginning_with(catalog::Snapshot const& snapshot, std::string_view beginning) {
    if (seen_ != &snapshot || revision_ != snapshot.revision()) {
        std::set<std::string, std::less<>> names;
        for (auto const& product : snapshot.data().products)
            for (auto const& category : product.categories) names.insert(category);
        names_.assign(names.begin(), names.end());
        seen_ = &snapshot;
        revision_ = snapshot.revision();
    }
    std::vector<std::string> out;
    for (auto const& name : names_) {
        if (out.size() == completions_max) break;
        if (iequals(std::string_view(name).substr(0, beginning.size()), beginning)) out.push_back(name);
    }
    return out;
}

}  // namespace b2a::protocol::native
