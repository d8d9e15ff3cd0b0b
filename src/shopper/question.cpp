// SPDX-License-Identifier: Apache-2.0
#include "shopper/question.hpp"

namespace b2a::shopper {
namespace {

void write_sizes(json::Writer& out, Person const& person) {
    out.member_if("audience", person.audience);
    if (!person.measurements.empty()) {
        out.key("measurements").begin_object();
        for (auto const& [name, mm] : person.measurements) out.member(name, mm);
        out.end_object();
    }
    if (person.owns.empty()) return;
    out.key("owns").begin_array();
    for (auto const& one : person.owns) {
        out.begin_object().member("brand", one.brand).member("size", one.size);
        out.member("garment", one.garment).end_object();
    }
    out.end_array();
}

}  // namespace

void write_texts(json::Writer& out, std::string_view name, std::vector<std::string> const& texts) {
    if (texts.empty()) return;
    out.key(name).begin_array();
    for (auto const& text : texts) out.value(text);
    out.end_array();
}

void write_money(json::Writer& out, std::string_view name, Money money) {
    out.key(name).begin_object().member("amount", money.minor).member("currency", money.currency.code()).end_object();
}

void write_people(json::Writer& out, std::vector<Person const*> const& people, Telling telling) {
    out.key("household").begin_object().key("members").begin_array();
    for (auto const* person : people) {
        out.begin_object().member("id", person->id);
        if (telling == Telling::sizes) write_sizes(out, *person);
        if (telling == Telling::food) {
            write_texts(out, "avoid", person->avoid);
            write_texts(out, "diets", person->diets);
        }
        out.end_object();
    }
    out.end_array().end_object().key("for").begin_array();
    for (auto const* person : people) out.value(person->id);
    out.end_array();
}

void write_need(json::Writer& out, Wish const& wish) {
    out.key("need").begin_object();
    write_texts(out, "colors", wish.colors);
    write_texts(out, "styles", wish.styles);
    write_texts(out, "occasions", wish.occasions);
    if (wish.price_max) write_money(out, "price_max", *wish.price_max);
    if (wish.budget) write_money(out, "budget", *wish.budget);
    if (wish.needed_by) out.member("needed_by", to_text(*wish.needed_by));
    if (wish.ship_to) {
        out.key("ship_to").begin_object().member("country", wish.ship_to->address_country);
        out.member_if("region", wish.ship_to->address_region).member_if("postal_code", wish.ship_to->postal_code);
        out.end_object();
    }
    out.end_object();
}

}  // namespace b2a::shopper
