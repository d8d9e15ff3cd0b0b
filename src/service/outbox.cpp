// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "b2a/base/limits.hpp"
#include "b2a/base/log.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/web/url.hpp"

namespace b2a::service {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::milliseconds;
using store::Notice;
using store::NoticeProgress;
using store::NoticeState;

constexpr milliseconds look_soon{1'000};
constexpr milliseconds look_at_least{30'000};  // the clock may be moved, and nobody says so

/// What an attempt was good for.
struct Outcome {
    enum class Kind : std::uint8_t { delivered, failed, gone, not_tried };
    Kind kind = Kind::failed;
    std::string text;
};

Outcome outcome_of(Result<web::OutboundReply> const& reply) {
    using enum Outcome::Kind;
    if (!reply) return {reply.error().reason == "overloaded" ? not_tried : failed, reply.error().reason};
    auto const status = reply->status;
    return {status >= 200 && status < 300 ? delivered : status == 410 ? gone : failed, std::to_string(status)};
}

/// Who is being told: a slow one must not take every place.
std::string party_of(Notice const& notice) {
    auto const url = web::parse_url(notice.target);
    return url ? url->authority() : notice.target;
}

}  // namespace

milliseconds retry_delay(std::uint32_t attempts, std::chrono::seconds first, Random& random) {
    milliseconds const ceiling = limits::notice_delay_max;
    milliseconds delay = first;
    for (std::uint32_t i = 1; i < attempts && delay > milliseconds{0} && delay < ceiling; ++i) delay *= 2;
    delay = std::min(delay, ceiling);
    std::array<std::uint8_t, 4> bytes{};
    random.fill(bytes);
    std::uint32_t drawn = 0;
    for (auto const byte : bytes) drawn = drawn << 8U | byte;
    auto const half = delay / 2;
    return delay - milliseconds(static_cast<milliseconds::rep>(drawn) % (half.count() + 1));
}

/// All but the constructor, wake() and stop() runs on the outbox's thread.
struct Outbox::Impl {
    explicit Impl(Parts p) : parts(std::move(p)), work(asio::make_work_guard(loop)), timer(loop) {}

    void request_turn();
    void turn();
    bool record();
    void launch();
    void schedule();
    void look_after(milliseconds wait);
    awaitable<void> attempt(Notice notice);
    void conclude(Notice const& notice, Outcome outcome);

    Parts parts;
    std::atomic<bool> turn_requested = false;
    std::atomic<std::uint64_t> delivered = 0;
    std::atomic<std::uint64_t> failed_attempts = 0;
    std::atomic<std::uint64_t> dead = 0;

    bool stopping = false;
    std::size_t under_way = 0;
    std::map<std::string, std::size_t> parties;  // attempts under way with each
    std::set<std::string> busy;                  // subjects under way or not recorded yet
    struct Finished {
        NoticeProgress progress;
        std::string subject;
    };
    std::vector<Finished> finished;

    asio::io_context loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> work;
    asio::steady_timer timer;
    std::thread thread;
};

/// Many causes, one turn: what finished meanwhile is recorded in one transaction.
void Outbox::Impl::request_turn() {
    if (turn_requested.exchange(true)) return;
    asio::post(loop, [this] {
        turn_requested = false;
        turn();
    });
}

void Outbox::Impl::turn() {
    bool const recorded = record();
    if (!stopping) {
        launch();
        if (recorded) {
            schedule();
        } else {
            look_after(look_soon);
        }
    } else if (under_way == 0) {
        timer.cancel();
        work.reset();
    }
}

/// A subject stays busy until the store knows: otherwise the same notice would be sent again at once.
bool Outbox::Impl::record() {
    if (finished.empty()) return true;
    std::vector<NoticeProgress> progress;
    for (auto const& one : finished) progress.push_back(one.progress);
    if (auto const kept = parts.store.note_progress(std::move(progress)); !kept) {
        log::error("outbox.progress_not_kept", {{"code", to_text(kept.error().code)}});
        return false;
    }
    for (auto const& one : finished) busy.erase(one.subject);
    finished.clear();
    return true;
}

void Outbox::Impl::launch() {
    if (under_way >= limits::notices_in_flight_max) return;
    auto due = parts.reader->due_notices(parts.clock.now(), limits::notices_looked_at_max);
    if (!due) {
        log::error("outbox.unreadable", {{"code", to_text(due.error().code)}});
        return;
    }
    for (auto& notice : *due) {
        if (under_way >= limits::notices_in_flight_max) return;
        if (busy.contains(notice.subject)) continue;
        auto& with_party = parties[party_of(notice)];
        if (with_party >= limits::outbound_connections_per_host_max) continue;
        ++with_party;
        ++under_way;
        busy.insert(notice.subject);
        asio::co_spawn(loop, attempt(std::move(notice)), [](std::exception_ptr failure) {
            if (failure) log::error("outbox.stray_exception");
        });
    }
}

/// When nobody wakes us: at the next due time. One that is due already waits for a place or for its subject.
void Outbox::Impl::schedule() {
    auto const next = parts.reader->next_notice();
    if (!next) return look_after(look_soon);
    if (!*next) {
        timer.cancel();
        return;
    }
    auto const wait = std::chrono::ceil<milliseconds>(**next - parts.clock.now());
    look_after(wait <= milliseconds{0} ? look_soon : std::min(wait, look_at_least));
}

void Outbox::Impl::look_after(milliseconds wait) {
    timer.expires_after(wait);
    timer.async_wait([this](boost::system::error_code const& ec) {
        if (!ec) request_turn();
    });
}

awaitable<void> Outbox::Impl::attempt(Notice notice) {
    Outcome outcome{Outcome::Kind::failed, "dialect_unknown"};
    if (auto request = parts.notices.request(notice, parts.clock.now())) {
        auto reply = co_await parts.outbound.send(std::move(*request));
        outcome = outcome_of(reply);
    }
    conclude(notice, std::move(outcome));
}

void Outbox::Impl::conclude(Notice const& notice, Outcome outcome) {
    using enum Outcome::Kind;
    auto const now = parts.clock.now();
    auto const attempts = notice.attempts + (outcome.kind == not_tried ? 0U : 1U);
    NoticeProgress progress{notice.id, NoticeState::pending, attempts, now, std::move(outcome.text)};
    if (outcome.kind == delivered) {
        progress.state = NoticeState::delivered;
        ++this->delivered;
    } else {
        progress.due = now + retry_delay(std::max(attempts, 1U), parts.first_delay, parts.random);
        if (outcome.kind != not_tried) ++failed_attempts;
        if (outcome.kind == gone || (outcome.kind == failed && now >= notice.created + limits::notice_life)) {
            progress.state = NoticeState::dead;
            ++dead;
            log::warning("outbox.dead", {{"notice", notice.id.text()}, {"last", progress.last_result}});
        }
    }
    finished.push_back({std::move(progress), notice.subject});
    --under_way;
    auto const party = parties.find(party_of(notice));
    if (--party->second == 0) parties.erase(party);
    request_turn();
}

Outbox::Outbox(Parts parts) : impl_(std::make_shared<Impl>(std::move(parts))) {
    impl_->parts.store.on_notice([weak = std::weak_ptr<Impl>(impl_)] {
        if (auto const impl = weak.lock()) impl->request_turn();
    });
}

Outbox::~Outbox() {
    stop();
}

void Outbox::start() {
    impl_->thread = std::thread([impl = impl_.get()] { impl->loop.run(); });
    wake();
}

void Outbox::stop() {
    if (!impl_->thread.joinable()) return;
    asio::post(impl_->loop, [impl = impl_.get()] {
        impl->stopping = true;
        impl->request_turn();
    });
    impl_->thread.join();
}

void Outbox::wake() {
    impl_->request_turn();
}

Outbox::Stats Outbox::stats() const {
    return {impl_->delivered, impl_->failed_attempts, impl_->dead};
}

}  // namespace b2a::service
