// SPDX-License-Identifier: Apache-2.0
// Colour, style and occasion: what is wanted becomes the set of values that the catalog has for it, once per request.
#include <algorithm>

#include "b2a/base/text.hpp"

#include "shopping/check.hpp"
#include "shopping/color.hpp"

namespace b2a::shopping {
namespace {

using domain::Attribute;
using Texts = std::vector<std::string>;

bool has(Texts const& values, std::string_view text) {
    return std::ranges::binary_search(values, to_ascii_lower(trim(text)));
}

/// The catalog's values of an attribute that one of the wanted texts stands for, in lower case and ascending order.
template <class Means>
Texts values_for(catalog::Snapshot const& snapshot, std::string_view attribute, Texts const& wanted, Means means) {
    Texts out;
    for (auto const value : snapshot.values_of(attribute))
        if (std::ranges::any_of(wanted, [&](auto const& text) { return means(value, trim(text)); }))
            out.emplace_back(value);
    return out;
}

std::string joined(Texts const& texts) {
    std::string out;
    for (auto const& text : texts) {
        if (!out.empty()) out += " or ";
        out += text;
    }
    return out;
}

/// One of the values of one attribute or option. Without any value nobody knows.
struct Wanted {
    std::string attribute;
    Texts values;  // in lower case, ascending
};

struct ValueFinding {
    Outcome outcome = Outcome::unknown;
    std::string path;
    std::string text;
};

/// What a variant says about an attribute: its own options and attributes, else those of the product.
class Reader {
  public:
    Reader(catalog::Snapshot const& snapshot, Wanted const& wanted) : snapshot_(snapshot), wanted_(wanted) {}

    [[nodiscard]] Outcome judge(catalog::VariantRef const& ref) const {
        auto outcome = Outcome::unknown;
        each(ref, [&](bool, std::string_view, std::size_t, std::string_view value) {
            if (outcome != Outcome::holds) outcome = has(wanted_.values, value) ? Outcome::holds : Outcome::fails;
        });
        return outcome;
    }

    /// Of the value that decides.
    [[nodiscard]] ValueFinding find(catalog::VariantRef const& ref) const {
        ValueFinding finding;
        each(ref, [&](bool of_variant, std::string_view list, std::size_t at, std::string_view value) {
            bool const holds = has(wanted_.values, value);
            if (finding.outcome == Outcome::holds || (finding.outcome == Outcome::fails && !holds)) return;
            finding.outcome = holds ? Outcome::holds : Outcome::fails;
            finding.path = (of_variant ? variant_path(snapshot_, ref) : std::string()) + "/" + std::string(list) + "/" +
                           std::to_string(at);
            finding.text = value;
        });
        return finding;
    }

  private:
    template <class Visit>
    void each(catalog::VariantRef const& ref, Visit&& visit) const {
        auto const attributes = [&](bool of_variant, std::vector<Attribute> const& list) {
            for (std::size_t i = 0; i < list.size(); ++i)
                if (iequals(trim(list[i].name), wanted_.attribute))
                    if (auto const* text = std::get_if<std::string>(&list[i].value))
                        visit(of_variant, "attributes", i, std::string_view(*text));
        };
        auto const& options = ref.variant->options;
        for (std::size_t i = 0; i < options.size(); ++i)
            if (iequals(trim(options[i].name), wanted_.attribute)) visit(true, "options", i, options[i].label);
        attributes(true, ref.variant->attributes);
        attributes(false, ref.product->attributes);
    }

    catalog::Snapshot const& snapshot_;
    Wanted const& wanted_;
};

class ValueCheck : public Check {
  public:
    ValueCheck(Ground const& ground, Constraint constraint, Texts const& asked, std::vector<Wanted> wanted) :
        Check(constraint, joined(asked)), snapshot_(ground.snapshot), wanted_(std::move(wanted)) {}

    /// The best of several attributes.
    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        bool failed = false;
        for (auto const& wanted : wanted_) {
            auto const outcome = Reader(snapshot_, wanted).judge(ref);
            if (outcome == Outcome::holds) return outcome;
            failed = failed || (outcome == Outcome::fails && &wanted == &wanted_.front());
        }
        return failed ? Outcome::fails : Outcome::unknown;
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        for (auto const& wanted : wanted_) {
            auto const finding = Reader(snapshot_, wanted).find(ref);
            if (finding.outcome == Outcome::holds ||
                (finding.outcome == Outcome::fails && &wanted == &wanted_.front() && judge(ref) == Outcome::fails))
                return {"attribute:" + wanted.attribute, finding.path, finding.text};
        }
        return {"none", "", "no " + wanted_.front().attribute + " is stated"};
    }

    [[nodiscard]] catalog::Demand demand() const override {
        catalog::demand::Values values;
        for (auto const& wanted : wanted_)
            for (auto const& value : wanted.values) values.any_of.push_back({wanted.attribute, value});
        return values;
    }

  private:
    catalog::Snapshot const& snapshot_;
    std::vector<Wanted> wanted_;  // the first one is what the constraint is about, the others may stand in for it
};

bool is_same(std::string_view value, std::string_view wanted) {
    return iequals(value, wanted);
}

/// An occasion by its id, its title or another name of it.
bool is_called(domain::Occasion const& occasion, std::string_view text) {
    return iequals(occasion.id, text) || iequals(occasion.title, text) ||
           std::ranges::any_of(occasion.names, [&](auto const& name) { return iequals(name, text); });
}

std::vector<Wanted> occasions_wanted(Ground const& ground) {
    Texts names = ground.need.occasions;
    Texts styles;
    for (auto const& occasion : ground.snapshot.data().occasions) {
        if (std::ranges::none_of(ground.need.occasions, [&](auto const& t) { return is_called(occasion, trim(t)); }))
            continue;
        names.push_back(occasion.id);
        names.push_back(occasion.title);
        names.insert(names.end(), occasion.names.begin(), occasion.names.end());
        styles.insert(styles.end(), occasion.styles.begin(), occasion.styles.end());
    }
    std::vector<Wanted> wanted;
    wanted.push_back({"occasion", values_for(ground.snapshot, "occasion", names, is_same)});
    if (!styles.empty()) wanted.push_back({"style", values_for(ground.snapshot, "style", styles, is_same)});
    return wanted;
}

}  // namespace

void add_value_checks(Checks& checks, Ground const& ground) {
    auto const& need = ground.need;
    auto const add = [&](Constraint constraint, Texts const& asked, std::vector<Wanted> wanted) {
        checks.push_back(std::make_unique<ValueCheck>(ground, constraint, asked, std::move(wanted)));
    };
    if (!need.colors.empty())
        add(Constraint::color, need.colors, {{"color", values_for(ground.snapshot, "color", need.colors, is_color)}});
    if (!need.styles.empty())
        add(Constraint::style, need.styles, {{"style", values_for(ground.snapshot, "style", need.styles, is_same)}});
    if (!need.occasions.empty()) add(Constraint::occasion, need.occasions, occasions_wanted(ground));
}

}  // namespace b2a::shopping
