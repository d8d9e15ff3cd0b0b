// SPDX-License-Identifier: Apache-2.0
#include "store/draft.hpp"

#include <algorithm>
#include <set>

#include "store/codec.hpp"

namespace b2a::store {
namespace {

Result<std::optional<domain::Product>> decode_optional(std::optional<Bytes> const& body) {
    if (!body) return std::optional<domain::Product>{};
    B2A_TRY(product, decode_product(*body));
    return std::optional(std::move(product));
}

domain::Product const* pointer(std::optional<domain::Product> const& product) {
    return product ? &*product : nullptr;
}

}  // namespace

template <class T>
Result<CatalogDraft::Change> Draft::put_document(T const& document) {
    auto key = key_of(document);
    B2A_TRY(before, bodies(key));
    return put_body(std::move(key), encode(document), before);
}

Result<CatalogDraft::Change> Draft::put(domain::Promotion const& promotion) {
    // All of them would be one document.
    if (promotion.id.empty()) return Error(Code::unprocessable, "a promotion needs an id", promotion.code);
    return put_document(promotion);
}
Result<CatalogDraft::Change> Draft::put(domain::ShippingMethod const& method) {
    return put_document(method);
}
Result<CatalogDraft::Change> Draft::put(domain::TaxRate const& rate) {
    return put_document(rate);
}
Result<CatalogDraft::Change> Draft::put(domain::Brand const& brand) {
    return put_document(brand);
}
Result<CatalogDraft::Change> Draft::put(domain::Location const& location) {
    return put_document(location);
}
Result<CatalogDraft::Change> Draft::put(domain::SizeChart const& chart) {
    return put_document(chart);
}
Result<CatalogDraft::Change> Draft::put(domain::Occasion const& occasion) {
    return put_document(occasion);
}
Result<CatalogDraft::Change> Draft::put(domain::Look const& look) {
    return put_document(look);
}

Result<CatalogDraft::Change> Draft::put(domain::Product const& product) {
    auto key = key_of(product);
    B2A_TRY(before, bodies(key));
    auto body = encode(product);
    if (before.drafted == body) return Change::unchanged;
    B2A_TRY(published, decode_optional(before.published));
    B2A_TRY(drafted, decode_optional(before.drafted));
    B2A_CHECK(variants_.replace(pointer(published), pointer(drafted), product));
    return put_body(std::move(key), std::move(body), before);
}

Result<Draft::Bodies> Draft::bodies(DocumentKey const& key) {
    Bodies out;
    B2A_TRY(before, published(key));
    if (before) {
        B2A_TRY(current, in_current_form(key.kind, std::move(*before)));
        before = std::move(current);
    }
    out.drafted = before;
    out.published = std::move(before);
    if (changes_.contains(key)) {
        B2A_TRY(drafted, staged(key));
        out.drafted = std::move(drafted);
    }
    return out;
}

Result<CatalogDraft::Change> Draft::put_body(DocumentKey key, Bytes body, Bodies const& before) {
    if (before.drafted == body) return Change::unchanged;
    auto const change = before.drafted ? Change::updated : Change::added;
    if (before.published == body) {
        B2A_CHECK(unstage(key));
        changes_.erase(key);
        return change;
    }
    B2A_CHECK(stage(key, std::move(body)));
    changes_.insert_or_assign(std::move(key), before.published.has_value());
    return change;
}

Result<std::optional<domain::Product>> Draft::product(std::string const& id) {
    B2A_TRY(found, bodies(DocumentKey{DocumentKind::product, id}));
    return decode_optional(found.drafted);
}

template <class T>
Result<std::vector<T>> Draft::all(DocumentKind kind, Result<T> (*decode)(ByteView)) {
    B2A_TRY(published, published_ids(kind));
    std::set<std::string> ids(published.begin(), published.end());
    for (auto const& [key, replaces] : changes_)
        if (key.kind == kind) ids.insert(key.id);
    std::vector<T> out;
    for (auto const& id : ids) {
        B2A_TRY(found, bodies(DocumentKey(kind, id)));
        if (!found.drafted) continue;
        B2A_TRY(document, decode(*found.drafted));
        out.push_back(std::move(document));
    }
    return out;
}

Result<std::vector<domain::SizeChart>> Draft::size_charts() {
    return all(DocumentKind::size_chart, &decode_size_chart);
}
Result<std::vector<domain::Occasion>> Draft::occasions() {
    return all(DocumentKind::occasion, &decode_occasion);
}
Result<std::vector<domain::Look>> Draft::looks() {
    return all(DocumentKind::look, &decode_look);
}

Result<std::optional<std::string>> Draft::product_of_variant(std::string const& variant_id) {
    auto const* owner = variants_.owner(variant_id);
    return owner != nullptr ? std::optional(*owner) : std::nullopt;
}

audit::Event with_revision(audit::Event event, std::uint64_t revision) {
    auto const named = [](auto const& detail) { return detail.first == "revision"; };
    std::erase_if(event.details, named);
    event.details.emplace_back("revision", std::to_string(revision));
    return event;
}

}  // namespace b2a::store
