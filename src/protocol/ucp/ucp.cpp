// SPDX-License-Identifier: Apache-2.0
// The REST binding: routes from the table of operations, profiles, the page for people.
#include "b2a/protocol/ucp.hpp"

#include <map>

#include "b2a/protocol/body.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/reply.hpp"

#include "answers.hpp"
#include "errors.hpp"
#include "gate.hpp"
#include "hand_off.hpp"
#include "permalink.hpp"
#include "profile.hpp"
#include "tools.hpp"

namespace b2a::protocol::ucp {
namespace {

using Waiting = boost::asio::awaitable<void>;
using web::Request;
using web::Response;

Result<json::View> parse_body(Operation const& operation, Request const& request) {
    thread_local json::Document document;
    if (operation.body == BodyRule::none) return json::View();
    bool const optional = operation.body == BodyRule::optional;
    return read_body(request, document, optional ? EmptyBody::accepted : EmptyBody::refused);
}

/// Our own profiles, rendered anew when the keys in them change.
class Profiles {
  public:
    explicit Profiles(Deps const& deps) : deps_(deps) {}

    void send(Version version, ProfileKind kind, Request const& request, Response& response) {
        if (auto const now = deps_.keys.generation(); now != seen_) {
            pages_.clear();
            seen_ = now;
        }
        auto& page = pages_[{version, kind}];
        if (page.body.empty()) {
            page.body = render_profile(deps_.site, deps_.payments.handlers(), *deps_.keys.current(), version, kind);
            page.etag = entity_tag(page.body);
        }
        response.header("Cache-Control", "public, max-age=300");
        response.header("ETag", page.etag);
        if (auto const known = request.headers.find("If-None-Match"); known && matches_entity_tag(*known, page.etag)) {
            response.status = 304;
            return;
        }
        response.body = page.body;
        response.content_type = web::json_type;
    }

  private:
    struct Page {
        std::string body;
        std::string etag;
    };
    Deps deps_;
    std::uint64_t seen_ = 0;
    std::map<std::pair<Version, ProfileKind>, Page> pages_;
};

class Rest {
  public:
    explicit Rest(Deps const& deps) : deps_(deps), gate_(std::make_shared<Gate>(deps)), profiles_(deps) {}

    Gate& gate() noexcept { return *gate_; }
    std::shared_ptr<Gate> shared_gate() const { return gate_; }
    Profiles& profiles() noexcept { return profiles_; }
    Deps const& deps() const noexcept { return deps_; }

    Waiting serve(Operation const& operation, Request const& request, Response& response) {
        Gate::Knock knock{
            request, operation, {}, std::nullopt, std::string(request.param("id")), std::string(request.body)};
        if (auto const key = request.headers.find("Idempotency-Key")) knock.idempotency = std::string(*key);
        auto call = co_await gate_->open(std::move(knock), response);
        if (!call) {
            if (auto const id = client_request_id(request)) response.header("Request-Id", std::string(*id));
            co_return;
        }
        stamp(request, call->context, response);
        auto const body = parse_body(operation, request);
        if (!body) co_return fail(*call, body.error(), response);
        call->body = *body;
        co_await gate_->run(operation, std::move(*call), response);
    }

    void hand_off(Request const& request, Response& response) {
        response.content_type = web::html_type;
        response.header("Content-Security-Policy", std::string(hand_off_csp));
        response.header("Cache-Control", std::string(private_answer));
        response.header("Referrer-Policy", "no-referrer");
        auto const context = deps_.contexts.read(request, policy::Protocol::ucp);
        auto const id = parse_checkout_id(request.param("id"));
        if (context && id) {
            auto const outcome = deps_.checkouts.hand_off(*context, *id);
            if (outcome) return render_hand_off(response.body, deps_.site, *outcome);
            response.error_code = to_text(outcome.error().code);
        }
        response.status = 404;
        render_hand_off_missing(response.body, deps_.site);
    }

