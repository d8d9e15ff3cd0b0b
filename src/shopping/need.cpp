// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/need.hpp"

#include "b2a/base/codec.hpp"

namespace b2a::shopping {
namespace {

template <class E>
void put_all(Encoder& out, std::vector<E> const& values) {
    out.u64(values.size());
    for (auto const value : values) out.u64(static_cast<std::uint64_t>(value));
}

void put_all(Encoder& out, std::vector<std::string> const& texts) {
    out.u64(texts.size());
    for (auto const& text : texts) out.text(text);
}

template <class T>
void put_optional(Encoder& out, std::optional<T> value) {
    out.boolean(value.has_value());
    out.i64(value ? static_cast<std::int64_t>(*value) : 0);
}

void put(Encoder& out, domain::Body const& body) {
    for (std::size_t i = 0; i < domain::measurement_count; ++i) {
        auto const& known = body.at(static_cast<domain::Measurement>(i));
        out.boolean(known.has_value());
        if (!known) continue;
        out.i64(known->min_mm);
        out.i64(known->max_mm);
        out.u64(static_cast<std::uint64_t>(known->basis));
    }
}

void put(Encoder& out, Member const& member) {
    out.text(member.id);
    put(out, member.body);
    out.u64(member.owns.size());
    for (auto const& owned : member.owns) {
        out.text(owned.brand);
        out.text(owned.size);
        out.u64(static_cast<std::uint64_t>(owned.garment));
        put_optional(out, owned.audience);
        put_optional(out, owned.system);
    }
    out.u64(member.sizes.size());
    for (auto const& stated : member.sizes) {
        out.text(stated.label);
        put_optional(out, stated.garment);
    }
    put_optional(out, member.audience);
    put_all(out, member.avoid);
    put_all(out, member.diets);
}

}  // namespace

std::uint64_t fingerprint(Need const& need) {
    Encoder out;
    out.u64(need.members.size());
    for (auto const& member : need.members) put(out, member);
    put_all(out, need.avoid);
    put_all(out, need.diets);
    out.boolean(need.accept_traces);
    put_all(out, need.colors);
    put_all(out, need.styles);
    put_all(out, need.occasions);
    put_optional(out, need.price_max_minor);
    put_optional(out, need.budget_max_minor);
    out.text(need.currency.code());
    out.boolean(need.ship_to.has_value());
    if (need.ship_to) {
        out.text(need.ship_to->country);
        out.text(need.ship_to->region);
        out.text(need.ship_to->postal_code);
    }
    put_optional(out, need.needed_by ? std::optional(std::chrono::sys_days(*need.needed_by).time_since_epoch().count())
                                     : std::nullopt);
    out.i64(need.quantity);
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a: no secret, and none is told
    for (auto const byte : out.view()) hash = (hash ^ byte) * 0x100000001b3;
    return hash;
}

}  // namespace b2a::shopping
