// SPDX-License-Identifier: Apache-2.0
// The HTTP side of one connection as a state machine without sockets: the session feeds bytes, asks what to
// do next and does it. Handlers run here, behind the exception barrier. Used by one thread only.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "b2a/web/event_stream.hpp"

#include "http/environment.hpp"
#include "http/request_reader.hpp"
#include "http/response_writer.hpp"

namespace b2a::http {

class Connection {
  public:
    enum class Step : std::uint8_t { read, write, await_handler, close };
    enum class Phase : std::uint8_t { handshake, idle, header, body, busy, streaming, writing, closing };

    struct Peer {
        std::string address;
        bool secure = false;
    };

    Connection(Environment& environment, web::Router const& router, CommonFields& fields, bool const& draining,
               Peer peer);

    Step next_step();

    // Step::read
    std::span<char> input() { return reader_.prepare(); }
    void received(std::size_t bytes);
    /// The read ended without bytes: a timeout of ours is answered with 408, anything else closes.
    void read_failed();

    // Step::write
    [[nodiscard]] std::string_view output() const noexcept { return out_; }
    void written();

    // Step::await_handler: start() the handler, then exactly one of handler_done() and handler_failed().
    [[nodiscard]] bool handler_streams() const noexcept;
    /// `events` is used by handlers that stream.
    boost::asio::awaitable<void> start_handler(web::EventStream* events);
    void handler_done();
    void handler_failed(std::string_view what);

    // An answer in pieces, while its handler runs.
    /// The head of it; empty if it has to come in one piece.
    std::string begin_stream(web::Response const& response);
    void stream_writes(std::size_t bytes);
    void stream_waits();
    /// False: what was sent is cut off, and the client is to see that it was.
    [[nodiscard]] bool stream_complete() const noexcept { return !stream_broken_; }
    [[nodiscard]] bool draining() const noexcept { return draining_; }
    [[nodiscard]] ServerOptions const& options() const noexcept { return environment_.options; }
    [[nodiscard]] SharedCounters& counters() const noexcept { return environment_.counters; }

    void enter(Phase phase);
    [[nodiscard]] Phase phase() const noexcept { return phase_; }
    [[nodiscard]] bool expired(Deadline now) const noexcept {
        return phase_ != Phase::busy && phase_ != Phase::streaming && now >= deadline_;
    }
    /// Called by the sweep before it cancels what the session waits for.
    void note_timeout();
    /// The transport failed: nothing more can be written.
    void abandon() noexcept;
    /// True if the peer should get the chance to read the last answer before the socket goes away.
    [[nodiscard]] bool lingers() const noexcept { return lingers_; }
    /// Space for input that is thrown away.
    std::span<char> discard() { return reader_.prepare(); }

  private:
    Step take_request();
    /// False when the handler has answered already.
    bool has_to_wait();
    void refuse(Refusal const& refusal);
    void finish();
    void finish_stream();
    void observe(std::size_t bytes_out);
    void stray_exception(std::string_view what);
    void wait_for_input();

    Environment& environment_;
    web::Router const& router_;
    CommonFields& fields_;
    bool const& draining_;
    Peer peer_;

    RequestReader reader_;
    web::Request request_;
    web::Response response_;
    web::Router::Match match_;
    std::optional<boost::asio::awaitable<void>> decided_;  // what a deciding handler wants awaited
    std::string out_;

    Deadline now_;
    Deadline started_;
    Deadline deadline_;
    Phase phase_ = Phase::idle;
    bool timed_out_ = false;
    bool handler_pending_ = false;
    bool streamed_ = false;
    bool stream_broken_ = false;
    std::size_t stream_bytes_ = 0;
    bool last_ = false;  // no request is taken any more
    bool lingers_ = true;
};

}  // namespace b2a::http
