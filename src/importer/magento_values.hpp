// SPDX-License-Identifier: Apache-2.0
// The small languages inside the cells of a Magento export.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/time.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::importer {

/// "Sleeve Length" and "sleeve-length" become "sleeve_length".
std::string snake_case(std::string_view name);

/// "a=1,b=2|3,with comma,c=4": pairs of name and raw value; a part without '=' belongs to the value before it.
std::vector<std::pair<std::string_view, std::string>> key_values(std::string_view text);

/// One attribute per value; Yes and No become booleans, and so do 1 and 0 for Luma's flags.
void append_attributes(std::vector<domain::Attribute>& out, std::string const& name, std::string_view value,
                       char separator);

/// "Default Category/Men/Tops,Default Category" of an export: the root is dropped.
std::vector<std::string> export_categories(std::string_view cell);
/// "Gear\nBags\nCollections\nErin Recommends": names that go down the tree; a top-level name begins a new path.
std::vector<std::string> listed_categories(std::string_view cell);

/// "2026-11-24", "2026-11-24 06:02:52", "11/24/26" and "11/24/2026, 6:02 AM" (the date counts); nullopt otherwise.
std::optional<Timestamp> magento_date(std::string_view text);

}  // namespace b2a::importer
