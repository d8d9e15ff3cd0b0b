// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/need.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::protocol {
namespace {

void read_texts(json::Reader& reader, std::string_view key, std::vector<std::string>& out) {
    auto values = reader.strings(key, limits::need_values_max, limits::id_bytes_max);
    if (values) out = *std::move(values);
    if (std::ranges::any_of(out, [](auto const& text) { return trim(text).empty(); }))
        reader.problem(key, "must not be empty texts");
}

/// Names of an enumeration, each once.
template <class E>
void read_choices(json::Reader& reader, std::string_view key, std::optional<E> (*from_text)(std::string_view) noexcept,
                  std::string_view what, std::vector<E>& out) {
    auto const names = reader.strings(key, limits::need_values_max, limits::choice_bytes_max);
    for (std::size_t i = 0; names && i < names->size(); ++i) {
        auto const value = from_text((*names)[i]);
        if (!value) reader.problem(std::string(key), (*names)[i] + " is no " + std::string(what));
        else if (std::ranges::find(out, *value) == out.end()) out.push_back(*value);
    }
}

void read_allergens(json::Reader& reader, std::vector<domain::Allergen>& out) {
    read_choices(reader, "avoid", domain::allergen_from_text, "allergen of Regulation (EU) 1169/2011", out);
}

shopping::StatedSize read_stated(json::Reader& reader) {
    refuse_unknown(reader, {"label", "garment"});
    shopping::StatedSize stated;
    stated.label = reader.string("label", domain::size_label_bytes_max, json::Presence::required).value_or("");
    if (trim(stated.label).empty()) reader.problem("label", "must not be empty");
    stated.garment = read_choice(reader, "garment", domain::garment_from_text, "garment");
    return stated;
}

void read_destination(json::Reader& reader, std::optional<shopping::Destination>& out) {
    refuse_unknown(reader, {"country", "region", "postal_code"});
    auto& to = out.emplace();
    to.country = reader.string("country", limits::country_bytes_max, json::Presence::required).value_or("");
    auto const letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (to.country.size() != limits::country_bytes_max || !std::ranges::all_of(to.country, letter))
        reader.problem("country", "must be two upper-case letters of ISO 3166-1");
    to.region = reader.string("region", limits::buyer_field_bytes_max).value_or("");
    to.postal_code = reader.string("postal_code", limits::buyer_field_bytes_max).value_or("");
}

std::optional<std::chrono::year_month_day> read_day(json::Reader& reader, std::string_view key) {
    auto const text = reader.string(key, limits::choice_bytes_max);
    if (!text) return std::nullopt;
    auto const time = text->size() == 10 ? from_rfc3339(*text + "T00:00:00Z") : std::nullopt;
    if (!time) reader.problem(key, "must be a day, like 2026-12-20");
    return time ? std::optional(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*time)))
                : std::nullopt;
}

Error refused(std::string pointer, std::string detail, std::string reason) {
    Error error(Code::unprocessable, std::move(detail), std::move(pointer));
    error.reason = std::move(reason);
    return error;
}

}  // namespace

void refuse_unknown(json::Reader& reader, std::vector<std::string_view> const& known) {
    reader.view().each_member([&](std::string_view key, json::View) {
        if (std::find(known.begin(), known.end(), key) != known.end()) return;
        std::string message = "unknown member; there are:";
        for (auto const name : known) message += (name == known.front() ? " " : ", ") + std::string(name);
        reader.problem(key, std::move(message));
    });
}

void read_measurements(json::Reader& reader, std::string const& path, domain::Body& body,
                       std::optional<Error>& absurd) {
    reader.view().each_member([&](std::string_view name, json::View value) {
        auto const measurement = domain::measurement_from_text(name);
        auto const mm = value.as_int();
        if (!measurement) return reader.problem(name, "is no measurement of a body");
        if (!mm) return reader.problem(name, "must be whole millimetres");
        auto const taken = body.measure(*measurement, *mm);
        if (!taken && !absurd) absurd = Error(taken.error().code, taken.error().detail, path + "/" + std::string(name));
    });
}

catalog::OwnedGarment read_owned(json::Reader& reader) {
    refuse_unknown(reader, {"brand", "size", "garment", "audience", "system"});
    catalog::OwnedGarment owned;
    owned.brand = reader.string("brand", limits::id_bytes_max, json::Presence::required).value_or("");
    owned.size = reader.string("size", domain::size_label_bytes_max, json::Presence::required).value_or("");
    auto const garment = read_choice(reader, "garment", domain::garment_from_text, "garment", json::Presence::required);
    owned.garment = garment.value_or(domain::Garment::top);
    owned.audience = read_choice(reader, "audience", domain::audience_from_text, "audience");
    owned.system = read_choice(reader, "system", domain::size_system_from_text, "size system");
    return owned;
}

void NeedReader::read(json::Reader& reader, std::string path) {
    path_ = std::move(path);
    given_ = std::ranges::any_of(need_members, [&](auto key) { return reader.has(key); });
    reader.object("household", [&](json::Reader& household) {
        refuse_unknown(household, {"members"});
        household.objects(
            "members", limits::household_members_max, [&](json::Reader& r) { read_member(r); },
            json::Presence::required);
    });
    for_ = reader.strings("for", limits::household_members_max, limits::member_id_bytes_max);
    if (for_ && for_->empty()) reader.problem("for", "must name somebody");
    reader.object("need", [&](json::Reader& r) { read_wishes(r); });
}

