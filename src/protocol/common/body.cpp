// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/body.hpp"

namespace b2a::protocol {

Result<json::View> read_body(web::Request const& request, json::Document& document, EmptyBody empty) {
    bool const blank = request.body.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (empty == EmptyBody::accepted && blank) return json::View();
    if (!web::has_json_content(request)) return Error(Code::unsupported_media, "send application/json");
    auto root = document.parse(request.body);
    if (!root) return root;
    if (!root->is(json::Kind::object)) return Error(Code::invalid_request, "the body must be a JSON object");
    return root;
}

}  // namespace b2a::protocol
