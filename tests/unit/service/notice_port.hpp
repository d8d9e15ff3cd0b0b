// SPDX-License-Identifier: Apache-2.0
// Two protocols that send notices, and randomness for threads.
#pragma once

#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "b2a/service/notices.hpp"

namespace b2a::service::testing {

/// A seeded source for several threads.
class SeededRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override {
        std::scoped_lock const lock(mutex_);
        for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_() >> 24U);
    }

  private:
    std::mutex mutex_;
    std::mt19937_64 engine_{7};
};

/// A protocol that knows orders subscribed by `dialect`.
class Port final : public OrderNoticePort {
  public:
    explicit Port(std::string dialect) : dialect_(std::move(dialect)) {}
    [[nodiscard]] std::optional<Draft> render(domain::Order const& order) const override {
        if (order.label != dialect_) return std::nullopt;
        return Draft{"https://platform.example/hook", dialect_, "application/json", "{}"};
    }
    [[nodiscard]] std::optional<web::OutboundRequest> request(store::Notice const& notice,
                                                              Timestamp now) const override {
        if (notice.dialect != dialect_) return std::nullopt;
        web::OutboundRequest out;
        out.method = web::Method::post;
        out.url = notice.target;
        out.headers = {{"webhook-id", notice.id.text()}, {"webhook-timestamp", std::to_string(to_micros(now))}};
        out.body = notice.body;
        return out;
    }

  private:
    std::string dialect_;
};

inline OrderNotices two_protocols() {
    std::vector<std::unique_ptr<OrderNoticePort>> ports;
    ports.push_back(std::make_unique<Port>("one"));
    ports.push_back(std::make_unique<Port>("two"));
    return OrderNotices(std::move(ports));
}

}  // namespace b2a::service::testing
