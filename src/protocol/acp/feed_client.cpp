// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/acp_feed.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::acp {
namespace {

namespace asio = boost::asio;
using asio::awaitable;

constexpr std::string_view feed_version = "2026-04-17";
constexpr std::size_t reason_bytes_max = 200;
constexpr std::chrono::seconds request_timeout{30};  // a batch is large, and its reader may be slow

bool is_passing(int status) noexcept {
    return status == 429 || status >= 500;
}

/// Where the URL leads nowhere another attempt will not either.
bool is_passing(Error const& error) noexcept {
    return error.code == Code::upstream_failed && error.reason != "address_not_admitted";
}

std::chrono::milliseconds pause_after(Result<web::OutboundReply> const& reply, int attempt, std::chrono::seconds first,
                                      Random& random) {
    using std::chrono::milliseconds;
    auto pause = service::retry_delay(static_cast<std::uint32_t>(attempt), first, random);
    if (reply)
        if (auto const asked = parse_int(reply->header("retry-after")); asked && *asked >= 0)
            pause = std::chrono::seconds(std::min<std::int64_t>(*asked, feed_wait_max.count()));
    return std::min<milliseconds>(pause, feed_wait_max);
}

/// The agent's own words, as far as they go: its `message`, or the status alone.
Error refusal(web::OutboundReply const& reply) {
    auto detail = "the agent answered " + std::to_string(reply.status);
    json::Document document;
    if (auto const body = document.parse(reply.body); body && body->is(json::Kind::object))
        if (auto const message = body->get("message"); message && message->as_string())
            detail += ": " + std::string(message->as_string()->substr(0, reason_bytes_max));
    return Error(reply.status == 404 ? Code::not_found : Code::upstream_failed, std::move(detail));
}

}  // namespace

awaitable<Result<web::OutboundReply>> FeedClient::send(web::Method method, std::string path, std::string body) {
    web::OutboundRequest request;
    request.method = method;
    request.url = parts_.url + path;
    request.timeout = request_timeout;
    request.headers = {{"Content-Type", std::string(web::json_type)},
                       {"API-Version", std::string(feed_version)},
                       {"Authorization", "Bearer " + parts_.token}};
    request.body = std::move(body);
    auto const executor = co_await asio::this_coro::executor;
    for (int attempt = 1;; ++attempt) {
        auto copy = request;
        auto reply = co_await parts_.outbound.send(std::move(copy));
        auto const again = reply ? is_passing(reply->status) : is_passing(reply.error());
        if (!again || attempt == feed_attempts_max) co_return reply;
        ++retries_;
        asio::steady_timer timer(executor);
        timer.expires_after(pause_after(reply, attempt, parts_.first_pause, parts_.random));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

awaitable<Result<std::string>> FeedClient::create(std::string country) {
    std::string body;
    json::Writer json(body);
    json.begin_object().member_if("target_country", country).end_object();
    auto const reply = co_await send(web::Method::post, "/feeds", std::move(body));
    if (!reply) co_return reply.error();
    if (reply->status != 201 && reply->status != 200) co_return refusal(*reply);
    json::Document document;
    auto const answer = document.parse(reply->body);
    auto const id = answer ? answer->get("id") : std::nullopt;
    auto const text = id ? id->as_string() : std::nullopt;
    if (!text || text->empty() || text->size() > limits::id_bytes_max)
        co_return Error(Code::upstream_failed, "the agent made a feed without an id");
    co_return std::string(*text);
}

awaitable<Result<void>> FeedClient::upsert(std::string id, std::string products) {
    auto body = "{\"products\":[" + std::move(products) + "]}";
    auto path = "/feeds/" + web::percent_encode(id) + "/products";
    auto const reply = co_await send(web::Method::patch, std::move(path), std::move(body));
    if (!reply) co_return reply.error();
    if (reply->status < 200 || reply->status > 299) co_return refusal(*reply);
    json::Document document;
    auto const answer = document.parse(reply->body);
    auto const accepted = answer ? answer->get("accepted") : std::nullopt;
    if (accepted && accepted->as_bool() == false)
        co_return Error(Code::upstream_failed, "the agent did not accept the products");
    co_return Result<void>();
}

}  // namespace b2a::protocol::acp
