// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/tools.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"

#include "door.hpp"
#include "embedded/native_schemas.hpp"
#include "explain.hpp"
#include "lenient.hpp"

namespace b2a::protocol::native {
namespace {

using boost::asio::awaitable;
using json::View;

constexpr std::string_view key_argument = "idempotency_key";

struct Tool {
    Operation const* operation = nullptr;
    json::Value schema;  // of its arguments
    std::string json;    // as it is listed
};

std::vector<Tool> described() {
    std::vector<Tool> out;
    auto const document = json::parse_value(native_schemas::tools);
    B2A_ASSERT(bool(document));  // embedded by the build, checked by a test
    for (auto const& tool : document->at("tools")) {
        auto const name = tool.at("name").get<std::string>();
        auto const row = std::ranges::find(operations(), name, &Operation::tool);
        B2A_ASSERT(row != operations().end());
        out.push_back({&*row, tool.at("inputSchema"), tool.dump()});
    }
    return out;
}

std::vector<Tool> const& all_tools() {
    static auto const tools = described();
    return tools;
}

Tool const* find_tool(std::string_view name) {
    auto const found = std::ranges::find(all_tools(), name, [](Tool const& tool) { return tool.operation->tool; });
    return found == all_tools().end() ? nullptr : &*found;
}

/// A text argument, also where a model wrote a number.
std::optional<std::string> text_of(View arguments, std::string_view key) {
    auto const member = arguments.get(key);
    if (!member || member->is(json::Kind::null)) return std::nullopt;
    if (auto const text = member->as_string()) return std::string(*text);
    return member->as_decimal_text().value_or("");
}

/// A flat object's members as a query string.
std::string parameters_of(std::string const& body) {
    std::string out;
    auto const value = json::parse_value(body);
    if (!value || !value->is_object()) return out;
    for (auto const& [name, member] : value->items()) {
        auto const text = member.is_string() ? member.get<std::string>() : member.dump();
        out += (out.empty() ? "" : "&") + web::percent_encode(name) + '=' + web::percent_encode(text);
    }
    return out;
}

/// The call as a request over REST. It refers to `body` and to the request that the call came in.
struct Inner {
    std::string id;
    std::string body;
    std::string query;  // the members of the body, for an operation that takes parameters
    web::Request request;

    void fill(Operation const& operation, web::Request const& outer) {
        request.method = operation.method;
        request.method_text = web::to_text(operation.method);
        request.target = request.path = operation.path;
        if (operation.method == web::Method::get) query = parameters_of(body);
        request.query = query;
        request.body = body;
        request.peer = outer.peer;
        request.secure = outer.secure;
        request.deadline = outer.deadline;
        request.headers.add("Content-Type", web::json_type);
        if (auto const trace = outer.headers.find("Request-Id")) request.headers.add("Request-Id", *trace);
        request.params.emplace_back("id", id);
    }
};

/// What equal calls have in common: a model that repeats one need not write its members in the same order.
std::string canonical(std::string const& body) {
    auto const value = json::parse_value(body);
    auto text = value ? json::canonical_es(*value) : Result<std::string>(body);
    return text ? *std::move(text) : body;
}

/// What keeps the arguments from being a call at all.
std::optional<Error> refuse(Tool const& tool, View arguments, Inner const& inner) {
    auto const& operation = *tool.operation;
    bool const empty = arguments.is(json::Kind::null);
    if (!empty && !arguments.is(json::Kind::object))
        return Error(Code::invalid_request, "the arguments must be an object");
    if (!operation.id.empty() && (inner.id.empty() || inner.id.size() > limits::id_bytes_max))
        return Error(Code::invalid_request,
                     std::string(operation.id) + " is required, as one text of at most 255 bytes",
                     "/" + std::string(operation.id));
    return std::nullopt;
}

/// Members that no schema names, of calls that have no body to be read by a parser.
std::optional<Error> refuse_strange(Tool const& tool, View arguments) {
    auto const& known = tool.schema.at("properties");
    std::optional<Error> out;
    arguments.each_member([&](std::string_view key, View) {
        if (out || known.contains(std::string(key))) return;
        std::string names;
        for (auto const& [name, schema] : known.items()) names += (names.empty() ? " " : ", ") + name;
        out.emplace(Code::invalid_request,
                    "unknown argument " + std::string(key.substr(0, 64)) + "; there are:" + names,
                    "/" + std::string(key.substr(0, 64)));
    });
    return out;
}

class Tools final : public ToolSet {
  public:
    explicit Tools(std::shared_ptr<Operations> operations) :
        door_(operations->deps()), operations_(std::move(operations)) {
        for (auto const& tool : all_tools()) listed_ += (listed_.empty() ? "" : ",") + tool.json;
    }

    [[nodiscard]] bool has(std::string_view name) const override { return find_tool(name) != nullptr; }

    awaitable<void> list(web::Request const&, View, std::string& tools, web::Response&) override {
        if (!tools.empty()) tools += ',';
        tools += listed_;
        co_return;
    }

    awaitable<void> call(web::Request const& request, Invocation invocation, web::Response& response) override {
        auto const& tool = *find_tool(invocation.name);
        auto const& operation = *tool.operation;
        Inner inner;
        inner.id = operation.id.empty() ? std::string() : text_of(invocation.arguments, operation.id).value_or("");
        auto wrong = refuse(tool, invocation.arguments, inner);
        if (!wrong) wrong = refuse_strange(tool, invocation.arguments);
        if (wrong) co_return give_up(tool, request, *wrong, response);
        auto const key = text_of(invocation.arguments, key_argument);
        inner.body = lenient(invocation.arguments, tool.schema, {operation.id, key_argument});
        inner.fill(operation, request);

        auto const use = use_of(operation, key.has_value());
        auto context = co_await door_.await(request, policy::Protocol::mcp, use);
        if (!context) co_return give_up(tool, request, context.error(), response);
        response.agent = context->principal.id;
        if (!operation.keys.empty()) {
            auto const keyed = add_idempotency(*context, key, operation.keys, inner.id, canonical(inner.body));
            if (!keyed) co_return give_up(tool, request, keyed.error(), response);
        }
        Call call{inner.request, std::move(*context), std::string(invocation.conversation)};
        co_await run(*operations_, operation, std::move(call), response);
        if (response.status >= 400) explain(tool.schema, response);
    }

    /// A model reads what is wrong; nothing here is an error of JSON-RPC.
    [[nodiscard]] std::string instructions() const override {
        return "The shop_ tools need no protocol of their own: begin with shop_search, and send a bearer token to buy. "
               "Amounts are whole minor units with a currency.";
    }

    [[nodiscard]] std::optional<int> rpc_code(web::Response const&) const override { return std::nullopt; }

  private:
    static void give_up(Tool const& tool, web::Request const& request, Error const& error, web::Response& response) {
        fail(request, error, response);
        response.operation = tool.operation->name;
        explain(tool.schema, response);
    }

    Door door_;
    std::shared_ptr<Operations> operations_;
    std::string listed_;
};

}  // namespace

std::shared_ptr<ToolSet> make_tools(std::shared_ptr<Operations> operations) {
    return std::make_shared<Tools>(std::move(operations));
}

}  // namespace b2a::protocol::native
