// SPDX-License-Identifier: Apache-2.0
#include "unit/catalog/reference_search.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "b2a/base/text.hpp"

#include "catalog/facet_index.hpp"
#include "catalog/tokenizer.hpp"

namespace b2a::test {
namespace {

using namespace catalog;  // NOLINT
using namespace domain;   // NOLINT

std::vector<std::string> stems(std::string_view text) {
    std::vector<std::string> words;
    std::string token;
    for (Tokenizer tokens(text); tokens.next(token);) {
        stem(token);
        words.push_back(token);
    }
    return words;
}

/// Weighted occurrences of each word, and the length in words.
struct Document {
    std::map<std::string, double> words;
    double length = 0;

    void add(std::string_view text, double weight) {
        for (auto const& word : stems(text)) {
            words[word] += weight;
            ++length;
        }
    }
};

Document document_of(Product const& product) {
    Document document;
    document.add(product.title, 4);
    document.add(product.brand, 2);
    for (auto const& category : product.categories) document.add(category, 2);
    for (auto const& attribute : product.attributes)
        if (auto const* text = std::get_if<std::string>(&attribute.value)) document.add(*text, 2);
    std::set<std::string> of_variants;
    auto const collect = [&](std::string_view text) {
        for (auto const& word : stems(text)) of_variants.insert(word);
    };
    for (auto const& variant : product.variants) {
        collect(variant.sku);
        for (auto const& option : variant.options) collect(option.label);
        for (auto const& attribute : variant.attributes)
            if (auto const* text = std::get_if<std::string>(&attribute.value)) collect(*text);
    }
    for (auto const& word : of_variants) {
        document.words[word] += 2;
        ++document.length;
    }
    document.add(product.description, 1);
    return document;
}

bool any_equal(std::vector<std::string> const& wanted, std::string_view value) {
    return std::ranges::any_of(wanted, [&](auto const& w) { return iequals(trim(w), trim(value)); });
}

bool in_category(std::string const& path, std::string const& wanted) {
    if (iequals(path, wanted)) return true;
    if (path.size() > wanted.size() && path[wanted.size()] == '/' && iequals(path.substr(0, wanted.size()), wanted))
        return true;
    return std::ranges::any_of(split(path, '/'), [&](auto segment) { return iequals(segment, wanted); });
}

struct Named {
    std::string name;
    AttributeValue value;
};

std::vector<Named> attributes_of(Product const& product, Variant const& variant) {
    std::vector<Named> all;
    for (auto const& a : product.attributes) all.push_back({a.name, a.value});
    for (auto const& a : variant.attributes) all.push_back({a.name, a.value});
    for (auto const& o : variant.options) all.push_back({o.name, o.label});
    return all;
}

bool has_value(std::vector<Named> const& all, std::string_view name, std::vector<std::string> const& any_of) {
    return std::ranges::any_of(all, [&](Named const& named) {
        if (!iequals(named.name, name)) return false;
        if (auto const* text = std::get_if<std::string>(&named.value)) return any_equal(any_of, *text);
        if (auto const* flag = std::get_if<bool>(&named.value)) return any_equal(any_of, *flag ? "true" : "false");
        return any_equal(any_of, to_label(std::get<Quantity>(named.value)));
    });
}

bool has_number(std::vector<Named> const& all, AttributeFilter const& filter) {
    return std::ranges::any_of(all, [&](Named const& named) {
        auto const* quantity = std::get_if<Quantity>(&named.value);
        if (quantity == nullptr || !iequals(named.name, filter.name)) return false;
        auto const milli = to_milli(*quantity);
        return milli >= filter.min_milli.value_or(milli) && milli <= filter.max_milli.value_or(milli);
    });
}

bool passes(Snapshot const& shop, SearchQuery const& query, Product const& product, Variant const& variant,
            std::uint32_t index) {
    auto const all = attributes_of(product, variant);
    if (!query.sizes.empty() && !has_value(all, "size", query.sizes)) return false;
    if (!query.colors.empty() && !has_value(all, "color", query.colors)) return false;
    for (auto const& filter : query.attributes) {
        if (!filter.any_of.empty() && !has_value(all, filter.name, filter.any_of)) return false;
        if ((filter.min_milli || filter.max_milli) && !has_number(all, filter)) return false;
    }
    if (query.price_min_minor || query.price_max_minor) {
        auto const* offer = find_offer(variant, query.currency);
        if (offer == nullptr) return false;
        auto const minor = offer->price.minor;
        if (minor < query.price_min_minor.value_or(minor)) return false;
        if (minor > query.price_max_minor.value_or(minor)) return false;
    }
    return query.availability == Availability::any || shop.stock(index).value_or(1) > 0;
}

AllergenStatus status_of(Product const& product, Allergen allergen) {
    return product.food ? product.food->allergens.status(allergen) : AllergenStatus::unknown;
}

bool passes(SearchQuery const& query, Product const& product) {
    if (!query.brands.empty() && !any_equal(query.brands, product.brand)) return false;
    auto const in_any = [&](std::string const& path) {
        return std::ranges::any_of(query.categories, [&](auto const& wanted) { return in_category(path, wanted); });
    };
    if (!query.categories.empty() && !std::ranges::any_of(product.categories, in_any)) return false;
    return std::ranges::all_of(query.avoid, [&](Allergen allergen) {
        auto const status = status_of(product, allergen);
        switch (query.allergen_mode) {
            case AllergenMode::strict: return status == AllergenStatus::free_from;
            case AllergenMode::known:
                return status != AllergenStatus::contains && status != AllergenStatus::may_contain;
            case AllergenMode::report: return true;
        }
        return false;
    });
}

/// The scores of all products; absent: not all words match.
class ReferenceText {
  public:
    ReferenceText(std::vector<Product> const& products, std::string const& text) {
        for (auto const& product : products) documents_.push_back(document_of(product));
        for (auto const& document : documents_) mean_ += document.length / static_cast<double>(documents_.size());
        auto words = stems(text);
        if (words.empty()) return;
        auto const last = words.back();
        std::string token;
        std::size_t characters = 0;
        for (Tokenizer tokens(text); tokens.next(token);) characters = character_count(token);
        std::set<std::string> const whole(words.begin(), words.end() - 1);
        bool const open = characters >= 2 && !whole.contains(last);
        scores_.assign(documents_.size(), 0.0);
        for (auto const& word : whole) add(whole_scores(word));
        if (open) add(open_scores(last));
        else if (!whole.contains(last)) add(whole_scores(last));
    }
    std::optional<double> score(std::size_t product) const { return scores_.empty() ? std::nullopt : scores_[product]; }

