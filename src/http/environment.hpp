// SPDX-License-Identifier: Apache-2.0
// What the sessions of one server share: options and callbacks (read only) and the counters (atomics).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "b2a/http/server.hpp"

namespace b2a::http {

struct SharedCounters {
    std::atomic<std::uint64_t> open{0};
    std::atomic<std::uint64_t> total{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> streams{0};
    std::atomic<std::uint64_t> stray_exceptions{0};
    std::atomic<std::uint64_t> timeouts{0};
};

struct Environment {
    ServerOptions options;
    Observer observer;
    ErrorRenderer render_error;
    SharedCounters counters;
};

/// The application's rendering of an error, with what must hold put right afterwards. Never throws.
void render_error(Environment const& environment, Error const& error, int status, web::Response& response);

/// The field lines common to all answers of one thread; the date is formatted once a second.
class CommonFields {
  public:
    explicit CommonFields(ServerOptions const& options) : options_(options) {}
    std::string_view at(Deadline now);

  private:
    ServerOptions const& options_;
    std::string lines_;
    Deadline stale_at_ = Deadline::min();
};

}  // namespace b2a::http
