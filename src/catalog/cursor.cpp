// SPDX-License-Identifier: Apache-2.0
#include "catalog/cursor.hpp"

#include "b2a/base/codec.hpp"
#include "b2a/base/encoding.hpp"

namespace b2a::catalog {
namespace {

constexpr std::uint64_t format_version = 1;
constexpr std::size_t check_bytes = 4;
constexpr std::size_t cursor_bytes_max = 512;  // a product id and four numbers, in base64url

Bytes check_of(ByteView payload) {
    auto const hash = fingerprint_of(payload) ^ (fingerprint_of(payload) >> 32U);
    Bytes check;
    for (std::size_t i = 0; i < check_bytes; ++i) check.push_back(static_cast<std::uint8_t>(hash >> (8 * i)));
    return check;
}

void put(Encoder& out, std::vector<std::string> const& texts) {
    out.u64(texts.size());
    for (auto const& text : texts) out.text(text);
}

void put(Encoder& out, std::optional<std::int64_t> value) {
    out.boolean(value.has_value());
    out.i64(value.value_or(0));
}

Error refused() {
    return Error(Code::invalid_request, "The cursor is not one of this search.", "/cursor");
}

}  // namespace

/// FNV-1a.
std::uint64_t fingerprint_of(ByteView encoded_query) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (auto const byte : encoded_query) hash = (hash ^ byte) * 0x100000001b3;
    return hash;
}

std::uint64_t fingerprint(SearchQuery const& query) {
    Encoder out;
    out.text(query.text);
    put(out, query.categories);
    put(out, query.brands);
    put(out, query.sizes);
    put(out, query.colors);
    out.u64(query.attributes.size());
    for (auto const& filter : query.attributes) {
        out.text(filter.name);
        put(out, filter.any_of);
        put(out, filter.min_milli);
        put(out, filter.max_milli);
    }
    put(out, query.price_min_minor);
    put(out, query.price_max_minor);
    out.text(query.currency.code());
    out.u64(static_cast<std::uint64_t>(query.availability));
    out.u64(query.avoid.size());
    for (auto const allergen : query.avoid) out.u64(static_cast<std::uint64_t>(allergen));
    out.u64(static_cast<std::uint64_t>(query.allergen_mode));
    out.u64(query.demands_fingerprint);
    out.u64(static_cast<std::uint64_t>(query.demand_mode));
    return fingerprint_of(out.view());
}

std::string encode(Cursor const& cursor) {
    Encoder out;
    out.u64(format_version);
    out.u64(cursor.fingerprint);
    out.u64(cursor.revision);
    out.i64(cursor.score);
    out.text(cursor.product_id);
    out.raw(check_of(out.view()));
    return to_base64url(out.view());
}

Result<Cursor> decode_cursor(std::string_view text) {
    if (text.size() > cursor_bytes_max) return refused();
    auto const bytes = from_base64url(text);
    if (!bytes || bytes->size() < check_bytes) return refused();
    auto const payload = ByteView(*bytes).first(bytes->size() - check_bytes);
    if (as_text(check_of(payload)) != as_text(ByteView(*bytes).last(check_bytes))) return refused();
    Decoder in(payload);
    auto const version = in.u64();
    Cursor cursor;
    cursor.fingerprint = in.u64();
    cursor.revision = in.u64();
    cursor.score = in.i64();
    cursor.product_id = in.text();
    if (version != format_version || !in.done()) return refused();
    return cursor;
}

}  // namespace b2a::catalog
