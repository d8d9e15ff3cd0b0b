// SPDX-License-Identifier: Apache-2.0
#include "identity/signature_input.hpp"

#include "b2a/base/text.hpp"

namespace b2a::identity {
namespace {

/// Calls `visit` with every index outside of quoted strings; stops when it says so.
template <class Visit>
void outside_of_strings(std::string_view text, Visit const& visit) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && !visit(i)) {
            return;
        }
    }
}

std::string with_lower_keyid(std::string_view field) {
    static constexpr std::string_view alias = "keyId=";
    std::string out(field);
    outside_of_strings(field, [&](std::size_t i) {
        bool const starts = i > 0 && (field[i - 1] == ';' || field[i - 1] == ' ');
        if (starts && field.substr(i, alias.size()) == alias) out[i + 3] = 'i';
        return true;
    });
    return out;
}

}  // namespace

std::optional<SignatureInput> parse_signature_input(std::string_view field) {
    if (auto members = web::SfDictionary::parse(field)) return SignatureInput{*std::move(members), false};
    auto const mended = with_lower_keyid(field);
    if (mended == field) return std::nullopt;
    auto members = web::SfDictionary::parse(mended);
    if (!members) return std::nullopt;
    return SignatureInput{*std::move(members), true};
}

std::string_view member_text(std::string_view field, std::string_view label) {
    std::string_view found;
    std::size_t start = 0;
    auto const take = [&](std::size_t end) {
        auto const member = trim(field.substr(start, end - start));
        if (member.starts_with(label) && member.substr(label.size()).starts_with('='))
            found = member.substr(label.size() + 1);  // the last of several counts, as in the dictionary
        start = end + 1;
    };
    outside_of_strings(field, [&](std::size_t i) {
        if (field[i] == ',') take(i);
        return true;
    });
    take(field.size());
    return found;
}

}  // namespace b2a::identity
