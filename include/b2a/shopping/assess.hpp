// SPDX-License-Identifier: Apache-2.0
// Does a variant answer a need? The one place that judges constraints: search, composing, comparing and rebuilding all
// ask here. Deterministic over a snapshot, a need and a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/verdict.hpp"

namespace b2a::shopping {

/// A constraint without an outcome.
struct Asked {
    Constraint constraint = Constraint::allergen;
    std::string subject;
    std::string member;
    friend bool operator==(Asked const&, Asked const&) = default;
};

/// Lives as long as the snapshot and the need that it was prepared from. Not thread-safe.
class Assessor {
  public:
    /// Errors: unprocessable for a need that contradicts itself or that nobody can have, with its pointer.
    static Result<Assessor> prepare(catalog::Snapshot const& snapshot, Need const& need, Timestamp now);
    Assessor(Assessor&&) noexcept;
    Assessor& operator=(Assessor&&) noexcept;
    ~Assessor();

    /// The worst verdict about a variant for one member (index into Need::members; nullopt: for all of them together),
    /// without saying why. `variant` is the snapshot's global index. The budget is not asked: it is of a basket.
    [[nodiscard]] Outcome outcome(std::uint32_t variant, std::optional<std::size_t> member = std::nullopt) const;
    /// All verdicts, in a fixed order.
    [[nodiscard]] std::vector<Verdict> verdicts(std::uint32_t variant,
                                                std::optional<std::size_t> member = std::nullopt) const;

    /// What was asked, in the order of verdicts(), with whom it is of; and the same for an index to answer, one for
    /// one: what answers all demands is what outcome() says holds, as long as the stock stays.
    [[nodiscard]] std::vector<Asked> asked() const;
    [[nodiscard]] std::vector<catalog::Demand> demands() const;

  private:
    struct Impl;
    explicit Assessor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::shopping
