// SPDX-License-Identifier: Apache-2.0
// AP2 v0.2 checkout mandates: may this purchase be completed on the word of this token? Pure; what it costs the mandate
// (its one use, a part of its budget) comes back as draws, to be committed with the order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/mandate/fault.hpp"
#include "b2a/mandate/keys.hpp"

namespace b2a::mandate {

/// Who we are to others.
struct Merchant {
    std::string id;      // what users' allow-lists name
    std::string origin;  // "https://shop.example"
};

/// What is about to be bought, as the server has it.
struct Purchase {
    struct Item {
        std::string id;
        std::int64_t quantity = 0;
    };
    std::vector<Item> items;
    Money total;
    std::string instrument_id;  // that pays
};

/// A draw on an allowance that the mandate gives; store::AllowanceDraw has the meaning.
struct Draw {
    Digest key{};
    std::string name;  // "mandate/…"
    std::int64_t amount = 0;
    std::int64_t cap = 0;
    Timestamp expires{};
    friend bool operator==(Draw const&, Draw const&) = default;
};
inline constexpr std::string_view draw_prefix = "mandate/";

struct Accepted {
    std::string issuer;  // the key id that signed the first hop
    std::string root;    // base64url SHA-256 of what it signed
    std::vector<Draw> draws;
};

/// The outcome with what a receipt refers to; `reference` is there whatever the outcome.
struct Judgement {
    std::string reference;
    std::variant<Accepted, Refusal> outcome;

    [[nodiscard]] Accepted const* accepted() const { return std::get_if<Accepted>(&outcome); }
    [[nodiscard]] Refusal const* refusal() const { return std::get_if<Refusal>(&outcome); }
};

struct Expected {
    KeySource const& roots;  // who may sign a first hop
    KeySource const& own;    // our signing keys, retired ones too
    Merchant merchant;
    std::string_view checkout;  // as we show it now, JSON
    Purchase purchase;
    Timestamp now{};
};

/// In this order: bounds and form, the first hop's key, disclosures, each hop's signature and binding and time; for
/// whom and for which offer (aud, nonce); the constraints of every open mandate, on `purchase`; the checkout inside,
/// which must be one that we signed and whose terms are those of `checkout`.
Judgement verify(std::string_view token, Expected const& expected);

/// The judgement about no token at all.
Judgement nothing_presented(std::string detail);

/// What a buyer agrees to: the checkout's members that matter, canonical. Empty when `checkout` is no JSON object.
std::string terms_of(std::string_view checkout);
/// What a key binding has to repeat for a checkout of these terms.
std::string nonce_of(std::string_view terms);

}  // namespace b2a::mandate
