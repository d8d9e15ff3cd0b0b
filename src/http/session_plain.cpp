// SPDX-License-Identifier: Apache-2.0
#include "http/session.hpp"

namespace b2a::http {

void spawn_plain(SessionRegistry& registry, SessionContext const& context, asio::ip::tcp::socket socket,
                 std::string address) {
    auto const executor = socket.get_executor();
    boost::system::error_code ec;
    socket.non_blocking(true, ec);
    if (ec) return;
    auto& counters = context.environment.counters;
    auto session = std::make_unique<Session<PlainStream>>(registry, context, std::move(socket),
                                                          Connection::Peer{std::move(address), false});
    asio::co_spawn(executor, run_session(std::move(session)),
                   [&counters](std::exception_ptr const& failure) { session_ended(counters, failure); });
}

}  // namespace b2a::http
