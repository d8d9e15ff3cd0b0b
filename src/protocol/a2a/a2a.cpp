// SPDX-License-Identifier: Apache-2.0
// The endpoint: JSON-RPC in, one call of a tool, JSON-RPC out.
#include "b2a/protocol/a2a.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/jsonrpc.hpp"
#include "b2a/protocol/reading.hpp"
#include "b2a/protocol/render_cache.hpp"

#include "actions.hpp"
#include "card.hpp"
#include "incoming.hpp"
#include "said.hpp"

namespace b2a::protocol::a2a {
namespace {

using Waiting = boost::asio::awaitable<void>;
using json::View;
using web::Request;
using web::Response;

constexpr std::array<std::string_view, 2> extension_fields{"A2A-Extensions", "X-A2A-Extensions"};
constexpr std::string_view no_conversation;

class Server {
  public:
    explicit Server(Deps deps) : deps_(std::move(deps)), card_(render_card(deps_.site, deps_.extensions)) {}

    void card(Request const& request, Response& response) const {
        reading::send(request, {card_, card_etag_, web::json_type}, response);
    }
    void actions(Request const& request, Response& response) const {
        reading::send(request, {actions_document(), actions_etag_, web::json_type}, response);
    }

    Waiting serve(Request const& request, Response& response) {
        response.operation = "a2a.request";
        co_await handle(request, response);
        tidy_fields(response);
        activate(request, response);
    }

  private:
    Waiting handle(Request const& request, Response& response) {
        Exchange exchange;
        auto const version = version_of(request);
        exchange.version = version.value_or(Version::v1_0);
        // A document of this call's own: it is read after suspensions.
        json::Document document;
        auto const message = read(request, document, exchange, response);
        if (!message) co_return;
        if (!version) co_return fail(response, exchange, {version_not_supported, "A2A 1.0 and 0.3 are served"});
        co_await dispatch(request, *message, exchange, response);
    }

    /// The call in the body; nullopt when `response` says what is wrong with it.
    static std::optional<rpc::Message> read(Request const& request, json::Document& document, Exchange& exchange,
                                            Response& response) {
        if (!web::has_json_content(request)) {
            fail(response, exchange, {rpc::invalid_request, "send application/json"});
            response.status = 415;
            return std::nullopt;
        }
        auto const root = document.parse(request.body);
        auto message = root ? rpc::read_message(*root) : Result<rpc::Message>(root.error());
        if (!message) {
            fail(response, exchange, {root ? rpc::invalid_request : rpc::parse_error, message.error().detail});
            return std::nullopt;
        }
        exchange.id = message->id;
        // What is asked for without an id could not be answered, and a purchase without an answer helps nobody.
        bool const call = !message->response && !message->id.empty();
        if (call) return *std::move(message);
        fail(response, exchange, {rpc::invalid_request, "a request needs a method and an id"});
        return std::nullopt;
    }

    Waiting dispatch(Request const& request, rpc::Message const& message, Exchange const& exchange,
                     Response& response) {
        auto const* row = find_method(message.method);
        if (row == nullptr || row->version != exchange.version) {
            auto said = "unknown method: " + message.method;
            if (row != nullptr) said += "; it is one of A2A-Version: " + std::string(to_text(row->version));
            co_return fail(response, exchange, {rpc::method_not_found, std::move(said)});
        }
        switch (row->method) {
            case Method::send: co_await send(request, message.params, exchange, response); break;
            case Method::get_task: co_await get_task(request, message.params, exchange, response); break;
            case Method::cancel_task: co_await cancel_task(request, message.params, exchange, response); break;
            case Method::list_tasks: co_await list_tasks(request, message.params, exchange, response); break;
            case Method::stream:
                co_return fail(response, exchange, {unsupported_operation, "nothing is streamed; send a message"});
            case Method::push:
                co_return fail(response, exchange,
                               {push_not_supported, "there are no push notifications; ask for the task"});
            case Method::extended_card:
                co_return fail(response, exchange, {no_extended_card, "there is one card for everybody"});
        }
    }

