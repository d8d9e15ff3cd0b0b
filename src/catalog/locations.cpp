// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/locations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "catalog/geodesic.hpp"
#include "catalog/time_zone.hpp"
#include "catalog/tokenizer.hpp"

namespace b2a::catalog {
namespace {

using domain::Location;

bool is_on_globe(domain::GeoPoint point) {
    return point.latitude_e6 >= -90'000'000 && point.latitude_e6 <= 90'000'000 && point.longitude_e6 >= -180'000'000 &&
           point.longitude_e6 <= 180'000'000;
}

Result<void> check(LocationQuery const& query) {
    if (query.text.size() > limits::text_query_bytes_max)
        return Error(Code::invalid_request, "the query text is too long", "/query");
    if (query.amenities.size() > limits::search_filters_max)
        return Error(Code::invalid_request, "too many amenities", "/filters/amenities");
    if (query.items.size() > limits::lookup_ids_max)
        return Error(Code::invalid_request, "too many items", "/filters/items");
    if (query.center && !is_on_globe(*query.center))
        return Error(Code::unprocessable, "there is no such point", "/distance/center");
    if (!query.metres_max) return {};
    if (!query.center) return Error(Code::unprocessable, "a distance needs a center", "/distance/center");
    if (*query.metres_max < 0) return Error(Code::unprocessable, "a distance is not negative", "/distance/max");
    return {};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    Tokenizer tokenizer(text);
    for (std::string word; tokenizer.next(word);) words.push_back(word);
    return words;
}

/// How many of the query's words the location has; the beginning of a word will do, unless it is shorter than three
/// characters and says little.
std::size_t words_found(Location const& location, std::vector<std::string> const& wanted) {
    auto const there = words_of(location.name + ' ' + location.address.locality + ' ' + location.address.postal_code);
    constexpr std::size_t prefix_min = 3;
    return static_cast<std::size_t>(std::ranges::count_if(wanted, [&](std::string const& word) {
        return std::ranges::any_of(there, [&](std::string const& known) {
            return known == word || (word.size() >= prefix_min && known.starts_with(word));
        });
    }));
}

/// The items of a query, looked up once. Stock is the brand's as a whole, so it is the same question everywhere.
bool are_in_stock(Snapshot const& snapshot, std::vector<std::string> const& items) {
    return std::ranges::all_of(items, [&](std::string const& id) {
        auto const variant = snapshot.find_variant(id);
        return variant && snapshot.in_stock(variant->variant_index);
    });
}

struct Match {
    std::uint32_t index = 0;
    double metres = 0;
    bool elsewhere = false;  // nobody knows where it is: after those that are somewhere
    std::size_t words = 0;
};

class Search {
  public:
    Search(Snapshot const& snapshot, LocationQuery const& query) :
        snapshot_(snapshot),
        query_(query),
        words_(words_of(query.text)),
        in_stock_(are_in_stock(snapshot, query.items)) {}

    /// nullopt when a predicate says no.
    [[nodiscard]] std::optional<Match> match(std::uint32_t index) const {
        auto const& location = snapshot_.data().locations[index];
        if (!satisfies(location)) return std::nullopt;
        if (query_.open_at && !snapshot_.is_open(index, *query_.open_at)) return std::nullopt;
        Match match;
        match.index = index;
        if (query_.center) {
            match.elsewhere = !location.geo;
            if (location.geo) match.metres = metres_between(*query_.center, *location.geo);
            // Unrounded, so that the radius includes exactly what is within it.
            if (query_.metres_max && (!location.geo || match.metres > static_cast<double>(*query_.metres_max)))
                return std::nullopt;
        }
        if (words_.empty()) return match;
        match.words = words_found(location, words_);
        if (match.words == 0) return std::nullopt;
        return match;
    }

  private:
    [[nodiscard]] bool satisfies(Location const& location) const {
        if (!in_stock_) return false;
        if (query_.serves_country && !iequals(location.address.country, *query_.serves_country)) return false;
        auto const has_amenity = [&](std::string const& id) {
            return std::ranges::find(location.amenities, id, &domain::Amenity::id) != location.amenities.end();
        };
        auto const has_item = [&](std::string const& id) {
            return std::ranges::find(location.excluded, id) == location.excluded.end();
        };
        return std::ranges::all_of(query_.amenities, has_amenity) && std::ranges::all_of(query_.items, has_item);
    }

    Snapshot const& snapshot_;
    LocationQuery const& query_;
    std::vector<std::string> words_;
    bool in_stock_;
};

std::vector<Match> look_up(Snapshot const& snapshot, LocationQuery const& query, Search const& search,
                           std::vector<std::string>& missing) {
    std::map<std::string_view, std::uint32_t> known;
    auto const& locations = snapshot.data().locations;
    for (std::uint32_t i = 0; i < locations.size(); ++i) known.try_emplace(locations[i].id, i);
    std::vector<Match> out;
    std::set<std::string_view> asked;
    for (auto const& id : query.ids) {
        if (!asked.insert(id).second) continue;
        auto const found = known.find(id);
        if (found == known.end()) {
            missing.push_back(id);
            continue;
        }
        if (auto const match = search.match(found->second)) out.push_back(*match);
    }
    return out;
}

}  // namespace

Result<LocationResult> search_locations(Snapshot const& snapshot, LocationQuery const& query) {
    B2A_CHECK(check(query));
    Search const search(snapshot, query);
    LocationResult result;
    std::vector<Match> matches;
    auto const& locations = snapshot.data().locations;
    if (!query.ids.empty()) {
        matches = look_up(snapshot, query, search, result.missing);
    } else {
        for (std::uint32_t i = 0; i < locations.size(); ++i)
            if (auto const match = search.match(i)) matches.push_back(*match);
        std::ranges::sort(matches, [&](Match const& a, Match const& b) {
            return std::tie(a.elsewhere, a.metres, b.words, locations[a.index].id) <
                   std::tie(b.elsewhere, b.metres, a.words, locations[b.index].id);
        });
    }
    auto const limit = std::min(query.limit, limits::page_size_max);
    auto const begin = std::min(query.offset, matches.size());
    auto const end = begin + std::min(limit, matches.size() - begin);
    for (auto i = begin; i < end; ++i) result.found.push_back(matches[i].index);
    result.more = end < matches.size();
    return result;
}

bool knows_time_zone(std::string_view name) {
    return TimeZone::load(name).has_value();
}

}  // namespace b2a::catalog
