// SPDX-License-Identifier: Apache-2.0
#include "shopper/gateway.hpp"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include "b2a/base/limits.hpp"
#include "b2a/http/outbound.hpp"
#include "b2a/web/url.hpp"

#include "shopper/answer.hpp"

namespace b2a::shopper {
namespace {

namespace asio = boost::asio;
using Reply = Result<web::OutboundReply>;

/// A slot, because co_spawn wants results that can be made of nothing.
asio::awaitable<void> keep(asio::awaitable<Reply> task, std::optional<Reply>& slot) {
    slot.emplace(co_await std::move(task));
}

class HttpWire final : public Wire {
  public:
    explicit HttpWire(std::unique_ptr<http::OutboundClient> client) : client_(std::move(client)) {}
    ~HttpWire() override { client_->stop(); }

    Reply send(web::OutboundRequest request) override {
        std::optional<Reply> slot;
        asio::co_spawn(loop_, keep(client_->send(std::move(request)), slot), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
        loop_.run();
        loop_.restart();
        return std::move(slot.value());
    }
    void pause(std::chrono::milliseconds time) override {
        asio::steady_timer timer(loop_, time);
        timer.async_wait([](boost::system::error_code const&) {});
        loop_.run();
        loop_.restart();
    }

  private:
    asio::io_context loop_{1};
    std::unique_ptr<http::OutboundClient> client_;
};

/// What a problem document says, in one line.
Error refusal(int status, std::string const& body, std::string_view path) {
    json::Document document;
    auto const root = document.parse(body);
    auto const detail = root ? text_at(*root, {"detail"}) : std::string();
    auto const title = root ? text_at(*root, {"title"}) : std::string();
    auto const pointer = root ? text_at(*root, {"pointer"}) : std::string();
    Error error(status == 422 || status == 404 ? Code::unprocessable : Code::upstream_failed,
                fmt::format("{} answered {}: {}{}", path, status, detail.empty() ? title : detail,
                            pointer.empty() ? "" : " (" + pointer + ")"));
    if (root) error.reason = text_at(*root, {"reason"});
    return error;
}

}  // namespace

Result<std::unique_ptr<Wire>> connect(std::string const& origin, std::string const& ca_file) {
    http::OutboundOptions options;
    options.own_origin = origin;
    options.ca_file = ca_file;
    options.ports.clear();  // nowhere but to that origin
    options.user_agent = "b2a-shopper";
    B2A_TRY(client, http::OutboundClient::create(std::move(options)));
    return std::unique_ptr<Wire>(std::make_unique<HttpWire>(std::move(client)));
}

Result<Gateway> Gateway::open(GatewayOptions options, std::unique_ptr<Wire> wire) {
    auto const url = web::parse_url(options.origin);
    if (!url || url->target != "/") return Error(Code::invalid_request, options.origin + " is no origin of a gateway");
    options.origin = url->origin();
    Gateway gateway(std::move(options), std::move(wire));
    B2A_CHECK(gateway.introduce());
    return std::move(gateway);
}

Result<void> Gateway::introduce() {
    B2A_TRY(descriptor, get("/.well-known/b2a"));
    title_ = text_at(descriptor.root, {"title"});
    if (title_.empty() || text_at(descriptor.root, {"api_version"}) != "v1")
        return misbehaved(options_.origin + " is no gateway of version v1");
    B2A_CHECK(each_at(descriptor.root, {"brands"}, [&](json::View brand) -> Result<void> {
        brands_.push_back(text_at(brand, {"name"}));
        return {};
    }));
    auto const sandbox = at(descriptor.root, {"sandbox"});
    if (options_.token.empty() && sandbox && sandbox->as_bool().value_or(false)) options_.token = "sandbox-agent";
    return know_log(descriptor.root);
}

/// A key from elsewhere wins; without one the gateway's own word is taken, and the report says so.
Result<void> Gateway::know_log(json::View descriptor) {
    auto const origin = text_at(descriptor, {"audit", "origin"});
    auto told = audit::VerifierKey::parse(text_at(descriptor, {"audit", "verifier_key"}));
    for (auto const& text : options_.log_keys) {
        auto const known = audit::VerifierKey::parse(text);
        if (!known) return Error(Code::invalid_request, "a log key that is none: " + text);
        if (known->name != origin || pinned_) continue;
        log_key_ = *known;
        pinned_ = true;
    }
    if (!pinned_ && !told) return misbehaved(title_ + " does not say how its receipts are checked");
    if (!pinned_) log_key_ = *told;
    if (log_key_.name != origin) return misbehaved(title_ + " shows the key of another log");
    B2A_TRY(note, document("/audit/checkpoint"));
    if (!note) return {};
    B2A_TRY(checkpoint, audit::open_checkpoint(*note, log_key_));
    checkpoint_ = checkpoint;
    return {};
}

web::OutboundRequest Gateway::request(web::Method method, std::string_view path, std::string body) const {
    web::OutboundRequest out;
    out.method = method;
    out.url = options_.origin + std::string(path);
    if (!options_.token.empty()) out.headers.emplace_back("Authorization", "Bearer " + options_.token);
    if (method != web::Method::get) out.headers.emplace_back("Content-Type", "application/json");
    out.body = std::move(body);
    out.reply_bytes_max = limits::shopper_reply_bytes_max;
    out.timeout = limits::shopper_reply_timeout;
    return out;
}

Result<web::OutboundReply> Gateway::send(web::OutboundRequest request) {
    auto reply = wire_->send(std::move(request));
    if (reply) return reply;
    return misbehaved(
        fmt::format("{} could not be asked: {} ({})", options_.origin, reply.error().detail, reply.error().reason));
}

Result<Answer> Gateway::exchange(web::OutboundRequest request) {
    auto const path = request.url.substr(options_.origin.size());
    B2A_TRY(reply, send(std::move(request)));
    if (reply.status < 200 || reply.status > 299) return refusal(reply.status, reply.body, path);
    Answer answer;
    answer.body = std::move(reply.body);
    auto const root = answer.document.parse(answer.body);
    if (!root) return misbehaved(fmt::format("{} answered no JSON: {}", path, root.error().detail));
    answer.root = *root;
    return std::move(answer);
}

Result<Answer> Gateway::get(std::string_view path) {
    return exchange(request(web::Method::get, path, {}));
}

Result<Answer> Gateway::post(std::string_view path, std::string body, std::string_view idempotency_key) {
    auto out = request(web::Method::post, path, std::move(body));
    if (!idempotency_key.empty()) out.headers.emplace_back("Idempotency-Key", idempotency_key);
    return exchange(std::move(out));
}

Result<Answer> Gateway::patch(std::string_view path, std::string body) {
    return exchange(request(web::Method::patch, path, std::move(body)));
}

Result<std::optional<std::string>> Gateway::document(std::string_view path) {
    B2A_TRY(reply, send(request(web::Method::get, path, {})));
    if (reply.status == 404) return std::optional<std::string>();
    if (reply.status != 200) return refusal(reply.status, reply.body, path);
    return std::optional(std::move(reply.body));
}

}  // namespace b2a::shopper
