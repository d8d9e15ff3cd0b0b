// SPDX-License-Identifier: Apache-2.0
// One question about a whole basket, put to every gateway, and the choice among their answers. A gateway's score is its
// own word, so it is not compared: what counts is what the shopper can check, which is how many places are filled, how
// many wishes of colour are met, and what it costs.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

#include "shopper/question.hpp"
#include "shopper/scenarios.hpp"
#include "shopper/verdicts.hpp"

namespace b2a::shopper {

struct BasketLine {
    std::string slot;
    std::string member;  // whose it is; empty: everybody's
    std::string variant_id;
    std::string title;
    std::int64_t day = 1;
    std::int64_t quantity = 1;
    Money price;  // of one
    std::vector<Verdict> verdicts;
    std::vector<std::string> reasons;
};

struct Basket {
    std::vector<BasketLine> lines;
    Money total;   // of the lines, added up here
    Money landed;  // with delivery and taxes, as the gateway says
    bool optimal = false;
    std::string rest;  // what the gateway says of the second best, in a few words
};

/// The answer of POST /b2a/v1/compose; nullopt where nothing satisfies the request. upstream_failed for an answer that
/// does not hold together: a line without a price, lines that do not add up to its own subtotal.
Result<std::optional<Basket>> read_basket(json::View answer);
/// What would make an impossible request possible, as the answer says: one text for each way, and what is in the way.
std::vector<std::string> read_advice(json::View answer);

enum class SlotFor : std::uint8_t { everybody, each };

/// A place of a basket that the shopper names itself: something of a category.
struct SlotWish {
    std::string name;
    std::string category;
    std::int64_t quantity = 1;
    SlotFor whose = SlotFor::everybody;
};

struct SlotQuestion {
    std::vector<Person const*> people;
    std::vector<SlotWish> slots;
    Wish wish;
    std::string varied;  // the slot that has no product more often than `times_max`; empty: none
    std::int64_t times_max = 1;
    std::int64_t days = 1;
};

/// The body of POST /b2a/v1/compose for food.
std::string slots_body(SlotQuestion const& question);
/// Who eats that: the one it is for, else all of them.
std::vector<Person const*> people_of(BasketLine const& line, std::vector<Person const*> const& all);

using DemandsOf = std::function<std::vector<Demand>(BasketLine const&)>;

struct Found {
    std::size_t gateway = 0;
    Basket basket;
};

struct ComposeQuestion {
    std::string body;
    Money budget;
};

/// Asks all, tells what they said, and chooses. `demands` is what each line must prove. Errors: unprocessable where no
/// gateway has a basket that the shopper can stand behind.
Result<Found> compose_everywhere(Trip& trip, ComposeQuestion const& question, DemandsOf const& demands);

/// Orders what was found; the errand's items are those of the basket.
Result<void> order_found(Trip& trip, Found const& found, Errand errand);

}  // namespace b2a::shopper
