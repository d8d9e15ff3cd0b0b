// SPDX-License-Identifier: Apache-2.0
#include "shopper/answer.hpp"

#include "b2a/base/limits.hpp"

namespace b2a::shopper {

std::optional<json::View> at(json::View view, std::initializer_list<std::string_view> path) {
    for (auto const name : path) {
        auto const next = view.get(name);
        if (!next) return std::nullopt;
        view = *next;
    }
    return view;
}

std::string text_at(json::View view, std::initializer_list<std::string_view> path) {
    auto const found = at(view, path);
    auto const text = found ? found->as_string() : std::nullopt;
    return text && text->size() <= limits::shopper_text_bytes_max ? std::string(*text) : std::string();
}

std::optional<std::int64_t> integer_at(json::View view, std::initializer_list<std::string_view> path) {
    auto const found = at(view, path);
    return found ? found->as_int() : std::nullopt;
}

std::optional<Money> money_at(json::View view, std::initializer_list<std::string_view> path) {
    auto const found = at(view, path);
    if (!found) return std::nullopt;
    auto const amount = integer_at(*found, {"amount"});
    auto const currency = Currency::parse(text_at(*found, {"currency"}));
    if (!amount || *amount < 0 || *amount > money_minor_max || !currency) return std::nullopt;
    return Money{*amount, *currency};
}

Result<void> each_at(json::View view, std::initializer_list<std::string_view> path,
                     std::function<Result<void>(json::View)> const& read) {
    auto const list = at(view, path);
    std::string const name(path.size() > 0 ? *(path.end() - 1) : std::string_view());
    if (!list || !list->is(json::Kind::array)) return misbehaved("an answer without the list \"" + name + "\"");
    if (list->size() > limits::shopper_list_max) return misbehaved("the list \"" + name + "\" is too long");
    Result<void> outcome;
    list->each_element([&](std::size_t, json::View element) {
        if (outcome) outcome = read(element);
    });
    return outcome;
}

Error misbehaved(std::string detail) {
    return Error(Code::upstream_failed, std::move(detail));
}

Error unreachable(std::string detail) {
    return Error(Code::unprocessable, std::move(detail));
}

}  // namespace b2a::shopper
