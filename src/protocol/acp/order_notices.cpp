// SPDX-License-Identifier: Apache-2.0
// Order webhooks: the whole order as body, signed at each attempt, under a request id that stays.
#include <chrono>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/acp_orders.hpp"

#include "render_order.hpp"

namespace b2a::protocol::acp {
namespace {

constexpr std::uint64_t first_version = 1;

class OrderNotices final : public service::OrderNoticePort {
  public:
    OrderNotices(Site const& site, std::string secret) : site_(site), secret_(std::move(secret)) {}

    [[nodiscard]] std::optional<Draft> render(domain::Order const& order) const override {
        auto const& [target, dialect] = order.subscription;
        if (dialect != order_dialect || target.empty() || secret_.empty()) return std::nullopt;
        std::string body;
        json::Writer json(body);
        json.begin_object().member("type", order.version <= first_version ? "order_create" : "order_update");
        json.key("data");
        write_order(json, order, site_);
        json.end_object();
        return Draft{target, dialect, std::string(web::json_type), std::move(body)};
    }

    [[nodiscard]] std::optional<web::OutboundRequest> request(store::Notice const& notice,
                                                              Timestamp now) const override {
        if (notice.dialect != order_dialect || secret_.empty()) return std::nullopt;
        web::OutboundRequest out;
        out.method = web::Method::post;
        out.url = notice.target;
        out.body = notice.body;
        out.timeout = limits::notice_timeout;
        out.headers = {{"Content-Type", notice.content_type},
                       {"Merchant-Signature", merchant_signature(secret_, now, notice.body)},
                       {"Request-Id", to_uuid_text(notice.id.bytes())},
                       {"Timestamp", to_rfc3339(now)}};
        return out;
    }

  private:
    Site const& site_;
    std::string secret_;
};

}  // namespace

std::unique_ptr<service::OrderNoticePort> make_order_notices(Site const& site, std::string secret) {
    return std::make_unique<OrderNotices>(site, std::move(secret));
}

std::string merchant_signature(std::string_view secret, Timestamp now, std::string_view body) {
    auto const seconds = std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    auto const signature = crypto::hmac_sha256(as_bytes(secret), as_bytes(seconds + '.' + std::string(body)));
    return "t=" + seconds + ",v1=" + to_hex(signature);
}

}  // namespace b2a::protocol::acp
