// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/router.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "b2a/base/assert.hpp"
#include "b2a/web/problem.hpp"

namespace b2a::web {
namespace {

constexpr std::size_t method_count = static_cast<std::size_t>(Method::other) + 1;
constexpr std::size_t params_max = 8;

std::size_t index_of(Method method) noexcept {
    return static_cast<std::size_t>(method);
}

struct Route {
    Handler handler;
    std::vector<std::string> param_names;
    std::string operation;
};

struct Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> children;  // sorted by segment
    std::unique_ptr<Node> any;                                            // {name}
    std::array<std::unique_ptr<Route>, method_count> routes;

    [[nodiscard]] bool takes_requests() const noexcept {
        return std::any_of(routes.begin(), routes.end(), [](auto const& route) { return route != nullptr; });
    }
    [[nodiscard]] Node const* child(std::string_view segment) const {
        auto const at = std::lower_bound(children.begin(), children.end(), segment,
                                         [](auto const& entry, std::string_view key) { return entry.first < key; });
        return at != children.end() && at->first == segment ? at->second.get() : nullptr;
    }
    Node& make_child(std::string_view segment) {
        auto at = std::lower_bound(children.begin(), children.end(), segment,
                                   [](auto const& entry, std::string_view key) { return entry.first < key; });
        if (at == children.end() || at->first != segment)
            at = children.emplace(at, std::string(segment), std::make_unique<Node>());
        return *at->second;
    }
};

struct Captures {
    std::array<std::string_view, params_max> raw;
    std::size_t count = 0;
};

/// The node of `rest` (what follows a '/'). Exact segments are tried first; a dead end falls back to the
/// parameter, so the work is bounded by the size of the trie, not by the request.
Node const* find(Node const& node, std::string_view rest, Captures& captures) {
    auto const slash = rest.find('/');
    auto const segment = rest.substr(0, slash);
    bool const last = slash == std::string_view::npos;
    auto const descend = [&](Node const& next) -> Node const* {
        if (!last) return find(next, rest.substr(slash + 1), captures);
        return next.takes_requests() ? &next : nullptr;
    };
    if (segment.find('%') == std::string_view::npos) {
        if (auto const* exact = node.child(segment))
            if (auto const* found = descend(*exact)) return found;
    } else if (auto const decoded = percent_decode(segment)) {
        if (auto const* exact = node.child(*decoded))
            if (auto const* found = descend(*exact)) return found;
    }
    if (!node.any || segment.empty() || captures.count == params_max) return nullptr;
    captures.raw[captures.count++] = segment;
    if (auto const* found = descend(*node.any)) return found;
    --captures.count;
    return nullptr;
}

bool covers(std::string_view prefix, std::string_view path) noexcept {
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

std::string allowed(Node const& node) {
    std::string allow;
    auto const name = [&allow](std::string_view method) {
        if (!allow.empty()) allow += ", ";
        allow += method;
    };
    for (std::size_t i = 0; i < method_count; ++i) {
        auto const method = static_cast<Method>(i);
        bool const head = method == Method::head && node.routes[index_of(Method::get)];
        if (node.routes[i] || head || method == Method::options) name(to_text(method));
    }
    return allow;
}

}  // namespace

struct Router::Impl {
    struct Fallback {
        std::string prefix;
        std::function<void(Request const&, Response&, int)> render;
    };

    void render_miss(Request const& request, Response& response, int status) const {
        for (auto const& fallback : fallbacks) {
            if (!covers(fallback.prefix, request.path)) continue;
            fallback.render(request, response, status);
            return;
        }
        render_problem(Error(status == 405 ? Code::method_not_allowed : Code::not_found), response);
    }

    Match not_found(Request const& request, Response& response) const {
        render_miss(request, response, 404);
        return {nullptr, {}, 404};
    }

    Node root;
    std::vector<RouteInfo> infos;
    std::vector<Fallback> fallbacks;  // longest prefix first
};

Router::Router() : impl_(std::make_unique<Impl>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, std::string_view operation, Handler handler) {
    B2A_ASSERT(pattern.starts_with('/') && method != Method::other);
    auto route = std::make_unique<Route>();
    route->handler = std::move(handler);
    route->operation = operation;
    auto* node = &impl_->root;
    auto rest = pattern;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        auto const segment = rest.substr(0, rest.find('/'));
        rest.remove_prefix(segment.size());
        B2A_ASSERT(!segment.empty() || rest.empty());
        if (!segment.starts_with('{')) {
            B2A_ASSERT(segment.find_first_of("{}%?*") == std::string_view::npos);
            node = &node->make_child(segment);
            continue;
        }
        auto const name = segment.substr(1, segment.size() - 2);
        B2A_ASSERT(segment.ends_with('}') && !name.empty() && name.find_first_of("{}") == std::string_view::npos);
        B2A_ASSERT(route->param_names.size() < params_max);
        B2A_ASSERT(std::find(route->param_names.begin(), route->param_names.end(), name) == route->param_names.end());
        route->param_names.emplace_back(name);
        if (!node->any) node->any = std::make_unique<Node>();
        node = node->any.get();
    }
    auto& slot = node->routes[index_of(method)];
    B2A_ASSERT(slot == nullptr);
    slot = std::move(route);
    impl_->infos.push_back({method, std::string(pattern), std::string(operation)});
}

void Router::fallback(std::string_view prefix, std::function<void(Request const&, Response&, int status)> render) {
    while (prefix.ends_with('/')) prefix.remove_suffix(1);
    B2A_ASSERT(prefix.empty() || prefix.starts_with('/'));
    auto& all = impl_->fallbacks;
    auto const at = std::find_if(
        all.begin(), all.end(), [prefix](Impl::Fallback const& other) { return other.prefix.size() <= prefix.size(); });
    all.insert(at, {std::string(prefix), std::move(render)});
}

Router::Match Router::resolve(Request& request, Response& response) const {
    request.params.clear();
    Captures captures;
    Node const* node = nullptr;
    if (request.path.starts_with('/')) node = find(impl_->root, request.path.substr(1), captures);
    if (node == nullptr) return impl_->not_found(request, response);

    auto const* route = node->routes[index_of(request.method)].get();
    if (route == nullptr && request.method == Method::head) route = node->routes[index_of(Method::get)].get();
    if (route == nullptr) {
        bool const options = request.method == Method::options;
        if (options) {
            response.status = 204;
        } else {
            impl_->render_miss(request, response, 405);
        }
        response.header("Allow", allowed(*node));
        return {nullptr, {}, options ? 204 : 405};
    }
    for (std::size_t i = 0; i < captures.count; ++i) {
        auto value = percent_decode(captures.raw[i]);
        if (!value) {
            request.params.clear();
            return impl_->not_found(request, response);
        }
        request.params.emplace_back(route->param_names[i], std::move(*value));
    }
    return {&route->handler, route->operation, 0};
}

std::vector<RouteInfo> const& Router::routes() const noexcept {
    return impl_->infos;
}

}  // namespace b2a::web
