// SPDX-License-Identifier: Apache-2.0
// One gateway, known by its public HTTP only. Every URL is made here out of the origin that the person named: links in
// answers are not followed, and no answer decides where the token goes.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::shopper {

/// An answer with a good status; the view is of its own document.
struct Answer {
    std::string body;
    json::Document document;
    json::View root;
};

/// Sends, and waits for the answer and for time to pass. Blocks the calling thread: a shopper does one thing at a time.
class Wire {
  public:
    virtual ~Wire() = default;
    virtual Result<web::OutboundReply> send(web::OutboundRequest request) = 0;
    virtual void pause(std::chrono::milliseconds time) = 0;
};

/// Over the guarded client of the http module, which goes to that origin only by what the person said.
Result<std::unique_ptr<Wire>> connect(std::string const& origin, std::string const& ca_file);

struct GatewayOptions {
    std::string origin;                 // "https://shop.example"
    std::string token;                  // bearer; empty: the sandbox's in a sandbox, none elsewhere
    std::vector<std::string> log_keys;  // that the person knows from elsewhere
};

class Gateway {
  public:
    /// Reads /.well-known/b2a and the log's newest checkpoint. Errors: upstream_failed, unauthenticated (the log is not
    /// signed by a key that is known for it).
    static Result<Gateway> open(GatewayOptions options, std::unique_ptr<Wire> wire);

    Result<Answer> get(std::string_view path);
    Result<Answer> post(std::string_view path, std::string body, std::string_view idempotency_key = {});
    Result<Answer> patch(std::string_view path, std::string body);
    /// Not JSON, and 404 is an answer: nullopt.
    Result<std::optional<std::string>> document(std::string_view path);
    void pause(std::chrono::milliseconds time) { wire_->pause(time); }

    [[nodiscard]] std::string const& origin() const noexcept { return options_.origin; }
    [[nodiscard]] std::string const& title() const noexcept { return title_; }
    [[nodiscard]] std::vector<std::string> const& brands() const noexcept { return brands_; }
    [[nodiscard]] audit::VerifierKey const& log_key() const noexcept { return log_key_; }
    [[nodiscard]] bool key_is_pinned() const noexcept { return pinned_; }
    [[nodiscard]] std::optional<audit::Checkpoint> const& first_checkpoint() const noexcept { return checkpoint_; }

  private:
    Gateway(GatewayOptions options, std::unique_ptr<Wire> wire) :
        options_(std::move(options)), wire_(std::move(wire)) {}
    Result<void> introduce();
    Result<void> know_log(json::View descriptor);
    Result<web::OutboundReply> send(web::OutboundRequest request);
    Result<Answer> exchange(web::OutboundRequest request);
    [[nodiscard]] web::OutboundRequest request(web::Method method, std::string_view path, std::string body) const;

    GatewayOptions options_;
    std::unique_ptr<Wire> wire_;
    std::string title_;
    std::vector<std::string> brands_;
    audit::VerifierKey log_key_;
    bool pinned_ = false;
    std::optional<audit::Checkpoint> checkpoint_;
};

}  // namespace b2a::shopper
