// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/money.hpp"

#include <algorithm>
#include <numeric>

#include "b2a/base/text.hpp"

namespace b2a {
namespace {

__extension__ using Wide = __int128;  // products of two amounts

struct CurrencyRow {
    std::string_view code;
    std::int8_t exponent;
};

// ISO 4217 active codes with a minor unit, sorted. Funds, metals and test codes are left out.
constexpr CurrencyRow currencies[] = {
    {"AED", 2}, {"AFN", 2}, {"ALL", 2}, {"AMD", 2}, {"AOA", 2}, {"ARS", 2}, {"AUD", 2}, {"AWG", 2}, {"AZN", 2},
    {"BAM", 2}, {"BBD", 2}, {"BDT", 2}, {"BGN", 2}, {"BHD", 3}, {"BIF", 0}, {"BMD", 2}, {"BND", 2}, {"BOB", 2},
    {"BRL", 2}, {"BSD", 2}, {"BTN", 2}, {"BWP", 2}, {"BYN", 2}, {"BZD", 2}, {"CAD", 2}, {"CDF", 2}, {"CHF", 2},
    {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"CRC", 2}, {"CUP", 2}, {"CVE", 2}, {"CZK", 2}, {"DJF", 0}, {"DKK", 2},
    {"DOP", 2}, {"DZD", 2}, {"EGP", 2}, {"ERN", 2}, {"ETB", 2}, {"EUR", 2}, {"FJD", 2}, {"FKP", 2}, {"GBP", 2},
    {"GEL", 2}, {"GHS", 2}, {"GIP", 2}, {"GMD", 2}, {"GNF", 0}, {"GTQ", 2}, {"GYD", 2}, {"HKD", 2}, {"HNL", 2},
    {"HTG", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"IRR", 2}, {"ISK", 0}, {"JMD", 2},
    {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KGS", 2}, {"KHR", 2}, {"KMF", 0}, {"KPW", 2}, {"KRW", 0}, {"KWD", 3},
    {"KYD", 2}, {"KZT", 2}, {"LAK", 2}, {"LBP", 2}, {"LKR", 2}, {"LRD", 2}, {"LSL", 2}, {"LYD", 3}, {"MAD", 2},
    {"MDL", 2}, {"MGA", 2}, {"MKD", 2}, {"MMK", 2}, {"MNT", 2}, {"MOP", 2}, {"MRU", 2}, {"MUR", 2}, {"MVR", 2},
    {"MWK", 2}, {"MXN", 2}, {"MYR", 2}, {"MZN", 2}, {"NAD", 2}, {"NGN", 2}, {"NIO", 2}, {"NOK", 2}, {"NPR", 2},
    {"NZD", 2}, {"OMR", 3}, {"PAB", 2}, {"PEN", 2}, {"PGK", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"PYG", 0},
    {"QAR", 2}, {"RON", 2}, {"RSD", 2}, {"RUB", 2}, {"RWF", 0}, {"SAR", 2}, {"SBD", 2}, {"SCR", 2}, {"SDG", 2},
    {"SEK", 2}, {"SGD", 2}, {"SHP", 2}, {"SLE", 2}, {"SOS", 2}, {"SRD", 2}, {"SSP", 2}, {"STN", 2}, {"SVC", 2},
    {"SYP", 2}, {"SZL", 2}, {"THB", 2}, {"TJS", 2}, {"TMT", 2}, {"TND", 3}, {"TOP", 2}, {"TRY", 2}, {"TTD", 2},
    {"TWD", 2}, {"TZS", 2}, {"UAH", 2}, {"UGX", 0}, {"USD", 2}, {"UYU", 2}, {"UZS", 2}, {"VED", 2}, {"VES", 2},
    {"VND", 0}, {"VUV", 0}, {"WST", 2}, {"XAF", 0}, {"XCD", 2}, {"XOF", 0}, {"XPF", 0}, {"YER", 2}, {"ZAR", 2},
    {"ZMW", 2}};
static_assert(std::ranges::is_sorted(currencies, {}, &CurrencyRow::code));

Result<Money> bounded(std::int64_t minor, Currency currency) {
    if (minor > money_minor_max || minor < -money_minor_max)
        return Error(Code::unprocessable, "amount is out of range");
    return Money{minor, currency};
}

Error mixed(Money a, Money b) {
    return Error(Code::unprocessable, "amounts in " + std::string(a.currency.code()) + " and " +
                                          std::string(b.currency.code()) + " do not mix");
}

/// a × b ÷ divisor without overflow in between, half away from zero.
Result<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t divisor) {
    auto const product = static_cast<Wide>(a) * b;
    auto const half = product < 0 ? -static_cast<Wide>(divisor) / 2 : static_cast<Wide>(divisor) / 2;
    auto const value = (product + half) / divisor;
    if (value > money_minor_max || value < -money_minor_max)
        return Error(Code::unprocessable, "amount is out of range");
    return static_cast<std::int64_t>(value);
}

}  // namespace

std::optional<Currency> Currency::parse(std::string_view code) {
    auto const* row = std::ranges::lower_bound(currencies, code, {}, &CurrencyRow::code);
    if (row == std::end(currencies) || row->code != code) return std::nullopt;
    Currency out;
    std::copy_n(code.begin(), 3, out.code_.begin());
    out.exponent_ = row->exponent;
    return out;
}

Result<Money> add(Money a, Money b) {
    if (!(a.currency == b.currency)) return mixed(a, b);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.minor, b.minor, &sum)) return Error(Code::unprocessable, "amount is out of range");
    return bounded(sum, a.currency);
}

