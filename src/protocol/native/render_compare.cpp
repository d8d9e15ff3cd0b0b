// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"
#include "b2a/protocol/need.hpp"
#include "b2a/protocol/presentation.hpp"

#include "compare.hpp"
#include "landed.hpp"
#include "render_parts.hpp"
#include "search.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

using shopping::Comparison;

/// As the request has it: the sign of an attribute's weight says which end is better.
std::int64_t signed_weight(shopping::Criterion const& criterion, std::int64_t weight) {
    bool const own_direction = criterion.name.find(':') == std::string::npos;
    return !own_direction && criterion.better == shopping::Better::lower ? -weight : weight;
}

std::string const& id_of(Comparison const& comparison, std::size_t item) {
    return comparison.items[item].ref.variant->id;
}

void write_number(json::Writer& json, std::int64_t milli) {
    auto text = decimal_text(milli, 3);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    json.member_raw("value", text);
}

void write_cell(json::Writer& json, shopping::Cell const& cell) {
    if (!cell.known()) {
        json.null();
        return;
    }
    json.begin_object();
    if (auto const* number = std::get_if<shopping::Number>(&cell.value)) {
        write_number(json, number->milli);
        json.member_if("unit", number->unit);
        if (cell.stated && cell.stated->unit != number->unit)
            json.member("stated", decimal_text(cell.stated->mantissa, cell.stated->scale) + " " + cell.stated->unit);
    } else if (auto const* flag = std::get_if<bool>(&cell.value)) {
        json.member("value", *flag);
    } else if (auto const* texts = std::get_if<std::vector<std::string>>(&cell.value)) {
        if (texts->size() == 1) json.member("value", texts->front());
        else write_ids(json, "value", *texts);
    }
    json.end_object();
}

void write_rows(json::Writer& json, std::vector<shopping::Row> const& rows) {
    json.key("attributes").begin_array();
    for (auto const& row : rows) {
        json.begin_object().member("name", row.name).member("differs", row.differs).key("values").begin_array();
        for (auto const& cell : row.cells) write_cell(json, cell);
        json.end_array().end_object();
    }
    json.end_array();
}

void write_returns(json::Writer& json, Site const& site, shopping::Returns const& returns) {
    json.key("returns").begin_object();
    if (returns.by_law) {
        json.member("withdrawal_days", returns.days);
        if (returns.exemption != domain::WithdrawalExemption::none)
            json.member("exemption", to_text(returns.exemption)).member("article", article_of(returns.exemption));
    }
    json.member_if("url", site.refund_url).end_object();
}

void write_contributions(json::Writer& json, Comparison const& comparison, std::size_t item) {
    auto const& arbitration = *comparison.arbitration;
    json.key("contributions").begin_array();
    for (std::size_t c = 0; c < comparison.criteria.size(); ++c) {
        auto const& criterion = comparison.criteria[c];
        auto const score = arbitration.scores_ppm[item][c];
        json.begin_object().member("criterion", criterion.name);
        json.member("weight", signed_weight(criterion, criterion.weight)).member("score_ppm", score);
        json.member("points", criterion.weight * score).end_object();
    }
    json.end_array();
}

void write_standing(json::Writer& json, Comparison const& comparison, std::size_t i) {
    auto const& item = comparison.items[i];
    json.member("may_win", item.may_win).member("pareto", !item.dominated_by.has_value());
    if (item.dominated_by) json.member("dominated_by", id_of(comparison, *item.dominated_by));
    if (!comparison.arbitration || !item.may_win) return;
    json.member("points", comparison.arbitration->points[i]);
    write_contributions(json, comparison, i);
}

void write_turn(json::Writer& json, std::string_view key, Comparison const& comparison,
                shopping::Criterion const& criterion, std::optional<shopping::Turn> const& turn) {
    json.key(key);
    if (!turn) {
        json.null();
        return;
    }
    json.begin_object().member("weight", signed_weight(criterion, turn->weight));
    json.member("winner", id_of(comparison, turn->winner)).end_object();
}

