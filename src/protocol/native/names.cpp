// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/names.hpp"

#include <algorithm>
#include <set>

#include "b2a/base/text.hpp"

namespace b2a::protocol::native {

std::vector<std::string> product_ids(catalog::Snapshot const& snapshot, std::string_view beginning) {
    std::vector<std::string> out;
    auto const& products = snapshot.data().products;  // in ascending id order
    auto const before = [](domain::Product const& product, std::string_view id) { return product.id < id; };
    auto at = std::lower_bound(products.begin(), products.end(), beginning, before);
    for (; at != products.end() && at->id.starts_with(beginning) && out.size() < completions_max; ++at)
        out.push_back(at->id);
    return out;
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
