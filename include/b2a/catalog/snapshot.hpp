// SPDX-License-Identifier: Apache-2.0
// The immutable in-memory catalog that answers every read: products by id, full-text search, typed filters. Built once
// per revision, off the I/O threads, and swapped atomically. Only stock levels inside it change, as atomics.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/query.hpp"
#include "b2a/domain/commerce.hpp"
#include "b2a/domain/disclosure.hpp"
#include "b2a/domain/look.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/domain/size.hpp"

namespace b2a::catalog {

struct FitQuery;
struct FitResult;
struct SizeClass;
class Graph;
class Suspicions;

/// Everything that one revision of the catalog holds; products in ascending id order.
struct CatalogData {
    std::uint64_t revision = 0;
    std::vector<domain::Product> products;
    std::vector<domain::Promotion> promotions;
    std::vector<domain::ShippingMethod> shipping;
    std::vector<domain::TaxRate> taxes;
    std::vector<domain::Brand> brands;
    std::vector<domain::Location> locations;
    std::vector<domain::SizeChart> size_charts;  // in ascending id order
    std::vector<domain::Occasion> occasions;     // likewise
    std::vector<domain::Look> looks;             // likewise
    domain::LegalTerms legal;                    // of the configuration: set by whoever builds the snapshot
};

/// Variant id → live quantity; variants that are not tracked are absent.
using StockLevels = std::unordered_map<std::string, std::int64_t>;

struct VariantRef {
    domain::Product const* product = nullptr;
    domain::Variant const* variant = nullptr;
    std::uint32_t product_index = 0;
    std::uint32_t variant_index = 0;  // global over the snapshot
};

/// An edge and the product that has it.
struct EdgeRef {
    std::uint32_t product_index = 0;
    domain::Edge const* edge = nullptr;
};

class Snapshot {
  public:
    static std::shared_ptr<Snapshot const> build(CatalogData data, StockLevels const& stock);
    ~Snapshot();
    Snapshot(Snapshot const&) = delete;
    Snapshot& operator=(Snapshot const&) = delete;

    [[nodiscard]] std::uint64_t revision() const noexcept;
    [[nodiscard]] CatalogData const& data() const noexcept;
    [[nodiscard]] std::size_t variant_count() const noexcept;

    [[nodiscard]] domain::Product const& product_at(std::uint32_t product_index) const;
    [[nodiscard]] std::optional<std::uint32_t> find_product(std::string_view id) const noexcept;
    [[nodiscard]] std::optional<VariantRef> find_variant(std::string_view id) const noexcept;
    /// Those with this barcode (leading zeros do not matter), and those with this SKU; in the order of their indexes.
    [[nodiscard]] std::vector<VariantRef> with_gtin(std::string_view gtin) const;
    [[nodiscard]] std::vector<VariantRef> with_sku(std::string_view sku) const;
    /// Those whose attribute "replaces_gtin" names that barcode; of a product that says so, its first variant.
    [[nodiscard]] std::vector<VariantRef> replacing_gtin(std::string_view gtin) const;
    /// Edges of `type`, `replaces` or `substitute_for`, that lead to the product of this id, whether it is in the
    /// catalog or no longer: those of products in ascending order.
    [[nodiscard]] std::vector<EdgeRef> edges_to(std::string_view product_id, domain::EdgeType type) const;
    [[nodiscard]] VariantRef variant_at(std::uint32_t variant_index) const;
    /// Global index of the product's first variant; its variants are consecutive from there.
    [[nodiscard]] std::uint32_t first_variant(std::uint32_t product_index) const;

    /// Live quantity; nullopt when the variant is not tracked (always available).
    [[nodiscard]] std::optional<std::int64_t> stock(std::uint32_t variant_index) const noexcept;
    [[nodiscard]] bool in_stock(std::uint32_t variant_index) const noexcept;
    /// Grows whenever the availability of one of the product's variants flips: a cached rendering is stale then.
    [[nodiscard]] std::uint32_t availability_epoch(std::uint32_t product_index) const noexcept;
    /// Called by the holder after a commit; thread-safe, does nothing for unknown ids.
    void set_stock(std::string_view variant_id, std::int64_t quantity) const noexcept;

