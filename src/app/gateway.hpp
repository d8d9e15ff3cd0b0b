// SPDX-License-Identifier: Apache-2.0
// The composition root: makes every object once, in order, and takes them down in reverse. Each I/O thread has a Lane
// of its own (reader, services, routes), so that requests on different threads share only the snapshot and the writer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "b2a/http/server.hpp"

#include "app/governor.hpp"
#include "app/lane.hpp"

namespace b2a::app {

class Gateway {
  public:
    static Result<std::unique_ptr<Gateway>> create(Config config);
    ~Gateway();

    void start();
    /// Drains both listeners, commits what is queued, signs the last checkpoint. Idempotent.
    void stop();
    /// Loads the policy file anew; on a problem the old rules stay.
    Result<void> reload_policy(Occasion occasion = Occasion::reload);
    /// Reads the signing keys anew, after `b2a keys rotate`.
    Result<void> reload_keys();

    [[nodiscard]] std::string agents_url() const;
    [[nodiscard]] std::string operators_url() const;
    [[nodiscard]] catalog::Snapshot const& snapshot() const { return *shared_.catalog.current(); }

  private:
    Gateway() = default;
    Result<void> open_store();
    Result<void> open_policy();
    Result<void> open_outbound();
    Result<void> open_decision_point();
    Result<void> seed_sandbox();
    std::function<Result<service::RequestContext>(web::Request const&)> operator_door(Digest const& token);
    Result<void> make_lanes();
    Result<void> bind();
    void observe(http::Completed const& done);
    [[nodiscard]] http::ServerOptions server_options(Endpoint const& endpoint) const;

    Shared shared_;
    std::vector<std::unique_ptr<Lane>> lanes_;  // the last one is the operators'
    std::unique_ptr<http::Server> agents_;
    std::unique_ptr<http::Server> operators_;
    std::string operators_base_;
    bool stopped_ = false;
};

}  // namespace b2a::app
