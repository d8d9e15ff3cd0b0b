// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/order_progress.hpp"

#include <algorithm>

namespace b2a::domain {
namespace {

using Type = FulfillmentEventType;
using Lines = std::vector<LineQuantity>;

std::int64_t units_of(Lines const& lines, std::string const& id) {
    auto const entry = std::ranges::find(lines, id, &LineQuantity::line_id);
    return entry == lines.end() ? 0 : entry->quantity;
}

bool shares_a_line(Lines const& a, Lines const& b) {
    return std::ranges::any_of(a, [&](auto const& entry) { return units_of(b, entry.line_id) > 0; });
}

/// Takes up to `wanted` units of one line out of `from`; how many there were.
std::int64_t take(Lines& from, std::string const& id, std::int64_t wanted) {
    auto const entry = std::ranges::find(from, id, &LineQuantity::line_id);
    if (entry == from.end()) return 0;
    auto const units = std::min(entry->quantity, wanted);
    entry->quantity -= units;
    if (entry->quantity == 0) from.erase(entry);
    return units;
}

/// The parcels of one method while its events are gone through.
class MethodParcels {
  public:
    MethodParcels(Order const& order, FulfillmentMethod const& method) : order_(order), method_(method) {}

    void see(FulfillmentEvent const& event) {
        auto part = here(event.lines);
        if (part.empty()) return;
        if (event.type == Type::processing) return begun_.push_back({&event, std::move(part)});
        if (event.type == Type::shipped) return depart(event, std::move(part));
        auto const same = !event.tracking_number.empty();
        if (same) arrive(event, part, [&](auto const& open) { return tracking(open) == event.tracking_number; });
        arrive(event, part, [](auto const&) { return true; });
        // Collected goods are handed over without having left first.
        if (!part.empty()) depart(event, std::move(part));
    }

    std::vector<Parcel> finish() {
        std::vector<Parcel> out;
        for (auto& open : open_) {
            open.parcel.stage = open.on_the_way.empty() ? Parcel::Stage::delivered : Parcel::Stage::shipped;
            out.push_back(std::move(open.parcel));
        }
        if (auto rest = what_is_left(out); !rest.lines.empty()) out.push_back(std::move(rest));
        return out;
    }

  private:
    struct Begun {
        FulfillmentEvent const* event;
        Lines lines;
    };
    struct Open {
        Parcel parcel;
        Lines on_the_way;
    };

    static std::string const& tracking(Open const& open) { return open.parcel.departure->tracking_number; }

    Lines here(Lines const& lines) const {
        Lines out;
        for (auto const& entry : lines)
            if (std::ranges::find(method_.line_ids, entry.line_id) != method_.line_ids.end()) out.push_back(entry);
        return out;
    }

    std::vector<FulfillmentEvent const*> begun_for(Lines const& lines) const {
        std::vector<FulfillmentEvent const*> out;
        for (auto const& begun : begun_)
            if (shares_a_line(begun.lines, lines)) out.push_back(begun.event);
        return out;
    }

    void depart(FulfillmentEvent const& event, Lines lines) {
        Open open;
        open.parcel.id = event.id;
        open.parcel.method = &method_;
        open.parcel.events = begun_for(lines);
        open.parcel.events.push_back(&event);
        open.parcel.departure = &event;
        if (event.type == Type::shipped) open.on_the_way = lines;
        open.parcel.lines = std::move(lines);
        open_.push_back(std::move(open));
    }

    template <class Wanted>
    void arrive(FulfillmentEvent const& event, Lines& part, Wanted const& wanted) {
        for (auto& open : open_) {
            if (!wanted(open)) continue;
            std::int64_t arrived = 0;
            for (auto const& entry : Lines(part)) {
                auto const units = take(open.on_the_way, entry.line_id, entry.quantity);
                arrived += take(part, entry.line_id, units);
            }
            if (arrived > 0) open.parcel.events.push_back(&event);
        }
    }

    Parcel what_is_left(std::vector<Parcel> const& gone) const {
        Parcel rest;
        rest.id = method_.id;
        rest.method = &method_;
        for (auto const& line : order_.lines) {
            if (std::ranges::find(method_.line_ids, line.id) == method_.line_ids.end()) continue;
            auto units = total_quantity(order_, line);
            for (auto const& parcel : gone) units -= units_of(parcel.lines, line.id);
            if (units > 0) rest.lines.push_back({line.id, units});
        }
        rest.events = begun_for(rest.lines);
        if (!rest.events.empty()) rest.stage = Parcel::Stage::processing;
        return rest;
    }

    Order const& order_;
    FulfillmentMethod const& method_;
    std::vector<Begun> begun_;
    std::vector<Open> open_;
};

std::int64_t delivered_units(Order const& order, Line const& line) {
    std::int64_t units = 0;
    for (auto const& event : order.events)
        if (event.type == Type::delivered) units += units_of(event.lines, line.id);
    return units;
}

}  // namespace

OrderStage stage_of(Order const& order) {
    bool held = false;
    bool all_left = true;
    bool all_arrived = true;
    bool any_arrived = false;
    for (auto const& line : order.lines) {
        auto const total = total_quantity(order, line);
        auto const arrived = line.delivery == Delivery::digital ? line.quantity : delivered_units(order, line);
        any_arrived = any_arrived || arrived > 0;
        if (total == 0) continue;
        held = true;
        all_left = all_left && fulfilled_quantity(order, line) == total;
        all_arrived = all_arrived && arrived >= total;
    }
    if (!held) return any_arrived ? OrderStage::completed : OrderStage::canceled;
    if (all_arrived) return OrderStage::completed;
    if (all_left) return OrderStage::shipped;
    return order.events.empty() ? OrderStage::created : OrderStage::processing;
}

std::vector<Parcel> parcels_of(Order const& order) {
    std::vector<Parcel> out;
    for (auto const& method : order.methods) {
        MethodParcels parcels(order, method);
        for (auto const& event : order.events) parcels.see(event);
        for (auto& parcel : parcels.finish()) out.push_back(std::move(parcel));
    }
    Parcel digital;
    digital.id = "digital";
    digital.stage = Parcel::Stage::delivered;
    for (auto const& line : order.lines)
        if (line.delivery == Delivery::digital)
            if (auto const total = total_quantity(order, line); total > 0) digital.lines.push_back({line.id, total});
    if (!digital.lines.empty()) out.push_back(std::move(digital));
    return out;
}

std::int64_t refunded(Order const& order) {
    std::int64_t sum = 0;
    for (auto const& adjustment : order.adjustments)
        if (adjustment.status == AdjustmentStatus::completed && adjustment.minor < 0) sum -= adjustment.minor;
    return sum;
}

}  // namespace b2a::domain
