// SPDX-License-Identifier: Apache-2.0
#include "b2a/store/change_set.hpp"

namespace b2a::store {

std::string_view to_text(NoticeState state) noexcept {
    switch (state) {
        case NoticeState::pending: return "pending";
        case NoticeState::delivered: return "delivered";
        case NoticeState::dead: return "dead";
    }
    return "pending";
}

}  // namespace b2a::store
