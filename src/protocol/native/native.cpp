// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/native.hpp"

#include "door.hpp"
#include "prompts.hpp"
#include "resources.hpp"
#include "tools.hpp"

namespace b2a::protocol::native {
namespace {

using boost::asio::awaitable;
using policy::Protocol;
using web::Request;
using web::Response;
using Context = service::RequestContext;

/// The REST binding: what is done around an operation.
class Rest {
  public:
    Rest(Deps const& deps, std::shared_ptr<Operations> operations) : door_(deps), operations_(std::move(operations)) {}

    void open(Operation::Open handler, Request const& request, Response& response) {
        ((*operations_).*handler)(request, response);
    }

    /// Who did not sign is known at once; a signature may need keys that are not here yet.
    std::optional<awaitable<void>> read(Operation::Read handler, Request const& request, Response& response) {
        if (auto const context = door_.at_once(request, Protocol::native, identity::Use::read)) {
            answer(handler, request, *context, response);
            return std::nullopt;
        }
        return read_later(handler, request, response);
    }

    awaitable<void> write(Operation const& operation, Request const& request, Response& response) {
        auto const key = request.headers.find("Idempotency-Key");
        auto const use = use_of(operation, key.has_value());
        auto context = co_await door_.await(request, Protocol::native, use);
        if (!context) co_return fail(request, context.error(), response);
        response.agent = context->principal.id;
        auto const keyed = add_idempotency(*context, key, operation.keys, request.param("id"), request.body);
        if (!keyed) co_return fail(request, keyed.error(), response);
        Call call{request, std::move(*context), {}};
        co_await run(*operations_, operation, std::move(call), response);
    }

  private:
    awaitable<void> read_later(Operation::Read handler, Request const& request, Response& response) {
        auto const context = co_await door_.await(request, Protocol::native, identity::Use::read);
        answer(handler, request, context, response);
    }

    void answer(Operation::Read handler, Request const& request, Result<Context> const& context, Response& response) {
        if (!context) return fail(request, context.error(), response);
        ((*operations_).*handler)(request, *context, response);
    }

    Door door_;
    std::shared_ptr<Operations> operations_;
};

web::Handler handler_of(std::shared_ptr<Rest> const& rest, Operation const& operation) {
    if (auto const* open = std::get_if<Operation::Open>(&operation.handler))
        return web::Immediate([rest, handler = *open](Request const& request, Response& response) {
            rest->open(handler, request, response);
        });
    if (auto const* read = std::get_if<Operation::Read>(&operation.handler))
        return web::Deciding([rest, handler = *read](Request const& request, Response& response) {
            return rest->read(handler, request, response);
        });
    return web::Awaiting([rest, &operation](Request const& request, Response& response) {
        return rest->write(operation, request, response);
    });
}

void render_miss(Request const& request, Response& response, int status) {
    auto const code = status == 405 ? Code::method_not_allowed : Code::not_found;
    auto const detail = status == 405 ? "see the Allow field" : "see /.well-known/b2a for what there is";
    fail(request, Error(code, detail), response);
}

}  // namespace

Recognizer::Presented Door::presented(Request const& request, identity::Use use) const {
    auto out = recognizer_.presented_by(request);
    out.use = use;
    return out;
}

std::optional<Result<Context>> Door::at_once(Request const& request, Protocol protocol, identity::Use use) {
    if (!identity::is_signed(request)) return contexts_.read(request, protocol);
    auto recognised = recognizer_.at_once(request, presented(request, use));
    if (!recognised) return std::nullopt;
    return recognizer_.context_of(request, *std::move(recognised), protocol);
}

awaitable<Result<Context>> Door::await(Request const& request, Protocol protocol, identity::Use use) {
    if (auto known = at_once(request, protocol, use)) co_return *std::move(known);
    auto what = presented(request, use);
    auto recognised = co_await recognizer_.recognize(request, std::move(what));
    co_return recognizer_.context_of(request, std::move(recognised), protocol);
}

identity::Use use_of(Operation const& operation, bool keyed) noexcept {
    if (operation.keys.empty()) return identity::Use::read;
    return keyed ? identity::Use::keyed_change : identity::Use::change;
}

awaitable<void> run(Operations& operations, Operation const& operation, Call call, Response& response) {
    if (auto const* open = std::get_if<Operation::Open>(&operation.handler))
        co_return (operations.*(*open))(call.request, response);
    if (auto const* read = std::get_if<Operation::Read>(&operation.handler))
        co_return (operations.*(*read))(call.request, call.context, response);
    auto const write = std::get<Operation::Write>(operation.handler);
    co_await (operations.*write)(std::move(call), response);
}

Mounted mount(web::Router& router, Deps const& deps) {
    auto const operations = std::make_shared<Operations>(deps);
    auto const rest = std::make_shared<Rest>(deps, operations);
    for (auto const& operation : native::operations())
        router.add(operation.method, operation.path, operation.name, handler_of(rest, operation));
    router.fallback("/b2a", render_miss);
    router.fallback("/", render_miss);
    return {make_tools(operations), make_resources(operations), make_prompts(operations)};
}

Surface surface(Site const& site) {
    return {"native", {"v1"}, site.base_url + "/b2a/v1", site.base_url + "/b2a/v1/openapi.json"};
}

}  // namespace b2a::protocol::native