  private:
    Deps deps_;
    std::shared_ptr<Gate> gate_;
    Profiles profiles_;
};

void render_miss(Request const&, Response& response, int status) {
    if (status == 405) render_flat(405, "method_not_allowed", "see the Allow field", response);
    else render_flat(404, "not_found", "no such operation; see /.well-known/ucp", response);
}

void add_operations(web::Router& router, std::shared_ptr<Rest> const& rest) {
    for (auto const& operation : operations()) {
        auto const handler = [rest, &operation](Request const& request, Response& response) {
            response.operation = operation.metric;
            return rest->serve(operation, request, response);
        };
        router.add(operation.method, std::string(rest_path) + std::string(operation.path), operation.metric,
                   web::Awaiting(handler));
    }
}

void add_profiles(web::Router& router, std::shared_ptr<Rest> const& rest) {
    auto const add = [&](std::string const& path, std::string_view metric, Version version, ProfileKind kind) {
        router.add(web::Method::get, path, metric,
                   web::Immediate([rest, metric, version, kind](Request const& request, Response& response) {
                       response.operation = metric;
                       rest->profiles().send(version, kind, request, response);
                   }));
    };
    add(std::string(profile_path), "ucp.profile", rest->gate().root(), ProfileKind::root);
    for (auto const version : all_versions)
        add(std::string(profile_path) + '/' + std::string(to_text(version)), "ucp.leaf_profile", version,
            ProfileKind::leaf);
}

void add_pages(web::Router& router, std::shared_ptr<Rest> const& rest) {
    router.add(web::Method::get, "/checkout/{id}", "ucp.hand_off",
               web::Immediate([rest](Request const& request, Response& response) {
                   response.operation = "ucp.hand_off";
                   rest->hand_off(request, response);
               }));
    router.add(web::Method::get, std::string(permalink_path) + "/{items}", "ucp.permalink",
               web::Awaiting([rest](Request const& request, Response& response) {
                   response.operation = "ucp.permalink";
                   return follow_permalink(rest->deps(), request, response);
               }));
}

/// Beside the directory's pinned copies, so that a person can read what the sandbox's agents say of themselves.
void add_sandbox_platforms(web::Router& router, Site const& site) {
    for (auto const version : all_versions)
        router.add(web::Method::get, "/sandbox/agents/" + std::string(to_text(version)) + ".json", "ucp.sandbox_agent",
                   web::Immediate([&site, version](Request const&, Response& response) {
                       response.operation = "ucp.sandbox_agent";
                       response.body = render_sandbox_platform(site, version);
                       response.content_type = web::json_type;
                       response.header("Cache-Control", "public, max-age=300");
                   }));
}

}  // namespace

std::vector<std::string> supported_versions() {
    std::vector<std::string> out;
    for (auto const version : all_versions) out.emplace_back(to_text(version));
    return out;
}

std::shared_ptr<ToolSet> mount(web::Router& router, Deps const& deps) {
    auto const rest = std::make_shared<Rest>(deps);
    add_profiles(router, rest);
    add_operations(router, rest);
    add_pages(router, rest);
    if (deps.site.sandbox) add_sandbox_platforms(router, deps.site);
    router.fallback("/ucp", render_miss);
    return make_tools(rest->shared_gate());
}

std::shared_ptr<ToolSet> conversation_tools(Deps const& deps, policy::Protocol spoken) {
    return make_conversation_tools(std::make_shared<Gate>(deps), spoken);
}

Surface surface(Site const& site) {
    return {"ucp", supported_versions(), site.base_url + std::string(rest_path),
            site.base_url + std::string(profile_path)};
}

std::vector<Announcement> announcements() {
    std::vector<Announcement> out;
    for (auto const version : all_versions) {
        auto const text = std::string(to_text(version));
        out.push_back({text, "https://ucp.dev/" + text + "/specification/reference", render_capabilities(version)});
    }
    return out;
}

std::vector<service::Directory::Pinned> sandbox_platforms(Site const& site) {
    std::vector<service::Directory::Pinned> out;
    for (auto const version : all_versions)
        out.push_back({sandbox_platform_url(site, version), render_sandbox_platform(site, version)});
    return out;
}

}  // namespace b2a::protocol::ucp
