// SPDX-License-Identifier: Apache-2.0
// Order webhooks: the full order as body (2026-04-08 and later), signed at each attempt with the key that is current
// then, under an id that stays.
#include <chrono>

#include "b2a/identity/signature.hpp"
#include "b2a/protocol/ucp.hpp"

#include "profile.hpp"
#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

constexpr std::string_view dialect_prefix = "ucp/";

std::optional<Version> version_of(std::string_view dialect) {
    if (!dialect.starts_with(dialect_prefix)) return std::nullopt;
    return version_from_text(dialect.substr(dialect_prefix.size()));
}

class OrderNotices final : public service::OrderNoticePort {
  public:
    OrderNotices(Site const& site, identity::KeyHolder const& keys) : site_(site), keys_(keys) {
        for (auto const version : all_versions) terms_.emplace_back(version, all_of(version), no_handlers_);
    }

    [[nodiscard]] std::optional<Draft> render(domain::Order const& order) const override {
        auto const version = version_of(order.subscription.dialect);
        if (!version || order.subscription.target.empty()) return std::nullopt;
        auto const& terms = terms_.at(static_cast<std::size_t>(*version));
        return Draft{order.subscription.target, order.subscription.dialect, std::string(web::json_type),
                     render_order(order, {site_, terms})};
    }

    [[nodiscard]] std::optional<web::OutboundRequest> request(store::Notice const& notice,
                                                              Timestamp now) const override {
        if (!version_of(notice.dialect)) return std::nullopt;
        auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        web::OutboundRequest out;
        out.method = web::Method::post;
        out.url = notice.target;
        out.body = notice.body;
        out.timeout = limits::notice_timeout;
        out.headers = {{"Content-Type", notice.content_type},
                       {"UCP-Agent", "profile=\"" + site_.base_url + std::string(profile_path) + '"'},
                       {"Webhook-Id", to_uuid_text(notice.id.bytes())},
                       {"Webhook-Timestamp", std::to_string(seconds)}};
        auto const ring = keys_.current();
        for (auto& field : identity::sign(out, {"ucp-agent", "webhook-id", "webhook-timestamp"}, ring->signer(), now))
            out.headers.push_back(std::move(field));
        return out;
    }

  private:
    Site const& site_;
    identity::KeyHolder const& keys_;
    std::vector<service::HandlerInfo> no_handlers_;
    std::vector<Terms> terms_;  // by version
};

}  // namespace

std::unique_ptr<service::OrderNoticePort> make_order_notices(Site const& site, identity::KeyHolder const& keys) {
    return std::make_unique<OrderNotices>(site, keys);
}

}  // namespace b2a::protocol::ucp
