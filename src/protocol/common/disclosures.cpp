// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/disclosures.hpp"

#include <array>
#include <utility>

#include "b2a/base/log.hpp"
#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol {
namespace {

/// UN/CEFACT Recommendation 20, which UCP 2026-08-25 asks for where it has a code.
std::string_view common_code(std::string_view unit) noexcept {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 13> codes{{{"g", "GRM"},
                                                                                   {"kg", "KGM"},
                                                                                   {"mg", "MGM"},
                                                                                   {"ml", "MLT"},
                                                                                   {"cl", "CLT"},
                                                                                   {"dl", "DLT"},
                                                                                   {"l", "LTR"},
                                                                                   {"mm", "MMT"},
                                                                                   {"cm", "CMT"},
                                                                                   {"m", "MTR"},
                                                                                   {"m2", "MTK"},
                                                                                   {"pcs", "C62"},
                                                                                   {"piece", "C62"}}};
    for (auto const& [name, code] : codes)
        if (name == unit) return code;
    return unit;
}

void write_measure(json::Writer& json, std::string_view name, domain::Quantity const& measure, MeasureShape shape) {
    json.key(name).begin_object();
    if (shape == MeasureShape::number) {
        json.member_raw("value", decimal_text(measure.mantissa, measure.scale));
    } else {
        json.member("value", measure.mantissa);
        if (measure.scale != 0) json.member("scale", std::int64_t{measure.scale});
        json.member("unit", common_code(measure.unit)).member("display_text", measure.unit).end_object();
        return;
    }
    json.member("unit", measure.unit).end_object();
}

}  // namespace

void write_disclosure(json::Writer& json, Site const& site, domain::Disclosure const& disclosure) {
    json.begin_object().member("code", to_text(disclosure.code)).member("path", disclosure.path);
    json.member("content", disclosure.content).member_if("detail", disclosure.detail);
    if (!disclosure.url.empty()) json.member("url", site.absolute(disclosure.url));
    json.end_object();
}

void write_disclosures(json::Writer& json, Site const& site, domain::Disclosures const& disclosures) {
    if (disclosures.empty()) return;
    json.key("disclosures").begin_array();
    for (auto const& disclosure : disclosures) write_disclosure(json, site, disclosure);
    json.end_array();
}

void write_unit_price(json::Writer& json, domain::UnitPrice const& unit, MeasureShape shape) {
    json.key("unit_price").begin_object().member("amount", unit.amount.minor);
    json.member("currency", unit.amount.currency.code());
    write_measure(json, "measure", unit.measure, shape);
    write_measure(json, "reference", unit.reference, shape);
    json.end_object();
}

std::atomic<std::uint64_t>& undisclosed_answers() noexcept {
    static std::atomic<std::uint64_t> count{0};
    return count;
}

domain::Disclosure const* missing_disclosure(std::string_view body, domain::Disclosures const& required,
                                             Site const& site, DisclosureWire wire) {
    std::string expected;
    for (auto const& disclosure : required) {
        expected.clear();
        json::Writer json(expected);
        wire(json, site, disclosure);
        if (body.find(expected) == std::string_view::npos) return &disclosure;
    }
    return nullptr;
}

bool may_leave(std::string_view operation, std::string_view body, domain::Disclosures const& required, Site const& site,
               DisclosureWire wire) {
    auto const* missing = missing_disclosure(body, required, site, wire);
    if (missing == nullptr) return true;
    note_undisclosed(operation, missing->code, missing->path);
    return false;
}

void note_undisclosed(std::string_view operation, domain::DisclosureCode code, std::string_view path) {
    undisclosed_answers().fetch_add(1, std::memory_order_relaxed);
    log::error("an answer lacked a disclosure and was not sent",
               {{"operation", operation}, {"disclosure", to_text(code)}, {"path", path}});
}

Error undisclosed_error() {
    return Error(Code::internal, "the answer lacked a disclosure that the law requires, so it was not sent");
}

}  // namespace b2a::protocol