void NeedReader::read_member(json::Reader& reader) {
    refuse_unknown(reader, {"id", "audience", "measurements", "owns", "sizes", "avoid", "diets"});
    auto const at = path_ + "/household/members/" + std::to_string(household_.size());
    shopping::Member member;
    member.id = reader.string("id", limits::member_id_bytes_max, json::Presence::required).value_or("");
    if (member.id.empty()) reader.problem("id", "must not be empty");
    member.audience = read_choice(reader, "audience", domain::audience_from_text, "audience");
    reader.object("measurements",
                  [&](json::Reader& r) { read_measurements(r, at + "/measurements", member.body, absurd_); });
    reader.objects("owns", catalog::owned_garments_max, [&](json::Reader& r) { member.owns.push_back(read_owned(r)); });
    reader.objects("sizes", limits::need_values_max, [&](json::Reader& r) { member.sizes.push_back(read_stated(r)); });
    read_allergens(reader, member.avoid);
    read_choices(reader, "diets", domain::diet_from_text, "diet", member.diets);
    if (auto const sound = member.body.check(); !sound && !absurd_)
        absurd_ = Error(sound.error().code, sound.error().detail, at + "/measurements/" + sound.error().pointer);
    household_.push_back(std::move(member));
}

void NeedReader::read_wishes(json::Reader& reader) {
    refuse_unknown(reader, {"avoid", "diets", "accept_traces", "colors", "styles", "occasions", "price_max", "budget",
                            "ship_to", "needed_by", "quantity"});
    read_allergens(reader, need_.avoid);
    read_choices(reader, "diets", domain::diet_from_text, "diet", need_.diets);
    need_.accept_traces = reader.boolean("accept_traces").value_or(false);
    read_texts(reader, "colors", need_.colors);
    read_texts(reader, "styles", need_.styles);
    read_texts(reader, "occasions", need_.occasions);
    price_max_ = read_amount(reader, "price_max");
    budget_ = read_amount(reader, "budget");
    reader.object("ship_to", [&](json::Reader& r) { read_destination(r, need_.ship_to); });
    need_.needed_by = read_day(reader, "needed_by");
    // What is out of bounds contradicts itself, which is not a matter of form.
    need_.quantity = reader.integer("quantity", -money_minor_max, money_minor_max).value_or(1);
}

std::optional<NeedReader::Amount> NeedReader::read_amount(json::Reader& reader, std::string_view key) {
    std::optional<Amount> out;
    reader.object(key, [&](json::Reader& r) {
        refuse_unknown(r, {"amount", "currency"});
        auto const minor = r.integer("amount", -money_minor_max, money_minor_max, json::Presence::required);
        auto const code = r.string("currency", 3, json::Presence::required);
        auto const currency = code ? Currency::parse(*code) : std::nullopt;
        if (code && !currency) r.problem("currency", "no ISO 4217 currency");
        if (minor && currency) out = Amount{*minor, *currency};
    });
    return out;
}

Result<std::vector<shopping::Member>> NeedReader::chosen() const {
    for (std::size_t i = 0; i < household_.size(); ++i)
        for (std::size_t other = 0; other < i; ++other)
            if (household_[other].id == household_[i].id)
                return refused(path_ + "/household/members/" + std::to_string(i) + "/id",
                               "two members of the household have this id", "repeated_member");
    if (!for_) return household_;
    std::vector<shopping::Member> members;
    for (std::size_t i = 0; i < for_->size(); ++i) {
        auto const found = std::ranges::find(household_, (*for_)[i], &shopping::Member::id);
        if (found == household_.end())
            return refused(path_ + "/for/" + std::to_string(i), "the household has no such member", "unknown_member");
        if (std::ranges::find(members, found->id, &shopping::Member::id) == members.end()) members.push_back(*found);
    }
    return members;
}

Result<std::optional<std::int64_t>> NeedReader::minor_of(std::optional<Amount> const& amount, std::string_view key,
                                                         Currency currency) const {
    if (!amount) return std::optional<std::int64_t>{};
    auto const pointer = path_ + "/need/" + std::string(key);
    if (amount->currency != currency)
        return refused(pointer, "the prices of this answer are in " + std::string(currency.code()), "other_currency");
    if (amount->minor < 0) return refused(pointer, "nothing costs less than nothing", "");
    return std::optional(amount->minor);
}

Result<shopping::Need> NeedReader::finish(Currency currency) const {
    if (absurd_) return Error(*absurd_);
    auto need = need_;
    need.currency = currency;
    B2A_TRY(members, chosen());
    need.members = std::move(members);
    B2A_TRY(price_max, minor_of(price_max_, "price_max", currency));
    B2A_TRY(budget, minor_of(budget_, "budget", currency));
    need.price_max_minor = price_max;
    need.budget_max_minor = budget;
    return need;
}

void write_constraints(json::Writer& json, std::vector<shopping::Verdict> const& verdicts, std::uint64_t revision) {
    json.key("constraints").begin_array();
    for (auto const& verdict : verdicts) {
        json.begin_object().member("constraint", to_text(verdict.constraint));
        json.member_if("subject", verdict.subject).member_if("member", verdict.member);
        json.member("outcome", to_text(verdict.outcome)).key("evidence").begin_object();
        json.member("source", verdict.evidence.source).member_if("path", verdict.evidence.path);
        json.member_if("text", verdict.evidence.text).member("catalog_revision", revision);
        json.end_object().end_object();
    }
    json.end_array();
}

}  // namespace b2a::protocol
