// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/provenance.hpp"

#include "service/ownership.hpp"

namespace b2a::service {
namespace {

bool is_operator(RequestContext const& context) noexcept {
    return context.principal.trust == policy::TrustLevel::operator_;
}

bool may_see(Governance& governance, RequestContext const& context, std::string const& owner) {
    return is_operator(context) || may_use(governance, context, owner);
}

domain::Publication const* pointer(std::optional<domain::Publication> const& publication) noexcept {
    return publication ? &*publication : nullptr;
}

}  // namespace

Result<void> ProvenanceService::permit(RequestContext const& context) {
    policy::Facts facts;
    facts.action = is_operator(context) ? policy::Action::operator_read : policy::Action::decision_get;
    B2A_CHECK(governance_.permit_read(context, facts));
    return {};
}

Result<ProvenanceView> ProvenanceService::of_checkout(RequestContext const& context, CheckoutId id) {
    B2A_CHECK(permit(context));
    B2A_TRY(found, reader_.checkout(id));
    if (!found || !may_see(governance_, context, found->owner)) return Error(Code::not_found, "no such checkout");
    ProvenanceView view;
    view.kind = "checkout";
    view.id = found->id.text();
    view.status = domain::to_text(found->status);
    view.currency = found->currency;
    B2A_TRY(publication, reader_.publication(found->catalog_revision));
    view.publication = publication;
    view.total = domain::provenance_of(*found, pointer(view.publication));
    view.disclosures = std::move(found->disclosures);
    return view;
}

Result<ProvenanceView> ProvenanceService::of_order(RequestContext const& context, OrderId id) {
    B2A_CHECK(permit(context));
    B2A_TRY(found, reader_.order(id));
    if (!found || !may_see(governance_, context, found->owner)) return Error(Code::not_found, "no such order");
    ProvenanceView view;
    view.kind = "order";
    view.id = found->id.text();
    view.currency = found->currency;
    B2A_TRY(publication, reader_.publication(found->catalog_revision));
    view.publication = publication;
    view.total = domain::provenance_of(*found, pointer(view.publication));
    view.disclosures = domain::current_disclosures(*found);
    return view;
}

}  // namespace b2a::service
