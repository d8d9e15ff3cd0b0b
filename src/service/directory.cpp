// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/directory.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/base/limits.hpp"
#include "b2a/base/log.hpp"
#include "b2a/base/text.hpp"

#include "service/lru.hpp"

namespace b2a::service {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::seconds;
using DocumentPtr = std::shared_ptr<Document const>;
using Got = Result<DocumentPtr>;

/// A fetch under way and who waits for it. Guarded by the directory's mutex.
struct Flight {
    std::optional<Got> outcome;
    std::vector<std::function<void(Got)>> waiting;
};

struct Kept {
    DocumentPtr document;
    Timestamp stale{};    // from here on it is served while a refresh runs
    Timestamp expires{};  // from here on it is not served
    Timestamp retry{};    // a refresh that failed is not repeated before
    std::optional<Timestamp> forced;
};

struct Failure {
    std::optional<Error> error;
    Timestamp until{};
};

seconds life_of(web::OutboundReply const& reply) {
    seconds life = limits::document_ttl_min;
    for (auto const& [name, value] : reply.headers) {
        if (name != "cache-control") continue;
        for (auto const part : split(value, ',')) {
            auto const directive = to_ascii_lower(trim(part));
            if (directive == "no-store" || directive == "no-cache" || directive == "private")
                return limits::document_ttl_min;
            static constexpr std::string_view max_age = "max-age=";
            if (!directive.starts_with(max_age)) continue;
            auto const digits = std::string_view(directive).substr(max_age.size());
            if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) continue;
            // Digits that are no number are more than a number holds (RFC 9111 §1.2.2).
            life = seconds(parse_int<std::int32_t>(digits).value_or(std::numeric_limits<std::int32_t>::max()));
        }
    }
    return std::clamp<seconds>(life, limits::document_ttl_min, limits::document_ttl_max);
}

Error refused(std::string_view reason, std::string detail) {
    Error error(Code::upstream_failed, std::move(detail));
    error.reason = reason;
    return error;
}

/// What is wrong with a reply that came, if anything.
std::optional<Error> problem_of(web::OutboundReply const& reply) {
    if (reply.status >= 300 && reply.status < 400)
        return refused("redirect", "the document is elsewhere, and redirects are not followed");
    if (reply.status != 200) return refused("status", "the other side answered " + std::to_string(reply.status));
    auto const encoding = reply.header("content-encoding");
    if (!encoding.empty() && !iequals(encoding, "identity"))
        return refused("reply_malformed", "the document is encoded although no encoding was accepted");
    return std::nullopt;
}

/// Our own shortage says nothing about the document, and a URL that is not admitted costs nothing to refuse again.
bool is_worth_remembering(Error const& error) {
    return error.reason != "overloaded" && error.reason != "url_not_admitted";
}

}  // namespace

struct Directory::Impl : std::enable_shared_from_this<Directory::Impl> {
    Impl(web::Outbound& o, Clock const& c) : outbound(o), clock(c) {}

    /// What a caller does next. With an answer and a lead: takes the answer and has the fetch run beside it.
    struct Plan {
        std::optional<Got> answer;
        std::shared_ptr<Flight> flight;  // to join
        bool lead = false;               // to run
    };
    Plan plan(std::string_view url, bool force);
    void join_or_lead(Plan& plan, std::string_view url);
    DocumentPtr cached(std::string_view url);

    awaitable<Got> obtain(std::string url, bool force);
    awaitable<Got> fetch(std::string url);
    static awaitable<void> refresh_beside(std::shared_ptr<Impl> self, std::string url);
    awaitable<Got> join(std::shared_ptr<Flight> flight);
    Got finish(std::string const& url, Result<web::OutboundReply> reply);
    Got keep(std::string const& url, web::OutboundReply& reply, Timestamp now);
    Got note_failure(std::string const& url, Error error, Timestamp now);
    void make_room();

