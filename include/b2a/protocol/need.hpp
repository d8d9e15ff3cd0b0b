// SPDX-License-Identifier: Apache-2.0
// People and their needs in requests, and verdicts in answers: one shape for every operation that shops for somebody.
//
//     "household": {"members": [{"id", "audience", "measurements", "owns", "sizes", "avoid", "diets"}]},
//     "for": ["anna"], "need": {"avoid", "diets", "accept_traces", "colors", "styles", "occasions", "price_max",
//     "budget", "ship_to", "needed_by", "quantity"}
//
// Members that are not known are refused: a misspelt allergy must not be ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/fit.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/verdict.hpp"

namespace b2a::protocol {

/// A problem for every member that is not `known`, which it lists.
void refuse_unknown(json::Reader& reader, std::vector<std::string_view> const& known);

/// A name of an enumeration; a problem says what it is no name of.
template <class E>
std::optional<E> read_choice(json::Reader& reader, std::string_view key,
                             std::optional<E> (*from_text)(std::string_view) noexcept, std::string_view what,
                             json::Presence presence = json::Presence::optional) {
    auto const text = reader.string(key, limits::choice_bytes_max, presence);
    auto const value = text ? from_text(*text) : std::nullopt;
    if (text && !value) reader.problem(key, *text + " is no " + std::string(what));
    return value;
}

/// The members of an object of measurements in millimetres. What no body has is kept in `absurd`, the first one with
/// `path` and its name as pointer: a body that is malformed elsewhere is malformed first.
void read_measurements(json::Reader& reader, std::string const& path, domain::Body& body, std::optional<Error>& absurd);
catalog::OwnedGarment read_owned(json::Reader& reader);

/// The members of a request that tell a need.
inline constexpr std::string_view need_members[] = {"household", "for", "need"};

class NeedReader {
  public:
    /// `path` is the pointer to the object that `reader` reads: empty for the root of the request.
    void read(json::Reader& reader, std::string path = {});
    /// Was there anything to read?
    [[nodiscard]] bool given() const noexcept { return given_; }
    /// Once the request is known to be well-formed; amounts must be in `currency`. Errors: unprocessable, with the
    /// reason unknown_member, repeated_member, other_currency, or none for a body that nobody has.
    [[nodiscard]] Result<shopping::Need> finish(Currency currency) const;

  private:
    void read_member(json::Reader& reader);
    void read_wishes(json::Reader& reader);
    [[nodiscard]] Result<std::vector<shopping::Member>> chosen() const;

    struct Amount {
        std::int64_t minor = 0;
        Currency currency;
    };
    static std::optional<Amount> read_amount(json::Reader& reader, std::string_view key);
    [[nodiscard]] Result<std::optional<std::int64_t>> minor_of(std::optional<Amount> const& amount,
                                                               std::string_view key, Currency currency) const;

    bool given_ = false;
    std::string path_;
    std::vector<shopping::Member> household_;
    std::optional<std::vector<std::string>> for_;
    shopping::Need need_;  // without its members and amounts
    std::optional<Amount> price_max_, budget_;
    std::optional<Error> absurd_;
};

/// "constraints": what holds, with its evidence.
void write_constraints(json::Writer& json, std::vector<shopping::Verdict> const& verdicts, std::uint64_t revision);

}  // namespace b2a::protocol
