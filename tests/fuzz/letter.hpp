// SPDX-License-Identifier: Apache-2.0
// A request out of the fuzzer's bytes, written like one: "POST /path?query", fields "Name: value", an empty line, the
// body.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/text.hpp"
#include "b2a/web/message.hpp"

#include "fuzz/target.hpp"

namespace b2a::fuzz {

struct Letter {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;

    explicit Letter(std::string_view input) {
        Pieces pieces(input);
        Pieces first(pieces.line());
        method = first.until(' ');
        target = first.rest();
        while (!pieces.done()) {
            Pieces field(pieces.line());
            if (field.done()) break;
            std::string name(field.until(':'));
            fields.emplace_back(std::move(name), trim(field.rest()));
        }
        body = pieces.rest();
    }

    /// Borrows from this letter.
    [[nodiscard]] web::Request request() const {
        web::Request out;
        out.method = method == "GET" ? web::Method::get : web::Method::post;
        out.method_text = method;
        out.target = target;
        Pieces parts{std::string_view(target)};
        out.path = parts.until('?');
        out.query = parts.rest();
        for (auto const& [name, value] : fields) out.headers.add(name, value);
        out.body = body;
        out.secure = true;
        return out;
    }
};

}  // namespace b2a::fuzz