    Waiting send(Request const& request, View params, Exchange const& exchange, Response& response) {
        auto read = read_incoming(params);
        if (auto const* failure = std::get_if<Failure>(&read)) co_return fail(response, exchange, *failure);
        auto& incoming = std::get<Incoming>(read);
        json::Document from_text;
        auto const meant = incoming.action.is(json::Kind::object) ? std::string() : action_of_text(incoming.text);
        if (!meant.empty()) incoming.action = from_text.parse(meant).value();
        if (!incoming.action.is(json::Kind::object)) {
            co_await help(request, incoming, exchange, response);
            co_return;
        }
        auto const name = incoming.action.get("action")->as_string().value_or("");
        auto const* action = find_action(name);
        if (action == nullptr)
            co_return fail(
                response, exchange,
                {rpc::invalid_params, "unknown action; see " + deps_.site.base_url + std::string(actions_path)});
        auto const arguments = arguments_of(*action, incoming);
        co_await call(request, action->tool, arguments, incoming.context_id, response);
        response.operation = action->metric;
        if (response.status >= 400) co_return refuse(response, exchange);
        auto const said = hear(response);
        if (!incoming.checkout_id.empty() && said.code == "not_found")
            co_return fail(response, exchange, {task_not_found, "there is no such task"});
        if (action->name == "complete_checkout" && is_outstanding(said) && !speaks_extension(request))
            co_return write_task(response, exchange, task_of(said, incoming.context_id), Wrap::as_send_result);
        answer(response, exchange, incoming, data_of(action->key, said.body));
    }

    /// What is not understood is answered with what would be, and with the checkout that it may have been about.
    Waiting help(Request const& request, Incoming const& incoming, Exchange const& exchange, Response& response) {
        bool const identified = request.headers.find("UCP-Agent") || request.headers.find("Authorization");
        Said checkout;
        if (identified) {
            auto const arguments = checkout_arguments(incoming.checkout_id);
            co_await call(request, "get_checkout", arguments, incoming.context_id, response);
            if (response.status >= 400) co_return refuse(response, exchange);
            checkout = hear(response);
        }
        response.operation = "a2a.help";
        std::string data;
        json::Writer json(data);
        json.begin_object();
        if (!checkout.status.empty()) json.member_raw("a2a.ucp.checkout", checkout.body);
        json.member_raw("b2a.actions", actions_summary());
        json.member("b2a.actions_schema", deps_.site.base_url + std::string(actions_path)).end_object();
        constexpr std::string_view text =
            "This agent takes actions, not free text: send a data part such as {\"action\":\"search_catalog\","
            "\"query\":\"...\"}, or the text \"search: ...\". The actions are listed in the data part. Say who you are "
            "with a UCP-Agent field that names your profile, or with a bearer token.";
        Outgoing out;
        auto const id = answer_id(incoming);
        out.message_id = id;
        out.context_id = incoming.context_id;
        out.text = text;
        out.data = data;
        write_message(response, exchange, out);
    }

    Waiting get_task(Request const& request, View params, Exchange const& exchange, Response& response) {
        auto const id = task_in(params);
        if (!id) co_return no_such_task(response, exchange);
        co_await look_at(request, *id, response);
        response.operation = "a2a.get_task";
        if (response.status >= 400) co_return refuse(response, exchange);
        auto const said = hear(response);
        if (said.status.empty()) co_return no_such_task(response, exchange);
        write_task(response, exchange, task_of(said, id->context_id), Wrap::none);
    }

    Waiting cancel_task(Request const& request, View params, Exchange const& exchange, Response& response) {
        auto const id = task_in(params);
        if (!id) co_return no_such_task(response, exchange);
        co_await look_at(request, *id, response);
        response.operation = "a2a.cancel_task";
        if (response.status >= 400) co_return refuse(response, exchange);
        auto const before = hear(response);
        if (before.status.empty()) co_return no_such_task(response, exchange);
        Failure const over{task_not_cancelable, "the checkout is " + before.status};
        if (before.status == "canceled") co_return fail(response, exchange, over);
        auto const arguments = checkout_arguments(id->checkout_id);
        response.headers.clear();
        co_await call(request, "cancel_checkout", arguments, no_conversation, response);
        response.operation = "a2a.cancel_task";
        if (response.status >= 400) co_return refuse(response, exchange);
        auto const after = hear(response);
        if (after.status != "canceled") co_return fail(response, exchange, over);
        write_task(response, exchange, task_of(after, id->context_id), Wrap::none);
    }

