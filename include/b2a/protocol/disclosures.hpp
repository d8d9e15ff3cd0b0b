// SPDX-License-Identifier: Apache-2.0
// Disclosures on the wire, and the last look at an answer before it leaves: what the domain requires has to be in its
// bytes. A renderer that forgot one is a mistake of ours, so the answer becomes a 500, is logged and counted.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/domain/disclosure.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol {

/// {"code","path","content","detail"?,"url"?} of our own shapes.
void write_disclosure(json::Writer& json, Site const& site, domain::Disclosure const& disclosure);
/// "disclosures":[…]; nothing when there are none.
void write_disclosures(json::Writer& json, Site const& site, domain::Disclosures const& disclosures);

/// The same measure in two shapes: UCP 2026-08-25 counts it in integers with a scale, everything else in a number.
enum class MeasureShape : std::uint8_t { number, scaled };
/// "unit_price":{"amount","currency","measure":{…},"reference":{…}}
void write_unit_price(json::Writer& json, domain::UnitPrice const& unit, MeasureShape shape);

/// How an answer carries a disclosure: its bytes as they stand in the body.
using DisclosureWire = void (*)(json::Writer&, Site const&, domain::Disclosure const&);

/// Answers that were refused since the start, for the metrics.
std::atomic<std::uint64_t>& undisclosed_answers() noexcept;

/// The first of `required` that `body` does not carry, nullptr if none is missing. JSON strings escape their quotes, so
/// no product text can pass for one.
domain::Disclosure const* missing_disclosure(std::string_view body, domain::Disclosures const& required,
                                             Site const& site, DisclosureWire wire);
/// True: the answer may leave. False: it was logged and counted, and must not.
bool may_leave(std::string_view operation, std::string_view body, domain::Disclosures const& required, Site const& site,
               DisclosureWire wire);
/// Logs and counts by itself, for what is no message.
void note_undisclosed(std::string_view operation, domain::DisclosureCode code, std::string_view path);
/// What the caller hears instead.
Error undisclosed_error();

}  // namespace b2a::protocol
