// SPDX-License-Identifier: Apache-2.0
// The two archives behind codec.hpp. A type lists its fields once, `template <class A> void fields(A&, In<A, T>&)`, and
// that list both writes and reads it: the two directions cannot drift apart. Rows of older versions still decode: a
// field that came later is listed with since(), and a shape that changed has a reading of its own (codec_v1.hpp).
// Private to the codecs.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "b2a/base/codec.hpp"
#include "b2a/base/id.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"

namespace b2a::store::codec {

inline constexpr std::uint8_t format_version = 5;

class Writer {
  public:
    static constexpr bool reading = false;

    Writer() { out_.u64(format_version); }

    void operator()(std::string const& v) { out_.text(v); }
    void operator()(std::int64_t v) { out_.i64(v); }
    void operator()(std::uint64_t v) { out_.u64(v); }
    void operator()(std::int32_t v) { out_.i64(v); }
    void operator()(std::uint32_t v) { out_.u64(v); }
    void operator()(std::int8_t v) { out_.i64(v); }
    void operator()(std::uint8_t v) { out_.u64(v); }
    void operator()(bool v) { out_.boolean(v); }
    void operator()(Timestamp v) { out_.i64(to_micros(v)); }
    void operator()(Currency v) { out_.raw(as_bytes(v.code())); }
    template <class Tag>
    void operator()(Id<Tag> const& v) {
        out_.raw(v.bytes());
    }
    template <class T>
    void operator()(std::vector<T> const& v) {
        out_.u64(v.size());
        for (auto const& item : v) (*this)(item);
    }
    template <class T>
    void operator()(std::optional<T> const& v) {
        out_.boolean(v.has_value());
        if (v) (*this)(*v);
    }
    template <class T>
    void operator()(std::map<std::string, T> const& v) {
        out_.u64(v.size());
        for (auto const& [key, value] : v) {
            out_.text(key);
            (*this)(value);
        }
    }
    /// Fields that rows before `version` do not have.
    template <class... T>
    void since([[maybe_unused]] std::uint64_t version, T const&... v) {
        ((*this)(v), ...);
    }
    /// An enumeration whose greatest member is `last`.
    template <class E>
    void choice(E v, [[maybe_unused]] E last) {
        out_.u64(static_cast<std::uint64_t>(v));
    }
    template <class T>
        requires std::is_class_v<T>
    void operator()(T const& v) {
        fields(*this, v);
    }

    Bytes take() && { return std::move(out_).take(); }

  private:
    Encoder out_;
};

class Reader {
  public:
    static constexpr bool reading = true;

    explicit Reader(ByteView in) : in_(in), version_(in_.u64()) {
        sound_ = version_ >= 1 && version_ <= format_version;
    }

    void operator()(std::string& v) { v = in_.text(); }
    void operator()(std::int64_t& v) { v = in_.i64(); }
    void operator()(std::uint64_t& v) { v = in_.u64(); }
    void operator()(std::int32_t& v) { narrow(v); }
    void operator()(std::int8_t& v) { narrow(v); }
    void operator()(std::uint32_t& v) { narrow_natural(v); }
    void operator()(std::uint8_t& v) { narrow_natural(v); }
    void operator()(bool& v) {
        auto const raw = in_.u64();
        require(raw <= 1);
        v = raw == 1;
    }
    void operator()(Timestamp& v) { v = from_micros(in_.i64()); }
    void operator()(Currency& v);
    template <class Tag>
    void operator()(Id<Tag>& v) {
        auto const raw = in_.raw(16);
        if (raw.size() != 16) return;
        std::array<std::uint8_t, 16> bytes{};
        std::ranges::copy(raw, bytes.begin());
        v = Id<Tag>(bytes);
    }
    template <class T>
    void operator()(std::vector<T>& v) {
        auto const count = in_.count();
        // A damaged count must not reserve more than a small multiple of the row itself.
        v.reserve(std::min<std::size_t>(count, 64));
        for (std::size_t i = 0; i < count && sound(); ++i) (*this)(v.emplace_back());
    }
    template <class T>
    void operator()(std::optional<T>& v) {
        bool present = false;
        (*this)(present);
        if (present && sound()) (*this)(v.emplace());
    }
    template <class T>
    void operator()(std::map<std::string, T>& v) {
        auto const count = in_.count();
        for (std::size_t i = 0; i < count && sound(); ++i) {
            std::string key(in_.text());
            T value{};
            (*this)(value);
            auto const size = v.size();
            v.insert_or_assign(v.end(), std::move(key), std::move(value));
            require(v.size() == size + 1);
        }
    }
    /// Fields that rows before `version` do not have; there they keep their defaults.
    template <class... T>
    void since(std::uint64_t version, T&... v) {
        if (version_ >= version) ((*this)(v), ...);
    }
    /// Which version wrote the row.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    template <class E>
    void choice(E& v, E last) {
        auto const raw = in_.u64();
        require(raw <= static_cast<std::uint64_t>(last));
        if (sound()) v = static_cast<E>(raw);
    }
    template <class T>
        requires std::is_class_v<T>
    void operator()(T& v) {
        fields(*this, v);
    }

    void require(bool condition) noexcept { sound_ = sound_ && condition; }
    [[nodiscard]] bool sound() const noexcept { return sound_ && in_.ok(); }
    [[nodiscard]] bool done() const noexcept { return sound_ && in_.done(); }

  private:
    template <class T>
    void narrow(T& v) {
        auto const raw = in_.i64();
        v = static_cast<T>(raw);
        require(v == raw);
    }
    template <class T>
    void narrow_natural(T& v) {
        auto const raw = in_.u64();
        v = static_cast<T>(raw);
        require(v == raw);
    }

    Decoder in_;
    std::uint64_t version_;
    Currency last_;  // rows repeat few currencies; the table is searched once per change
    bool sound_ = true;
};

inline void Reader::operator()(Currency& v) {
    auto const code = as_text(in_.raw(3));
    if (code.size() != 3) return;
    if (code != last_.code()) {
        auto const found = code == Currency{}.code() ? std::optional(Currency{}) : Currency::parse(code);
        require(found.has_value());
        if (!found) return;
        last_ = *found;
    }
    v = last_;
}

/// How archive A sees a T: read-only when writing.
template <class A, class T>
using In = std::conditional_t<A::reading, T, T const>;

template <class A>
void fields(A& a, In<A, Money>& v) {
    a(v.minor);
    a(v.currency);
}

template <class T>
Bytes write(T const& value) {
    Writer out;
    out(value);
    return std::move(out).take();
}

template <class T>
Result<T> read(ByteView body, std::string_view what) {
    Reader in(body);
    T value{};
    in(value);
    if (!in.done()) return Error(Code::store_unavailable).with_note("damaged row: " + std::string(what));
    return value;
}

}  // namespace b2a::store::codec
