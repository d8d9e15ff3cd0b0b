// SPDX-License-Identifier: Apache-2.0
// Where the amounts of a checkout or an order come from, for the agent concerned and for the operator. Reads only.
#pragma once

#include <optional>

#include "b2a/domain/provenance.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct ProvenanceView {
    std::string kind;  // "checkout", "order"
    std::string id;
    std::string status;  // of a checkout
    Currency currency;
    domain::Provenance total;
    std::optional<domain::Publication> publication;  // of the catalog revision that priced it
    domain::Disclosures disclosures;
};

class ProvenanceService {
  public:
    ProvenanceService(store::Reader& reader, Governance& governance) : reader_(reader), governance_(governance) {}

    /// Errors: not_found, the same for what does not exist and for what is another principal's; policy_denied.
    Result<ProvenanceView> of_checkout(RequestContext const& context, CheckoutId id);
    Result<ProvenanceView> of_order(RequestContext const& context, OrderId id);

  private:
    Result<void> permit(RequestContext const& context);

    store::Reader& reader_;
    Governance& governance_;
};

}  // namespace b2a::service
