// SPDX-License-Identifier: Apache-2.0
#include "importer/json_nodes.hpp"

#include "b2a/base/limits.hpp"

namespace b2a::importer {

Result<bool> JsonNodeReader::next(Row& row) {
    for (;;) {
        auto const rest = source_.chunk().substr(at_);
        if (rest.empty()) {
            B2A_TRY(more, source_.refill());
            at_ = 0;
            if (more) continue;
            if (!in_node_) return false;
            fault_ = "a value that the file ends in";
            return deliver(row);
        }
        auto const c = rest.front();
        ++at_;
        auto const step = take(c);
        if (c == '\n') ++line_;
        if (step == Step::node_done) return deliver(row);
    }
}

JsonNodeReader::Step JsonNodeReader::take(char c) {
    return in_node_ ? take_inside(c) : take_between(c);
}

JsonNodeReader::Step JsonNodeReader::take_between(char c) {
    if (in_string_) {  // of a member around a graph
        if (escaped_) escaped_ = false;
        else if (c == '\\') escaped_ = true;
        else if (c == '"') in_string_ = false;
        return Step::more;
    }
    auto const in_list = depth_ == list_depth_;
    if (c == '[' && in_list && depth_ == 0) {
        depth_ = list_depth_ = 1;
    } else if (c == '{' || c == '[') {
        if (in_list) begin_node(c);
        else ++depth_;
    } else if (c == '}' || c == ']') {
        if (in_list && list_before_graph_ >= 0) {
            list_depth_ = list_before_graph_;
            list_before_graph_ = -1;
        } else if (in_list) {
            list_depth_ = 0;
        }
        if (depth_ > 0) --depth_;
    } else if (c == '"' && !in_list) {
        in_string_ = true;
    } else if (in_list && c != ',' && c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        begin_node(c);
    }
    return Step::more;
}

void JsonNodeReader::begin_node(char c) {
    in_node_ = true;
    is_object_ = c == '{';
    in_string_ = c == '"';
    escaped_ = false;
    is_graph_ = false;
    key_.clear();
    text_.clear();
    node_line_ = line_;
    if (c == '{' || c == '[') ++depth_;
    keep(c);
}

JsonNodeReader::Step JsonNodeReader::take_inside(char c) {
    auto const at_top = depth_ == list_depth_ + 1;  // one level inside an object or array
    auto const is_scalar = depth_ == list_depth_;
    if (in_string_) {
        keep(c);
        if (escaped_) {
            escaped_ = false;
        } else if (c == '\\') {
            escaped_ = true;
        } else if (c == '"') {
            in_string_ = false;
            if (is_scalar) return Step::node_done;
        } else if (at_top) {
            constexpr std::size_t key_bytes_max = 16;
            if (key_.size() < key_bytes_max) key_ += c;
        }
        return Step::more;
    }
    if (is_scalar && (c == ',' || c == ']' || c == '}' || c == '\n')) {
        --at_;  // belongs to what is around
        if (c == '\n') --line_;
        return Step::node_done;
    }
    keep(c);
    if (c == '"') {
        in_string_ = true;
        if (at_top) key_.clear();
    } else if (c == ':' && at_top && is_object_) {
        is_graph_ = key_ == "@graph" && list_before_graph_ < 0;
    } else if (c == ',' && at_top) {
        is_graph_ = false;
    } else if (c == '[' && at_top && is_graph_) {
        enter_graph();
    } else if (c == '{' || c == '[') {
        ++depth_;
    } else if (c == '}' || c == ']') {
        if (--depth_ == list_depth_) return Step::node_done;
    }
    return Step::more;
}

// The object around a graph is no node: its members before and behind the graph are passed over.
void JsonNodeReader::enter_graph() {
    in_node_ = false;
    list_before_graph_ = list_depth_;
    list_depth_ = ++depth_;
    text_.clear();
    fault_.clear();
}

void JsonNodeReader::keep(char c) {
    if (!fault_.empty()) return;
    if (text_.size() == limits::import_row_bytes_max) {
        fault_ = "a value larger than " + std::to_string(limits::import_row_bytes_max) + " bytes";
        text_.clear();
        return;
    }
    text_ += c;
}

bool JsonNodeReader::deliver(Row& row) {
    if (fault_.empty() && !is_object_) fault_ = "a value that is no object";
    in_node_ = false;
    in_string_ = false;
    row.line = node_line_;
    row.fault = std::move(fault_);
    fault_.clear();
    view_ = text_;
    row.fields = {&view_, 1};
    return true;
}

}  // namespace b2a::importer
