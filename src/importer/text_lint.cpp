// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

// Phrases that have no business in a product text. A lint, not a filter: the text is kept as data either way.
constexpr std::array<std::string_view, 36> phrases{"ignore previous instructions",
                                                   "ignore all previous",
                                                   "ignore the previous",
                                                   "ignore the above",
                                                   "ignore your instructions",
                                                   "ignore any previous",
                                                   "ignore all instructions",
                                                   "disregard previous",
                                                   "disregard the above",
                                                   "disregard all",
                                                   "disregard your",
                                                   "forget your instructions",
                                                   "forget all previous",
                                                   "forget everything above",
                                                   "override your instructions",
                                                   "system prompt",
                                                   "system message",
                                                   "developer message",
                                                   "new instructions:",
                                                   "you are now a",
                                                   "you are an ai",
                                                   "you are chatgpt",
                                                   "as an ai language model",
                                                   "do not tell the user",
                                                   "do not inform the user",
                                                   "without telling the user",
                                                   "<|im_start|>",
                                                   "[inst]",
                                                   "### instruction",
                                                   "assistant must",
                                                   "ignoriere alle vorherigen",
                                                   "ignorier die vorherigen",
                                                   "ignorez les instructions",
                                                   "ignorez toutes les instructions",
                                                   "ignora las instrucciones",
                                                   "ignora le istruzioni"};

constexpr std::array<std::string_view, 24> claims{"eco-friendly",
                                                  "eco friendly",
                                                  "ecofriendly",
                                                  "environmentally friendly",
                                                  "environment-friendly",
                                                  "environmentally safe",
                                                  "climate neutral",
                                                  "climate-neutral",
                                                  "climate positive",
                                                  "climate friendly",
                                                  "carbon neutral",
                                                  "carbon-neutral",
                                                  "co2 neutral",
                                                  "co2-neutral",
                                                  "net zero",
                                                  "good for the planet",
                                                  "nature's friend",
                                                  "green product",
                                                  "ecological product",
                                                  "biodegradable",
                                                  "umweltfreundlich",
                                                  "klimaneutral",
                                                  "respectueux de l'environnement",
                                                  "ecosostenibile"};

/// Reused: this runs for every text of a catalog.
std::string const& lowered(std::string_view text) {
    thread_local std::string lower;
    lower.assign(text);
    for (auto& c : lower) c = c == '\n' ? ' ' : ascii_lower(c);
    return lower;
}

}  // namespace

std::string_view environmental_claim(std::string_view text) {
    constexpr std::size_t shortest = 8;
    if (text.size() < shortest) return {};
    auto const& lower = lowered(text);
    auto const* found = std::find_if(claims.begin(), claims.end(),
                                     [&](std::string_view claim) { return lower.find(claim) != std::string::npos; });
    return found == claims.end() ? std::string_view{} : *found;
}

bool looks_like_instructions(std::string_view text) {
    constexpr std::size_t shortest = 6;
    if (text.size() < shortest) return false;
    auto const& lower = lowered(text);
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return lower.find(phrase) != std::string::npos; });
}

}  // namespace b2a::importer
