// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/checkpoint.hpp"
#include "b2a/json/view.hpp"
#include "b2a/service/evidence.hpp"

namespace b2a::service {
namespace {

constexpr std::chrono::seconds until_signed{1};

struct Signed {
    std::string note;
    std::uint64_t size = 0;
};

Error no_such_entry() {
    return Error(Code::not_found, "no such entry");
}

Result<std::optional<Signed>> newest(store::Reader& reader) {
    B2A_TRY(note, reader.last_checkpoint());
    if (!note) return std::optional<Signed>{};
    B2A_TRY(checkpoint, audit::peek_checkpoint(*note));
    return std::optional(Signed{*note, checkpoint.size});
}

audit::TileSource tiles_of(store::Reader& reader) {
    return [&reader](audit::TileId id, std::size_t width) { return reader.audit_tile(id, width); };
}

Result<audit::Proof> proof_under(store::Reader& reader, Signed const& head, std::uint64_t index) {
    audit::TiledTree tree(head.size, tiles_of(reader));
    B2A_TRY(hashes, tree.inclusion_proof(index));
    return audit::Proof{index, std::move(hashes), head.note};
}

/// Does the entry tell of a request of that agent? The operator keeps the log and may see all of it.
bool concerns(std::string_view entry, policy::Principal const& principal) {
    if (principal.trust == policy::TrustLevel::anonymous) return false;  // that may be anybody
    if (principal.trust == policy::TrustLevel::operator_) return true;
    json::Document document;
    auto const root = document.parse(entry);
    if (!root) return false;
    return root->get("agent").value_or(json::View()).as_string() == std::string_view(principal.id);
}

}  // namespace

Result<audit::Proof> prove(store::Reader& reader, std::uint64_t index) {
    B2A_TRY(head, newest(reader));
    if (!head || index >= head->size) return Error(Code::not_found, "no signed checkpoint covers this entry");
    return proof_under(reader, *head, index);
}

struct EvidenceService::Impl {
    store::Reader& reader;
    Governance& governance;

    Result<void> permit(RequestContext const& context, policy::Action action = policy::Action::evidence_read) {
        policy::Facts facts;
        facts.action = action;
        B2A_CHECK(governance.permit_read(context, facts));
        return {};
    }

    /// The entry, if it is there.
    Result<std::optional<store::AuditEntry>> find(std::uint64_t index) {
        B2A_TRY(entries, reader.audit_entries(index, 1));
        if (entries.empty() || entries.front().seq != index) return std::optional<store::AuditEntry>{};
        return std::optional(std::move(entries.front()));
    }

    Result<store::AuditEntry> own(RequestContext const& context, std::uint64_t index) {
        B2A_TRY(entry, find(index));
        if (!entry || !concerns(entry->body, context.principal)) return no_such_entry();
        return std::move(*entry);
    }
};

EvidenceService::EvidenceService(store::Reader& reader, Governance& governance) :
    impl_(std::make_unique<Impl>(Impl{reader, governance})) {}
EvidenceService::~EvidenceService() = default;

Result<std::string> EvidenceService::checkpoint() {
    B2A_TRY(note, impl_->reader.last_checkpoint());
    if (!note) return Error(Code::not_found, "nothing is signed yet");
    return std::move(*note);
}

Result<std::vector<Digest>> EvidenceService::tile(RequestContext const& context, audit::TileId id, std::size_t width) {
    B2A_CHECK(impl_->permit(context));
    B2A_TRY(head, newest(impl_->reader));
    if (!head || width == 0 || width > audit::width_of(id, head->size)) return Error(Code::not_found, "no such tile");
    return impl_->reader.audit_tile(id, width);
}

Result<audit::Proof> EvidenceService::proof(RequestContext const& context, std::uint64_t index) {
    B2A_CHECK(impl_->permit(context));
    return prove(impl_->reader, index);
}

Result<std::vector<Digest>> EvidenceService::consistency(RequestContext const& context, std::uint64_t from,
                                                         std::uint64_t to) {
    B2A_CHECK(impl_->permit(context));
    B2A_TRY(head, newest(impl_->reader));
    if (!head || to > head->size) return Error(Code::invalid_request, "no signed checkpoint covers this size", "to");
    audit::TiledTree tree(to, tiles_of(impl_->reader));
    return tree.consistency_proof(from);
}

Result<store::AuditEntry> EvidenceService::entry(RequestContext const& context, std::uint64_t index) {
    B2A_CHECK(impl_->permit(context, policy::Action::decision_get));
    return impl_->own(context, index);
}

Result<audit::Receipt> EvidenceService::receipt(RequestContext const& context, OrderId id) {
    B2A_CHECK(impl_->permit(context, policy::Action::decision_get));
    B2A_TRY(index, impl_->reader.order_entry(id));
    if (!index) return no_such_entry();
    B2A_TRY(entry, impl_->own(context, *index));
    B2A_TRY(head, newest(impl_->reader));
    if (!head || *index >= head->size)
        return Error(Code::not_found, "the entry is not under a signed checkpoint yet").with_retry_after(until_signed);
    B2A_TRY(proof, proof_under(impl_->reader, *head, *index));
    return audit::Receipt{std::move(entry.body), std::move(proof)};
}

Result<std::vector<store::AuditEntry>> EvidenceService::entries(RequestContext const& context, std::uint64_t index,
                                                                std::size_t width) {
    B2A_CHECK(impl_->permit(context, policy::Action::operator_read));
    B2A_TRY(head, newest(impl_->reader));
    audit::TileId const id{0, index};
    if (!head || width == 0 || width > audit::width_of(id, head->size)) return Error(Code::not_found, "no such tile");
    B2A_TRY(entries, impl_->reader.audit_entries(index * audit::tile_width, width));
    if (entries.size() != width || entries.front().seq != index * audit::tile_width)
        return Error(Code::not_found, "the entries of this tile were given up");
    return std::move(entries);
}

}  // namespace b2a::service
