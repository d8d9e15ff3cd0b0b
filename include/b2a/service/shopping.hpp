// SPDX-License-Identifier: Apache-2.0
// A personal agent's questions behind the policy. Immediate: nothing here waits, and nothing about the household is
// kept or logged. One instance per I/O thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/catalog/traverse.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/shopping/assess.hpp"
#include "b2a/shopping/compare.hpp"
#include "b2a/shopping/compose.hpp"
#include "b2a/shopping/rebuild.hpp"

namespace b2a::service {

struct TraverseView {
    catalog::Snapshot const* snapshot = nullptr;  // valid until the next call on this thread
    catalog::TraverseResult result;
};

/// Of looks or occasions.
struct DocumentQuery {
    std::string brand;     // empty: all; looks only
    std::string occasion;  // its id, likewise
    std::string after;     // the last id of the page before
    std::size_t limit = limits::page_size_default;
};

template <class Record>
struct DocumentPage {
    catalog::Snapshot const* snapshot = nullptr;
    std::vector<Record const*> items;  // in ascending id order
    bool more = false;
};

struct LookView {
    catalog::Snapshot const* snapshot = nullptr;
    domain::Look const* look = nullptr;
};

/// How one variant of a hit stands to the need: where `answers`, the first of those that answer all of it, else the
/// one that comes closest.
struct JudgedHit {
    std::uint32_t variant = 0;
    shopping::Outcome outcome = shopping::Outcome::unknown;
    std::vector<shopping::Verdict> verdicts;
};

struct Advice {
    std::vector<shopping::Asked> without;  // one constraint, or two
    std::uint64_t total = 0;               // products that would be found
};

/// A constraint that nobody is advised to drop, and how many products it excludes.
struct Blocking {
    shopping::Asked constraint;
    std::uint64_t excludes = 0;
};

struct NeedSearchView {
    catalog::Snapshot const* snapshot = nullptr;  // valid until the next call on this thread
    catalog::SearchResult result;
    std::vector<JudgedHit> judged;     // one per hit
    std::vector<Advice> relaxations;   // when nothing answers the need; the most promising first
    std::vector<Blocking> blocked_by;  // likewise: allergens and diets
};

struct ComparisonView {
    catalog::Snapshot const* snapshot = nullptr;  // valid until the next call on this thread
    shopping::Comparison comparison;
};

struct ComposedView {
    catalog::Snapshot const* snapshot = nullptr;
    shopping::ComposeResult result;
};

struct RebuiltView {
    catalog::Snapshot const* snapshot = nullptr;
    shopping::RebuiltBasket basket;
};

class ShoppingService {
  public:
    ShoppingService(catalog::Holder const& holder, Governance& governance);

    /// The action is catalog.search. Errors: those of catalog::traverse().
    Result<TraverseView> traverse(RequestContext const& context, catalog::TraverseQuery query);
    /// The action is catalog.search.
    Result<DocumentPage<domain::Look>> looks(RequestContext const& context, DocumentQuery const& query);
    /// The action is catalog.product. Errors: not_found.
    Result<LookView> look(RequestContext const& context, std::string_view id);
    /// The action is catalog.search.
    Result<DocumentPage<domain::Occasion>> occasions(RequestContext const& context, DocumentQuery const& query);
    /// A search for somebody: of `query` everything but its demands. The action is catalog.search. Errors: those of
    /// Assessor::prepare() and Snapshot::search().
    Result<NeedSearchView> search(RequestContext const& context, catalog::SearchQuery query,
                                  shopping::Need const& need);
    /// The action is catalog.lookup. Errors: those of shopping::compare().
    Result<ComparisonView> compare(RequestContext const& context, shopping::CompareQuery const& query);
    /// The action is catalog.search. Errors: those of shopping::compose().
    Result<ComposedView> compose(RequestContext const& context, shopping::ComposeQuery const& query);
    /// The action is catalog.lookup. Errors: those of shopping::rebuild().
    Result<RebuiltView> rebuild(RequestContext const& context, shopping::RebuildQuery const& query);

  private:
    /// The snapshot to answer from, for who may search the catalog.
    Result<catalog::Snapshot const*> permitted(RequestContext const& context);
    /// The same for who may look up these products and variants; ids that are none of ours do not matter.
    Result<catalog::Snapshot const*> permitted(RequestContext const& context, std::vector<std::string_view> const& ids);

    catalog::View view_;
    Governance& governance_;
};

}  // namespace b2a::service
