// SPDX-License-Identifier: Apache-2.0
#include "catalog/time_zone.hpp"

#include <algorithm>
#include <fstream>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

using std::chrono::seconds;

constexpr std::size_t header_bytes = 44;
constexpr std::int64_t offset_max = 26 * 3600;  // RFC 8536, 3.2: no offset is as large

/// Big-endian, two's complement.
std::int64_t integer(std::string_view bytes) {
    std::uint64_t value = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (auto const byte : bytes) value = (value << 8U) | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

struct Counts {
    std::size_t isut = 0, isstd = 0, leap = 0, time = 0, type = 0, chars = 0;

    [[nodiscard]] std::size_t body(std::size_t time_bytes) const {
        return time * time_bytes + time + type * 6 + chars + leap * (time_bytes + 4) + isstd + isut;
    }
};

/// The counts of the header at the front of `bytes`; none if they would not fit into any file we read.
std::optional<Counts> read_header(std::string_view bytes) {
    if (bytes.size() < header_bytes || !bytes.starts_with("TZif") || bytes[4] < '2') return std::nullopt;
    Counts counts;
    std::size_t at = 20;
    for (auto* count : {&counts.isut, &counts.isstd, &counts.leap, &counts.time, &counts.type, &counts.chars}) {
        auto const value = integer(bytes.substr(at, 4));
        if (value < 0 || value > static_cast<std::int64_t>(limits::time_zone_bytes_max)) return std::nullopt;
        *count = static_cast<std::size_t>(value);
        at += 4;
    }
    return counts;
}

/// The offsets of the local time types.
std::optional<std::vector<seconds>> read_types(std::string_view bytes, std::size_t count) {
    std::vector<seconds> out;
    for (std::size_t i = 0; i < count; ++i) {
        auto const offset = integer(bytes.substr(i * 6, 4));
        if (offset < -offset_max || offset > offset_max) return std::nullopt;
        out.emplace_back(offset);
    }
    return out;
}

bool is_name(std::string_view name) {
    auto const ok = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '+' ||
               c == '-';
    };
    return name.size() <= limits::id_bytes_max && std::ranges::all_of(split(name, '/'), [&](std::string_view part) {
               return !part.empty() && std::ranges::all_of(part, ok);
           });
}

}  // namespace

std::optional<TimeZone> TimeZone::parse(std::string_view bytes) {
    if (bytes.size() > limits::time_zone_bytes_max) return std::nullopt;
    auto const old = read_header(bytes);
    if (!old || bytes.size() < header_bytes + old->body(4)) return std::nullopt;
    bytes.remove_prefix(header_bytes + old->body(4));  // times of 32 bits, for older readers
    auto const counts = read_header(bytes);
    if (!counts || counts->type == 0) return std::nullopt;
    bytes.remove_prefix(header_bytes);
    if (bytes.size() < counts->body(8)) return std::nullopt;

    TimeZone zone;
    auto const types = read_types(bytes.substr(counts->time * 9), counts->type);
    if (!types) return std::nullopt;
    zone.offsets_.push_back(types->front());
    for (std::size_t i = 0; i < counts->time; ++i) {
        auto const change = integer(bytes.substr(i * 8, 8));
        auto const type = static_cast<unsigned char>(bytes[counts->time * 8 + i]);
        if (type >= types->size() || (i > 0 && change <= zone.changes_.back())) return std::nullopt;
        zone.changes_.push_back(change);
        zone.offsets_.push_back((*types)[type]);
    }
    auto footer = bytes.substr(counts->body(8));
    if (footer.size() < 2 || !footer.starts_with('\n') || !footer.ends_with('\n')) return std::nullopt;
    footer = footer.substr(1, footer.size() - 2);
    if (footer.empty()) return zone;
    zone.rule_ = ZoneRule::parse(footer);
    if (!zone.rule_) return std::nullopt;
    return zone;
}

std::optional<TimeZone> TimeZone::load(std::string_view name, std::string const& directory) {
    if (!is_name(name)) return std::nullopt;
    std::ifstream file(directory + '/' + std::string(name), std::ios::binary);
    std::string bytes(limits::time_zone_bytes_max + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return parse(bytes);
}

seconds TimeZone::offset(std::chrono::sys_seconds time) const {
    auto const next = std::ranges::upper_bound(changes_, time.time_since_epoch().count());
    if (next == changes_.end() && rule_) return rule_->offset(time);
    return offsets_[static_cast<std::size_t>(next - changes_.begin())];
}

}  // namespace b2a::catalog
