// SPDX-License-Identifier: Apache-2.0
// What dropping demands would bring. One pass over the demands counts, for every variant at once, by how many it falls
// short: 0, 1, 2 or more, two bits each. Who falls short by one demand is won by dropping just that one, and who falls
// short by two by just those two.
#include <algorithm>
#include <functional>

#include "b2a/base/text.hpp"

#include "catalog/index.hpp"
#include "catalog/text_match.hpp"
#include "catalog/variant_filter.hpp"

namespace b2a::catalog {
namespace {

struct Shortfall {
    Words candidates;            // what passes the filters and matches the text
    std::vector<Words> missing;  // by demand: candidates that do not answer it
    Words by_one, by_two;        // candidates that miss exactly as many
};

void keep_matching(Index const& index, std::string_view text, WordSpan accepted) {
    if (trim(text).empty()) return;
    MatchScratch scratch;
    match_text(index.text, text, index.data.products.size(), scratch);
    Words matching(accepted.size());
    for (auto const match : scratch.matches) set_run(matching, index.variants_of(match.product));
    for (std::size_t i = 0; i < accepted.size(); ++i) accepted[i] &= matching[i];
}

/// One more demand that the variants in `missing` fall short of.
void count_up(Words& ones, Words& twos, Words& more, Words const& missing) {
    for (std::size_t i = 0; i < missing.size(); ++i) {
        auto const none = ~(ones[i] | twos[i] | more[i]);
        more[i] |= twos[i] & missing[i];
        twos[i] = (twos[i] & ~missing[i]) | (ones[i] & missing[i]);
        ones[i] = (ones[i] & ~missing[i]) | (none & missing[i]);
    }
}

Shortfall shortfall_of(Index const& index, SearchQuery const& query) {
    FilterScratch scratch;
    Shortfall out;
    auto const passing = filter_variants(index, query, scratch);
    keep_matching(index, query.text, passing);
    out.candidates.assign(passing.begin(), passing.end());
    Words more(out.candidates.size());
    out.by_one.resize(out.candidates.size());
    out.by_two.resize(out.candidates.size());
    for (auto const& demand : query.demands) {
        auto answering = out.candidates;
        keep(index, demand, answering, scratch.values);
        auto& missing = out.missing.emplace_back(out.candidates);
        for (std::size_t i = 0; i < missing.size(); ++i) missing[i] &= ~answering[i];
        count_up(out.by_one, out.by_two, more, missing);
    }
    return out;
}

class Counter {
  public:
    explicit Counter(Index const& index) : index_(index), folded_(words_for(index.variant_count())) {}
    /// Products with a variant in the set.
    [[nodiscard]] std::uint64_t count(WordView set) {
        fold_to_last(set, index_.last_variants, folded_);
        return count_bits(folded_);
    }

  private:
    Index const& index_;
    Words folded_;
};

Words both(Words const& a, Words const& b) {
    Words out(a.size());
    std::ranges::transform(a, b, out.begin(), std::bit_and{});
    return out;
}

std::vector<Relaxation> single(Shortfall const& shortfall, Counter& counter) {
    std::vector<Relaxation> out;
    for (std::size_t d = 0; d < shortfall.missing.size(); ++d)
        if (auto const total = counter.count(both(shortfall.by_one, shortfall.missing[d])); total > 0)
            out.push_back({{d}, total});
    return out;
}

std::vector<Relaxation> pairs(Shortfall const& shortfall, Counter& counter) {
    std::vector<Relaxation> out;
    auto const& missing = shortfall.missing;
    for (std::size_t a = 0; a < missing.size(); ++a) {
        auto const of_a = both(shortfall.by_two, missing[a]);
        for (auto b = a + 1; b < missing.size(); ++b)
            if (auto const total = counter.count(both(of_a, missing[b])); total > 0) out.push_back({{a, b}, total});
    }
    return out;
}

}  // namespace

Result<RelaxationResult> relax(Index const& index, SearchQuery const& query) {
    B2A_CHECK(check(query));
    auto const shortfall = shortfall_of(index, query);
    Counter counter(index);
    RelaxationResult result;
    result.candidates = counter.count(shortfall.candidates);
    for (auto const& missing : shortfall.missing) {
        auto answering = shortfall.candidates;
        for (std::size_t i = 0; i < answering.size(); ++i) answering[i] &= ~missing[i];
        result.excluding.push_back(result.candidates - counter.count(answering));
    }
    result.without = single(shortfall, counter);
    if (result.without.empty() && query.demands.size() <= limits::paired_demands_max)
        result.without = pairs(shortfall, counter);
    std::ranges::sort(result.without, [](Relaxation const& a, Relaxation const& b) {
        return a.total != b.total ? a.total > b.total : a.without < b.without;
    });
    return result;
}

}  // namespace b2a::catalog
