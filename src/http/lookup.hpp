// SPDX-License-Identifier: Apache-2.0
// Name resolution on threads of its own. Asio's resolver has one thread for all names, which one silent name server
// would hold for everybody; here a few can be silent at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/thread_pool.hpp>

namespace b2a::http {

class Lookup {
  public:
    using Addresses = std::vector<boost::asio::ip::address>;
    /// Empty when the name has no address.
    using Done = std::function<void(Addresses)>;

    /// `loop`: where answers are delivered.
    explicit Lookup(boost::asio::io_context& loop);
    ~Lookup() { join(); }
    Lookup(Lookup const&) = delete;
    Lookup& operator=(Lookup const&) = delete;

    /// Nothing is looked up, and `done` is not called, once `wanted` is gone.
    void start(std::string host, std::weak_ptr<void> wanted, Done done);
    void join();

  private:
    boost::asio::io_context& loop_;
    boost::asio::thread_pool threads_;
};

}  // namespace b2a::http
