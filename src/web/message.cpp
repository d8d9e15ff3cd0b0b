// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/message.hpp"

#include <algorithm>

#include "b2a/base/bytes.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"

namespace b2a::web {
namespace {

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    auto const lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool unreserved(char c) noexcept {
    auto const lower = ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string_view before(std::string_view text, char separator) {
    return text.substr(0, text.find(separator));
}

std::string_view after(std::string_view text, char separator) {
    auto const at = text.find(separator);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
}

/// Thousandths of a qvalue (RFC 9110 §12.4.2); a malformed one counts as 0, so that it is never preferred.
int quality(std::string_view parameters) {
    for (auto parameter : split(parameters, ';')) {
        parameter = trim(parameter);
        if (!iequals(before(parameter, '='), "q")) continue;
        auto const value = after(parameter, '=');
        if (value.empty() || value.size() > 5 || (value[0] != '0' && value[0] != '1')) return 0;
        if (value.size() > 1 && value[1] != '.') return 0;
        int thousandths = (value[0] - '0') * 1000;
        int scale = 100;
        for (auto const c : value.substr(std::min<std::size_t>(2, value.size()))) {
            if (c < '0' || c > '9') return 0;
            thousandths += (c - '0') * scale;
            scale /= 10;
        }
        return std::min(thousandths, 1000);
    }
    return 1000;
}

/// How exactly a media range names a type: 0 not at all, 1 "*/*", 2 "text/*", 3 the type itself.
int specificity(std::string_view range, std::string_view type) {
    if (range == "*/*") return 1;
    if (range.ends_with("/*")) return iequals(before(range, '/'), before(type, '/')) ? 2 : 0;
    return iequals(range, type) ? 3 : 0;
}

/// The most specific range decides, whatever the order of the list.
int acceptance(std::vector<std::string_view> const& ranges, std::string_view offered) {
    auto const type = trim(before(offered, ';'));
    int best = 0;
    int result = 0;
    for (auto const item : ranges) {
        auto const rank = specificity(trim(before(item, ';')), type);
        if (rank <= best) continue;
        best = rank;
        result = quality(after(item, ';'));
    }
    return result;
}

}  // namespace

std::string_view to_text(Method method) noexcept {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::del: return "DELETE";
        case Method::options: return "OPTIONS";
        case Method::other: return "other";
    }
    return "other";
}

std::optional<std::string_view> Headers::find(std::string_view name) const noexcept {
    for (auto const& field : fields_)
        if (iequals(field.name, name)) return field.value;
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const noexcept {
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [name](HeaderView const& field) { return iequals(field.name, name); }));
}

std::string_view Request::param(std::string_view name) const noexcept {
    for (auto const& [key, value] : params)
        if (key == name) return value;
    return {};
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = text[i];
        if (c == '%') {
            if (text.size() - i < 3) return std::nullopt;
            auto const high = hex_digit(text[i + 1]);
            auto const low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\0') return std::nullopt;
        out.push_back(c);
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (auto const c : text) {
        if (unreserved(c)) {
            out.push_back(c);
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(digits[byte >> 4U]);
        out.push_back(digits[byte & 15U]);
    }
    return out;
}

std::vector<std::string> query_values(std::string_view query, std::string_view name) {
    std::vector<std::string> values;
    for (auto const part : split(query, '&')) {
        auto const key = percent_decode(before(part, '='));
        if (part.empty() || !key || *key != name) continue;
        if (auto value = percent_decode(after(part, '='))) values.push_back(std::move(*value));
    }
    return values;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
    auto values = query_values(query, name);
    if (values.empty()) return std::nullopt;
    return std::move(values.front());
}

std::optional<std::vector<std::pair<std::string, std::string>>> query_pairs(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (auto const part : split(query, '&')) {
        if (part.empty()) continue;
        auto key = percent_decode(before(part, '='));
        auto value = percent_decode(after(part, '='));
        if (!key || !value) return std::nullopt;
        pairs.emplace_back(std::move(*key), std::move(*value));
    }
    return pairs;
}

bool has_json_content(Request const& request) {
    auto const field = request.headers.find("content-type");
    if (!field) return false;
    auto const type = trim(before(*field, ';'));
    if (iequals(type, json_type)) return true;
    static constexpr std::string_view suffix = "+json";
    return type.size() > suffix.size() && type.find('/') != std::string_view::npos &&
           iequals(type.substr(type.size() - suffix.size()), suffix);
}

std::string_view negotiate(Request const& request, std::initializer_list<std::string_view> offered) {
    std::vector<std::string_view> ranges;
    for (auto const& field : request.headers.fields()) {
        if (!iequals(field.name, "accept")) continue;
        for (auto const range : split(field.value, ','))
            if (!trim(range).empty()) ranges.push_back(range);
    }
    if (ranges.empty()) return offered.size() == 0 ? std::string_view{} : *offered.begin();
    std::string_view best;
    int best_quality = 0;
    for (auto const candidate : offered) {
        auto const q = acceptance(ranges, candidate);
        if (q <= best_quality) continue;
        best_quality = q;
        best = candidate;
    }
    return best;
}

}  // namespace b2a::web
