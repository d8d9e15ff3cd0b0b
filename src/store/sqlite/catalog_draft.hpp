// SPDX-License-Identifier: Apache-2.0
// A draft on a connection of its own. Documents are staged above the catalog's head in short transactions, so that
// orders hardly wait for an import; publishing moves the head. Beginning a draft takes the place of any other: the one
// before answers conflict from then on.
#pragma once

#include <memory>
#include <string>

#include "b2a/store/store.hpp"

namespace b2a::store::sqlite {

Result<std::unique_ptr<CatalogDraft>> begin_catalog(std::string const& path);

}  // namespace b2a::store::sqlite
