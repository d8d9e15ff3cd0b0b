// SPDX-License-Identifier: Apache-2.0
// `b2a export --push`: the products as upserts to the agent's feed API, with evidence before and after.
#include <filesystem>

#include "b2a/http/outbound.hpp"
#include "b2a/json/value.hpp"
#include "b2a/protocol/acp_feed.hpp"
#include "b2a/service/feed.hpp"
#include "b2a/web/url.hpp"

#include "app/blocking.hpp"
#include "app/commands/export.hpp"

namespace b2a::app {
namespace {

using protocol::acp::FeedClient;

/// Which feed of which agent is ours: kept beside the database, so that the next push finds it.
std::string memory_of(Config const& config) {
    return config.data_dir + "/acp-feed.json";
}

std::string remembered_feed(Config const& config) {
    auto const text = read_file(memory_of(config));
    if (!text) return {};
    auto const document = json::parse_value(*text);
    if (!document || !document->is_object()) return {};
    if (document->value("url", "") != config.acp.feed_url) return {};
    return document->value("id", "");
}

Result<std::string> feed_of(Shelf const& shelf, ExportOptions const& options, FeedClient& client) {
    if (!options.feed_id.empty()) return options.feed_id;
    auto const& config = shelf.desk.config;
    if (auto known = remembered_feed(config); !known.empty() && !options.new_feed) return known;
    B2A_TRY(id, run_blocking(shelf.desk.loop, client.create(options.country)));
    json::Value memory{{"url", config.acp.feed_url}, {"id", id}};
    B2A_CHECK(write_private_file(memory_of(config), memory.dump() + "\n"));
    return std::move(id);
}

/// Products until a request holds as many, or as much, as it may.
class Batches {
  public:
    Batches(Shelf const& shelf, PushReport& report) : shelf_(shelf), report_(report) {}

    /// The next ones as the content of a JSON array; empty at the end.
    std::string next() {
        std::string batch = std::move(held_);
        held_.clear();
        std::size_t count = batch.empty() ? 0 : 1;
        for (; at_ < shelf_.snapshot->data().products.size() && count < protocol::acp::feed_batch_products_max;
             ++count) {
            std::string product;
            protocol::acp::render_feed_product(product, shelf_.site, *shelf_.snapshot, at_++, shelf_.currency, counts_);
            if (!batch.empty() && batch.size() + product.size() > protocol::acp::feed_batch_bytes_max) {
                held_ = std::move(product);
                break;
            }
            if (!batch.empty()) batch += ',';
            batch += product;
        }
        sent_ = count;
        report_.without_price = counts_.without_price;
        return batch;
    }
    /// In what next() gave last.
    [[nodiscard]] std::size_t products() const noexcept { return sent_; }

  private:
    Shelf const& shelf_;
    PushReport& report_;
    protocol::acp::FeedCounts counts_;
    std::string held_;  // did not fit any more
    std::uint32_t at_ = 0;
    std::size_t sent_ = 0;
};

Result<void> send_all(Shelf const& shelf, ExportOptions const& options, FeedClient& client, PushReport& report) {
    B2A_TRY(feed, feed_of(shelf, options, client));
    report.feed = std::move(feed);
    Batches batches(shelf, report);
    for (auto batch = batches.next(); !batch.empty(); batch = batches.next()) {
        auto sent = run_blocking(shelf.desk.loop, client.upsert(report.feed, std::move(batch)));
        if (!sent && sent.error().code == Code::not_found)
            return Error(Code::not_found, "the agent has no feed " + report.feed + " (any more): --new-feed makes one");
        if (!sent) return std::move(sent).error();
        ++report.batches;
        report.products += batches.products();
    }
    return {};
}

Result<std::unique_ptr<http::OutboundClient>> client_of(Config const& config, bool sandbox) {
    http::OutboundOptions outbound;
    outbound.ca_file = config.outbound_ca_file;
    outbound.admit_loopback = sandbox;
    outbound.ports.clear();
    for (auto const port : config.outbound_ports) outbound.ports.push_back(static_cast<std::uint16_t>(port));
    outbound.user_agent = "b2a/" B2A_VERSION;
    return http::OutboundClient::create(std::move(outbound));
}

}  // namespace

Result<PushReport> push_feed(Shelf const& shelf, ExportOptions const& options) {
    auto& desk = shelf.desk;
    auto url = desk.config.acp.feed_url;
    while (url.ends_with('/')) url.pop_back();
    auto const target = web::parse_url(url);
    if (!target) return Error(Code::invalid_request, "--push needs acp.feed_url, the agent's feed API");
    if (desk.config.acp.feed_token_file.empty())
        return Error(Code::invalid_request, "--push needs acp.feed_token_file");
    B2A_TRY(token, read_secret_file(desk.config.acp.feed_token_file));
    B2A_TRY(outbound, client_of(desk.config, options.sandbox));
    service::FeedService feeds(*desk.store, desk.governance);
    auto const& data = shelf.snapshot->data();
    service::PushFeed command{target->authority(), data.revision, data.products.size()};
    B2A_TRY(proof, run_blocking(desk.loop, feeds.begin(desk.context(), std::move(command))));

    FeedClient client({*outbound, *desk.random, std::move(url), std::move(token)});
    PushReport report;
    auto const sent = send_all(shelf, options, client, report);
    report.retries = client.retries();
    outbound->stop();
    service::FeedOutcome outcome{report.feed, report.products, report.batches, report.retries, sent.ok()};
    B2A_CHECK(run_blocking(desk.loop, feeds.finish(desk.context(), proof, std::move(outcome))));
    if (!sent) return sent.error();
    return std::move(report);
}

}  // namespace b2a::app
