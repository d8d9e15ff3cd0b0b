// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/lenient.hpp"

#include <algorithm>
#include <optional>

#include "b2a/base/money.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/copy.hpp"

namespace b2a::protocol::native {
namespace {

using json::Kind;
using json::Value;
using json::View;
using json::Writer;

std::string_view type_of(Value const& schema) {
    auto const found = schema.find("type");
    return found != schema.end() && found->is_string() ? found->get_ref<std::string const&>() : std::string_view();
}

Value const* member_schema(Value const& schema, std::string_view key) {
    auto const properties = schema.find("properties");
    if (properties == schema.end()) return nullptr;
    auto const found = properties->find(std::string(key));
    return found == properties->end() ? nullptr : &*found;
}

/// "2" and "2.0", of a text or a number; nullopt for what is no whole number.
std::optional<std::int64_t> whole(View view) {
    auto const number = view.as_decimal_text();
    auto const text = view.as_string();
    if (!number && !text) return std::nullopt;
    auto digits = trim(number ? std::string_view(*number) : *text);
    if (auto const point = digits.find('.'); point != std::string_view::npos && point + 1 < digits.size()) {
        auto const fraction = digits.substr(point + 1);
        if (fraction.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
        digits = digits.substr(0, point);
    }
    return parse_int(digits);
}

/// "USD 12.50" or "12.50 USD".
std::optional<Money> amount(std::string_view text) {
    auto const words = split(trim(text), ' ');
    if (words.size() != 2) return std::nullopt;
    for (std::size_t code = 0; code < 2; ++code) {
        auto const currency = Currency::parse(words[code]);
        if (!currency) continue;
        if (auto const money = parse_money(words[1 - code], *currency)) return *money;
    }
    return std::nullopt;
}

/// The one required member of an object, which a text may stand for.
std::optional<std::string> main_member(Value const& schema) {
    auto const required = schema.find("required");
    if (required == schema.end() || required->size() != 1) return std::nullopt;
    return required->front().get<std::string>();
}

/// The allowed value that `text` is but for its case; `text` where there is none.
std::string_view allowed(Value const& schema, std::string_view text) {
    auto const choices = schema.find("enum");
    if (choices == schema.end()) return text;
    for (auto const& choice : *choices) {
        auto const& name = choice.get_ref<std::string const&>();
        if (iequals(name, trim(text))) return name;
    }
    return text;
}

void shape(Writer& out, View view, Value const& schema);

/// JSON that somebody put into a text, if it is there and of this kind.
bool unpacked(Writer& out, std::string_view text, Value const& schema, Kind kind) {
    json::Document document;
    auto const root = document.parse(text);
    if (!root || !root->is(kind)) return false;
    shape(out, *root, schema);
    return true;
}

void shape_scalar(Writer& out, View view, Value const& schema, std::string_view type) {
    auto const text = view.as_string();
    if (type == "string") {
        if (text) return void(out.value(allowed(schema, *text)));
        if (auto const number = view.as_decimal_text()) return void(out.value(*number));
    } else if (type == "integer") {
        if (auto const number = whole(view)) return void(out.value(*number));
    } else if (type == "number" && text) {
        json::Document document;
        auto const number = document.parse(trim(*text));
        if (number && number->as_decimal_text()) return void(out.raw(*number->as_decimal_text()));
    } else if (type == "boolean" && text) {
        if (iequals(*text, "true") || iequals(*text, "false")) return void(out.value(iequals(*text, "true")));
    }
    json::copy(out, view);
}

void shape_list(Writer& out, View view, Value const& schema) {
    auto const& items = schema.at("items");
    auto const text = view.as_string();
    if (text && text->starts_with('[') && unpacked(out, *text, schema, Kind::array)) return;
    out.begin_array();
    if (view.is(Kind::array)) {
        view.each_element([&](std::size_t, View element) { shape(out, element, items); });
    } else if (text && items.contains("enum")) {
        for (auto const name : split(*text, ',')) out.value(allowed(items, trim(name)));
    } else {
        shape(out, view, items);
    }
    out.end_array();
}

/// Amounts that name their currency, and the one currency that they name.
struct Priced {
    std::vector<std::pair<std::string_view, Money>> amounts;
    std::optional<Currency> currency;
    bool good = true;  // nobody names another one
};

Priced priced(View object, Value const& schema) {
    Priced out;
    if (member_schema(schema, "currency") == nullptr) return out;
    object.each_member([&](std::string_view key, View member) {
        auto const text = member.as_string();
        if (!text) return;
        auto const* expected = member_schema(schema, key);
        auto named = key == "currency" ? Currency::parse(*text) : std::nullopt;
        if (expected != nullptr && type_of(*expected) == "integer")
            if (auto const money = amount(*text)) {
                out.amounts.emplace_back(key, *money);
                named = money->currency;
            }
        if (!named) return;
        if (out.currency && *out.currency != *named) out.good = false;
        out.currency = named;
    });
    return out;
}

/// "25.00" where minor units are asked for: 25 of them, or 2500? Nobody knows, so it is not touched.
bool doubtful_amount(View view, Value const& object, Value const& schema) {
    if (member_schema(object, "currency") == nullptr || type_of(schema) != "integer") return false;
    return view.is(Kind::decimal) || view.as_string().value_or("").find('.') != std::string_view::npos;
}

void shape_members(Writer& out, View view, Value const& schema, std::vector<std::string_view> const& without) {
    auto const prices = priced(view, schema);
    bool const convert = prices.good && !prices.amounts.empty();
    out.begin_object();
    view.each_member([&](std::string_view key, View member) {
        if (member.is(Kind::null) || std::ranges::find(without, key) != without.end()) return;
        auto const price = std::ranges::find(prices.amounts, key, [](auto const& entry) { return entry.first; });
        auto const* expected = member_schema(schema, key);
        if (convert && key == "currency") return;
        out.key(key);
        if (convert && price != prices.amounts.end()) out.value(price->second.minor);
        else if (expected != nullptr && !doubtful_amount(member, schema, *expected)) shape(out, member, *expected);
        else json::copy(out, member);
    });
    if (convert) out.member("currency", prices.currency->code());
    out.end_object();
}

void shape(Writer& out, View view, Value const& schema) {
    auto const type = type_of(schema);
    if (type == "array") return shape_list(out, view, schema);
    if (type != "object") return shape_scalar(out, view, schema, type);
    if (view.is(Kind::object)) return shape_members(out, view, schema, {});
    auto const text = view.as_string();
    if (text && text->starts_with('{') && unpacked(out, *text, schema, Kind::object)) return;
    auto const stands_for = text || view.as_decimal_text() ? main_member(schema) : std::nullopt;
    if (!stands_for) return json::copy(out, view);
    out.begin_object().key(*stands_for);
    shape(out, view, *member_schema(schema, *stands_for));
    out.end_object();
}

}  // namespace

std::string lenient(View arguments, Value const& schema, std::vector<std::string_view> const& without) {
    std::string out;
    Writer writer(out);
    shape_members(writer, arguments, schema, without);
    return out;
}

}  // namespace b2a::protocol::native
