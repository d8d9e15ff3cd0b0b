// SPDX-License-Identifier: Apache-2.0
#include "importer/intake.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "b2a/catalog/fit.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

/// What of a product its sizes can be judged by.
domain::Product sizes_of(domain::Product const& product) {
    domain::Product out;
    if (product.food) return out;  // the sizes of food are packs
    std::set<std::string_view> seen;
    for (auto const& variant : product.variants) {
        auto const label = catalog::size_label(variant);
        if (label.empty() || !seen.insert(label).second) continue;
        auto& sized = out.variants.emplace_back();
        sized.id = variant.id;
        sized.options.push_back({"size", std::string(label)});
    }
    if (out.variants.empty()) return out;
    out.id = product.id;
    out.brand = product.brand;
    for (auto const& attribute : product.attributes)
        if (attribute.name == "size_chart" || attribute.name == "garment" || attribute.name == "audience")
            out.attributes.push_back(attribute);
    return out;
}

}  // namespace

using domain::Product;
using Change = store::CatalogDraft::Change;

std::optional<std::string> Intake::duplicate(std::string const& id) const {
    auto const found = places_.find(id);
    if (found == places_.end()) return std::nullopt;
    auto const& place = found->second;
    return "duplicate id " + shown(id) + ": first on line " + std::to_string(place.line) + " of " +
           file_name(journal_.file(place.file));
}

std::optional<std::string> Intake::claim(std::string const& id, std::uint64_t line) {
    Place const place{static_cast<std::uint32_t>(journal_.file_index()), line};
    if (places_.try_emplace(id, place).second) return std::nullopt;
    return duplicate(id);
}

std::optional<std::string> Intake::claim_all(Product const& product, std::uint64_t line) {
    if (auto reason = duplicate(product.id)) return reason;
    for (auto const& variant : product.variants)
        if (auto reason = duplicate(variant.id)) return reason;
    claim(product.id, line);
    for (auto const& variant : product.variants) claim(variant.id, line);
    return std::nullopt;
}

Result<std::optional<std::string>> Intake::foreign(Product const& product) {
    auto const taken = [](std::string const& id, std::string const& by) {
        return std::optional("id " + shown(id) + " is already that of another product's variant (" + shown(by) + ")");
    };
    B2A_TRY(owner, draft_.product_of_variant(product.id));
    if (owner && *owner != product.id) return taken(product.id, *owner);
    for (auto const& variant : product.variants) {
        if (variant.id == product.id) continue;
        B2A_TRY(owner_of_variant, draft_.product_of_variant(variant.id));
        if (owner_of_variant && *owner_of_variant != product.id) return taken(variant.id, *owner_of_variant);
        if (owner_of_variant) continue;  // ours already: cannot be a product's id as well
        B2A_TRY(other, draft_.product(variant.id));
        if (other) return std::optional("variant id " + shown(variant.id) + " is already that of another product");
    }
    return std::optional<std::string>();
}

Result<void> Intake::take(Product product, std::uint64_t line, Ids ids) {
    auto reason = unsound(product);
    if (!reason && ids == Ids::claim_now) reason = claim_all(product, line);
    if (!reason) {
        B2A_TRY(owned, foreign(product));
        reason = std::move(owned);
    }
    if (reason) {
        journal_.reject(line, std::move(*reason));
        return {};
    }
    lint(product, line);
    if (auto sizes = sizes_of(product); !sizes.variants.empty())
        sized_.push_back({{static_cast<std::uint32_t>(journal_.file_index()), line}, std::move(sizes)});
    auto const own_source = product.edges.empty() ? std::string() : product.edges.front().source;
    for (auto const& edge : product.edges) links_.add(product.id, edge, line);
    B2A_TRY(before, draft_.product(product.id));
    B2A_CHECK(links_.attach(product, before ? &*before : nullptr, own_source));
    catalog_lint_.follow(product);
    B2A_TRY(change, draft_.put(product));
    count(change);
    if (change != Change::added) changes_.emplace(product.id, change);
    auto& report = journal_.report();
    ++report.products;
    report.variants += product.variants.size();
    for (auto const& variant : product.variants)
        if (variant.offers.empty()) ++report.without_offer;
    return {};
}

Result<void> Intake::finish() {
    B2A_CHECK(lint_sizes());
    B2A_CHECK(lint_looks());
    // A product may be put a second time for its links; it still counts once.
    B2A_CHECK(links_.settle([this](Product const& product, Change change) {
        auto const& id = product.id;
        auto& report = journal_.report();
        catalog_lint_.follow(product);
        auto const first = changes_.find(id);
        if (first != changes_.end() && first->second == Change::unchanged && change != Change::unchanged) {
            --report.unchanged;
            ++report.updated;
        } else if (first == changes_.end() && !places_.contains(id)) {
            count(change);  // only its links are in the files
        }
    }));
    return lint_circles();
}

void Intake::lint(Product const& product, std::uint64_t line) {
    for (auto& finding : lint_product(product)) journal_.lint(line, std::move(finding));
    for (auto& finding : catalog_lint_.add(product)) journal_.lint(line, std::move(finding));
}

Result<void> Intake::lint_circles() {
    // A circle may lead through products that are not in the files.
    for (auto ends = catalog_lint_.unknown_ends(); !ends.empty(); ends = catalog_lint_.unknown_ends())
        for (auto& id : ends) {
            B2A_TRY(stored, draft_.product(id));
            Product product = stored ? *stored : Product{};
            product.id = std::move(id);
            catalog_lint_.follow(product);
        }
    for (auto& finding : catalog_lint_.circles()) {
        auto const found = places_.find(finding.product);
        auto const place = found == places_.end() ? Place{} : found->second;
        journal_.lint(place.file, place.line, std::move(finding));
    }
    return {};
}

void Intake::remember(domain::Look const& look, std::uint64_t line) {
    looks_.push_back({{static_cast<std::uint32_t>(journal_.file_index()), line}, look});
}

Result<void> Intake::lint_looks() {
    if (looks_.empty()) return {};
    B2A_TRY(occasions, draft_.occasions());
    for (auto const& [place, look] : looks_) {
        LookEnds ends;
        for (auto const& slot : look.slots)
            for (auto const& id : slot.products) {
                B2A_TRY(product, draft_.product(id));
                if (product) ends.products.insert(id);
            }
        for (auto const& occasion : occasions) ends.occasions.insert(occasion.id);
        for (auto& finding : lint_look(look, ends)) journal_.lint(place.file, place.line, std::move(finding));
    }
    return {};
}

Result<void> Intake::lint_sizes() {
    if (sized_.empty()) return {};
    B2A_TRY(charts, draft_.size_charts());
    for (auto const& [place, product] : sized_)
        for (auto& finding : importer::lint_sizes(product, charts))
            journal_.lint(place.file, place.line, std::move(finding));
    return {};
}

void Intake::count(Change change) {
    auto& report = journal_.report();
    switch (change) {
        case Change::added: ++report.added; break;
        case Change::updated: ++report.updated; break;
        case Change::unchanged: ++report.unchanged; break;
    }
}

}  // namespace b2a::importer
