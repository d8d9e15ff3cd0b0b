// SPDX-License-Identifier: Apache-2.0
// Does a brand's name for a colour stand for a colour that is asked for?
#pragma once

#include <string_view>

namespace b2a::shopping {

/// Without regard to ASCII case: the same text, one of its words ("Navy stripe" for navy), or a word whose family is
/// asked for ("Navy stripe" for blue). Who asks for navy does not get every blue.
bool is_color(std::string_view value, std::string_view wanted);

}  // namespace b2a::shopping
