// SPDX-License-Identifier: Apache-2.0
// What the shopper tells the person it shops for: one thought a line, indented under what it belongs to. Texts of
// gateways are parts of lines, so every line is made plain: no control or invisible characters, bounded in length.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace b2a::shopper {

/// One line of printable text out of anything: controls, escapes, bidirectional and zero-width characters are gone,
/// malformed UTF-8 is '?', what is too long is cut.
std::string plain(std::string_view text);

class Report {
  public:
    explicit Report(std::ostream& out) : out_(out) {}

    void goal(std::string_view text) { line("", text); }
    void step(std::string_view text) { line("* ", text); }
    void detail(std::string_view text) { line("    ", text); }

  private:
    void line(std::string_view indent, std::string_view text) { out_ << indent << plain(text) << '\n'; }

    std::ostream& out_;
};

}  // namespace b2a::shopper
