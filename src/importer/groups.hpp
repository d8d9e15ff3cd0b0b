// SPDX-License-Identifier: Apache-2.0
// Rows that are variants of one product, wherever they stand in the file. A first reading counts the rows of each
// product, so that in the second a product leaves memory with its last row: in a file that keeps them together one
// product waits at a time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "b2a/domain/product.hpp"

#include "importer/context.hpp"

namespace b2a::importer {

/// One row: what it says about the product, and the variant that it is. Attributes of the variant that all variants of
/// the product share become the product's.
struct GroupedRow {
    std::uint64_t line = 0;
    domain::Product facts;
    domain::Variant variant;
};

class Groups {
  public:
    explicit Groups(FileContext const& context) : context_(context) {}

    /// First reading: one more row of the product `key`.
    void expect(std::string_view key) { ++expected_[std::string(key)]; }

    /// The row is one of the product `key`: its facts are the product's if it is the first one, else they go.
    /// Rejects a row whose variant has an id that came before.
    Result<void> add(std::string const& key, GroupedRow row);
    /// The facts alone, if none are known yet: those of a row hold though its variant may be rejected.
    void introduce(std::string const& key, std::uint64_t line, domain::Product facts);
    /// A row that is a product of its own.
    Result<void> add_alone(GroupedRow row);
    /// The facts of a product whose variants are rows of their own.
    void describe(std::string const& key, std::uint64_t line, domain::Product facts);
    /// A row of the product was rejected, or says nothing of a variant.
    Result<void> pass(std::string const& key);
    /// The product as far as it is known, while it waits for its last row; nullptr without facts.
    domain::Product* waiting(std::string const& key);
    /// The last row of the product was read, though nobody counted them.
    Result<void> close(std::string const& key);
    /// After the last row: what still waits, in the order of the keys.
    Result<void> finish();

  private:
    struct Waiting {
        domain::Product product;
        std::uint64_t line = 0;
        bool has_facts = false;
        bool described = false;  // by a node of its own
        std::uint32_t seen = 0;
    };

    Waiting& open(std::string const& key, std::uint64_t line);
    Result<void> seen(std::string const& key);
    Result<void> take(Waiting done);

    FileContext const& context_;
    std::unordered_map<std::string, std::uint32_t> expected_;
    std::map<std::string, Waiting> waiting_;
};

}  // namespace b2a::importer
