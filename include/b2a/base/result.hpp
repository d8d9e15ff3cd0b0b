// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error. No exceptions for expected failures (house rule); misuse aborts via B2A_ASSERT.
#pragma once

#include <utility>
#include <variant>

#include "b2a/base/assert.hpp"
#include "b2a/base/error.hpp"

namespace b2a {

template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(*-explicit-*)
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    T& value() & {
        B2A_ASSERT(ok());
        return *std::get_if<0>(&state_);
    }
    T const& value() const& {
        B2A_ASSERT(ok());
        return *std::get_if<0>(&state_);
    }
    /// By value: a range-for over what a temporary holds must not outlive it.
    T value() && {
        B2A_ASSERT(ok());
        return std::move(*std::get_if<0>(&state_));
    }
    T& operator*() & { return value(); }
    T const& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    T const* operator->() const { return &value(); }

    Error& error() & {
        B2A_ASSERT(!ok());
        return *std::get_if<1>(&state_);
    }
    Error const& error() const& {
        B2A_ASSERT(!ok());
        return *std::get_if<1>(&state_);
    }
    Error&& error() && {
        B2A_ASSERT(!ok());
        return std::move(*std::get_if<1>(&state_));
    }

    T value_or(T fallback) && { return ok() ? std::move(value()) : std::move(fallback); }

    template <class F>
    auto and_then(F&& f) && -> decltype(f(std::declval<T&&>())) {
        if (!ok()) return std::move(*this).error();
        return std::forward<F>(f)(std::move(value()));
    }
    template <class F>
    auto map(F&& f) && -> Result<decltype(f(std::declval<T&&>()))> {
        if (!ok()) return std::move(*this).error();
        return std::forward<F>(f)(std::move(value()));
    }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() = default;
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    Error const& error() const& {
        B2A_ASSERT(!ok());
        return *std::get_if<1>(&state_);
    }
    Error&& error() && {
        B2A_ASSERT(!ok());
        return std::move(*std::get_if<1>(&state_));
    }

  private:
    std::variant<std::monostate, Error> state_;
};

/// Evaluates `expr` (a Result); returns its error from the enclosing function or binds the value to `name`.
/// For synchronous functions only: `co_return` needs the statement written out (docs/style.md, C1).
#define B2A_TRY(name, expr)                                      \
    auto name##_result = (expr);                                 \
    if (!name##_result) return std::move(name##_result).error(); \
    auto&& name = *name##_result

/// The same for Result<void>.
#define B2A_CHECK(expr)                                                                        \
    do {                                                                                       \
        if (auto check_result = (expr); !check_result) return std::move(check_result).error(); \
    } while (false)

}  // namespace b2a
