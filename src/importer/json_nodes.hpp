// SPDX-License-Identifier: Apache-2.0
// The objects of a JSON file that is too large to hold: those at its top, in the array at its top, or in the "@graph"
// of an object at its top. Each comes out as text; what lies around them is passed over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "b2a/base/result.hpp"

#include "importer/row_reader.hpp"
#include "importer/source.hpp"

namespace b2a::importer {

class JsonNodeReader final : public RowReader {
  public:
    explicit JsonNodeReader(Source source) : source_(std::move(source)) {}

    /// One object, as the row's only field. Faults: a value that is no object, one larger than a row may be, one that
    /// the file ends in. That the text is JSON is for its parser to find.
    Result<bool> next(Row& row) override;
    [[nodiscard]] Source const& source() const noexcept override { return source_; }

  private:
    enum class Step : std::uint8_t { more, node_done };

    Step take(char c);
    Step take_between(char c);
    Step take_inside(char c);
    void begin_node(char c);
    void enter_graph();
    void keep(char c);
    bool deliver(Row& row);

    Source source_;
    std::size_t at_ = 0;  // in the source's chunk
    std::uint64_t line_ = 1;
    std::int64_t depth_ = 0;               // open brackets
    std::int64_t list_depth_ = 0;          // where nodes begin: 0 at the top, 1 in an array there, 2 or more in a graph
    std::int64_t list_before_graph_ = -1;  // what list_depth_ goes back to; -1: not in a graph
    bool in_node_ = false;
    bool is_object_ = false;
    bool in_string_ = false;
    bool escaped_ = false;
    std::string key_;        // the string that was read last, one level inside the node
    bool is_graph_ = false;  // a colon followed the key "@graph"
    std::string text_;
    std::string_view view_;
    std::string fault_;
    std::uint64_t node_line_ = 0;
};

}  // namespace b2a::importer
