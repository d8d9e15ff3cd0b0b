// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/outbound.hpp"

namespace b2a::web {

std::string_view OutboundReply::header(std::string_view name) const noexcept {
    for (auto const& [key, value] : headers)
        if (key == name) return value;
    return {};
}

}  // namespace b2a::web
