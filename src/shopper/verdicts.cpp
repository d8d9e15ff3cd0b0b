// SPDX-License-Identifier: Apache-2.0
#include "shopper/verdicts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "shopper/answer.hpp"

namespace b2a::shopper {

Result<std::vector<Verdict>> read_verdicts(json::View item) {
    std::vector<Verdict> out;
    B2A_CHECK(each_at(item, {"constraints"}, [&](json::View one) -> Result<void> {
        Verdict verdict{text_at(one, {"constraint"}),
                        text_at(one, {"subject"}),
                        text_at(one, {"member"}),
                        text_at(one, {"outcome"}),
                        text_at(one, {"evidence", "source"}),
                        text_at(one, {"evidence", "text"})};
        if (verdict.constraint.empty() || verdict.outcome.empty()) return misbehaved("a verdict without an outcome");
        out.push_back(std::move(verdict));
        return {};
    }));
    return std::move(out);
}

std::string to_text(Verdict const& verdict) {
    auto const part = [](std::string_view before, std::string const& text) {
        return text.empty() ? std::string() : std::string(before) + text;
    };
    return fmt::format("{}{}{}: {} ({}{})", verdict.constraint, part(" ", verdict.subject),
                       part(" for ", verdict.member), verdict.outcome, verdict.source, part(": ", verdict.text));
}

std::vector<Demand> food_demands(std::vector<Person const*> const& people) {
    std::vector<Demand> out;
    for (auto const* person : people) {
        for (auto const& allergen : person->avoid) out.push_back({"allergen", allergen, person->id});
        for (auto const& diet : person->diets) out.push_back({"diet", diet, person->id});
    }
    return out;
}

std::optional<std::string> objection(std::vector<Verdict> const& verdicts, std::vector<Demand> const& demands) {
    for (auto const& verdict : verdicts)
        if (verdict.outcome != "holds") return to_text(verdict);
    for (auto const& demand : demands) {
        auto const kept = std::ranges::any_of(verdicts, [&](Verdict const& verdict) {
            return verdict.constraint == demand.constraint && verdict.subject == demand.subject &&
                   verdict.member == demand.member && !verdict.source.empty() && verdict.source != "none";
        });
        if (!kept)
            return fmt::format("nothing is said of {} {} for {}", demand.constraint, demand.subject, demand.member);
    }
    return std::nullopt;
}

}  // namespace b2a::shopper
