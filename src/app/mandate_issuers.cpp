// SPDX-License-Identifier: Apache-2.0
#include "app/mandate_issuers.hpp"

#include "b2a/json/view.hpp"

#include "app/system.hpp"

namespace b2a::app {

Result<identity::KeySet> trusted_issuers(std::string const& path) {
    if (path.empty()) return identity::KeySet{};
    B2A_TRY(text, read_file(path));
    json::Document document;
    auto const root = document.parse(text);
    if (!root) return Error(Code::invalid_request, path + ": " + root.error().detail);
    auto const keys = root->get("keys");
    auto set = keys && keys->is(json::Kind::array) ? identity::KeySet::parse(*keys) : identity::KeySet{};
    if (set.size() == 0) return Error(Code::invalid_request, path + ": no JWK Set with a key that verifies signatures");
    return set;
}

}  // namespace b2a::app
