// SPDX-License-Identifier: Apache-2.0
// What a streaming handler writes to where there is no connection.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "b2a/web/event_stream.hpp"

namespace b2a::test {

class EventSink final : public web::EventStream {
  public:
    /// How many times send() is heard before the client is gone; negative: always. `opens`: whether a stream is had.
    explicit EventSink(bool opens = true, int heard = -1) : opens_(opens), heard_(heard) {}

    boost::asio::awaitable<bool> open(web::Response const& response) override {
        if (!opens_) co_return false;
        head = response;
        open_ = true;
        co_return true;
    }
    [[nodiscard]] bool is_open() const override { return open_; }
    boost::asio::awaitable<bool> send(std::string text) override {
        if (heard_ == 0) {
            end();
            co_return false;
        }
        if (heard_ > 0) --heard_;
        body += text;
        if (on_send) on_send(text);
        co_return true;
    }
    [[nodiscard]] bool ending() const override { return ending_; }
    void on_ending(std::function<void()> wake) override { wake_ = std::move(wake); }

    void end() {
        ending_ = true;
        if (wake_) wake_();
    }

    web::Response head;
    std::string body;
    std::function<void(std::string const&)> on_send;

  private:
    bool opens_;
    int heard_;
    bool open_ = false;
    bool ending_ = false;
    std::function<void()> wake_;
};

}  // namespace b2a::test
