// SPDX-License-Identifier: Apache-2.0
// What the native parsers of request bodies share.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "b2a/json/reader.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::native {

inline void refuse_unknown(json::Reader& reader, std::initializer_list<std::string_view> known) {
    reader.view().each_member([&](std::string_view key, json::View) {
        if (std::find(known.begin(), known.end(), key) == known.end()) reader.problem(key, "unknown member");
    });
}

/// Valid until the next body is parsed on this thread. Errors: unsupported_media, invalid_request.
inline Result<json::View> json_body(web::Request const& request) {
    if (!web::has_json_content(request)) return Error(Code::unsupported_media, "send application/json");
    thread_local json::Document document;
    return document.parse(request.body);
}

}  // namespace b2a::protocol::native
