// SPDX-License-Identifier: Apache-2.0
// Where a page ended. It names the last hit by score and product id, not by position, so it stays valid when a new
// revision of the catalog is published between two pages. It is no secret and grants nothing: the check value finds
// damage, the fingerprint finds a cursor that belongs to another query.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"
#include "b2a/catalog/query.hpp"

namespace b2a::catalog {

struct Cursor {
    std::uint64_t fingerprint = 0;
    std::uint64_t revision = 0;
    std::int64_t score = 0;
    std::string product_id;
};

std::uint64_t fingerprint_of(ByteView encoded_query) noexcept;
/// Of everything in the query but the cursor and the page size.
std::uint64_t fingerprint(SearchQuery const& query);

std::string encode(Cursor const& cursor);
/// Errors: invalid_request with pointer "/cursor".
Result<Cursor> decode_cursor(std::string_view text);

}  // namespace b2a::catalog
