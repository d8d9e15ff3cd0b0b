// SPDX-License-Identifier: Apache-2.0
#include "http/session.hpp"

namespace b2a::http {

void spawn_tls(SessionRegistry& registry, SessionContext const& context, asio::ip::tcp::socket socket,
               std::string address, asio::ssl::context& tls) {
    auto const executor = socket.get_executor();
    auto& counters = context.environment.counters;
    auto session = std::make_unique<Session<TlsStream>>(registry, context, TlsStream(std::move(socket), tls),
                                                        Connection::Peer{std::move(address), true});
    asio::co_spawn(executor, run_session(std::move(session)),
                   [&counters](std::exception_ptr const& failure) { session_ended(counters, failure); });
}

}  // namespace b2a::http
