// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/gate.hpp"

#include "b2a/base/text.hpp"

#include "answers.hpp"

namespace b2a::protocol::ucp {
namespace {

/// The first language of Accept-Language; what context.language does not say.
std::string language_of(web::Request const& request) {
    auto const field = request.headers.find("Accept-Language");
    if (!field || field->starts_with('*')) return {};
    return std::string(trim(field->substr(0, field->find_first_of(",;"))).substr(0, 64));
}

/// What a signature on the request is used for. An idempotency key in a field is covered by whoever covers the request,
/// one in the body with the body.
identity::Use use_of(Gate::Knock const& knock) {
    if (knock.operation.idempotency.empty()) return identity::Use::read;
    return knock.idempotency ? identity::Use::keyed_change : identity::Use::change;
}

}  // namespace

Version Gate::root_version(Settings const& settings) {
    return version_from_text(settings.root_version).value_or(all_versions.back());
}

void Gate::refuse(Refusal const& refusal, web::Response& response) const {
    render_refusal(refusal, error_envelope(root_), response);
    response.header("Cache-Control", std::string(private_answer));
}

boost::asio::awaitable<std::optional<Call>> Gate::open(Knock knock, web::Response& response) {
    Admission::Asked const asked(knock.operation.entry, use_of(knock), knock.dialect);
    auto admitted = co_await admission_.admit(knock.request, std::move(knock.named_profile), asked);
    if (auto const* refusal = std::get_if<Refusal>(&admitted)) {
        refuse(*refusal, response);
        co_return std::nullopt;
    }
    auto& caller = std::get<Caller>(admitted);
    Call call;
    call.context = std::move(caller.context);
    call.terms = std::move(caller.terms);
    call.id = std::move(knock.id);
    call.language = language_of(knock.request);
    if (!knock.operation.idempotency.empty()) {
        auto const own_scope = knock.dialect.key_scope.empty();
        auto const scope = own_scope ? knock.operation.idempotency : knock.dialect.key_scope;
        auto const keyed = add_idempotency(call.context, knock.idempotency, scope, call.id, knock.body_bytes);
        if (!keyed) {
            fail(call, keyed.error(), response);
            co_return std::nullopt;
        }
    }
    co_return std::move(call);
}

bool Gate::address(Operation const& operation, Call& call, web::Response& response) {
    // Rows without a path are those of conversations, and all of them are about its checkout.
    bool const about_one = operation.path.empty() || operation.path.find("{id}") != std::string_view::npos;
    bool const checkout = operation.entry.capability == Capability::checkout && about_one;
    if (!checkout || call.conversation.empty() || !call.id.empty()) return true;
    auto const current = checkouts_.in_conversation(call.context, call.conversation);
    if (!current) {
        fail(call, current.error(), response);
        return false;
    }
    if (*current) call.id = (*current)->text();
    return true;
}

boost::asio::awaitable<void> Gate::run(Operation const& operation, Call call, web::Response& response) {
    if (auto const* read = std::get_if<Operation::Read>(&operation.handler)) {
        (operations_.*(*read))(call, response);
        co_return;
    }
    auto const write = std::get<Operation::Write>(operation.handler);
    co_await (operations_.*write)(std::move(call), response);
}

}  // namespace b2a::protocol::ucp
