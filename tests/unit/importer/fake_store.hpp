// SPDX-License-Identifier: Apache-2.0
// A store that keeps one catalog in maps and can be told to fail: what an importer sees of the real ones.
#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "b2a/store/store.hpp"

namespace b2a::importer::test {

struct Catalog {
    std::map<std::string, domain::Product> products;
    std::map<std::string, domain::Promotion> promotions;
    std::map<std::string, domain::ShippingMethod> shipping;
    std::map<std::string, domain::TaxRate> taxes;
    std::map<std::string, domain::Brand> brands;
    std::map<std::string, domain::Location> locations;
    std::map<std::string, domain::SizeChart> size_charts;
    std::map<std::string, domain::Occasion> occasions;
    std::map<std::string, domain::Look> looks;
    std::map<std::string, std::string> owners;  // variant → product
    friend bool operator==(Catalog const&, Catalog const&) = default;
};

class FakeStore final : public store::Store {
  public:
    Catalog catalog;
    std::uint64_t revision = 0;
    std::vector<audit::Event> events;
    std::uint64_t puts_until_failure = std::numeric_limits<std::uint64_t>::max();

    void submit(store::ChangeSet, Deadline, Done done) override { done(unavailable()); }
    Result<std::unique_ptr<store::Reader>> open_reader() override;
    Result<std::unique_ptr<store::CatalogDraft>> begin_catalog() override;
    Result<void> add_checkpoint(std::uint64_t, std::string) override { return unavailable(); }
    Result<void> note_progress(std::vector<store::NoticeProgress>) override { return unavailable(); }
    Result<std::size_t> sweep(Timestamp) override { return unavailable(); }
    Result<store::ScrubReport> scrub(std::vector<std::string>) override { return unavailable(); }
    void on_notice(NoticeListener) override {}
    void on_stock(StockListener) override {}
    [[nodiscard]] Stats stats() const override { return {}; }
    void close() override {}

    static Error unavailable() { return Error(Code::store_unavailable, "not in this fake"); }
};

class FakeReader final : public store::Reader {
  public:
    explicit FakeReader(FakeStore& store) : store_(store) {}
    Result<std::optional<domain::Checkout>> checkout(CheckoutId const&) override { return FakeStore::unavailable(); }
    Result<std::optional<domain::Order>> order(OrderId const&) override { return FakeStore::unavailable(); }
    Result<std::optional<domain::Cart>> cart(CartId const&) override { return FakeStore::unavailable(); }
    Result<std::vector<store::Notice>> due_notices(Timestamp, std::size_t) override { return FakeStore::unavailable(); }
    Result<std::optional<Timestamp>> next_notice() override { return FakeStore::unavailable(); }
    Result<std::vector<store::Notice>> notices(store::NoticeState, std::size_t) override {
        return FakeStore::unavailable();
    }
    Result<std::optional<store::StoredReply>> reply(Digest const&, Digest const&) override {
        return FakeStore::unavailable();
    }
    Result<std::int64_t> drawn(Digest const&) override { return FakeStore::unavailable(); }
    Result<std::optional<store::Record>> record(store::RecordKind, std::string const&) override {
        return FakeStore::unavailable();
    }
    Result<std::vector<store::Record>> records(store::RecordKind, std::optional<std::uint32_t>, std::size_t) override {
        return FakeStore::unavailable();
    }
    Result<std::uint64_t> records_generation() override { return FakeStore::unavailable(); }
    Result<std::uint64_t> catalog_revision() override { return store_.revision; }
    Result<catalog::CatalogData> catalog() override { return FakeStore::unavailable(); }
    Result<std::vector<domain::PricePoint>> price_history(std::string const&, Currency, std::size_t) override {
        return FakeStore::unavailable();
    }
    Result<std::optional<domain::Publication>> publication(std::uint64_t) override { return FakeStore::unavailable(); }
    Result<catalog::StockLevels> stock() override { return FakeStore::unavailable(); }
    Result<store::AuditHead> audit_head() override { return FakeStore::unavailable(); }
    Result<std::vector<store::AuditEntry>> audit_entries(std::uint64_t, std::size_t) override {
        return FakeStore::unavailable();
    }
    Result<std::vector<std::string>> checkpoints() override { return FakeStore::unavailable(); }
    Result<std::optional<std::string>> last_checkpoint() override { return FakeStore::unavailable(); }
    Result<std::vector<Digest>> audit_tile(audit::TileId, std::size_t) override { return FakeStore::unavailable(); }
    Result<std::optional<std::uint64_t>> order_entry(OrderId const&) override { return FakeStore::unavailable(); }
    Result<store::Holdings> holdings(store::DataSubject const&) override { return FakeStore::unavailable(); }

