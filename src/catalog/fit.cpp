// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/fit.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "b2a/base/text.hpp"

#include "catalog/index.hpp"

namespace b2a::catalog {
namespace {

using domain::SizeChart;

class Notes {
  public:
    explicit Notes(std::vector<FitNote>& notes) : notes_(notes) {}
    void add(FitNote::Code code, std::string path, std::string_view subject) {
        FitNote note{code, std::move(path), std::string(subject)};
        if (notes_.size() < fit_notes_max && std::ranges::find(notes_, note) == notes_.end())
            notes_.push_back(std::move(note));
    }

  private:
    std::vector<FitNote>& notes_;
};

/// What the person's garments say about the body.
class Wardrobe {
  public:
    Wardrobe(std::vector<SizeChart> const& charts, FitQuery const& query, FitResult& result, Notes& notes) :
        charts_(charts), query_(query), result_(result), notes_(notes) {}

    void put_on(std::size_t at) {
        auto const& owned = query_.owns[at];
        auto const path = "/person/owns/" + std::to_string(at);
        auto const* chart = chart_for(owned, path);
        if (chart == nullptr) return;
        auto match = domain::match_rows(*chart, owned.size, owned.system);
        if (match.rows.empty()) return notes_.add(FitNote::Code::unknown_size, path + "/size", owned.size);
        auto const basis = match.converted ? domain::Basis::converted : domain::Basis::garment;
        auto const ranges = domain::covered_by(*chart, match.rows);
        for (auto const measurement : result_.body.wears(ranges, basis))
            notes_.add(FitNote::Code::contradictory, path, to_text(measurement));
        result_.owned.push_back({at, chart, std::move(match)});
    }

  private:
    SizeChart const* chart_for(OwnedGarment const& owned, std::string const& path) {
        auto const audience = owned.audience ? owned.audience : query_.audience;
        std::vector<SizeChart const*> candidates;
        bool known = false;
        for (auto const& chart : charts_) {
            if (!iequals(chart.brand, owned.brand)) continue;
            known = true;
            if (chart.garment != owned.garment) continue;
            if (!audience || chart.audience == *audience) candidates.push_back(&chart);
        }
        if (!known) notes_.add(FitNote::Code::unknown_brand, path + "/brand", owned.brand);
        else if (candidates.empty())
            notes_.add(FitNote::Code::no_size_chart, path + "/garment", to_text(owned.garment));
        else if (!audience && differ(candidates)) notes_.add(FitNote::Code::ambiguous_chart, path, owned.brand);
        else return candidates.front();
        return nullptr;
    }
    static bool differ(std::vector<SizeChart const*> const& charts) {
        return std::ranges::any_of(charts, [&](auto const* c) { return c->audience != charts.front()->audience; });
    }

    std::vector<SizeChart> const& charts_;
    FitQuery const& query_;
    FitResult& result_;
    Notes& notes_;
};

/// What of the catalog was asked for.
class Selection {
  public:
    Selection(Index const& index, FitQuery const& query, Notes& notes) : index_(index), query_(query) {
        for (std::size_t i = 0; i < query.products.size(); ++i) {
            auto const& id = query.products[i];
            if (auto const variant = index.find_variant(id)) products_.insert(index.variants[*variant].product);
            else if (auto const product = index.find_product(id)) products_.insert(*product);
            else notes.add(FitNote::Code::unknown_product, "/products/" + std::to_string(i), id);
        }
        collect(query.categories, categories_, &FacetIndex::collect_category);
        collect(query.brands, brands_, &FacetIndex::collect_brand);
    }

    [[nodiscard]] bool has(SizedProduct const& sized) const {
        if (query_.garment && sized.garment != query_.garment) return false;
        if (!query_.products.empty() && !products_.contains(sized.product)) return false;
        auto const variants = index_.variants_of(sized.product);
        if (!query_.categories.empty() && !any_in(categories_, variants)) return false;
        return query_.brands.empty() || any_in(brands_, variants);
    }
    [[nodiscard]] bool is_for(domain::Audience audience) const {
        return !query_.audience || audience == domain::Audience::unisex || audience == *query_.audience;
    }

  private:
    void collect(std::vector<std::string> const& values, Words& into,
                 void (FacetIndex::*collect_one)(std::string_view, WordSpan) const) const {
        if (values.empty()) return;
        into.resize(words_for(index_.variant_count()));
        for (auto const& value : values) (index_.facets.*collect_one)(value, WordSpan(into));
    }

    Index const& index_;
    FitQuery const& query_;
    std::set<std::uint32_t> products_;
    Words categories_, brands_;
};

/// Rows are judged once for all products that fit alike, and only what is shown gets its variants.
class Fitting {
  public:
    Fitting(Index const& index, FitQuery const& query, FitResult& result, Notes& notes) :
        index_(index), query_(query), result_(result), notes_(notes), fits_(index.sizes.profile_count()) {}

