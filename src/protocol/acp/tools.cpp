// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/tools.hpp"

#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"

#include "embedded/acp_tools.hpp"
#include "errors.hpp"

namespace b2a::protocol::acp {
namespace {

using boost::asio::awaitable;
using json::Kind;
using json::View;

constexpr int invalid_params = -32602;
constexpr int business_error = -32000;
constexpr std::string_view malformed_code = "invalid_envelope";

/// The tools as `tools/list` has them, compact.
std::string describe() {
    std::string out;
    auto const document = json::parse_value(acp_tools::v2026_04_17);
    B2A_ASSERT(bool(document));  // embedded by the build, checked by a test
    for (auto const& tool : document->at("tools")) {
        B2A_ASSERT(find_tool(tool.at("name").get<std::string>()) != nullptr);
        if (!out.empty()) out += ',';
        out += tool.dump();
    }
    return out;
}

Error malformed(std::string pointer, std::string detail) {
    Error error(Code::invalid_request, std::move(detail), std::move(pointer));
    error.reason = malformed_code;
    return error;
}

std::optional<View> member(View object, std::string_view key) {
    auto const found = object.get(key);
    return found && !found->is(Kind::null) ? found : std::nullopt;
}

/// The header fields' places in `meta`; what is not said there may stand in the field itself. The binding recommends a
/// key and does not demand one.
Result<Gate::Envelope> envelope_in(web::Request const& request, View arguments) {
    auto out = Gate::envelope_of(request);
    out.key_required = false;
    auto const meta = member(arguments, "meta");
    if (!meta) return out;
    if (!meta->is(Kind::object)) return malformed("/meta", "must be an object");
    auto const read = [&](std::string_view key, std::string& value) -> Result<void> {
        auto const given = member(*meta, key);
        if (!given) return {};
        auto const text = given->as_string();
        if (!text) return malformed("/meta/" + std::string(key), "must be a text");
        value = *text;
        return {};
    };
    B2A_CHECK(read("api_version", out.version));
    B2A_CHECK(read("accept_language", out.language));
    std::string key;
    B2A_CHECK(read("idempotency_key", key));
    if (!key.empty()) out.key = std::move(key);
    return out;
}

struct Arguments {
    std::string id;
    View payload;
};
Result<Arguments> arguments_in(Operation const& operation, View arguments) {
    Arguments out;
    if (operation.path.find("{id}") != std::string_view::npos) {
        auto const id = member(arguments, "id");
        auto const text = id ? id->as_string() : std::nullopt;
        if (!text || text->empty() || text->size() > limits::id_bytes_max)
            return malformed("/id", "must be the id of a checkout session");
        out.id = *text;
    }
    auto const payload = member(arguments, "payload");
    if (payload ? !payload->is(Kind::object) : operation.body == BodyRule::required)
        return malformed("/payload", "must be an object");
    if (payload && operation.body != BodyRule::none) out.payload = *payload;
    return out;
}

class Tools final : public ToolSet {
  public:
    explicit Tools(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

    [[nodiscard]] bool has(std::string_view name) const override { return find_tool(name) != nullptr; }

    awaitable<void> list(web::Request const&, View, std::string& tools, web::Response&) override {
        static std::string const all = describe();
        if (!tools.empty()) tools += ',';
        tools += all;
        co_return;
    }

    awaitable<void> call(web::Request const& request, Invocation invocation, web::Response& response) override {
        auto const& operation = *find_tool(invocation.name);
        response.operation = operation.metric;
        auto const envelope = envelope_in(request, invocation.arguments);
        auto const arguments = arguments_in(operation, invocation.arguments);
        if (!envelope) co_return render_error(envelope.error(), response);
        echo(request, *envelope, response);
        if (!arguments) co_return render_error(arguments.error(), response);
        auto call = co_await gate_->open(request, operation, *envelope, response);
        if (!call) co_return;
        call->id = arguments->id;
        call->body = arguments->payload;
        call->conversation = invocation.conversation;
        co_await gate_->run(operation, *envelope, std::move(*call), response);
    }

    [[nodiscard]] std::string instructions() const override {
        return "The …_checkout_session tools are those of ACP: meta.api_version is required, and a bearer token.";
    }

    [[nodiscard]] std::optional<int> rpc_code(web::Response const& response) const override {
        json::Document document;
        auto const body = document.parse(response.body);
        auto const code = body ? body->get("code") : std::nullopt;
        auto const text = code ? code->as_string().value_or("") : std::string_view();
        return text == malformed_code || text == "missing_api_version" ? invalid_params : business_error;
    }
    [[nodiscard]] bool spreads_answer() const override { return true; }

  private:
    std::shared_ptr<Gate> gate_;
};

}  // namespace

std::shared_ptr<ToolSet> make_tools(std::shared_ptr<Gate> gate) {
    return std::make_shared<Tools>(std::move(gate));
}

}  // namespace b2a::protocol::acp