    /// Tasks are looked up by conversation: which others an agent has is nowhere kept.
    Waiting list_tasks(Request const& request, View params, Exchange const& exchange, Response& response) {
        auto const member = params.get("contextId");
        auto const context = std::string(member ? member->as_string().value_or("") : "");
        if (context.empty())
            co_return fail(response, exchange, {unsupported_operation, "tasks are listed by contextId"});
        auto const arguments = checkout_arguments({});
        co_await call(request, "get_checkout", arguments, context, response);
        response.operation = "a2a.list_tasks";
        if (response.status >= 400) co_return refuse(response, exchange);
        auto const said = hear(response);
        std::optional<Task> task;
        if (!said.status.empty()) task = task_of(said, context);
        write_task_list(response, exchange, task);
    }

    Waiting look_at(Request const& request, TaskId const& id, Response& response) {
        auto const arguments = checkout_arguments(id.checkout_id);
        co_await call(request, "get_checkout", arguments, no_conversation, response);
    }

    Waiting call(Request const& request, std::string_view tool, std::string const& arguments,
                 std::string_view conversation, Response& response) {
        json::Document document;
        Invocation const invocation{tool, document.parse(arguments).value(), conversation};
        co_await deps_.shop->call(request, invocation, response);
    }

    static std::optional<TaskId> task_in(View params) {
        auto const id = params.get("id");
        auto const text = id ? id->as_string() : std::nullopt;
        return text ? parse_task_id(*text) : std::nullopt;
    }

    static void answer(Response& response, Exchange const& exchange, Incoming const& incoming,
                       std::string const& data) {
        Outgoing out;
        auto const id = answer_id(incoming);
        out.message_id = id;
        out.context_id = incoming.context_id;
        out.data = data;
        write_message(response, exchange, out);
    }

    static void fail(Response& response, Exchange const& exchange, Failure const& failure) {
        if (response.error_code.empty()) response.error_code = "a2a" + std::to_string(failure.code);
        write_failure(response, exchange, failure);
    }
    static void no_such_task(Response& response, Exchange const& exchange) {
        fail(response, exchange, {task_not_found, "there is no such task"});
    }
    /// What the shop refused, with what it said as data.
    static void refuse(Response& response, Exchange const& exchange) {
        auto const status = response.status;
        fail(response, exchange, refusal_of(hear(response), status));
    }

    /// Fields that were made for the tool's answer and do not fit ours: it is nobody else's, and its bytes are others.
    static void tidy_fields(Response& response) {
        std::erase_if(response.headers, [](auto const& field) {
            constexpr std::array<std::string_view, 4> made{"Cache-Control", "Content-Digest", "Signature",
                                                           "Signature-Input"};
            return std::ranges::find(made, field.first) != made.end();
        });
        response.header("Cache-Control", "no-store");
    }

    /// Of the extensions that a request activates, those that are ours.
    std::string activated(Request const& request) const {
        std::string out;
        for (auto const field : extension_fields) {
            auto const asked = request.headers.find(field);
            if (!asked) continue;
            for (auto const uri : split(*asked, ',')) {
                auto const known = std::ranges::find(deps_.extensions, trim(uri), &Extension::uri);
                if (known != deps_.extensions.end()) out.append(out.empty() ? "" : ", ").append(known->uri);
            }
        }
        return out;
    }
    bool speaks_extension(Request const& request) const { return !activated(request).empty(); }
    void activate(Request const& request, Response& response) const {
        auto const uris = activated(request);
        if (uris.empty()) return;
        auto const field = request.headers.find(extension_fields[0]) ? extension_fields[0] : extension_fields[1];
        response.header(std::string(field), uris);
    }

    Deps deps_;
    std::string card_;
    std::string card_etag_ = entity_tag(card_);
    std::string actions_etag_ = entity_tag(actions_document());
};

}  // namespace

void mount(web::Router& router, Deps deps) {
    auto const server = std::make_shared<Server>(std::move(deps));
    router.add(web::Method::post, endpoint_path, "a2a.request",
               web::Awaiting(
                   [server](Request const& request, Response& response) { return server->serve(request, response); }));
    router.add(web::Method::get, card_path, "a2a.card",
               web::Immediate([server](Request const& request, Response& response) {
                   response.operation = "a2a.card";
                   server->card(request, response);
               }));
    router.add(web::Method::get, actions_path, "a2a.actions",
               web::Immediate([server](Request const& request, Response& response) {
                   response.operation = "a2a.actions";
                   server->actions(request, response);
               }));
}

Surface surface(Site const& site) {
    return {"a2a",
            {std::string(to_text(Version::v0_3)), std::string(to_text(Version::v1_0))},
            site.base_url + std::string(endpoint_path),
            site.base_url + std::string(card_path)};
}

}  // namespace b2a::protocol::a2a
