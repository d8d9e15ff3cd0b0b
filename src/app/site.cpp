// SPDX-License-Identifier: Apache-2.0
#include "app/site.hpp"

#include <fmt/format.h>

namespace b2a::app {

Result<protocol::Site> site_of(Config const& config) {
    protocol::Site site;
    site.title = config.brand_title;
    site.software_version = B2A_VERSION;
    site.audit_origin = config.audit_origin;
    site.privacy_url = config.privacy_url;
    site.terms_url = config.terms_url;
    site.refund_url = config.refund_url;
    site.shipping_url = config.shipping_url;
    site.sandbox = config.sandbox;
    auto const currency = Currency::parse(config.default_currency);
    if (!currency) return Error(Code::invalid_request, "brand.default_currency is no currency");
    site.default_currency = *currency;
    return std::move(site);
}

std::string base_url_of(Config const& config, std::uint16_t port) {
    if (!config.public_url.empty()) return config.public_url;
    auto const host = config.listen.host == "0.0.0.0" ? "127.0.0.1" : config.listen.host;
    auto const bracketed = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return fmt::format("{}://{}:{}", config.tls_certificate_file.empty() ? "http" : "https", bracketed, port);
}

}  // namespace b2a::app
