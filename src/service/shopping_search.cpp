// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/service/shopping.hpp"

#include "service/facts.hpp"

namespace b2a::service {
namespace {

using shopping::Assessor;
using shopping::Constraint;
using shopping::Outcome;

/// The first variant with the best outcome, out of the first ones.
JudgedHit judge(Assessor const& assessor, catalog::Hit const& hit) {
    JudgedHit judged;
    judged.variant = hit.variants.front();
    judged.outcome = Outcome::fails;
    auto const shown = std::min(hit.variants.size(), limits::judged_variants_max);
    for (std::size_t i = 0; i < shown && judged.outcome != Outcome::holds; ++i) {
        auto const outcome = assessor.outcome(hit.variants[i]);
        if (i > 0 && outcome >= judged.outcome) continue;
        judged.outcome = outcome;
        judged.variant = hit.variants[i];
    }
    judged.verdicts = assessor.verdicts(judged.variant);
    return judged;
}

/// Somebody may have bought the last one meanwhile: what is shown as suitable holds now.
void drop_what_went(Assessor const& assessor, catalog::SearchResult& result, catalog::DemandMode mode) {
    for (auto& hit : result.hits) {
        if (!hit.answers) continue;
        auto const gone = [&](std::uint32_t variant) { return assessor.outcome(variant) != Outcome::holds; };
        if (!std::ranges::all_of(hit.variants, gone)) std::erase_if(hit.variants, gone);
        else hit.answers = false;
    }
    if (mode == catalog::DemandMode::strict)
        std::erase_if(result.hits, [](catalog::Hit const& hit) { return !hit.answers; });
}

/// Health and faith are nobody's to bargain with.
bool may_be_dropped(shopping::Asked const& asked) noexcept {
    return asked.constraint != Constraint::allergen && asked.constraint != Constraint::diet;
}

void advise(NeedSearchView& view, std::vector<shopping::Asked> const& asked, catalog::RelaxationResult const& relaxed) {
    for (auto const& [without, total] : relaxed.without) {
        Advice advice{{}, total};
        for (auto const at : without) advice.without.push_back(asked[at]);
        if (view.relaxations.size() < limits::relaxations_shown_max &&
            std::ranges::all_of(advice.without, may_be_dropped))
            view.relaxations.push_back(std::move(advice));
    }
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (!may_be_dropped(asked[i]) && relaxed.excluding[i] > 0)
            view.blocked_by.push_back({asked[i], relaxed.excluding[i]});
}

}  // namespace

Result<NeedSearchView> ShoppingService::search(RequestContext const& context, catalog::SearchQuery query,
                                               shopping::Need const& need) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    NeedSearchView view;
    view.snapshot = view_.get().get();
    B2A_TRY(assessor, Assessor::prepare(*view.snapshot, need, context.now));
    query.limit = std::min(query.limit, terms.page_max);
    query.demands = assessor.demands();
    query.demands_fingerprint = shopping::fingerprint(need);
    B2A_TRY(result, view.snapshot->search(query));
    view.result = std::move(result);
    drop_what_went(assessor, view.result, query.demand_mode);
    for (auto const& hit : view.result.hits) view.judged.push_back(judge(assessor, hit));
    if (view.result.answering > 0) return view;
    B2A_TRY(relaxed, view.snapshot->relax(query));
    advise(view, assessor.asked(), relaxed);
    return view;
}

}  // namespace b2a::service
