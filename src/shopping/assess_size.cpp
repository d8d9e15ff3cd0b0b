// SPDX-License-Identifier: Apache-2.0
// Sizes: the body against the brand's chart, else the labels that the member says to wear. Every size that the catalog
// has is judged at most once for a member; the variants only point to theirs.
#include <algorithm>
#include <cstdlib>

#include "b2a/base/text.hpp"
#include "b2a/catalog/fit.hpp"

#include "shopping/check.hpp"

namespace b2a::shopping {
namespace {

using catalog::SizeClass;
using domain::FitVerdict;

constexpr std::string_view letters[] = {"xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "2xl", "3xl", "4xl"};

bool is_letter_size(std::string_view label) {
    return std::ranges::any_of(letters, [&](auto letter) { return iequals(letter, label); });
}

enum class SizeBasis : std::uint8_t { nothing, audience, chart, stated };

struct SizeFinding {
    Outcome outcome = Outcome::unknown;
    SizeBasis basis = SizeBasis::nothing;
    StatedSize const* stated = nullptr;  // for SizeBasis::stated
};

class SizeCheck final : public Check {
  public:
    SizeCheck(Ground const& ground, std::size_t at) :
        Check(Constraint::size, {}, at),
        snapshot_(ground.snapshot),
        member_(ground.need.members[at]),
        findings_(ground.snapshot.size_classes().size()) {
        catalog::FitQuery query;
        query.body = member_.body;
        query.owns = member_.owns;
        query.audience = member_.audience;
        body_ = look_up(snapshot_.data().size_charts, query).body;
    }

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        auto const size = snapshot_.size_class_of(ref.variant_index);
        if (!size) return std::nullopt;
        return finding_of(*size).outcome;
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        auto const at = snapshot_.size_class_of(ref.variant_index).value_or(0);
        auto const& size = snapshot_.size_classes()[at];
        auto const& finding = finding_of(at);
        switch (finding.basis) {
            case SizeBasis::chart: return {"size_chart:" + size.chart->id, option_path(ref), describe_fit(size)};
            case SizeBasis::stated:
                return {"stated_size", option_path(ref),
                        size.label + (finding.outcome == Outcome::holds ? " is " : " is not ") + finding.stated->label +
                            " as stated"};
            case SizeBasis::audience:
                return {"audience", "/attributes", "made for " + std::string(to_text(*size.audience))};
            case SizeBasis::nothing: break;
        }
        return {"none", option_path(ref), describe_gap(size)};
    }

    [[nodiscard]] catalog::Demand demand() const override {
        catalog::demand::Size size;
        for (std::uint32_t at = 0; at < findings_.size(); ++at)
            if (finding_of(at).outcome == Outcome::holds) size.classes.push_back(at);
        return size;
    }

  private:
    [[nodiscard]] SizeFinding const& finding_of(std::uint32_t at) const {
        auto& finding = findings_[at];
        if (!finding) finding = find(snapshot_.size_classes()[at]);
        return *finding;
    }

    [[nodiscard]] SizeFinding find(SizeClass const& size) const {
        using domain::Audience;
        auto const wanted = member_.audience;
        if (wanted && size.audience && *wanted != *size.audience && *size.audience != Audience::unisex &&
            *wanted != Audience::unisex)
            return {Outcome::fails, SizeBasis::audience, nullptr};
        auto const by_chart = held_against_chart(size);
        if (by_chart.outcome != Outcome::unknown) return by_chart;
        auto const by_label = held_against_labels(size);
        return by_label.basis != SizeBasis::nothing ? by_label : by_chart;
    }

    [[nodiscard]] domain::RowFit fit_of(SizeClass const& size) const {
        return fit_row(size.chart->rows[*size.row], *size.garment, size.chart->audience, body_, size.give);
    }

    [[nodiscard]] SizeFinding held_against_chart(SizeClass const& size) const {
        if (!size.row || !size.garment || body_.empty()) return {};
        switch (fit_of(size).verdict) {
            case FitVerdict::fits: return {Outcome::holds, SizeBasis::chart, nullptr};
            case FitVerdict::unknown: return {Outcome::unknown, SizeBasis::chart, nullptr};
            case FitVerdict::tight:
            case FitVerdict::loose: return {Outcome::fails, SizeBasis::chart, nullptr};
        }
        return {};
    }

    /// The labels that the member wears, held against the size's own and what the chart says is the same.
    [[nodiscard]] SizeFinding held_against_labels(SizeClass const& size) const {
        SizeFinding finding;
        if (size.label.empty()) return finding;
        for (auto const& stated : member_.sizes) {
            if (stated.garment && stated.garment != size.garment) continue;
            auto const outcome = compare(size, trim(stated.label));
            if (outcome == Outcome::unknown || finding.outcome == Outcome::holds) continue;
            finding = {outcome, SizeBasis::stated, &stated};
        }
        return finding;
    }

    [[nodiscard]] std::string describe_fit(SizeClass const& size) const {
        auto const fit = fit_of(size);
        auto text = size.label;
        if (fit.verdict == FitVerdict::unknown) text += " may fit or not";
        else if (fit.verdict == FitVerdict::fits) text += " fits";
        for (auto const& part : fit.deciding())
            if (part.verdict == FitVerdict::tight || part.verdict == FitVerdict::loose)
                text += ", " + std::string(to_text(part.measurement)) + " " + std::string(to_text(part.verdict)) +
                        " by " + std::to_string(std::abs(part.distance_mm)) + " mm";
        return text + ", confidence " + std::to_string(fit.confidence_ppm / 10'000) + " %";
    }

    [[nodiscard]] static std::string describe_gap(SizeClass const& size) {
        if (size.label.empty()) return "no size is said";
        if (size.chart == nullptr) return "no size chart explains " + size.label;
        return size.row ? "nothing is known that " + size.label + " goes by"
                        : size.label + " is not in size chart " + size.chart->id;
    }

    [[nodiscard]] static Outcome compare(SizeClass const& size, std::string_view label) {
        if (iequals(size.label, label)) return Outcome::holds;
        if (size.chart != nullptr && size.row) {
            auto const match = match_rows(*size.chart, label, std::nullopt);
            if (match.rows.size() == 1) return match.rows.front() == *size.row ? Outcome::holds : Outcome::fails;
        }
        // Two letters can be told apart without a chart; two numbers may be of two systems.
        return is_letter_size(size.label) && is_letter_size(label) ? Outcome::fails : Outcome::unknown;
    }

    [[nodiscard]] std::string option_path(catalog::VariantRef const& ref) const {
        auto const& options = ref.variant->options;
        for (std::size_t i = 0; i < options.size(); ++i)
            if (iequals(options[i].name, "size")) return variant_path(snapshot_, ref) + "/options/" + std::to_string(i);
        return variant_path(snapshot_, ref);
    }

    catalog::Snapshot const& snapshot_;
    Member const& member_;
    domain::Body body_;
    mutable std::vector<std::optional<SizeFinding>> findings_;  // by size class
};

/// An audience alone asks for no size.
bool says_sizes(Member const& member) {
    return !member.body.empty() || !member.owns.empty() || !member.sizes.empty();
}

}  // namespace

void add_size_checks(Checks& checks, Ground const& ground) {
    for (std::size_t m = 0; m < ground.need.members.size(); ++m)
        if (says_sizes(ground.need.members[m])) checks.push_back(std::make_unique<SizeCheck>(ground, m));
}

}  // namespace b2a::shopping
