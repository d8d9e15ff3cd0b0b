// SPDX-License-Identifier: Apache-2.0
#include "http/ssrf_guard.hpp"

#include <algorithm>
#include <array>

namespace b2a::http {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

struct Range4 {
    std::uint32_t base;
    unsigned bits;
};

// RFC 6890 and its successors in the IANA special-purpose registry.
constexpr std::array special4{
    Range4{0x00000000, 8},   // this network
    Range4{0x0A000000, 8},   // private
    Range4{0x64400000, 10},  // shared (carrier-grade NAT)
    Range4{0x7F000000, 8},   // loopback
    Range4{0xA9FE0000, 16},  // link local
    Range4{0xAC100000, 12},  // private
    Range4{0xC0000000, 24},  // protocol assignments
    Range4{0xC0000200, 24},  // documentation
    Range4{0xC0586300, 24},  // 6to4 relays
    Range4{0xC0A80000, 16},  // private
    Range4{0xC6120000, 15},  // benchmarking
    Range4{0xC6336400, 24},  // documentation
    Range4{0xCB007100, 24},  // documentation
    Range4{0xE0000000, 4},   // multicast
    Range4{0xF0000000, 4},   // reserved, broadcast
};

bool is_special4(std::uint32_t value) noexcept {
    return std::ranges::any_of(
        special4, [value](Range4 const& range) { return ((value ^ range.base) >> (32U - range.bits)) == 0; });
}

std::uint32_t word(address_v6::bytes_type const& bytes, std::size_t at) noexcept {
    return std::uint32_t{bytes[at]} << 24U | std::uint32_t{bytes[at + 1]} << 16U | std::uint32_t{bytes[at + 2]} << 8U |
           std::uint32_t{bytes[at + 3]};
}

bool is_special6(address_v6 const& v6) {
    auto const bytes = v6.to_bytes();
    auto const first = word(bytes, 0);
    bool const middle_empty = word(bytes, 4) == 0;
    if (first == 0 && middle_empty && word(bytes, 8) == 0xFFFF) return is_special4(word(bytes, 12));      // mapped
    if (first == 0x0064FF9B && middle_empty && word(bytes, 8) == 0) return is_special4(word(bytes, 12));  // NAT64
    if (first >> 16U == 0x2002) return is_special4(word(bytes, 2));                                       // 6to4
    // Nothing but 2000::/3 is global unicast: loopback, unique local, link local, multicast and discard lie outside.
    if (first >> 29U != 1) return true;
    return first >> 9U == 0x20010000U >> 9U        // protocol assignments: Teredo, ORCHID, benchmarking
           || first == 0x20010DB8                  // documentation
           || first >> 12U == 0x3FFF0000U >> 12U;  // documentation, RFC 9637
}

/// Names and addresses of this machine that the sandbox may call. Others that resolve to it stay refused.
bool names_loopback(web::Url const& url) {
    if (!url.numeric) return url.host == "localhost";
    boost::system::error_code ec;
    auto const numeric = boost::asio::ip::make_address(url.host, ec);
    return !ec && numeric.is_loopback();
}

}  // namespace

Error outbound_error(std::string_view reason, std::string detail) {
    bool const callers_fault = reason == "url_not_admitted" || reason == "name_not_resolved";
    Error error(callers_fault ? Code::invalid_request : Code::upstream_failed, std::move(detail));
    error.reason = reason;
    return error;
}

bool is_special_use(address const& address) {
    return address.is_v4() ? is_special4(address.to_v4().to_uint()) : is_special6(address.to_v6());
}

bool is_special_use(std::string_view text) {
    boost::system::error_code ec;
    auto const parsed = boost::asio::ip::make_address(std::string(text), ec);
    return ec || is_special_use(parsed);
}

Result<Destination> SsrfGuard::admit(std::string_view url) const {
    auto parsed = web::parse_url(url);
    if (!parsed) return outbound_error("url_not_admitted", "not an absolute https URL of a plain host");
    Destination out{std::move(*parsed), false, false};
    if (own_ && own_->host == out.url.host && own_->port == out.url.port && own_->secure == out.url.secure) {
        out.own = true;
        return out;
    }
    if (admit_loopback_ && names_loopback(out.url)) {
        out.loopback = true;
        return out;
    }
    if (!out.url.secure) return outbound_error("url_not_admitted", "the URL is not https");
    if (std::ranges::find(ports_, out.url.port) == ports_.end())
        return outbound_error("url_not_admitted", "the URL's port is not admitted");
    return out;
}

bool SsrfGuard::admits(Destination const& destination, address const& address) {
    if (destination.own) return true;
    return destination.loopback ? address.is_loopback() : !is_special_use(address);
}

}  // namespace b2a::http