void write_decision(json::Writer& json, Comparison const& comparison) {
    auto const& arbitration = *comparison.arbitration;
    auto const& ranking = arbitration.ranking;
    json.key("ranking").begin_array();
    for (auto const i : ranking) json.value(id_of(comparison, i));
    json.end_array().key("winner");
    if (ranking.empty()) {
        json.null();
        return;
    }
    auto const points = arbitration.points[ranking.front()];
    json.begin_object().member("variant_id", id_of(comparison, ranking.front())).member("points", points);
    if (ranking.size() > 1) {
        json.member("runner_up", id_of(comparison, ranking[1]));
        json.member("lead", points - arbitration.points[ranking[1]]);
    }
    write_contributions(json, comparison, ranking.front());
    json.end_object().key("sensitivity").begin_array();
    for (std::size_t c = 0; c < comparison.criteria.size(); ++c) {
        auto const& criterion = comparison.criteria[c];
        json.begin_object().member("criterion", criterion.name);
        json.member("weight", signed_weight(criterion, criterion.weight));
        write_turn(json, "if_less", comparison, criterion, arbitration.sensitivity[c].below);
        write_turn(json, "if_more", comparison, criterion, arbitration.sensitivity[c].above);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

void write_landed(json::Writer& json, std::optional<shopping::Landed> const& landed, Currency currency) {
    json.key("landed");
    if (!landed) {
        json.null();
    } else {
        json.begin_object().member("deliverable", landed->deliverable);
        write_totals(json, landed->totals, currency);
        if (auto const& option = landed->shipping) {
            json.key("shipping").begin_object().member("id", option->id).member("title", option->title);
            json.member_if("carrier", option->carrier);
            write_amount(json, "amount", option->minor, currency);
            json.end_object();
        }
        json.end_object();
    }
    json.key("delivery");
    if (!landed || !landed->earliest || !landed->latest) {
        json.null();
        return;
    }
    json.begin_object().member("earliest", to_rfc3339(*landed->earliest));
    json.member("latest", to_rfc3339(*landed->latest)).end_object();
}

bool render_comparison(std::string& out, Site const& site, RenderCache& cache, shopping::CompareQuery const& query,
                       service::ComparisonView const& view) {
    auto const& snapshot = *view.snapshot;
    auto const& comparison = view.comparison;
    auto const currency = query.need.currency;
    json::Writer json(out);
    json.begin_object().member("catalog_revision", snapshot.revision()).member("currency", currency.code());
    json.member("quantity", query.need.quantity).key("items").begin_array();
    for (std::size_t i = 0; i < comparison.items.size(); ++i) {
        auto const& item = comparison.items[i];
        auto const summary = lawful_summary(site, cache, snapshot, item.ref.product_index, currency);
        if (summary.empty()) return false;
        json.begin_object().member("asked", item.asked).member_raw("product", summary).key("variant");
        write_variant_summary(json, snapshot, site, currency, item.ref);
        json.member("enough_stock", item.enough_stock);
        write_landed(json, item.landed, currency);
        write_returns(json, site, item.returns);
        write_constraints(json, item.constraints, snapshot.revision());
        write_standing(json, comparison, i);
        json.end_object();
    }
    json.end_array();
    write_rows(json, comparison.rows);
    json.key("criteria").begin_array();
    for (auto const& criterion : comparison.criteria) {
        json.begin_object().member("name", criterion.name);
        json.member("better", criterion.better == shopping::Better::lower ? "lower" : "higher");
        json.member("weight", signed_weight(criterion, criterion.weight)).end_object();
    }
    json.end_array().key("pareto").begin_array();
    for (std::size_t i = 0; i < comparison.items.size(); ++i)
        if (!comparison.items[i].dominated_by) json.value(id_of(comparison, i));
    json.end_array();
    if (comparison.arbitration) write_decision(json, comparison);
    json.end_object();
    return true;
}

}  // namespace b2a::protocol::native
