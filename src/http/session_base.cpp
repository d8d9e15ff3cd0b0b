// SPDX-License-Identifier: Apache-2.0
#include "http/session_base.hpp"

#include <exception>

#include "b2a/base/log.hpp"

namespace b2a::http {

void SessionRegistry::add(SessionBase& session) noexcept {
    session.next_ = first_;
    if (first_ != nullptr) first_->previous_ = &session;
    first_ = &session;
}

void SessionRegistry::remove(SessionBase& session) noexcept {
    if (session.previous_ != nullptr) session.previous_->next_ = session.next_;
    if (session.next_ != nullptr) session.next_->previous_ = session.previous_;
    if (first_ == &session) first_ = session.next_;
    if (first_ == nullptr && on_empty) on_empty();
}

void SessionRegistry::sweep(Deadline now) {
    for (auto* session = first_; session != nullptr; session = session->next_) {
        auto& connection = session->connection_;
        if (!connection.expired(now)) continue;
        connection.note_timeout();
        using Phase = Connection::Phase;
        auto const phase = connection.phase();
        if (phase == Phase::idle || phase == Phase::header || phase == Phase::body) {
            session->cancel();
        } else {
            session->close();
        }
    }
}

void SessionRegistry::end_unused() {
    for (auto* session = first_; session != nullptr; session = session->next_) {
        auto const phase = session->connection_.phase();
        if (phase == Connection::Phase::idle) session->cancel();
        if (phase == Connection::Phase::handshake) session->close();
        session->end_stream();
    }
}

void SessionRegistry::close_all() {
    for (auto* session = first_; session != nullptr; session = session->next_) session->close();
}

SessionBase::SessionBase(SessionRegistry& registry, SessionContext const& context, Connection::Peer peer) :
    connection_(context.environment, context.router, context.fields, context.draining, std::move(peer)),
    registry_(registry),
    counters_(context.environment.counters) {
    registry_.add(*this);
    counters_.open.fetch_add(1, std::memory_order_relaxed);
    counters_.total.fetch_add(1, std::memory_order_relaxed);
}

SessionBase::~SessionBase() {
    counters_.open.fetch_sub(1, std::memory_order_relaxed);
    registry_.remove(*this);
}

void session_ended(SharedCounters& counters, std::exception_ptr const& failure) {
    if (!failure) return;
    counters.stray_exceptions.fetch_add(1, std::memory_order_relaxed);
    try {
        std::rethrow_exception(failure);
    } catch (std::exception const& e) {
        log::error("http.session_failed", {{"what", e.what()}});
    } catch (...) {
        log::error("http.session_failed", {{"what", "not a std::exception"}});
    }
}

}  // namespace b2a::http
