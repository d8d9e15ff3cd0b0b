// SPDX-License-Identifier: Apache-2.0
#include "http/lookup.hpp"

#include <algorithm>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "b2a/base/limits.hpp"

namespace b2a::http {
namespace {

Lookup::Addresses resolve(boost::asio::io_context& loop, std::string const& host) {
    boost::asio::ip::tcp::resolver resolver(loop);
    boost::system::error_code ec;
    Lookup::Addresses found;
    for (auto const& entry : resolver.resolve(host, "", boost::asio::ip::resolver_base::flags(), ec)) {
        auto const address = entry.endpoint().address();
        if (std::ranges::find(found, address) == found.end()) found.push_back(address);
    }
    return found;
}

}  // namespace

Lookup::Lookup(boost::asio::io_context& loop) : loop_(loop), threads_(limits::outbound_lookups_max) {}

void Lookup::start(std::string host, std::weak_ptr<void> wanted, Done done) {
    boost::asio::post(threads_, [this, host = std::move(host), wanted = std::move(wanted), done = std::move(done)] {
        if (wanted.expired()) return;
        auto found = resolve(loop_, host);
        boost::asio::post(loop_, [wanted, done, found = std::move(found)]() mutable {
            if (auto const alive = wanted.lock()) done(std::move(found));
        });
    });
}

void Lookup::join() {
    threads_.join();
}

}  // namespace b2a::http
