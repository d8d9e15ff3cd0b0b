// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/reader.hpp"

#include "b2a/base/limits.hpp"

namespace b2a::json {
namespace {

std::string at_most(std::size_t count, std::string_view what) {
    return "must have at most " + std::to_string(count) + " " + std::string(what);
}

}  // namespace

Reader::Reader(View root) : view_(root), problems_(&own_) {
    if (!root.is(Kind::object)) problem("", "must be an object");
}

Reader::Reader(View view, std::string pointer, std::vector<Problem>* sink) :
    view_(view), pointer_(std::move(pointer)), problems_(sink) {}

std::optional<View> Reader::member(std::string_view key, Presence presence) {
    auto const found = view_.get(key);
    if (found && !found->is(Kind::null)) return found;
    if (presence == Presence::required && view_.is(Kind::object))
        problem(key, found ? "must not be null" : "is required");
    return std::nullopt;
}

std::optional<std::string> Reader::string(std::string_view key, std::size_t bytes_max, Presence presence) {
    auto const found = member(key, presence);
    if (!found) return std::nullopt;
    auto const text = found->as_string();
    if (!text) problem(key, "must be a string");
    else if (text->size() > bytes_max) problem(key, at_most(bytes_max, "bytes"));
    else return std::string(*text);
    return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(std::string_view key, std::int64_t min, std::int64_t max,
                                            Presence presence) {
    auto const found = member(key, presence);
    if (!found) return std::nullopt;
    if (!found->is(Kind::integer)) {
        problem(key, "must be an integer");
        return std::nullopt;
    }
    auto const number = found->as_int();
    if (number && *number >= min && *number <= max) return number;
    problem(key, "must be between " + std::to_string(min) + " and " + std::to_string(max));
    return std::nullopt;
}

std::optional<bool> Reader::boolean(std::string_view key, Presence presence) {
    auto const found = member(key, presence);
    if (!found) return std::nullopt;
    auto const flag = found->as_bool();
    if (!flag) problem(key, "must be true or false");
    return flag;
}

void Reader::object(std::string_view key, std::function<void(Reader&)> const& read, Presence presence) {
    auto const found = member(key, presence);
    if (!found) return;
    if (!found->is(Kind::object)) {
        problem(key, "must be an object");
        return;
    }
    Reader inner(*found, pointer_to(key), problems_);
    read(inner);
}

void Reader::objects(std::string_view key, std::size_t count_max, std::function<void(Reader&)> const& read,
                     Presence presence) {
    auto const found = member(key, presence);
    if (!found) return;
    if (!found->is(Kind::array)) {
        problem(key, "must be an array");
        return;
    }
    if (found->size() > count_max) {
        problem(key, at_most(count_max, "elements"));
        return;
    }
    found->each_element([&](std::size_t index, View element) {
        Reader inner(element, pointer_to(key) + "/" + std::to_string(index), problems_);
        if (element.is(Kind::object)) read(inner);
        else inner.problem("", "must be an object");
    });
}

std::optional<std::vector<std::string>> Reader::strings(std::string_view key, std::size_t count_max,
                                                        std::size_t bytes_max, Presence presence) {
    auto const found = member(key, presence);
    if (!found) return std::nullopt;
    if (!found->is(Kind::array)) {
        problem(key, "must be an array");
        return std::nullopt;
    }
    if (found->size() > count_max) {
        problem(key, at_most(count_max, "elements"));
        return std::nullopt;
    }
    std::vector<std::string> out;
    bool good = true;
    found->each_element([&](std::size_t index, View element) {
        auto const text = element.as_string();
        if (text && text->size() <= bytes_max) {
            out.emplace_back(*text);
            return;
        }
        good = false;
        Reader(element, pointer_to(key) + "/" + std::to_string(index), problems_)
            .problem("", text ? at_most(bytes_max, "bytes") : "must be a string");
    });
    if (!good) return std::nullopt;
    return out;
}

bool Reader::has(std::string_view key) const {
    auto const found = view_.get(key);
    return found && !found->is(Kind::null);
}

void Reader::problem(std::string_view key, std::string message) {
    if (problems_->size() >= limits::json_errors_max) return;
    problems_->push_back({key.empty() ? pointer_ : pointer_to(key), std::move(message)});
}

Result<void> Reader::finish() const {
    if (problems_->empty()) return {};
    std::string detail;
    for (auto const& [pointer, message] : *problems_) {
        if (!detail.empty()) detail += "; ";
        if (!pointer.empty()) detail += pointer + " ";
        detail += message;
    }
    return Error(Code::invalid_request, std::move(detail), problems_->front().pointer);
}

std::string Reader::pointer_to(std::string_view key) const {
    auto out = pointer_ + "/";
    for (auto const c : key) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

}  // namespace b2a::json