    web::Outbound& outbound;
    Clock const& clock;
    std::map<std::string, DocumentPtr, std::less<>> pinned;  // never changes

    std::mutex mutex;  // for all that follows
    Lru<Kept> kept;
    std::size_t kept_bytes = 0;
    Lru<Failure> failed;  // apart, so that names that fail do not drive documents out
    std::map<std::string, std::shared_ptr<Flight>, std::less<>> flights;
    std::uint64_t fetches = 0;
    std::uint64_t failures = 0;
};

namespace {

struct Join {
    std::mutex* mutex;
    std::shared_ptr<Flight> flight;

    template <class Handler>
    void operator()(Handler&& handler) const {
        // The waiter's executor counts as busy until the answer is posted there.
        auto executor = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
        using Waiting = asio::any_completion_handler<void(Got)>;
        // std::function wants copies; the handler can only be moved.
        auto const waiting = std::make_shared<Waiting>(std::forward<Handler>(handler));
        auto wake = [waiting, executor](Got got) {
            asio::post(executor, [waiting, got = std::move(got)]() mutable { std::move (*waiting)(std::move(got)); });
        };
        std::scoped_lock const lock(*mutex);
        if (flight->outcome) {
            wake(*flight->outcome);
        } else {
            flight->waiting.emplace_back(std::move(wake));
        }
    }
};

}  // namespace

/// With the mutex held, like plan().
void Directory::Impl::join_or_lead(Plan& plan, std::string_view url) {
    if (auto const found = flights.find(url); found != flights.end()) {
        plan.flight = found->second;
        return;
    }
    flights.emplace(url, std::make_shared<Flight>());
    plan.lead = true;
    ++fetches;
}

Directory::Impl::Plan Directory::Impl::plan(std::string_view url, bool force) {
    auto const now = clock.now();
    Plan plan;
    if (auto* const entry = kept.find(url); entry != nullptr && now < entry->expires) {
        if (force && (!entry->forced || now - *entry->forced >= limits::document_ttl_min)) {
            entry->forced = now;
            join_or_lead(plan, url);
            return plan;
        }
        plan.answer = Got(entry->document);
        if (now >= entry->stale && now >= entry->retry && !flights.contains(url)) join_or_lead(plan, url);
        return plan;
    }
    if (auto* const failure = failed.find(url); failure != nullptr) {
        if (now < failure->until) {
            plan.answer = Got(*failure->error);
            return plan;
        }
        failed.erase(url);
    }
    join_or_lead(plan, url);
    return plan;
}

DocumentPtr Directory::Impl::cached(std::string_view url) {
    if (auto const found = pinned.find(url); found != pinned.end()) return found->second;
    std::scoped_lock const lock(mutex);
    auto const now = clock.now();
    auto* const entry = kept.find(url);
    if (entry == nullptr || now >= entry->expires) return nullptr;
    if (now >= entry->stale && now >= entry->retry && !flights.contains(url)) return nullptr;
    return entry->document;
}

awaitable<Got> Directory::Impl::obtain(std::string url, bool force) {
    if (auto const found = pinned.find(url); found != pinned.end()) co_return found->second;
    std::unique_lock lock(mutex);
    auto next = plan(url, force);
    lock.unlock();
    if (next.answer) {
        if (next.lead) {
            auto executor = co_await asio::this_coro::executor;
            asio::co_spawn(executor, refresh_beside(shared_from_this(), std::move(url)),
                           [](std::exception_ptr failure) {
                               if (failure) log::error("directory.stray_exception");
                           });
        }
        co_return std::move(*next.answer);
    }
    if (next.lead) {
        auto got = co_await fetch(std::move(url));
        co_return got;
    }
    auto got = co_await join(std::move(next.flight));
    co_return got;
}

awaitable<void> Directory::Impl::refresh_beside(std::shared_ptr<Impl> self, std::string url) {
    auto const got = co_await self->fetch(std::move(url));
    if (!got) log::debug("directory.refresh_failed", {{"reason", got.error().reason}});
}

