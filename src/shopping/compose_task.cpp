// SPDX-License-Identifier: Apache-2.0
#include "shopping/compose_task.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::shopping {
namespace {

Error refused(std::string pointer, std::string detail, std::string reason) {
    Error error(Code::unprocessable, std::move(detail), std::move(pointer));
    error.reason = std::move(reason);
    return error;
}

std::string pointer_to(std::size_t slot, std::string_view member) {
    return "/slots/" + std::to_string(slot) + "/" + std::string(member);
}

std::vector<ComposeSlot> slots_of(domain::Look const& look) {
    std::vector<ComposeSlot> slots;
    for (auto const& from : look.slots) {
        auto& slot = slots.emplace_back();
        slot.name = from.name;
        slot.products = from.products;
        slot.categories = from.categories;
        slot.quantity = from.quantity;
        slot.per_person = from.per_person;
        slot.required = from.required;
    }
    return slots;
}

/// What a slot's items are put together from; a variant comes once, however many ways lead to it.
class Gatherer {
  public:
    Gatherer(catalog::Snapshot const& snapshot, TaskSlot& slot) : snapshot_(snapshot), slot_(slot) {}

    /// False: no such product or variant.
    bool name(std::string_view id, std::size_t rank) {
        if (auto const product = snapshot_.find_product(id)) {
            auto const first = snapshot_.first_variant(*product);
            auto const count = static_cast<std::uint32_t>(snapshot_.product_at(*product).variants.size());
            for (std::uint32_t v = 0; v < count; ++v) add(snapshot_.product_at(*product), *product, first + v, rank, 0);
            return true;
        }
        auto const variant = snapshot_.find_variant(id);
        if (variant) add(*variant->product, variant->product_index, variant->variant_index, rank, 0);
        return variant.has_value();
    }

    /// Errors: those of Snapshot::search().
    Result<void> search(catalog::SearchQuery query) {
        for (;;) {
            auto found = snapshot_.search(query);
            if (!found) return std::move(found).error();
            for (auto const& hit : found->hits)
                for (auto const variant : hit.variants)
                    add(snapshot_.product_at(hit.product_index), hit.product_index, variant, std::nullopt, hit.score);
            if (found->next_cursor.empty()) return {};
            if (slot_.items.size() >= limits::compose_variants_max) slot_.report.truncated = true;
            if (slot_.report.truncated) return {};
            query.cursor = std::move(found->next_cursor);
        }
    }

  private:
    void add(domain::Product const& product, std::uint32_t product_index, std::uint32_t variant,
             std::optional<std::size_t> named, std::int64_t score) {
        if (!seen_.insert(variant).second) return;
        if (slot_.items.size() >= limits::compose_variants_max) {
            slot_.report.truncated = true;
            return;
        }
        auto const at = variant - snapshot_.first_variant(product_index);
        slot_.items.push_back({{&product, &product.variants.at(at), product_index, variant}, named, score});
    }

    catalog::Snapshot const& snapshot_;
    TaskSlot& slot_;
    std::set<std::uint32_t> seen_;
};

bool is_searched(ComposeSlot const& slot) {
    return !slot.query.empty() || !slot.categories.empty() || !slot.brands.empty() || slot.garment ||
           !slot.attributes.empty();
}

catalog::SearchQuery query_of(ComposeSlot const& slot, Currency currency) {
    catalog::SearchQuery query;
    query.text = slot.query;
    query.categories = slot.categories;
    query.brands = slot.brands;
    query.attributes = slot.attributes;
    if (slot.garment) query.attributes.push_back({"garment", {std::string(to_text(*slot.garment))}, {}, {}});
    query.price_max_minor = money_minor_max;  // only what has a price in the currency
    query.currency = currency;
    query.limit = limits::page_size_max;
    return query;
}

Result<void> gather(Task const& task, TaskSlot& slot, std::size_t index) {
    Gatherer gatherer(task.snapshot, slot);
    auto const& asked = slot.report.asked;
    for (std::size_t i = 0; i < asked.products.size(); ++i)
        // A look that names what is gone is still a look; somebody who asks for it should know.
        if (!gatherer.name(asked.products[i], i) && task.look == nullptr)
            return refused(pointer_to(index, "products/" + std::to_string(i)), "no product or variant has this id",
                           "unknown_product");
    if (is_searched(asked)) {
        auto done = gatherer.search(query_of(asked, task.query.need.currency));
        if (!done) return Error(done.error().code, done.error().detail, pointer_to(index, "query"));
    }
    slot.report.looked_at = slot.items.size();
    return {};
}

/// One place for each person, or one for all.
Result<void> assign(Task const& task, TaskSlot& slot, std::size_t index) {
    auto const& members = task.query.need.members;
    auto const& asked = slot.report.asked;
    if (!asked.member.empty()) {
        auto const found = std::ranges::find(members, asked.member, &Member::id);
        if (found == members.end())
            return refused(pointer_to(index, "member"), "nobody whom this is for has this id", "unknown_member");
        slot.members = {static_cast<std::size_t>(found - members.begin())};
        return {};
    }
    slot.members = {std::nullopt};
    if (!asked.per_person) return {};
    auto const people = std::max<std::size_t>({members.size(), task.query.people, 1});
    slot.members.assign(people, std::nullopt);
    for (std::size_t m = 0; m < members.size(); ++m) slot.members[m] = m;
    return {};
}

void prefer(Task& task) {
    if (task.look == nullptr) return;
    task.styles = task.look->styles;
    for (auto const& occasion : task.snapshot.data().occasions) {
        if (std::ranges::find(task.look->occasions, occasion.id) == task.look->occasions.end()) continue;
        task.styles.insert(task.styles.end(), occasion.styles.begin(), occasion.styles.end());
        task.occasions.push_back(occasion.id);
        task.occasions.push_back(occasion.title);
        task.occasions.insert(task.occasions.end(), occasion.names.begin(), occasion.names.end());
    }
    task.occasions.insert(task.occasions.end(), task.look->occasions.begin(), task.look->occasions.end());
}

}  // namespace

bool has_value(catalog::VariantRef const& ref, std::string_view attribute, std::vector<std::string> const& any_of) {
    auto const says = [&](domain::Attribute const& a) {
        auto const* text = std::get_if<std::string>(&a.value);
        return text != nullptr && iequals(a.name, attribute) &&
               std::ranges::any_of(any_of, [&](auto const& wanted) { return iequals(wanted, *text); });
    };
    return std::ranges::any_of(ref.variant->attributes, says) || std::ranges::any_of(ref.product->attributes, says);
}

Result<Task> make_task(catalog::Snapshot const& snapshot, ComposeQuery const& query, Timestamp now,
                       domain::Look const* look) {
    Task task{snapshot, query, now, look, {}, {}, {}};
    prefer(task);
    std::size_t places = 0;
    auto const slots = look != nullptr ? slots_of(*look) : query.slots;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        auto& slot = task.slots.emplace_back();
        slot.report.asked = slots[i];
        B2A_CHECK(assign(task, slot, i));
        places += slot.members.size() * query.days;
        if (places > limits::compose_places_max || slots.size() > limits::compose_slots_max)
            return refused(look != nullptr ? "/look" : "/slots",
                           "at most " + std::to_string(limits::compose_places_max) + " places can be filled at once",
                           "too_many_places");
        B2A_CHECK(gather(task, slot, i));
    }
    return task;
}

}  // namespace b2a::shopping
