// SPDX-License-Identifier: Apache-2.0
#include "http/connection.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "b2a/base/limits.hpp"
#include "b2a/base/log.hpp"

namespace b2a::http {
namespace {

constexpr std::chrono::seconds request_deadline{10};
constexpr std::chrono::seconds linger_timeout{2};

Deadline steady_now() noexcept {
    return std::chrono::steady_clock::now();
}

}  // namespace

Connection::Connection(Environment& environment, web::Router const& router, CommonFields& fields, bool const& draining,
                       Peer peer) :
    environment_(environment),
    router_(router),
    fields_(fields),
    draining_(draining),
    peer_(std::move(peer)),
    reader_(environment.options.body_bytes_max),
    now_(steady_now()),
    started_(now_) {
    request_.peer = peer_.address;
    request_.secure = peer_.secure;
    enter(Phase::idle);
}

Connection::Step Connection::next_step() {
    if (handler_pending_) return out_.empty() ? Step::await_handler : Step::write;
    while (!last_) {
        if (out_.size() >= limits::http_pipeline_bytes_max) return Step::write;
        auto const state = reader_.parse();
        if (state == RequestReader::State::need_more) {
            wait_for_input();
            if (reader_.take_expectation()) out_ += "HTTP/1.1 100 Continue\r\n\r\n";
            return out_.empty() ? Step::read : Step::write;
        }
        if (state == RequestReader::State::refused) {
            refuse(reader_.refusal());
        } else if (take_request() == Step::await_handler) {
            return out_.empty() ? Step::await_handler : Step::write;
        }
    }
    return out_.empty() ? Step::close : Step::write;
}

/// Runs an immediate handler to its end; an awaiting one is left to the session.
Connection::Step Connection::take_request() {
    phase_ = Phase::busy;
    started_ = now_;
    reader_.fill(request_);
    request_.deadline = started_ + request_deadline;
    response_.clear();
    match_ = {};
    if (request_.method == web::Method::other) {
        render_error(environment_, Error(Code::not_implemented, "The method is not supported"), 501, response_);
        finish();
        return Step::read;
    }
    try {
        match_ = router_.resolve(request_, response_);
        if (match_.handler != nullptr) {
            if (auto const* immediate = std::get_if<web::Immediate>(match_.handler)) {
                (*immediate)(request_, response_);
            } else if (has_to_wait()) {
                handler_pending_ = true;
                return Step::await_handler;
            }
        }
    } catch (std::exception const& e) {
        stray_exception(e.what());
    } catch (...) {
        stray_exception("not a std::exception");
    }
    finish();
    return Step::read;
}

bool Connection::has_to_wait() {
    auto const* deciding = std::get_if<web::Deciding>(match_.handler);
    if (deciding == nullptr) return true;  // it awaits or streams
    decided_ = (*deciding)(request_, response_);
    return decided_.has_value();
}

bool Connection::handler_streams() const noexcept {
    return match_.handler != nullptr && std::holds_alternative<web::Streaming>(*match_.handler);
}

boost::asio::awaitable<void> Connection::start_handler(web::EventStream* events) {
    if (auto const* streaming = std::get_if<web::Streaming>(match_.handler))
        return (*streaming)(request_, response_, *events);
    if (decided_) {
        auto waiting = *std::move(decided_);
        decided_.reset();
        return waiting;
    }
    return std::get<web::Awaiting>(*match_.handler)(request_, response_);
}

void Connection::handler_done() {
    handler_pending_ = false;
    if (streamed_) return finish_stream();
    finish();
}

void Connection::handler_failed(std::string_view what) {
    stray_exception(what);
    stream_broken_ = streamed_;
    handler_done();
}

std::string Connection::begin_stream(web::Response const& response) {
    std::string out;
    auto& open = environment_.counters.streams;
    if (!reader_.http11()) return out;
    if (open.fetch_add(1, std::memory_order_relaxed) >= environment_.options.event_streams_max) {
        open.fetch_sub(1, std::memory_order_relaxed);
        return out;
    }
    streamed_ = true;
    // What the client has sent or sends now is thrown away, so it must not think that it is served later.
    Framing framing;
    framing.persistence = Persistence::closing;
    framing.chunked = true;
    append_response(out, response, framing, fields_.at(steady_now()));
    return out;
}

void Connection::stream_writes(std::size_t bytes) {
    now_ = steady_now();
    stream_bytes_ += bytes;
    enter(Phase::writing);
}

void Connection::stream_waits() {
    enter(Phase::streaming);
}

void Connection::finish_stream() {
    environment_.counters.streams.fetch_sub(1, std::memory_order_relaxed);
    now_ = steady_now();
    last_ = true;
    observe(stream_bytes_);
}

void Connection::received(std::size_t bytes) {
    now_ = steady_now();
    timed_out_ = false;
    reader_.commit(bytes);
}

void Connection::read_failed() {
    now_ = steady_now();
    bool const answer = timed_out_ && (phase_ == Phase::header || phase_ == Phase::body);
    lingers_ = answer;
    last_ = true;
    if (answer) refuse({408, Code::deadline_exceeded, "The request did not arrive in time"});
}

void Connection::written() {
    now_ = steady_now();
    recycle(out_);
    phase_ = Phase::busy;
}

void Connection::enter(Phase phase) {
    auto const& options = environment_.options;
    phase_ = phase;
    switch (phase) {
        case Phase::handshake:
        case Phase::header: deadline_ = now_ + options.header_timeout; return;
        case Phase::idle: deadline_ = now_ + options.idle_timeout; return;
        case Phase::body: deadline_ = now_ + options.body_timeout; return;
        case Phase::writing: deadline_ = now_ + options.write_timeout; return;
        case Phase::closing:
            deadline_ = now_ + std::min<std::chrono::nanoseconds>(linger_timeout, options.write_timeout);
            return;
        case Phase::busy:
        case Phase::streaming: return;
    }
}

void Connection::note_timeout() {
    timed_out_ = true;
    if (phase_ == Phase::idle || phase_ == Phase::closing) return;
    environment_.counters.timeouts.fetch_add(1, std::memory_order_relaxed);
}

void Connection::abandon() noexcept {
    out_.clear();
    last_ = true;
    lingers_ = false;
}

/// A phase's time runs from its start: a peer that drips bytes does not prolong it.
void Connection::wait_for_input() {
    auto const phase = reader_.idle() ? Phase::idle : reader_.in_body() ? Phase::body : Phase::header;
    if (phase != phase_) enter(phase);
}

void Connection::refuse(Refusal const& refusal) {
    last_ = true;
    started_ = now_;
    reader_.fill(request_);
    request_.body = {};
    match_ = {};
    render_error(environment_, Error(refusal.code, std::string(refusal.detail)), refusal.status, response_);
    finish();
}

void Connection::finish() {
    bool const keep = !last_ && !draining_ && reader_.keep_alive();
    now_ = steady_now();
    Framing framing;
    framing.head = request_.method == web::Method::head;
    if (!keep) {
        framing.persistence = Persistence::closing;
    } else if (!reader_.http11()) {
        framing.persistence = Persistence::announced;
    }
    auto const bytes_out = append_response(out_, response_, framing, fields_.at(now_));
    observe(bytes_out);
    recycle(response_.body);
    if (keep) {
        reader_.next();
    } else {
        last_ = true;
    }
}

void Connection::observe(std::size_t bytes_out) {
    if (!environment_.observer) return;
    try {
        environment_.observer({request_, response_, match_.operation, bytes_out, now_ - started_});
    } catch (std::exception const& e) {
        environment_.counters.stray_exceptions.fetch_add(1, std::memory_order_relaxed);
        log::error("http.observer_failed", {{"what", e.what()}});
    }
}

void Connection::stray_exception(std::string_view what) {
    environment_.counters.stray_exceptions.fetch_add(1, std::memory_order_relaxed);
    log::error("http.stray_exception", {{"what", what}, {"operation", match_.operation}});
    if (!streamed_) render_error(environment_, Error(Code::internal), 500, response_);
}

}  // namespace b2a::http
