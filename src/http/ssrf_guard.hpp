// SPDX-License-Identifier: Apache-2.0
// Where a request of ours may go: one decision over the URL, one over every address its host resolves to. Pure.
#pragma once

#include <string_view>

#include <boost/asio/ip/address.hpp>

#include "b2a/base/result.hpp"
#include "b2a/http/outbound.hpp"
#include "b2a/web/url.hpp"

namespace b2a::http {

/// The error vocabulary of web::Outbound: the code follows from the reason.
Error outbound_error(std::string_view reason, std::string detail);

bool is_special_use(boost::asio::ip::address const& address);

struct Destination {
    web::Url url;
    bool loopback = false;  // admitted because it is this machine: then only this machine will do
    bool own = false;       // a system of the brand, named by its operator
};

class SsrfGuard {
  public:
    SsrfGuard(bool admit_loopback, std::vector<std::uint16_t> ports, std::string_view own_origin = {}) :
        admit_loopback_(admit_loopback), ports_(std::move(ports)), own_(web::parse_url(own_origin)) {}

    /// Errors: invalid_request with reason url_not_admitted.
    [[nodiscard]] Result<Destination> admit(std::string_view url) const;
    /// Asked of each resolved address, and of the peer of the connected socket.
    [[nodiscard]] static bool admits(Destination const& destination, boost::asio::ip::address const& address);

  private:
    bool admit_loopback_;
    std::vector<std::uint16_t> ports_;
    std::optional<web::Url> own_;
};

}  // namespace b2a::http
