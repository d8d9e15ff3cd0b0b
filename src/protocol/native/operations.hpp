// SPDX-License-Identifier: Apache-2.0
// The operations of the native API, once for every binding: a row says how an operation is called over REST and as a
// tool, and its handler knows neither. A tool's call comes as the request that it would have been over REST.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "b2a/json/view.hpp"
#include "b2a/protocol/native.hpp"
#include "b2a/protocol/presentation.hpp"
#include "b2a/protocol/render_cache.hpp"

namespace b2a::protocol::native {

/// A change that somebody asks for. The request is the caller's and lives until the handler has ended.
struct Call {
    web::Request const& request;
    service::RequestContext context;
    std::string conversation;  // of the transport, where it has one
};

class Operations {
  public:
    explicit Operations(Deps const& deps);

    using Context = service::RequestContext;
    using Request = web::Request;
    using Response = web::Response;
    using Waiting = boost::asio::awaitable<void>;

    // About the shop itself: for everybody, without a question to the policy.
    void descriptor(Request const& request, Response& response);
    void openapi(Request const& request, Response& response);
    void media(Request const& request, Response& response);
    void brand(Request const& request, Response& response);
    void policies(Request const& request, Response& response);

    // The catalog, what was decided, and what the caller has here.
    void search(Request const& request, Context const& context, Response& response);
    void search_by_body(Request const& request, Context const& context, Response& response);
    void search_for_nobody(Request const& request, Context const& context, catalog::SearchQuery const& query,
                           Response& response);
    void fit(Request const& request, Context const& context, Response& response);
    void size_charts(Request const& request, Context const& context, Response& response);
    void size_chart(Request const& request, Context const& context, Response& response);
    void traverse(Request const& request, Context const& context, Response& response);
    void looks(Request const& request, Context const& context, Response& response);
    void look(Request const& request, Context const& context, Response& response);
    void occasions(Request const& request, Context const& context, Response& response);
    void product(Request const& request, Context const& context, Response& response);
    void variant(Request const& request, Context const& context, Response& response);
    void compare(Request const& request, Context const& context, Response& response);
    void rebuild(Request const& request, Context const& context, Response& response);
    void compose(Request const& request, Context const& context, Response& response);
    void decision(Request const& request, Context const& context, Response& response);
    void checkout_provenance(Request const& request, Context const& context, Response& response);
    void order_provenance(Request const& request, Context const& context, Response& response);
    void get_cart(Request const& request, Context const& context, Response& response);
    void get_checkout(Request const& request, Context const& context, Response& response);
    void get_order(Request const& request, Context const& context, Response& response);

    Waiting create_cart(Call call, Response& response);
    Waiting replace_cart(Call call, Response& response);
    Waiting change_cart(Call call, Response& response);
    Waiting cancel_cart(Call call, Response& response);
    Waiting create_checkout(Call call, Response& response);
    Waiting change_checkout(Call call, Response& response);
    Waiting complete_checkout(Call call, Response& response);
    Waiting cancel_checkout(Call call, Response& response);

    /// The product's document. Errors: those of CatalogService::product().
    Result<std::string> product_document(Context const& context, std::string_view id);
    /// The size chart's document. Errors: those of FitService::size_chart().
    Result<std::string> size_chart_document(Context const& context, std::string_view id);
    /// The snapshot, for who may look at the catalog; else nullptr.
    catalog::Snapshot const* readable(Context const& context);
    [[nodiscard]] Deps const& deps() const noexcept { return deps_; }

  private:
    template <class Id>
    void provenance(Request const& request, Context const& context,
                    Result<service::ProvenanceView> (service::ProvenanceService::*of)(Context const&, Id),
                    std::string_view unknown, Response& response);
    Result<std::optional<domain::Order>> order_to_rebuild(Context const& context, json::View body);
    void respond(Request const& request, catalog::Snapshot const& snapshot, std::uint32_t product,
                 std::optional<std::uint32_t> variant, Response& response);
    RenderCache::Entry const& product_entry(catalog::Snapshot const& snapshot, std::uint32_t product, bool linked);
    RenderCache::Entry const& variant_entry(catalog::Snapshot const& snapshot, std::uint32_t product,
                                            std::uint32_t variant, bool linked);
    /// The checkout as it stands, with a remark about this call.
    void show_checkout(Call const& call, CheckoutId id, domain::Finding note, Response& response);
    [[nodiscard]] service::CartRenderer cart_renderer() const;
    [[nodiscard]] service::CheckoutRenderer checkout_renderer() const;

    Deps deps_;
    RenderCache cache_;
    CatalogCensus census_;
    std::string openapi_;
};

/// A row of the table.
struct Operation {
    using Open = void (Operations::*)(web::Request const&, web::Response&);
    using Read = void (Operations::*)(web::Request const&, service::RequestContext const&, web::Response&);
    using Write = Operations::Waiting (Operations::*)(Call, web::Response&);

    std::string_view tool;  // over MCP; empty: none
    std::string_view name;  // for logs and metrics
    web::Method method;
    std::string_view path;  // REST, with {id} where it has one
    std::string_view id;    // the tool's argument that stands for {id}
    std::string_view keys;  // scope of its idempotency keys; empty: not a change
    std::variant<Open, Read, Write> handler;
};
std::span<Operation const> operations() noexcept;

/// A problem document with what belongs to an error everywhere.
void fail(web::Request const& request, Error const& error, web::Response& response);

}  // namespace b2a::protocol::native
