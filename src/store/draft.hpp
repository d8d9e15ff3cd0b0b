// SPDX-License-Identifier: Apache-2.0
// The rules of a catalog draft, the same for every store; a store only says where documents come from and go to.
#pragma once

#include <map>
#include <optional>

#include "b2a/store/store.hpp"

#include "store/documents.hpp"
#include "store/variant_ledger.hpp"

namespace b2a::store {

class Draft : public CatalogDraft {
  public:
    Result<Change> put(domain::Product const& product) override;
    Result<Change> put(domain::Promotion const& promotion) override;
    Result<Change> put(domain::ShippingMethod const& method) override;
    Result<Change> put(domain::TaxRate const& rate) override;
    Result<Change> put(domain::Brand const& brand) override;
    Result<Change> put(domain::Location const& location) override;
    Result<Change> put(domain::SizeChart const& chart) override;
    Result<Change> put(domain::Occasion const& occasion) override;
    Result<Change> put(domain::Look const& look) override;
    Result<std::optional<domain::Product>> product(std::string const& id) override;
    Result<std::vector<domain::SizeChart>> size_charts() override;
    Result<std::vector<domain::Occasion>> occasions() override;
    Result<std::vector<domain::Look>> looks() override;
    Result<std::optional<std::string>> product_of_variant(std::string const& variant_id) override;

  protected:
    explicit Draft(VariantLedger variants) : variants_(std::move(variants)) {}

    /// The body in the revision that the draft began from.
    virtual Result<std::optional<Bytes>> published(DocumentKey const& key) = 0;
    /// The ids of a kind in that revision.
    virtual Result<std::vector<std::string>> published_ids(DocumentKind kind) = 0;
    /// The body as this draft would publish it, given that it differs from the published one.
    virtual Result<std::optional<Bytes>> staged(DocumentKey const& key) = 0;
    virtual Result<void> stage(DocumentKey const& key, Bytes body) = 0;
    /// Back to the published body, or to none.
    virtual Result<void> unstage(DocumentKey const& key) = 0;

    /// What differs from the published revision; the value says whether there is an older body.
    [[nodiscard]] std::map<DocumentKey, bool> const& changes() const noexcept { return changes_; }
    [[nodiscard]] VariantLedger const& variants() const noexcept { return variants_; }

  private:
    struct Bodies {
        std::optional<Bytes> published;
        std::optional<Bytes> drafted;
    };
    Result<Bodies> bodies(DocumentKey const& key);
    Result<Change> put_body(DocumentKey key, Bytes body, Bodies const& before);
    template <class T>
    Result<Change> put_document(T const& document);
    template <class T>
    Result<std::vector<T>> all(DocumentKind kind, Result<T> (*decode)(ByteView));

    VariantLedger variants_;
    std::map<DocumentKey, bool> changes_;
};

/// The event with the revision that it is about.
audit::Event with_revision(audit::Event event, std::uint64_t revision);

}  // namespace b2a::store
