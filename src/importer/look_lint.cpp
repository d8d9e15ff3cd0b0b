// SPDX-License-Identifier: Apache-2.0
#include "b2a/importer/lint.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {

std::vector<Finding> lint_look_texts(domain::Look const& look) {
    std::vector<Finding> out;
    auto const read = [&](std::string_view text, std::string_view field) {
        if (looks_like_instructions(text)) out.push_back({"instructions_in_text", look.id, std::string(field), {}});
    };
    read(look.title, "title");
    read(look.description, "description");
    for (auto const& slot : look.slots) read(slot.name, "slots");
    return out;
}

}  // namespace b2a::importer