  private:
    using Scores = std::vector<std::optional<double>>;

    double impact(Document const& document, std::string const& word) const {
        auto const found = document.words.find(word);
        if (found == document.words.end()) return 0;
        return found->second * 2.2 / (found->second + 1.2 * (0.25 + 0.75 * document.length / mean_));
    }
    double rarity(std::size_t n) const {
        auto const all = static_cast<double>(documents_.size());
        auto const with = static_cast<double>(n);
        return std::max(1.0, 1'000 * std::log(1 + (all - with + 0.5) / (with + 0.5)));
    }
    Scores whole_scores(std::string const& word) const {
        Scores scores;
        std::size_t n = 0;
        for (auto const& document : documents_) {
            auto const value = impact(document, word);
            scores.push_back(value > 0 ? std::optional(value) : std::nullopt);
            n += value > 0 ? 1 : 0;
        }
        for (auto& value : scores)
            if (value) *value *= rarity(n);
        return scores;
    }
    Scores open_scores(std::string const& word) const {
        auto scores = whole_scores(word);
        double weakest = 0;
        bool whole = false;
        for (auto const& value : scores) {
            if (!value) continue;
            weakest = whole ? std::min(weakest, *value) : *value;
            whole = true;
        }
        std::vector<double> longer;
        std::size_t n = 0;
        for (auto const& document : documents_) {
            double best = 0;
            for (auto const& [term, count] : document.words)
                if (term != word && term.starts_with(word)) best = std::max(best, impact(document, term));
            longer.push_back(best);
            n += best > 0 ? 1 : 0;
        }
        for (std::size_t i = 0; i < scores.size(); ++i)
            if (!scores[i] && longer[i] > 0) scores[i] = whole ? weakest * longer[i] / 2.2 : rarity(n) * longer[i];
        return scores;
    }
    void add(Scores const& more) {
        for (std::size_t i = 0; i < scores_.size(); ++i) {
            if (!more[i]) scores_[i] = std::nullopt;
            if (scores_[i]) *scores_[i] += *more[i];
        }
    }

    std::vector<Document> documents_;
    double mean_ = 0;
    Scores scores_;
};

}  // namespace

std::vector<ReferenceHit> reference_search(Snapshot const& shop, SearchQuery const& query) {
    auto const& products = shop.data().products;
    ReferenceText const text(products, query.text);
    std::vector<ReferenceHit> hits;
    std::uint32_t variant_index = 0;
    for (std::uint32_t p = 0; p < products.size(); ++p) {
        ReferenceHit hit{p, {}, {}, 0};
        auto const& product = products[p];
        for (auto const& variant : product.variants) {
            if (passes(query, product) && passes(shop, query, product, variant, variant_index))
                hit.variants.push_back(variant_index);
            ++variant_index;
        }
        for (auto const allergen : query.avoid) hit.allergens.push_back(status_of(product, allergen));
        auto const score = query.text.empty() ? 0.0 : text.score(p);
        if (!score || hit.variants.empty()) continue;
        hit.score = *score;
        hits.push_back(std::move(hit));
    }
    return hits;
}

}  // namespace b2a::test
