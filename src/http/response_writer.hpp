// SPDX-License-Identifier: Apache-2.0
// Responses to bytes, appended to one reused buffer. The fields that frame the message are ours alone; a
// handler's field that would break out of its line is dropped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/base/time.hpp"
#include "b2a/web/message.hpp"

namespace b2a::http {

enum class Persistence : std::uint8_t {
    implied,    // HTTP/1.1 and staying open: nothing to say
    announced,  // HTTP/1.0 and staying open
    closing,
};

struct Framing {
    bool head = false;  // the request was HEAD: no body follows
    Persistence persistence = Persistence::implied;
    bool chunked = false;  // the body follows in chunks; what the response holds of one is not written
};

/// `common`: complete field lines that every answer carries. Returns the number of bytes appended.
std::size_t append_response(std::string& out, web::Response const& response, Framing framing, std::string_view common);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7)
std::string to_http_date(Timestamp time);

/// Empties a buffer, and gives its memory back when a large answer has made it large.
void recycle(std::string& buffer);

}  // namespace b2a::http
