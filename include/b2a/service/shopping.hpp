// SPDX-License-Identifier: Apache-2.0
// A personal agent's questions behind the policy. Immediate: nothing here waits, and nothing about the household is
// kept or logged. One instance per I/O thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/catalog/traverse.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"

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

  private:
    /// The snapshot to answer from, for who may search the catalog.
    Result<catalog::Snapshot const*> permitted(RequestContext const& context);

    catalog::View view_;
    Governance& governance_;
};

}  // namespace b2a::service
