// SPDX-License-Identifier: Apache-2.0
// What belongs together, as the brand says it: looks with slots that may be filled in more than one way, and the
// occasions that they are for. An evening look and a picnic basket have the same form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "b2a/domain/food.hpp"

namespace b2a::domain {

/// Something that people dress, cook or pack for.
struct Occasion {
    std::string id;  // "evening", "picnic": what the attribute "occasion" of a product says
    std::string title;
    std::vector<std::string> names;   // other words for it, in any language
    std::vector<std::string> styles;  // values of the attribute "style" that go with it; none: any
    std::string source;               // where the brand's statement comes from
    friend bool operator==(Occasion const&, Occasion const&) = default;
};

/// One place of a look. A product may fill it if it is named or lies in one of the categories; the named ones are the
/// brand's own choice, the best first.
struct LookSlot {
    std::string name;                   // "dress", "shoes", "main"; unique in its look
    std::vector<std::string> products;  // ids of products
    std::vector<std::string> categories;
    std::int64_t quantity = 1;  // pieces; a slot per person is multiplied by whoever composes
    bool per_person = false;
    bool required = true;
    friend bool operator==(LookSlot const&, LookSlot const&) = default;
};

struct Look {
    std::string id;  // unique over the whole store
    std::string brand;
    std::string title;
    std::string description;
    std::vector<std::string> occasions;  // ids
    std::vector<std::string> styles;
    std::vector<LookSlot> slots;  // at least one
    std::string source;
    bool synthetic = false;  // made up for a demonstration
    friend bool operator==(Look const&, Look const&) = default;
};

}  // namespace b2a::domain
