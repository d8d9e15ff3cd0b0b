// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/importer/lint.hpp"
#include "b2a/json/view.hpp"

#include "importer/native.hpp"
#include "importer/row_reader.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

/// Takes `record` if the line had no problem.
template <class Record>
Result<void> take(json::Reader& in, FileContext const& context, Record const& record, std::string const& key,
                  std::uint64_t line) {
    if (auto sound = in.finish(); !sound) {
        context.journal.reject(line, sound.error().detail);
        return {};
    }
    return context.intake.take_record(record, key, line);
}

Result<void> take_edge(json::Reader& in, FileContext const& context, std::uint64_t line) {
    auto const read = read_edge(in, context);
    if (auto sound = in.finish(); !sound) context.journal.reject(line, sound.error().detail);
    else if (auto reason = context.links.add_or_say(read.from, read.edge, line); !reason.empty())
        context.journal.reject(line, std::move(reason));
    return {};
}

Result<void> take_line(FileContext const& context, json::View view, std::uint64_t line) {
    json::Reader in(view);
    constexpr std::size_t type_bytes_max = 64;
    auto const type = in.string("type", type_bytes_max, json::Presence::required).value_or("");
    if (type == "product") {
        auto product = read_product(in, context);
        if (auto sound = in.finish(); !sound) {
            context.journal.reject(line, sound.error().detail);
            return {};
        }
        return context.intake.take(std::move(product), line, Intake::Ids::claim_now);
    }
    // The keys cannot meet a product's id: a clean id has no line break.
    if (type == "promotion") {
        auto const promotion = read_promotion(in);
        return take(in, context, promotion, "promotion\n" + to_ascii_lower(promotion.id), line);
    }
    if (type == "shipping_method") {
        auto const method = read_shipping_method(in);
        return take(in, context, method, "shipping_method\n" + method.id, line);
    }
    if (type == "tax_rate") {
        auto const rate = read_tax_rate(in);
        return take(in, context, rate, "tax_rate\n" + rate.country + ' ' + rate.region, line);
    }
    if (type == "brand") {
        auto const brand = read_brand(in);
        return take(in, context, brand, "brand\n" + brand.name, line);
    }
    if (type == "location") {
        auto const location = read_location(in, context.journal);
        return take(in, context, location, "location\n" + location.id, line);
    }
    if (type == "size_chart") {
        auto const chart = read_size_chart(in, context);
        if (in.problems().empty())
            for (auto& finding : lint_chart(chart)) context.journal.lint(line, std::move(finding));
        return take(in, context, chart, "size_chart\n" + chart.id, line);
    }
    if (type == "occasion") {
        auto const occasion = read_occasion(in);
        return take(in, context, occasion, "occasion\n" + occasion.id, line);
    }
    if (type == "look") {
        auto const look = read_look(in, context);
        if (in.problems().empty()) context.intake.remember(look, line);
        return take(in, context, look, "look\n" + look.id, line);
    }
    if (type == "edge") return take_edge(in, context, line);
    if (in.problems().empty()) in.problem("type", shown(type) + " is no kind of record");
    context.journal.reject(line, in.finish().error().detail);
    return {};
}

}  // namespace

void allow_only(json::Reader& in, std::initializer_list<std::string_view> names) {
    in.view().each_member([&](std::string_view key, json::View) {
        if (std::find(names.begin(), names.end(), key) == names.end()) in.problem("", "unknown member " + shown(key));
    });
}

std::string read_line(json::Reader& in, std::string_view key, std::size_t bytes_max, json::Presence presence) {
    auto const text = in.string(key, bytes_max, presence);
    if (!text) return {};
    auto line = clean_text(*text, bytes_max, TextShape::line);
    if (line.empty() && presence == json::Presence::required) in.problem(key, "must not be empty");
    return line;
}

std::string read_reverse_domain_name(json::Reader& in, std::string_view key, json::Presence presence) {
    auto name = in.string(key, limits::id_bytes_max, presence);
    if (!name) return {};
    auto const alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    auto const labels = split(*name, '.');
    bool sound = labels.size() >= 2;
    for (std::size_t i = 0; i < labels.size() && sound; ++i) {
        auto const label = labels[i];
        sound = !label.empty() && alphanumeric(label.front()) && (i > 0 || label.front() > '9') &&
                (alphanumeric(label.back()) || (i > 0 && label.back() == '_')) &&
                std::ranges::all_of(label, [&](char c) { return alphanumeric(c) || c == '-' || (i > 0 && c == '_'); });
    }
    if (sound) return std::move(*name);
    in.problem(key, "must be a reverse domain name, \"org.example.student\"");
    return {};
}

std::optional<Currency> read_currency(json::Reader& in) {
    auto const code = in.string("currency", 3, json::Presence::required);
    if (!code) return std::nullopt;
    auto const currency = Currency::parse(*code);
    if (!currency) in.problem("currency", shown(*code) + " is no known currency");
    return currency;
}

Result<void> import_native(FileContext const& context) {
    return each_json_line(context, [&](json::View view, std::uint64_t line) { return take_line(context, view, line); });
}

Result<void> each_json_line(FileContext const& context,
                            std::function<Result<void>(json::View, std::uint64_t line)> const& take) {
    B2A_TRY(source, Source::open(context.path));
    LineReader lines(std::move(source));
    json::Document document;
    Row row;
    for (;;) {
        B2A_TRY(more, lines.next(row));
        if (!more) break;
        if (row.fault.empty() && trim(row.fields.front()).empty()) continue;
        context.journal.row(lines.source());
        if (!row.fault.empty()) {
            context.journal.reject(row.line, row.fault);
            continue;
        }
        auto view = document.parse(row.fields.front());
        if (!view) context.journal.reject(row.line, view.error().detail);
        else B2A_CHECK(take(*view, row.line));
    }
    context.journal.end_file(lines.source());
    return {};
}

}  // namespace b2a::importer