    /// Is the location open at that time, by its own clock? No without hours or where the system does not know the
    /// zone.
    [[nodiscard]] bool is_open(std::uint32_t location_index, Timestamp time) const;

    /// Deterministic: equal inputs, revision and stock give equal answers. Hits come by descending score, then by
    /// product id; a query without text and filters finds everything. Errors: invalid_request (a cursor of another
    /// query, too long a text, too many filters), unprocessable (a filter that makes no sense, with its pointer).
    [[nodiscard]] Result<SearchResult> search(SearchQuery const& query) const;
    /// For a query that finds nothing: what it would find without one of its demands or, where no one alone helps,
    /// without two of them. The cursor and the limit have no meaning here. Errors: those of search().
    [[nodiscard]] Result<RelaxationResult> relax(SearchQuery const& query) const;
    /// Which sizes fit a person; see fit.hpp. Errors: unprocessable (measurements that no body has together).
    [[nodiscard]] Result<FitResult> fit(FitQuery const& query) const;

    /// What is known of the products' relations; see graph.hpp.
    [[nodiscard]] Graph const& graph() const noexcept;
    /// What ingredient texts make one suspect; see suspicions.hpp.
    [[nodiscard]] Suspicions const& suspicions() const noexcept;
    /// Something to wear or to carry, which nobody eats; see fit.hpp.
    [[nodiscard]] bool is_worn(std::uint32_t variant_index) const noexcept;
    /// Known to suit the diet; see domain/dietary.hpp.
    [[nodiscard]] bool suits(domain::Diet diet, std::uint32_t variant_index) const noexcept;
    /// The sizes that there are; see fit.hpp.
    [[nodiscard]] std::vector<SizeClass> const& size_classes() const noexcept;
    /// Index into size_classes(); none for what is no matter of size, such as food.
    [[nodiscard]] std::optional<std::uint32_t> size_class_of(std::uint32_t variant_index) const noexcept;
    /// The values that an attribute or option has anywhere, in lower case and ascending order.
    [[nodiscard]] std::vector<std::string_view> values_of(std::string_view attribute) const;

  private:
    Snapshot();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The current snapshot, shared by all threads. `current()` costs one atomic load when nothing changed, if the caller
/// keeps a View of its own.
class Holder {
  public:
    Holder();
    /// Swaps in `next`, after applying the stock changes that were recorded since begin_rebuild(). The snapshot before
    /// stays until reclaim() finds it unused, so that no I/O thread pays for freeing it.
    void publish(std::shared_ptr<Snapshot const> next);
    /// From now on stock changes are also kept for the snapshot under construction: call it before reading the levels
    /// that go into build(). One rebuild at a time; calling it again starts over.
    void begin_rebuild();
    /// A committed stock level, from the writer thread, in commit order.
    void set_stock(std::string_view variant_id, std::int64_t quantity);
    /// Never null: a catalog without products before the first publish().
    [[nodiscard]] std::shared_ptr<Snapshot const> current() const;
    /// Frees the snapshots that were replaced and that no View holds any more; how many are still held. Call it now and
    /// then on a thread that may take some 50 ms, e.g. the one that publishes, until it gives 0.
    std::size_t reclaim();
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
    std::atomic<std::uint64_t> generation_{0};
};

/// One thread's view of the holder: refreshes its pointer only when the generation moved.
class View {
  public:
    explicit View(Holder const& holder) : holder_(holder) {}
    std::shared_ptr<Snapshot const> const& get() {
        if (auto const now = holder_.generation(); now != seen_) {
            snapshot_ = holder_.current();
            seen_ = now;
        }
        return snapshot_;
    }

  private:
    Holder const& holder_;
    std::uint64_t seen_ = ~std::uint64_t{0};
    std::shared_ptr<Snapshot const> snapshot_;
};

}  // namespace b2a::catalog