  private:
    FakeStore& store_;
};

class FakeDraft final : public store::CatalogDraft {
  public:
    explicit FakeDraft(FakeStore& store) : store_(store), catalog_(store.catalog) {}

    Result<Change> put(domain::Product const& product) override {
        for (auto const& variant : product.variants) {
            auto const [owner, fresh] = catalog_.owners.try_emplace(variant.id, product.id);
            if (!fresh && owner->second != product.id) return Error(Code::conflict, "a variant has two products");
        }
        return keep(catalog_.products, product.id, product);
    }
    Result<Change> put(domain::Promotion const& promotion) override {
        return keep(catalog_.promotions, promotion.id, promotion);
    }
    Result<Change> put(domain::ShippingMethod const& method) override {
        return keep(catalog_.shipping, method.id, method);
    }
    Result<Change> put(domain::TaxRate const& rate) override {
        return keep(catalog_.taxes, rate.country + ' ' + rate.region, rate);
    }
    Result<Change> put(domain::Brand const& brand) override { return keep(catalog_.brands, brand.name, brand); }
    Result<Change> put(domain::Location const& location) override {
        return keep(catalog_.locations, location.id, location);
    }
    Result<Change> put(domain::SizeChart const& chart) override { return keep(catalog_.size_charts, chart.id, chart); }
    Result<Change> put(domain::Occasion const& occasion) override {
        return keep(catalog_.occasions, occasion.id, occasion);
    }
    Result<Change> put(domain::Look const& look) override { return keep(catalog_.looks, look.id, look); }
    Result<std::vector<domain::SizeChart>> size_charts() override { return values(catalog_.size_charts); }
    Result<std::vector<domain::Occasion>> occasions() override { return values(catalog_.occasions); }
    Result<std::vector<domain::Look>> looks() override { return values(catalog_.looks); }
    Result<std::optional<domain::Product>> product(std::string const& id) override {
        return find(catalog_.products, id);
    }
    Result<std::optional<std::string>> product_of_variant(std::string const& variant_id) override {
        return find(catalog_.owners, variant_id);
    }
    Result<std::uint64_t> publish(audit::Event event, Timestamp) override {
        if (!changed_) return store_.revision;
        store_.catalog = std::move(catalog_);
        store_.events.push_back(std::move(event));
        return ++store_.revision;
    }

  private:
    template <class Map>
    static std::vector<typename Map::mapped_type> values(Map const& map) {
        std::vector<typename Map::mapped_type> out;
        for (auto const& [id, value] : map) out.push_back(value);
        return out;
    }
    template <class Map>
    static std::optional<typename Map::mapped_type> find(Map const& map, std::string const& key) {
        auto const found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }

    template <class Map>
    Result<Change> keep(Map& map, std::string const& key, typename Map::mapped_type const& value) {
        if (store_.puts_until_failure-- == 0) return Error(Code::store_unavailable, "disk full");
        auto const [entry, fresh] = map.try_emplace(key, value);
        if (!fresh && entry->second == value) return Change::unchanged;
        entry->second = value;
        changed_ = true;
        return fresh ? Change::added : Change::updated;
    }

    FakeStore& store_;
    Catalog catalog_;
    bool changed_ = false;
};

inline Result<std::unique_ptr<store::Reader>> FakeStore::open_reader() {
    return std::unique_ptr<store::Reader>(std::make_unique<FakeReader>(*this));
}
inline Result<std::unique_ptr<store::CatalogDraft>> FakeStore::begin_catalog() {
    return std::unique_ptr<store::CatalogDraft>(std::make_unique<FakeDraft>(*this));
}

}  // namespace b2a::importer::test
