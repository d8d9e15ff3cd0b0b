// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/snapshot.hpp"

#include <algorithm>
#include <thread>

#include "b2a/base/assert.hpp"

#include "catalog/index.hpp"
#include "catalog/opening_hours.hpp"

namespace b2a::catalog {
namespace {

/// The store hands documents out in this order already.
template <class Document>
void sort_by_id(std::vector<Document>& documents) {
    if (!std::ranges::is_sorted(documents, {}, &Document::id)) std::ranges::sort(documents, {}, &Document::id);
}

}  // namespace

Index::Index(CatalogData catalog) : data(std::move(catalog)) {
    sort_by_id(data.products);
    // The text index needs the products only and takes about as long as everything else together.
    std::jthread words([this] { text = TextIndex(data.products); });
    sort_by_id(data.size_charts);
    sort_by_id(data.occasions);
    sort_by_id(data.looks);
    number_variants();
    index_ids();
    for (std::uint32_t p = 0; p < data.products.size(); ++p) facets.add_product(data.products[p], first_variants[p]);
    facets.finish(variant_count());
    sizes = SizeIndex(data);
    lookups = LookupIndex(data);
    suspicions = Suspicions(data);
    needs = NeedIndex(data, suspicions, sizes);
    graph = Graph(*this);
    index_allergens();
    load_zones();
    words.join();
    stock.start(variant_count(), data.products.size());
}

void Index::number_variants() {
    first_variants.reserve(data.products.size() + 1);
    std::size_t total = 0;
    for (auto const& product : data.products) total += product.variants.size();
    B2A_ASSERT(total < ~std::uint32_t{0});
    variants.reserve(total);
    last_variants.resize(words_for(total));
    for (std::uint32_t p = 0; p < data.products.size(); ++p) {
        first_variants.push_back(static_cast<std::uint32_t>(variants.size()));
        for (auto const& variant : data.products[p].variants) variants.push_back({&variant, p});
        if (!data.products[p].variants.empty()) set_bit(last_variants, static_cast<std::uint32_t>(variants.size() - 1));
    }
    first_variants.push_back(static_cast<std::uint32_t>(variants.size()));
}

void Index::index_ids() {
    product_ids = HashIndex(data.products.size());
    for (std::uint32_t p = 0; p < data.products.size(); ++p)
        product_ids.insert(data.products[p].id, p,
                           [this](std::uint32_t i) -> std::string_view { return data.products[i].id; });
    variant_ids = HashIndex(variants.size());
    for (std::uint32_t v = 0; v < variants.size(); ++v)
        variant_ids.insert(variants[v].variant->id, v,
                           [this](std::uint32_t i) -> std::string_view { return variants[i].variant->id; });
}

void Index::index_allergens() {
    using domain::AllergenStatus;
    for (std::size_t a = 0; a < domain::allergen_count; ++a) {
        free_from[a].resize(words_for(variant_count()));
        not_free_from[a].resize(words_for(variant_count()));
    }
    for (std::uint32_t p = 0; p < data.products.size(); ++p) {
        auto const& food = data.products[p].food;
        if (!food) continue;  // nothing stated: unknown, in neither set
        for (std::size_t a = 0; a < domain::allergen_count; ++a) {
            auto const status = food->allergens.status(static_cast<domain::Allergen>(a));
            if (status == AllergenStatus::unknown) continue;
            set_run(status == AllergenStatus::free_from ? free_from[a] : not_free_from[a], variants_of(p));
        }
    }
}

void Index::load_zones() {
    for (auto const& location : data.locations)
        if (!location.timezone.empty() && !zones.contains(location.timezone))
            if (auto zone = TimeZone::load(location.timezone)) zones.emplace(location.timezone, std::move(*zone));
}

std::optional<std::uint32_t> Index::find_product(std::string_view id) const noexcept {
    return product_ids.find(id, [this](std::uint32_t i) -> std::string_view { return data.products[i].id; });
}

std::optional<std::uint32_t> Index::find_variant(std::string_view id) const noexcept {
    return variant_ids.find(id, [this](std::uint32_t i) -> std::string_view { return variants[i].variant->id; });
}

struct Snapshot::Impl : Index {
    using Index::Index;
};

Snapshot::Snapshot() = default;
Snapshot::~Snapshot() = default;

std::shared_ptr<Snapshot const> Snapshot::build(CatalogData data, StockLevels const& stock) {
    std::shared_ptr<Snapshot> snapshot(new Snapshot);
    snapshot->impl_ = std::make_unique<Impl>(std::move(data));
    for (auto const& [id, quantity] : stock) snapshot->set_stock(id, quantity);
    return snapshot;
}

std::uint64_t Snapshot::revision() const noexcept {
    return impl_->data.revision;
}
CatalogData const& Snapshot::data() const noexcept {
    return impl_->data;
}
std::size_t Snapshot::variant_count() const noexcept {
    return impl_->variant_count();
}

domain::Product const& Snapshot::product_at(std::uint32_t product_index) const {
    B2A_ASSERT(product_index < impl_->data.products.size());
    return impl_->data.products[product_index];
}

std::optional<std::uint32_t> Snapshot::find_product(std::string_view id) const noexcept {
    return impl_->find_product(id);
}

std::optional<VariantRef> Snapshot::find_variant(std::string_view id) const noexcept {
    auto const index = impl_->find_variant(id);
    if (!index) return std::nullopt;
    return impl_->ref(*index);
}

std::vector<VariantRef> Snapshot::with_gtin(std::string_view gtin) const {
    std::vector<VariantRef> out;
    auto const key = gtin_key(gtin);
    if (key.empty()) return out;
    impl_->lookups.gtins.each(key, [&](std::uint32_t index) {
        auto const ref = impl_->ref(index);
        auto const is_same = [&](domain::Barcode const& barcode) { return gtin_key(barcode.value) == key; };
        if (std::ranges::any_of(ref.variant->barcodes, is_same)) out.push_back(ref);
    });
    return out;
}

std::vector<VariantRef> Snapshot::replacing_gtin(std::string_view gtin) const {
    std::vector<VariantRef> out;
    auto const key = gtin_key(gtin);
    if (key.empty()) return out;
    impl_->lookups.old_gtins.each(key, [&](std::uint32_t index) {
        auto const ref = impl_->ref(index);
        auto const says = [&](domain::Attribute const& attribute) { return replaced_gtin(attribute) == key; };
        if (std::ranges::any_of(ref.product->attributes, says) || std::ranges::any_of(ref.variant->attributes, says))
            out.push_back(ref);
    });
    return out;
}

std::vector<VariantRef> Snapshot::with_sku(std::string_view sku) const {
    std::vector<VariantRef> out;
    if (sku.empty()) return out;
    impl_->lookups.skus.each(sku, [&](std::uint32_t index) {
        auto const ref = impl_->ref(index);
        if (ref.variant->sku == sku) out.push_back(ref);
    });
    return out;
}

std::vector<EdgeRef> Snapshot::edges_to(std::string_view product_id, domain::EdgeType type) const {
    std::vector<EdgeRef> out;
    impl_->lookups.edge_targets.each(product_id, [&](std::uint32_t product) {
        for (auto const& edge : impl_->data.products[product].edges)
            if (edge.type == type && edge.target == product_id) out.push_back({product, &edge});
    });
    return out;
}

std::uint32_t Snapshot::first_variant(std::uint32_t product_index) const {
    B2A_ASSERT(product_index < impl_->data.products.size());
    return impl_->first_variants[product_index];
}

std::optional<std::int64_t> Snapshot::stock(std::uint32_t variant_index) const noexcept {
    B2A_ASSERT(variant_index < impl_->variant_count());
    return impl_->stock.quantity(variant_index);
}

bool Snapshot::in_stock(std::uint32_t variant_index) const noexcept {
    B2A_ASSERT(variant_index < impl_->variant_count());
    return impl_->stock.in_stock(variant_index);
}

std::uint32_t Snapshot::availability_epoch(std::uint32_t product_index) const noexcept {
    B2A_ASSERT(product_index < impl_->data.products.size());
    return impl_->stock.epoch(product_index);
}

void Snapshot::set_stock(std::string_view variant_id, std::int64_t quantity) const noexcept {
    if (auto const index = impl_->find_variant(variant_id))
        impl_->stock.set(*index, impl_->variants[*index].product, quantity);
}

bool Snapshot::is_open(std::uint32_t location_index, Timestamp time) const {
    B2A_ASSERT(location_index < impl_->data.locations.size());
    auto const& location = impl_->data.locations[location_index];
    auto const zone = impl_->zones.find(location.timezone);
    return zone != impl_->zones.end() && catalog::is_open(location, zone->second, time);
}

Result<SearchResult> Snapshot::search(SearchQuery const& query) const {
    return catalog::search(*impl_, query);
}

Result<RelaxationResult> Snapshot::relax(SearchQuery const& query) const {
    return catalog::relax(*impl_, query);
}

Result<FitResult> Snapshot::fit(FitQuery const& query) const {
    return catalog::fit(*impl_, query);
}

Graph const& Snapshot::graph() const noexcept {
    return impl_->graph;
}

Suspicions const& Snapshot::suspicions() const noexcept {
    return impl_->suspicions;
}

bool Snapshot::is_worn(std::uint32_t variant_index) const noexcept {
    B2A_ASSERT(variant_index < impl_->variant_count());
    return has_bit(impl_->needs.worn(), variant_index);
}

bool Snapshot::suits(domain::Diet diet, std::uint32_t variant_index) const noexcept {
    B2A_ASSERT(variant_index < impl_->variant_count());
    return has_bit(impl_->needs.suits(diet), variant_index);
}

std::vector<SizeClass> const& Snapshot::size_classes() const noexcept {
    return impl_->sizes.classes();
}

std::optional<std::uint32_t> Snapshot::size_class_of(std::uint32_t variant_index) const noexcept {
    B2A_ASSERT(variant_index < impl_->variant_count());
    auto const of = impl_->sizes.class_of(variant_index);
    return of == SizeIndex::no_class ? std::nullopt : std::optional(of);
}

std::vector<std::string_view> Snapshot::values_of(std::string_view attribute) const {
    return impl_->facets.values_of(attribute);
}

VariantRef Snapshot::variant_at(std::uint32_t variant_index) const {
    B2A_ASSERT(variant_index < impl_->variant_count());
    auto const& [variant, product] = impl_->variants[variant_index];
    return {&impl_->data.products[product], variant, product, variant_index};
}

}  // namespace b2a::catalog
