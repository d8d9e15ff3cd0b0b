// SPDX-License-Identifier: Apache-2.0
// Takes what was deleted out of the files. SQLite overwrites deleted rows inside a page (secure_delete=FAST), but three
// places keep old bytes: pages on the free list, the write-ahead log, and the gaps of pages that were split.
#pragma once

#include <string>
#include <vector>

#include "b2a/store/privacy.hpp"

namespace b2a::store::sqlite {

Result<ScrubReport> scrub(std::string const& path, std::vector<std::string> const& texts);

}  // namespace b2a::store::sqlite
