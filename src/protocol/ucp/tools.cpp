// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/tools.hpp"

#include <array>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/json/copy.hpp"
#include "b2a/json/value.hpp"
#include "b2a/protocol/reply.hpp"

#include "answers.hpp"
#include "embedded/ucp_tools.hpp"
#include "errors.hpp"

namespace b2a::protocol::ucp {
namespace {

using boost::asio::awaitable;
using json::Kind;
using json::View;

constexpr std::size_t profile_bytes_max = 2048;

struct Described {
    Operation const* operation = nullptr;
    std::string json;
};

std::string_view source(Version version) noexcept {
    switch (version) {
        case Version::v2026_04_08: return ucp_tools::v2026_04_08;
        case Version::v2026_08_25: return ucp_tools::v2026_08_25;
    }
    return {};
}

/// The tools of a version that the table has a row for, compact.
std::vector<Described> describe(Version version) {
    std::vector<Described> out;
    auto const document = json::parse_value(source(version));
    B2A_ASSERT(bool(document));  // embedded by the build, checked by a test
    for (auto const& tool : document->at("tools")) {
        auto const* operation = find_operation(tool.at("name").get<std::string>());
        B2A_ASSERT(operation != nullptr);
        out.push_back({operation, tool.dump()});
    }
    return out;
}

std::vector<Described> const& described(Version version) {
    static std::array const all{describe(Version::v2026_04_08), describe(Version::v2026_08_25)};
    return all.at(static_cast<std::size_t>(version));
}

/// What a repeated call has in common with the first: its arguments without meta. The JSON-RPC id around them is new
/// each time, so that the raw bytes of the HTTP body would tell equal calls apart.
/// In a conversation a key is of no one operation, so what was called, and where, is part of it.
std::string fingerprint_of(Invocation const& invocation, Dialect const& dialect) {
    std::string out;
    json::Writer json(out);
    bool const any_operation = !dialect.key_scope.empty();
    if (any_operation) json.begin_array().value(invocation.name).value(invocation.conversation);
    json.begin_object();
    invocation.arguments.each_member([&](std::string_view key, View member) {
        if (key == "meta") return;
        json.key(key);
        json::copy(json, member);
    });
    json.end_object();
    if (any_operation) json.end_array();
    return out;
}

std::string text_member(std::optional<View> object, std::string_view key, std::size_t bytes_max) {
    auto const member = object ? object->get(key) : std::nullopt;
    auto const text = member ? member->as_string() : std::nullopt;
    return text && text->size() <= bytes_max ? std::string(*text) : std::string();
}

std::string profile_in(View arguments) {
    auto const meta = arguments.get("meta");
    return text_member(meta ? meta->get("ucp-agent") : std::nullopt, "profile", profile_bytes_max);
}

/// The argument with the body; an empty View where the operation has none. nullopt when it is missing or no object.
std::optional<View> body_in(Operation const& operation, View arguments) {
    if (operation.argument.empty()) return View();
    auto const body = arguments.get(operation.argument);
    if (!body || !body->is(Kind::object)) return std::nullopt;
    return body;
}

class Tools final : public ToolSet {
  public:
    using Find = Operation const* (*)(std::string_view) noexcept;
    Tools(std::shared_ptr<Gate> gate, Find find, Dialect dialect) :
        gate_(std::move(gate)), find_(find), dialect_(dialect) {}

    [[nodiscard]] bool has(std::string_view name) const override { return find_(name) != nullptr; }

    /// A caller that names no profile gets the tools of the root version: it could not call them, but it can look.
    awaitable<void> list(web::Request const& request, View arguments, std::string& tools,
                         web::Response& response) override {
        auto named = profile_in(arguments);
        if (named.empty() && !request.headers.find("UCP-Agent")) {
            append(gate_->root(), all_of(gate_->root()), tools);
            co_return;
        }
        auto agreed = co_await gate_->admission().terms(request, std::move(named));
        if (auto const* refusal = std::get_if<Refusal>(&agreed)) co_return gate_->refuse(*refusal, response);
        auto const& terms = *std::get<std::shared_ptr<Terms const>>(agreed);
        append(terms.version(), terms.active(), tools);
    }

    awaitable<void> call(web::Request const& request, Invocation invocation, web::Response& response) override {
        auto const& operation = *find_(invocation.name);
        auto const arguments = invocation.arguments;
        response.operation = operation.metric;
        Gate::Knock knock{request,
                          operation,
                          profile_in(arguments),
                          std::nullopt,
                          text_member(arguments, "id", limits::id_bytes_max),
                          fingerprint_of(invocation, dialect_),
                          dialect_};
        if (auto const key = request.headers.find("Idempotency-Key")) knock.idempotency = std::string(*key);
        // What is there but no text is kept as an empty key, which is refused: a call that was meant to be repeatable
        // must not run without its key.
        auto const meta = arguments.get("meta");
        if (auto const key = meta ? meta->get("idempotency-key") : std::nullopt; key && !key->is(Kind::null))
            knock.idempotency = std::string(key->as_string().value_or(""));
        auto opened = co_await gate_->open(std::move(knock), response);
        if (!opened) co_return;
        stamp(request, opened->context, response);
        opened->conversation = invocation.conversation;
        bool const known = has_operation(opened->terms->version(), operation);
        auto const body = body_in(operation, arguments);
        if (!known || !body)
            co_return fail(
                *opened,
                Error(Code::invalid_request, "the argument must be an object", "/" + std::string(operation.argument)),
                response);
        opened->body = *body;
        if (!gate_->address(operation, *opened, response)) co_return;
        co_await gate_->run(operation, std::move(*opened), response);
    }

    [[nodiscard]] std::string instructions() const override {
        return "Calls of the UCP tools (search_catalog, create_checkout, …) name your agent's profile in "
               "meta[\"ucp-agent\"].profile.";
    }

    [[nodiscard]] std::optional<int> rpc_code(web::Response const& response) const override {
        json::Document document;
        auto const body = document.parse(response.body);
        auto const code = body ? body->get("code") : std::nullopt;
        return ucp::rpc_code(response.status, code ? code->as_string().value_or("") : std::string_view());
    }

  private:
    static void append(Version version, CapabilitySet const& active, std::string& out) {
        for (auto const& tool : described(version)) {
            if (!active.test(index_of(tool.operation->entry.capability))) continue;
            if (!out.empty()) out += ',';
            out += tool.json;
        }
    }

    std::shared_ptr<Gate> gate_;
    Find find_;
    Dialect dialect_;
};

}  // namespace

std::shared_ptr<ToolSet> make_tools(std::shared_ptr<Gate> gate) {
    return std::make_shared<Tools>(std::move(gate), &find_operation, Dialect());
}

std::shared_ptr<ToolSet> make_conversation_tools(std::shared_ptr<Gate> gate, policy::Protocol spoken) {
    Dialect dialect;
    dialect.protocol = spoken;
    dialect.key_scope = "conversation";
    dialect.token_suffices = true;
    return std::make_shared<Tools>(std::move(gate), &find_conversation_operation, dialect);
}

}  // namespace b2a::protocol::ucp
