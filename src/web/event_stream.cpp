// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/event_stream.hpp"

namespace b2a::web {

std::string event_text(std::string_view data) {
    std::string out = "event: message\ndata: ";
    out.reserve(out.size() + data.size() + 2);
    out += data;
    out += "\n\n";
    return out;
}

}  // namespace b2a::web
