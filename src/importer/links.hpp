// SPDX-License-Identifier: Apache-2.0
// Edges between products. Both ends must exist before an edge does, and the ends may be anywhere in the files, so links
// are kept here, attached to their product when it is taken in, and settled after the last product.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "b2a/domain/product.hpp"
#include "b2a/store/store.hpp"

#include "importer/journal.hpp"

namespace b2a::importer {

/// Source of the edges that a native catalog states with the product itself; they replace those it stated before.
inline constexpr std::string_view native_edge_source = "catalog";

class Links {
  public:
    enum class Added : std::uint8_t { yes, repeated, too_many };

    Links(store::CatalogDraft& draft, Journal& journal) : draft_(draft), journal_(journal) {}

    /// `from` and the edge's target are ids of products or variants; the edge is between the products.
    /// `line` of the current file says so.
    Added add(std::string const& from, domain::Edge const& edge, std::uint64_t line);
    /// The same; says why the edge cannot be taken, or nothing.
    std::string add_or_say(std::string const& from, domain::Edge const& edge, std::uint64_t line);
    /// `source` is being imported now: the edges that it gave before are replaced.
    void replaces(std::string const& source) { sources_.insert(source); }
    /// The same of a source whose edges may come behind their products, "source#detail" as well: they are replaced when
    /// everything was read, so that a product whose edges stay as they are is not touched. Said before the first one.
    void replaces_at_last(std::string const& source) { late_.insert(source); }

    /// Gives `product`, on its way into the draft, every edge whose ends exist by now. `before` is the product as it
    /// was; `own_source` (may be empty) is replaced as well.
    Result<void> attach(domain::Product& product, domain::Product const* before, std::string_view own_source);

    /// Puts the products whose edges had to wait, and counts every link. `touched` hears of each product that is put.
    using Touched = std::function<void(domain::Product const& product, store::CatalogDraft::Change change)>;
    Result<void> settle(Touched const& touched);

  private:
    struct Link {
        domain::EdgeType type;
        std::string to;
        std::uint32_t source = 0;  // index into source_names_
        std::uint32_t score_ppm = 0;
        std::uint32_t file = 0;
        std::uint64_t line = 0;
        friend bool operator==(Link const& a, Link const& b) noexcept {
            return a.type == b.type && a.to == b.to && a.source == b.source;
        }
    };

    Result<std::optional<std::string>> owner(std::string const& id);
    enum class Turn : std::uint8_t { early, late };
    [[nodiscard]] Turn turn_of(Link const& link) const;
    /// Appends the edges of that turn kept under `key`; false if a target does not exist yet.
    Result<bool> append(std::string const& key, Turn turn, domain::Product& product);
    void count_and_drop(std::string const& key);
    void count(domain::EdgeType type);
    Result<void> settle_product(std::string const& id, Touched const& touched);

    store::CatalogDraft& draft_;
    Journal& journal_;
    std::unordered_map<std::string, std::vector<Link>> by_from_;
    std::vector<std::string> source_names_;
    std::set<std::string, std::less<>> sources_;
    std::set<std::string, std::less<>> late_;
    std::unordered_set<std::string> attached_;  // products whose edges of sources_ are those of this run
    std::unordered_set<std::string> stale_;     // of them: those with edges of late_ from before
};

}  // namespace b2a::importer