awaitable<Got> Directory::Impl::fetch(std::string url) {
    web::OutboundRequest request;
    request.url = url;
    request.headers.emplace_back("Accept", "application/json, application/http-message-signatures-directory+json");
    request.reply_bytes_max = limits::document_bytes_max;
    request.timeout = limits::outbound_timeout;
    auto reply = co_await outbound.send(std::move(request));
    co_return finish(url, std::move(reply));
}

awaitable<Got> Directory::Impl::join(std::shared_ptr<Flight> flight) {
    Join initiate{&mutex, std::move(flight)};
    return asio::async_initiate<asio::use_awaitable_t<> const&, void(Got)>(std::move(initiate), asio::use_awaitable);
}

Got Directory::Impl::finish(std::string const& url, Result<web::OutboundReply> reply) {
    std::unique_lock lock(mutex);
    auto const now = clock.now();
    std::optional<Error> problem;
    if (!reply) {
        problem = reply.error();
    } else {
        problem = problem_of(*reply);
    }
    auto got = problem ? note_failure(url, std::move(*problem), now) : keep(url, *reply, now);
    auto const found = flights.find(url);
    auto const flight = found->second;
    flights.erase(found);
    flight->outcome = got;
    auto const waiting = std::move(flight->waiting);
    lock.unlock();
    for (auto const& wake : waiting) wake(got);
    return got;
}

Got Directory::Impl::keep(std::string const& url, web::OutboundReply& reply, Timestamp now) {
    failed.erase(url);
    auto& entry = kept.at(url);
    if (!entry.document || entry.document->body != reply.body) {
        if (entry.document) kept_bytes -= entry.document->body.size();
        kept_bytes += reply.body.size();
        entry.document = std::make_shared<Document const>(Document{url, std::move(reply.body)});
    }
    auto const life = life_of(reply);
    entry.stale = now + life * 4 / 5;
    entry.expires = now + life;
    entry.retry = {};
    auto document = entry.document;
    make_room();
    return document;
}

/// A document that is still good outlives a refresh that failed.
Got Directory::Impl::note_failure(std::string const& url, Error error, Timestamp now) {
    ++failures;
    if (auto* const entry = kept.find(url); entry != nullptr) {
        if (now < entry->expires) {
            entry->retry = now + limits::document_failure_ttl;
            return entry->document;
        }
        kept_bytes -= entry->document->body.size();
        kept.erase(url);
    }
    if (is_worth_remembering(error)) {
        failed.at(url) = Failure{error, now + limits::document_failure_ttl};
        if (failed.size() > limits::documents_max) failed.erase(std::string(failed.oldest().first));
    }
    return error;
}

void Directory::Impl::make_room() {
    while (kept.size() > limits::documents_max || (kept_bytes > limits::documents_bytes_max && kept.size() > 1)) {
        auto const& [url, entry] = kept.oldest();
        kept_bytes -= entry.document->body.size();
        kept.erase(std::string(url));
    }
}

Directory::Directory(web::Outbound& outbound, Clock const& clock, std::vector<Pinned> pinned) :
    impl_(std::make_shared<Impl>(outbound, clock)) {
    for (auto& one : pinned) {
        auto document = std::make_shared<Document const>(Document{one.url, std::move(one.body)});
        impl_->pinned.emplace(std::move(one.url), std::move(document));
    }
}
Directory::~Directory() = default;

std::shared_ptr<Document const> Directory::cached(std::string_view url) {
    return impl_->cached(url);
}

awaitable<Got> Directory::get(std::string url) {
    return impl_->obtain(std::move(url), false);
}

awaitable<Got> Directory::refresh(std::string url) {
    return impl_->obtain(std::move(url), true);
}

Directory::Stats Directory::stats() const {
    std::scoped_lock const lock(impl_->mutex);
    return {impl_->kept.size(), impl_->fetches, impl_->failures};
}

}  // namespace b2a::service
