// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/gate.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/json/canonical.hpp"
#include "b2a/protocol/reply.hpp"

#include "errors.hpp"
#include "version.hpp"

namespace b2a::protocol::acp {
namespace {

using boost::asio::awaitable;

/// The first language of Accept-Language; what `locale` does not say.
std::string language_of(std::string_view field) {
    constexpr std::size_t bytes_max = 64;
    if (field.starts_with('*')) return {};
    return std::string(trim(field.substr(0, field.find_first_of(",;"))).substr(0, bytes_max));
}

/// The path of the request, whatever the binding: what idempotency keys are scoped by.
std::string scope_of(Operation const& operation, std::string_view id) {
    std::string out(operation.path);
    if (auto const at = out.find("{id}"); at != std::string::npos) out.replace(at, 4, id);
    return std::string(rest_path) + out;
}

std::string_view field(web::Request const& request, std::string_view name) {
    return request.headers.find(name).value_or(std::string_view());
}

bool is_keyed(Gate::Envelope const& envelope) {
    return envelope.key && !trim(*envelope.key).empty();
}

/// What a signature on the request is used for.
identity::Use use_of(Operation const& operation, Gate::Envelope const& envelope) {
    if (!operation.writes()) return identity::Use::read;
    return is_keyed(envelope) ? identity::Use::keyed_change : identity::Use::change;
}

Result<void> check(Operation const& operation, Gate::Envelope const& envelope) {
    if (envelope.version.empty()) return missing_version();
    if (envelope.version != version) return unsupported_version();
    if (operation.writes() && envelope.key_required && !is_keyed(envelope)) return missing_key();
    return {};
}

Error no_token() {
    return Error(Code::unauthenticated, "send Authorization: Bearer with your token", "Authorization");
}

}  // namespace

Gate::Envelope Gate::envelope_of(web::Request const& request) {
    Envelope out;
    out.version = trim(field(request, "API-Version"));
    if (auto const key = request.headers.find("Idempotency-Key")) out.key = std::string(*key);
    out.language = language_of(field(request, "Accept-Language"));
    return out;
}

awaitable<Result<service::RequestContext>> Gate::identify(web::Request const& request, identity::Use use) {
    auto principal = deps_.contexts.by_token(request, policy::Protocol::acp);
    if (!principal) co_return principal.error();
    if (!*principal) co_return no_token();
    // ACP's own Signature is detached and agreed on elsewhere; one of RFC 9421 is known by its Signature-Input.
    if (!request.headers.find("Signature-Input")) co_return deps_.contexts.start(request, std::move(**principal));
    auto presented = deps_.recognizer.presented_by(request);
    presented.use = use;
    auto recognised = co_await deps_.recognizer.recognize(request, std::move(presented));
    co_return deps_.recognizer.context_of(request, std::move(recognised), policy::Protocol::acp);
}

awaitable<std::optional<Call>> Gate::open(web::Request const& request, Operation const& operation,
                                          Envelope const& envelope, web::Response& response) {
    auto context = co_await identify(request, use_of(operation, envelope));
    auto const checked = context ? check(operation, envelope) : Result<void>(context.error());
    if (!checked) {
        render_error(checked.error(), response);
        response.header("Cache-Control", "no-store");
        co_return std::nullopt;
    }
    Call call;
    call.context = std::move(*context);
    call.language = envelope.language;
    response.agent = call.context.principal.id;
    co_return std::move(call);
}

awaitable<void> Gate::run(Operation const& operation, Envelope const& envelope, Call call, web::Response& response) {
    if (auto const* read = std::get_if<Operation::Read>(&operation.handler)) {
        (operations_.*(*read))(call, response);
        co_return;
    }
    auto const scope = scope_of(operation, call.id);
    auto const body = json::canonical_text(call.body);
    std::optional<std::string_view> key;
    if (is_keyed(envelope)) key = *envelope.key;
    auto const keyed = add_idempotency(call.context, key, scope, {}, body);
    if (!keyed) co_return fail(call, keyed.error(), response);
    // Keys compare what requests mean; the evidence names what was sent.
    if (!call.bytes.empty()) call.context.request_digest = crypto::sha256(call.bytes);
    auto const write = std::get<Operation::Write>(operation.handler);
    if (!call.context.idempotency) {
        co_await (operations_.*write)(std::move(call), response);
        co_return;
    }
    auto const seat = deps_.in_flight.enter(call.context.idempotency->key);
    if (!seat) co_return fail(call, seat.error(), response);
    co_await (operations_.*write)(std::move(call), response);
}

void echo(web::Request const& request, Gate::Envelope const& envelope, web::Response& response) {
    auto const printable = [](char c) { return c >= 0x20 && c < 0x7f; };
    bool const good = envelope.key && !envelope.key->empty() &&
                      envelope.key->size() <= limits::idempotency_key_bytes_max &&
                      std::ranges::all_of(*envelope.key, printable);
    if (good) response.header("Idempotency-Key", *envelope.key);
    if (auto const id = client_request_id(request)) response.header("Request-Id", std::string(*id));
}

}  // namespace b2a::protocol::acp
