// SPDX-License-Identifier: Apache-2.0
// Catalog text becomes plain text here, once: no markup, no control, zero-width or bidirectional characters, bounded
// length. Text from a catalog is data for an agent, never an instruction; what looks like one is only reported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace b2a::importer {

enum class TextShape : std::uint8_t {
    line,   // one line: every run of white space becomes a space
    block,  // line breaks are kept, also those that HTML means (<br>, <p>, <li>)
};

/// Tags removed, character references decoded, invisible characters dropped, invalid UTF-8 dropped, trimmed, cut at
/// `bytes_max` between characters. Linear in its input.
std::string clean_text(std::string_view text, std::size_t bytes_max, TextShape shape);

/// An identifier has nothing to clean: not empty, at most limits::id_bytes_max, no invisible character, no markup, no
/// white space at its ends.
bool is_clean_id(std::string_view text);

/// http(s) URL, or a path from the root, without white space and control characters.
bool is_web_url(std::string_view text) noexcept;

/// For a rejection's reason: at most 60 bytes of `text`, cleaned, in quotes.
std::string shown(std::string_view text);

/// True if the text holds a phrase of the kind that tries to steer a language model.
bool looks_like_instructions(std::string_view text);

/// The generic environmental claim that the text makes, "climate neutral"; empty when it makes none. Without recognised
/// excellent performance such claims are banned (Directive (EU) 2024/825).
std::string_view environmental_claim(std::string_view text);

/// The code point of an HTML entity, e.g. "amp" or "frac14"; nullopt for an unknown name.
std::optional<char32_t> html_entity(std::string_view name) noexcept;

}  // namespace b2a::importer
