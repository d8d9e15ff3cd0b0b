// SPDX-License-Identifier: Apache-2.0
// The guarded HTTP client: one thread and io_context of its own, HTTPS with verified certificates, no redirects, no
// proxies, bounded in time, bytes and number. The guard is one decision over resolved addresses (RFC 6890 special-use
// ranges are refused, the connection goes to the very address that was checked).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/result.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::http {

struct OutboundOptions {
    std::string ca_file;                    // PEM, trusted beside the system's store; empty: only that
    bool admit_loopback = false;            // sandbox: http and https to 127.0.0.0/8, ::1 and "localhost", any port
    std::vector<std::uint16_t> ports{443};  // admitted for https elsewhere
    std::string own_origin;                 // of a system of the brand: admitted as it is, whatever its address
    std::size_t in_flight_max = limits::outbound_in_flight_max;
    std::string user_agent = "b2a";
};

/// True for an address that no request of ours may go to: every special-use range of RFC 6890, with IPv4 embedded in
/// IPv6 (mapped, 6to4, NAT64) judged by its IPv4 part. `text` is a numeric address; anything else is special.
bool is_special_use(std::string_view text);

class OutboundClient : public web::Outbound {
  public:
    /// Starts its thread. Errors: invalid_request (an unreadable CA file).
    static Result<std::unique_ptr<OutboundClient>> create(OutboundOptions options);
    /// Cancels what is in flight (callers get "timeout") and joins the thread. Idempotent.
    virtual void stop() = 0;
};

}  // namespace b2a::http