    void try_on(SizedProduct const& sized) {
        auto const from = candidates_.size();
        std::uint64_t seen = 0;
        static_assert(domain::size_rows_max <= 64);
        auto const run = index_.variants_of(sized.product);
        for (auto v = run.first; v < run.first + run.count; ++v) {
            auto const row = index_.sizes.row_of(v);
            if (row == SizeIndex::no_row) {
                note_unexplained(*index_.variants[v].variant);
            } else if ((seen >> row & 1U) == 0 && is_wanted(v)) {
                seen |= std::uint64_t{1} << row;
                candidates_.push_back({&sized, row, &fit_of(sized, row)});
            }
        }
        keep_best(from);
    }

    void finish() {
        auto const shown = std::min({query_.limit, limits::page_size_max, candidates_.size()});
        std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(shown),
                          candidates_.end(), before);
        for (std::size_t i = 0; i < shown; ++i) show(candidates_[i]);
    }

  private:
    struct Candidate {
        SizedProduct const* sized = nullptr;
        std::uint8_t row = 0;
        domain::RowFit const* fit = nullptr;
    };

    static bool before(Candidate const& a, Candidate const& b) {
        if (domain::ranks_before(*a.fit, *b.fit)) return true;
        if (domain::ranks_before(*b.fit, *a.fit)) return false;
        return std::tie(a.sized->product, a.row) < std::tie(b.sized->product, b.row);
    }

    [[nodiscard]] bool is_wanted(std::uint32_t variant) const {
        if (query_.availability == Availability::any) return true;
        return index_.stock.in_stock(variant) && !index_.variants[variant].variant->offers.empty();
    }

    void note_unexplained(domain::Variant const& variant) {
        if (!size_label(variant).empty()) notes_.add(FitNote::Code::size_not_in_chart, {}, variant.id);
    }

    domain::RowFit const& fit_of(SizedProduct const& sized, std::size_t row) {
        auto const& chart = *sized.chart;
        auto& rows = fits_[sized.profile];
        if (rows.empty()) rows.resize(chart.rows.size());
        auto& fit = rows[row];
        if (!fit) fit = domain::fit_row(chart.rows[row], *sized.garment, chart.audience, result_.body, sized.give);
        return *fit;
    }

    void keep_best(std::size_t from) {
        result_.total += candidates_.size() - from;
        std::sort(candidates_.begin() + static_cast<std::ptrdiff_t>(from), candidates_.end(), before);
        if (candidates_.size() - from > query_.sizes_per_product) candidates_.resize(from + query_.sizes_per_product);
    }

    void show(Candidate const& candidate) {
        auto const& sized = *candidate.sized;
        auto& hit = result_.hits.emplace_back();
        hit.product_index = sized.product;
        hit.chart = sized.chart;
        hit.row = candidate.row;
        hit.give = sized.give;
        hit.fit = *candidate.fit;
        auto const run = index_.variants_of(sized.product);
        for (auto v = run.first; v < run.first + run.count; ++v)
            if (index_.sizes.row_of(v) == candidate.row && is_wanted(v)) hit.variants.push_back(v);
    }

    Index const& index_;
    FitQuery const& query_;
    FitResult& result_;
    Notes& notes_;
    std::vector<std::vector<std::optional<domain::RowFit>>> fits_;  // by profile and row
    std::vector<Candidate> candidates_;
};

}  // namespace

std::string_view to_text(FitNote::Code code) noexcept {
    switch (code) {
        case FitNote::Code::unknown_product: return "unknown_product";
        case FitNote::Code::unknown_brand: return "unknown_brand";
        case FitNote::Code::no_size_chart: return "no_size_chart";
        case FitNote::Code::ambiguous_chart: return "ambiguous_chart";
        case FitNote::Code::unknown_size: return "unknown_size";
        case FitNote::Code::contradictory: return "contradictory";
        case FitNote::Code::size_not_in_chart: return "size_not_in_chart";
    }
    return "unknown_size";
}

FitResult look_up(std::vector<SizeChart> const& charts, FitQuery const& query) {
    FitResult result;
    result.body = query.body;
    Notes notes(result.notes);
    Wardrobe wardrobe(charts, query, result, notes);
    for (std::size_t i = 0; i < query.owns.size(); ++i) wardrobe.put_on(i);
    return result;
}

Result<FitResult> fit(Index const& index, FitQuery const& query) {
    B2A_CHECK(query.body.check());
    auto result = look_up(index.data.size_charts, query);
    Notes notes(result.notes);
    Selection const selection(index, query, notes);
    Fitting fitting(index, query, result, notes);
    for (auto const& sized : index.sizes.products()) {
        if (!selection.has(sized)) continue;
        if (sized.chart == nullptr) notes.add(FitNote::Code::no_size_chart, {}, index.data.products[sized.product].id);
        else if (selection.is_for(sized.chart->audience)) fitting.try_on(sized);
    }
    fitting.finish();
    return result;
}

}  // namespace b2a::catalog