Result<Money> subtract(Money a, Money b) {
    if (!(a.currency == b.currency)) return mixed(a, b);
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.minor, b.minor, &difference))
        return Error(Code::unprocessable, "amount is out of range");
    return bounded(difference, a.currency);
}

Result<Money> multiply(Money price, std::int64_t quantity) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(price.minor, quantity, &product))
        return Error(Code::unprocessable, "amount is out of range");
    return bounded(product, price.currency);
}

Result<Money> share_ppm(Money amount, std::int64_t ppm) {
    B2A_TRY(minor, scaled(amount.minor, ppm, 1'000'000));
    return Money{minor, amount.currency};
}

Result<std::vector<Money>> allocate(Money amount, std::span<std::int64_t const> weights) {
    Wide sum = 0;
    for (auto const w : weights) {
        if (w < 0) return Error(Code::unprocessable, "a weight is negative");
        sum += w;
    }
    if (sum == 0) return Error(Code::unprocessable, "no weight to allocate by");

    std::vector<Money> parts;
    std::vector<Wide> remainders;
    std::int64_t given = 0;
    int const sign = amount.minor < 0 ? -1 : 1;
    auto const magnitude = static_cast<Wide>(amount.minor) * sign;
    for (auto const w : weights) {
        auto const share = magnitude * w / sum;
        remainders.push_back(magnitude * w % sum);
        parts.push_back(Money{static_cast<std::int64_t>(share) * sign, amount.currency});
        given += static_cast<std::int64_t>(share);
    }
    // What is left is less than the number of parts; the largest remainders get one unit each, earlier parts first.
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](auto a, auto b) { return remainders[a] > remainders[b]; });
    auto left = static_cast<std::int64_t>(magnitude) - given;
    for (std::size_t i = 0; left > 0; ++i, --left) parts[order[i]].minor += sign;
    return parts;
}

Result<Money> parse_money(std::string_view decimal, Currency currency) {
    auto text = trim(decimal);
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    auto fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    while (fraction.ends_with('0')) fraction.remove_suffix(1);
    auto const digits_only = [](std::string_view s) {
        return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
    };
    auto const exponent = static_cast<std::size_t>(currency.exponent());
    if (whole.empty() || !digits_only(whole) || !digits_only(fraction) ||
        (point != std::string_view::npos && point + 1 == text.size()))
        return Error(Code::invalid_request, "not a decimal amount");
    if (fraction.size() > exponent) return Error(Code::invalid_request, "more fraction digits than the currency has");
    std::string digits(whole);
    digits.append(fraction).append(exponent - fraction.size(), '0');
    auto const minor = parse_int(digits);
    if (!minor) return Error(Code::invalid_request, "amount is out of range");
    return bounded(negative ? -*minor : *minor, currency);
}

std::string to_text(Money money) {
    auto digits = std::to_string(money.minor < 0 ? -money.minor : money.minor);
    auto const exponent = static_cast<std::size_t>(money.currency.exponent());
    if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
    if (exponent > 0) digits.insert(digits.size() - exponent, 1, '.');
    return (money.minor < 0 ? "-" : "") + digits + ' ' + std::string(money.currency.code());
}

}  // namespace b2a
