// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "b2a/base/result.hpp"
#include "b2a/http/server.hpp"

namespace b2a::http {

/// A server context for TLS 1.3 and HTTP/1.1 (ALPN).
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(TlsFiles const& files);

}  // namespace b2a::http
