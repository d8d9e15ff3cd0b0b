// SPDX-License-Identifier: Apache-2.0
// A personal agent's questions behind the policy. Immediate: nothing here waits, and nothing about the household is
// kept or logged. One instance per I/O thread.
#pragma once

#include "b2a/base/result.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"

namespace b2a::service {

class ShoppingService {
  public:
    ShoppingService(catalog::Holder const& holder, Governance& governance);

  private:
    /// The snapshot to answer from, for who may search the catalog.
    Result<catalog::Snapshot const*> permitted(RequestContext const& context);

    catalog::View view_;
    Governance& governance_;
};

}  // namespace b2a::service
