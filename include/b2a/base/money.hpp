// SPDX-License-Identifier: Apache-2.0
// Money: an integer count of a currency's minor unit (ISO 4217 exponent). Arithmetic is checked; different currencies
// do not mix. Rates are parts per million with the rounding named in the function.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"

namespace b2a {

class Currency {
  public:
    Currency() = default;  // "XXX": no currency
    /// Three upper-case letters of the ISO 4217 table built in; nullopt for others.
    static std::optional<Currency> parse(std::string_view code);

    [[nodiscard]] std::string_view code() const noexcept { return {code_.data(), 3}; }
    /// Digits after the decimal point: USD 2, JPY 0, KWD 3.
    [[nodiscard]] int exponent() const noexcept { return exponent_; }

    friend bool operator==(Currency const& a, Currency const& b) noexcept { return a.code_ == b.code_; }

  private:
    std::array<char, 3> code_{'X', 'X', 'X'};
    std::int8_t exponent_ = 0;
};

struct Money {
    std::int64_t minor = 0;
    Currency currency;

    friend bool operator==(Money const&, Money const&) = default;
};

/// Amounts beyond ±(2^53 − 1) are refused everywhere: JSON peers cannot hold them exactly.
inline constexpr std::int64_t money_minor_max = (std::int64_t{1} << 53) - 1;

Result<Money> add(Money a, Money b);
Result<Money> subtract(Money a, Money b);
Result<Money> multiply(Money price, std::int64_t quantity);
/// `amount × ppm / 1,000,000`, half away from zero.
Result<Money> share_ppm(Money amount, std::int64_t ppm);
/// Splits `amount` in proportion to `weights` (each ≥ 0, sum > 0) by largest remainder; the parts sum to `amount`.
Result<std::vector<Money>> allocate(Money amount, std::span<std::int64_t const> weights);
/// Plain decimal text ("52", "52.5", "-0.10") to minor units; refuses more fraction digits than the currency has.
Result<Money> parse_money(std::string_view decimal, Currency currency);
/// "52.00 USD"
std::string to_text(Money money);

}  // namespace b2a
