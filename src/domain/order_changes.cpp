// SPDX-License-Identifier: Apache-2.0
// What happens to an order after it was placed. Every line counts its units by how far they have come; an event moves
// units on by one or more steps, and no unit is moved twice or out of nothing.
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/domain/order.hpp"

namespace b2a::domain {
namespace {

std::int64_t units_of(std::vector<LineQuantity> const& lines, std::string const& line_id) {
    std::int64_t units = 0;
    for (auto const& entry : lines)
        if (entry.line_id == line_id) units += entry.quantity;
    return units;
}

std::int64_t units_at(Order const& order, FulfillmentEventType type, Line const& line) {
    std::int64_t units = 0;
    for (auto const& event : order.events)
        if (event.type == type) units += units_of(event.lines, line.id);
    return units;
}

bool is_collected(Order const& order, Line const& line) {
    return std::ranges::any_of(order.methods, [&](auto const& method) {
        return method.kind == FulfillmentKind::pickup &&
               std::ranges::find(method.line_ids, line.id) != method.line_ids.end();
    });
}

/// Units of `line` that an event of `type` may still concern. What buyers collect is handed over without a carrier.
std::int64_t units_left(Order const& order, FulfillmentEventType type, Line const& line) {
    if (line.delivery == Delivery::digital) return 0;
    auto const total = total_quantity(order, line);
    auto const shipped = units_at(order, FulfillmentEventType::shipped, line);
    auto const delivered = units_at(order, FulfillmentEventType::delivered, line);
    std::int64_t left = 0;
    switch (type) {
        case FulfillmentEventType::processing:
            left = total - std::max({units_at(order, FulfillmentEventType::processing, line), shipped, delivered});
            break;
        case FulfillmentEventType::shipped: left = total - std::max(shipped, delivered); break;
        case FulfillmentEventType::delivered:
            left = (is_collected(order, line) ? total : std::min(total, shipped)) - delivered;
            break;
    }
    return std::max<std::int64_t>(left, 0);
}

Error at_line(std::string detail, std::size_t index, std::string_view member) {
    return Error(Code::unprocessable, std::move(detail),
                 "/line_items/" + std::to_string(index) + "/" + std::string(member));
}

/// The line that entry `index` names. Naming one twice would make two truths about it.
Result<Line const*> named_line(Order const& order, std::vector<LineQuantity> const& entries, std::size_t index) {
    auto const& id = entries[index].line_id;
    auto const line = std::ranges::find(order.lines, id, &Line::id);
    if (line == order.lines.end()) return at_line("the order has no such line", index, "id");
    for (std::size_t i = 0; i < index; ++i)
        if (entries[i].line_id == id) return at_line("the line is named twice", index, "id");
    return &*line;
}

Error nothing_left(Order const& order, FulfillmentEventType type) {
    bool const unshipped =
        type == FulfillmentEventType::delivered && std::ranges::any_of(order.lines, [&](auto const& line) {
            return units_left(order, FulfillmentEventType::shipped, line) > 0;
        });
    return Error(Code::unprocessable,
                 unshipped ? "goods are shipped before they are delivered"
                           : "no unit of the order is left to be " + std::string(to_text(type)),
                 "/type");
}

std::int64_t paid(Order const& order) {
    std::int64_t sum = 0;
    for (auto const& entry : order.totals)
        if (entry.kind == TotalKind::total) sum += entry.minor;
    for (auto const& adjustment : order.adjustments)
        if (adjustment.status == AdjustmentStatus::completed) sum += adjustment.minor;
    return sum;
}

Result<void> check_amount(Order const& order, Adjustment const& adjustment) {
    auto const after = add(Money{paid(order), order.currency}, Money{adjustment.minor, order.currency});
    if (!after) return Error(Code::unprocessable, "amount is out of range", "/amount");
    if (after->minor < 0) return Error(Code::unprocessable, "more would be given back than was paid", "/amount");
    return {};
}

Result<void> check_units(Order const& order, Adjustment const& adjustment) {
    for (std::size_t i = 0; i < adjustment.lines.size(); ++i) {
        B2A_TRY(line, named_line(order, adjustment.lines, i));
        auto const change = adjustment.lines[i].quantity;
        if (change == 0 || change < -limits::line_quantity_max || change > limits::line_quantity_max)
            return at_line("quantity is out of range", i, "quantity");
        auto const after = total_quantity(order, *line) + change;
        if (after < 0) return at_line("the order does not hold that many", i, "quantity");
        if (after > limits::line_quantity_max) return at_line("quantity is out of range", i, "quantity");
    }
    return {};
}

}  // namespace

std::int64_t total_quantity(Order const& order, Line const& line) {
    auto units = line.quantity;
    for (auto const& adjustment : order.adjustments)
        if (adjustment.status == AdjustmentStatus::completed) units += units_of(adjustment.lines, line.id);
    return units;
}

std::int64_t fulfilled_quantity(Order const& order, Line const& line) {
    auto const total = total_quantity(order, line);
    if (line.delivery == Delivery::digital) return total;
    auto const gone = std::max(units_at(order, FulfillmentEventType::shipped, line),
                               units_at(order, FulfillmentEventType::delivered, line));
    return std::min(gone, total);
}

Result<Order> record(Order order, FulfillmentEvent event) {
    if (event.lines.empty()) {
        for (auto const& line : order.lines)
            if (auto const left = units_left(order, event.type, line); left > 0) event.lines.push_back({line.id, left});
        if (event.lines.empty()) return nothing_left(order, event.type);
    }
    for (std::size_t i = 0; i < event.lines.size(); ++i) {
        B2A_TRY(line, named_line(order, event.lines, i));
        auto const units = event.lines[i].quantity;
        if (units < 1) return at_line("quantity is out of range", i, "quantity");
        if (units > units_left(order, event.type, *line))
            return at_line("not that many units are left to be " + std::string(to_text(event.type)), i, "quantity");
    }
    order.events.push_back(std::move(event));
    return order;
}

Result<Order> adjust(Order order, Adjustment adjustment) {
    if (adjustment.type.empty()) return Error(Code::unprocessable, "an adjustment needs a type", "/type");
    B2A_CHECK(check_units(order, adjustment));
    B2A_CHECK(check_amount(order, adjustment));
    order.adjustments.push_back(std::move(adjustment));
    return order;
}

}  // namespace b2a::domain
