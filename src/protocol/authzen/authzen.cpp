// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/authzen.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/problem.hpp"

namespace b2a::protocol::authzen {
namespace {

using json::Presence;

constexpr std::size_t text_bytes_max = 2048;
constexpr std::size_t evaluations_max = 100;

/// One question: {subject, action, resource, context}. Members that are not named here are ignored, as the
/// specification wants.
struct Question {
    policy::Principal principal;
    policy::Facts facts;
};

/// A member of the evaluation, or of the batch around it.
std::optional<json::View> part(json::View own, json::View defaults, std::string_view name) {
    auto const found = own.get(name);
    return found ? found : defaults.get(name);
}

void read_subject(json::View subject, Question& out) {
    json::Reader reader(subject);
    out.principal.id = reader.string("id", text_bytes_max).value_or("");
    reader.object("properties", [&](json::Reader& r) {
        auto const trust = r.integer("trust_level", 0, static_cast<int>(policy::TrustLevel::registered));
        out.principal.trust = static_cast<policy::TrustLevel>(trust.value_or(0));
        out.principal.agent_class = r.string("class", text_bytes_max).value_or("");
        out.principal.registered = r.boolean("registered").value_or(false);
    });
}

void read_resource(json::View resource, policy::Facts& facts) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    json::Reader reader(resource);
    reader.object("properties", [&](json::Reader& r) {
        auto const minor = r.integer("total", 0, money_minor_max);
        auto const currency = Currency::parse(r.string("currency", text_bytes_max).value_or(""));
        if (minor && currency) facts.total = Money{*minor, *currency};
        facts.item_count = r.integer("item_count", 0, most);
        facts.quantity_max = r.integer("quantity_max", 0, most);
        facts.country = r.string("country", text_bytes_max);
        facts.payment_handler = r.string("payment_handler", text_bytes_max);
        facts.tags = r.strings("tags", limits::policy_values_max, text_bytes_max);
        facts.categories = r.strings("categories", limits::policy_values_max, text_bytes_max);
    });
}

void read_context(json::View context, Question& out) {
    json::Reader reader(context);
    auto const transport = policy::protocol_from_text(reader.string("transport", text_bytes_max).value_or(""));
    out.principal.protocol = transport.value_or(policy::Protocol::native);
    out.facts.mandate_verified = reader.boolean("mandate_verified");
}

Result<Question> read_question(json::View own, json::View defaults) {
    auto const missing = [](std::string_view name) {
        return Error(Code::invalid_request, "subject, action and resource are required", "/" + std::string(name));
    };
    auto const subject = part(own, defaults, "subject");
    auto const action = part(own, defaults, "action");
    auto const resource = part(own, defaults, "resource");
    for (auto const& [view, name] : {std::pair(subject, "subject"), {action, "action"}, {resource, "resource"}})
        if (!view || !view->is(json::Kind::object)) return missing(name);
    Question out;
    json::Reader subject_reader(*subject);
    subject_reader.string("type", text_bytes_max, Presence::required);
    subject_reader.string("id", text_bytes_max, Presence::required);
    B2A_CHECK(subject_reader.finish());
    json::Reader action_reader(*action);
    auto const name = action_reader.string("name", text_bytes_max, Presence::required);
    B2A_CHECK(action_reader.finish());
    auto const known = policy::action_from_text(*name);
    if (!known) return Error(Code::not_found, "no such action");
    out.facts.action = *known;
    read_subject(*subject, out);
    read_resource(*resource, out.facts);
    if (auto const context = part(own, defaults, "context")) read_context(*context, out);
    return out;
}

/// "no" is an answer, 200 and false; so is an action that nobody here knows.
struct Answer {
    bool decision = false;
    std::string context;
};

Result<Answer> evaluate(Deps const& deps, service::RequestContext const& context, json::View own, json::View defaults) {
    Answer out;
    json::Writer json(out.context);
    auto question = read_question(own, defaults);
    if (!question && question.error().code == Code::not_found) {
        json.begin_object().member("outcome", "deny").key("reasons").begin_array().value("unknown_action");
        json.end_array().end_object();
        return out;
    }
    if (!question) return std::move(question).error();
    question->facts.principal = &question->principal;
    question->facts.now = context.now;
    B2A_TRY(decision, deps.oversight.evaluate(context, question->facts));
    out.decision = decision.outcome == policy::Outcome::allow;
    json.begin_object().member("outcome", policy::to_text(decision.outcome)).key("reasons").begin_array();
    for (auto const& reason : decision.reasons) json.value(reason.code);
    json.end_array().member("ruleset", to_hex(decision.ruleset)).end_object();
    return out;
}

void write_answer(json::Writer& json, Answer const& answer) {
    json.begin_object().member("decision", answer.decision).member_raw("context", answer.context).end_object();
}

void echo_request_id(web::Request const& request, web::Response& response) {
    if (auto const id = request.headers.find("X-Request-ID")) response.header("X-Request-ID", std::string(*id));
}

void evaluation(Deps const& deps, web::Request const& request, web::Response& response) {
    auto const context = deps.open(request);
    if (!context) return web::render_problem(context.error(), response);
    json::Document document;
    auto const body = document.parse(request.body);
    if (!body) return web::render_problem(body.error(), response);
    auto const answer = evaluate(deps, *context, *body, {});
    if (!answer) return web::render_problem(answer.error(), response);
    echo_request_id(request, response);
    response.content_type = web::json_type;
    json::Writer json(response.body);
    write_answer(json, *answer);
}

/// After which answer does a batch stop?
enum class Semantic : std::uint8_t { execute_all, deny_on_first_deny, permit_on_first_permit };

std::optional<Semantic> read_semantic(json::View body) {
    auto const options = body.get("options");
    auto const named = options ? options->get("evaluations_semantic") : std::nullopt;
    auto const text = named ? named->as_string() : std::optional<std::string_view>("execute_all");
    if (text == "execute_all") return Semantic::execute_all;
    if (text == "deny_on_first_deny") return Semantic::deny_on_first_deny;
    if (text == "permit_on_first_permit") return Semantic::permit_on_first_permit;
    return std::nullopt;
}

void evaluations(Deps const& deps, web::Request const& request, web::Response& response) {
    auto const context = deps.open(request);
    if (!context) return web::render_problem(context.error(), response);
    json::Document document;
    auto const body = document.parse(request.body);
    if (!body) return web::render_problem(body.error(), response);
    auto const list = body->get("evaluations");
    // Without a list the request is a single evaluation (section 7.1).
    if (!list || list->size() == 0) return evaluation(deps, request, response);
    auto const semantic = read_semantic(*body);
    if (!semantic || list->size() > evaluations_max)
        return web::render_problem(Error(Code::invalid_request, "an unknown semantic, or too many evaluations"),
                                   response);
    std::string out;
    json::Writer json(out);
    json.begin_object().key("evaluations").begin_array();
    std::optional<Error> failure;
    bool done = false;
    list->each_element([&](std::size_t, json::View one) {
        if (done || failure) return;
        auto const answer = evaluate(deps, *context, one, *body);
        if (!answer) {
            failure = answer.error();
            return;
        }
        write_answer(json, *answer);
        done = (*semantic == Semantic::deny_on_first_deny && !answer->decision) ||
               (*semantic == Semantic::permit_on_first_permit && answer->decision);
    });
    if (failure) return web::render_problem(*failure, response);
    json.end_array().end_object();
    echo_request_id(request, response);
    response.content_type = web::json_type;
    response.body = std::move(out);
}

void configuration(Deps const& deps, web::Response& response) {
    response.content_type = web::json_type;
    json::Writer json(response.body);
    json.begin_object().member("policy_decision_point", deps.base_url);
    json.member("access_evaluation_endpoint", deps.base_url + "/access/v1/evaluation");
    json.member("access_evaluations_endpoint", deps.base_url + "/access/v1/evaluations").end_object();
}

}  // namespace

void mount(web::Router& router, Deps deps) {
    auto const shared = std::make_shared<Deps const>(std::move(deps));
    using web::Immediate;
    router.add(web::Method::get, "/.well-known/authzen-configuration", "authzen.configuration",
               Immediate([=](web::Request const&, web::Response& out) { configuration(*shared, out); }));
    router.add(web::Method::post, "/access/v1/evaluation", "authzen.evaluation",
               Immediate([=](web::Request const& in, web::Response& out) { evaluation(*shared, in, out); }));
    router.add(web::Method::post, "/access/v1/evaluations", "authzen.evaluations",
               Immediate([=](web::Request const& in, web::Response& out) { evaluations(*shared, in, out); }));
}

}  // namespace b2a::protocol::authzen
