// SPDX-License-Identifier: Apache-2.0
#include "app/toml_reader.hpp"

#include <fmt/format.h>

#include "b2a/base/encoding.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/text.hpp"

namespace b2a::app {
namespace {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::pair<std::string_view, std::int64_t> const units[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
    for (auto const& [unit, factor] : units) {
        if (!text.ends_with(unit)) continue;
        auto const number = parse_int(text.substr(0, text.size() - unit.size()));
        if (number && *number >= 0 && *number <= 86'400'000) return std::chrono::milliseconds{*number * factor};
    }
    return std::nullopt;
}

std::optional<std::int64_t> parse_size(std::string_view text) {
    std::pair<std::string_view, std::int64_t> const units[] = {{"KiB", 1024}, {"MiB", 1024 * 1024}, {"B", 1}};
    for (auto const& [unit, factor] : units) {
        if (!text.ends_with(unit)) continue;
        auto const number = parse_int(text.substr(0, text.size() - unit.size()));
        if (number && *number >= 0 && *number <= (std::int64_t{1} << 30)) return *number * factor;
    }
    return std::nullopt;
}

}  // namespace

void Source::problem(toml::source_region const& where, std::string const& message) {
    problems_.push_back(fmt::format("{}:{}:{}: {}", name_, where.begin.line, where.begin.column, message));
}

Result<void> Source::finish() const {
    if (problems_.empty()) return {};
    return Error(Code::invalid_request, fmt::format("{}", fmt::join(problems_, "\n")));
}

Take text(std::string& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        if (!value) return "expected a text";
        out = *value;
        return {};
    };
}

Take boolean(bool& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<bool>();
        if (!value) return "expected true or false";
        out = *value;
        return {};
    };
}

Take boolean(std::optional<bool>& out) {
    return [&out](toml::node const& node) -> std::string { return boolean(out.emplace())(node); };
}

Take integer(std::int64_t& out, std::int64_t min, std::int64_t max) {
    return [&out, min, max](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::int64_t>();
        if (!value || *value < min || *value > max) return fmt::format("expected an integer from {} to {}", min, max);
        out = *value;
        return {};
    };
}

Take size(std::int64_t& out, std::int64_t max) {
    return [&out, max](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        auto const bytes = value ? parse_size(*value) : std::nullopt;
        if (!bytes || *bytes < 1 || *bytes > max)
            return fmt::format("expected a size with unit up to {} B, such as \"512KiB\"", max);
        out = *bytes;
        return {};
    };
}

Take duration(std::chrono::milliseconds& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        auto const parsed = value ? parse_duration(*value) : std::nullopt;
        if (!parsed || parsed->count() == 0) return "expected a duration with unit, such as \"10s\"";
        out = *parsed;
        return {};
    };
}

Take endpoint(Endpoint& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        auto parsed = value ? parse_endpoint(*value) : Result<Endpoint>(Error(Code::invalid_request));
        if (!parsed) return "expected \"host:port\"";
        out = *std::move(parsed);
        return {};
    };
}

Take one_of(std::string& out, std::vector<std::string> allowed) {
    return [&out, allowed = std::move(allowed)](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        for (auto const& candidate : allowed)
            if (value && *value == candidate) {
                out = *value;
                return {};
            }
        return fmt::format("expected one of: {}", fmt::join(allowed, ", "));
    };
}

Take currency(std::string& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        if (!value || !Currency::parse(*value)) return "expected an ISO 4217 currency code";
        out = *value;
        return {};
    };
}

Take sha256_hex(std::string& out) {
    return [&out](toml::node const& node) -> std::string {
        auto const value = node.value_exact<std::string>();
        if (!value || value->size() != 64 || !from_hex(*value)) return "expected the 64 hex digits of a SHA-256";
        out = *value;
        return {};
    };
}

void read_table(Source& source, toml::table const& table, Keys const& known) {
    for (auto const& [key, node] : table) {
        auto const found = known.find(key.str());
        if (found == known.end()) {
            source.problem(key.source(), fmt::format("unknown key \"{}\"", key.str()));
            continue;
        }
        if (auto const wrong = found->second(node); !wrong.empty())
            source.problem(node.source(), fmt::format("{}: {}", key.str(), wrong));
    }
}

Take table_of(Source& source, Keys known) {
    return [&source, known = std::move(known)](toml::node const& node) -> std::string {
        auto const* table = node.as_table();
        if (table == nullptr) return "expected a table";
        read_table(source, *table, known);
        return {};
    };
}

}  // namespace b2a::app
