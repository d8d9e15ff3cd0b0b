// SPDX-License-Identifier: Apache-2.0
// The gate between the formats and the draft: a product passes when it is sound, its ids are new in this run and no
// other product of the store owns them. Everything that passes is counted once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/domain/look.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/importer/lint.hpp"
#include "b2a/store/store.hpp"

#include "importer/journal.hpp"
#include "importer/links.hpp"

namespace b2a::importer {

class Intake {
  public:
    Intake(store::CatalogDraft& draft, Journal& journal, Links& links) :
        draft_(draft), journal_(journal), links_(links) {}

    /// Takes an id for the row on `line` of the current file, or says why it cannot (a duplicate).
    std::optional<std::string> claim(std::string const& id, std::uint64_t line);

    enum class Ids : std::uint8_t { claim_now, claimed_before };
    /// Puts `product` or rejects the row on `line`. `product.edges` holds what the row itself states: targets may not
    /// exist yet. Errors only from the draft.
    Result<void> take(domain::Product product, std::uint64_t line, Ids ids);

    /// Commercial records: promotion, shipping method, tax rate, brand, location, size chart. `key` is what makes two
    /// of them the same.
    template <class Record>
    Result<void> take_record(Record const& record, std::string const& key, std::uint64_t line) {
        if (auto reason = claim(key, line)) {
            journal_.reject(line, std::move(*reason));
            return {};
        }
        if constexpr (std::is_same_v<Record, domain::Location>)
            if (++locations_ > limits::locations_max) {
                journal_.reject(line, "more locations than a catalog holds");
                return {};
            }
        B2A_TRY(change, draft_.put(record));
        count(change);
        return {};
    }

    /// A look that passed: what it names is looked for when everything was read.
    void remember(domain::Look const& look, std::uint64_t line);

    /// After the last record: links and lints of sizes, then nothing more to take.
    Result<void> finish();

  private:
    struct Place {
        std::uint32_t file = 0;
        std::uint64_t line = 0;
    };

    [[nodiscard]] std::optional<std::string> duplicate(std::string const& id) const;
    std::optional<std::string> claim_all(domain::Product const& product, std::uint64_t line);
    /// The reason why an id belongs to something else in the store.
    Result<std::optional<std::string>> foreign(domain::Product const& product);
    void lint(domain::Product const& product, std::uint64_t line);
    /// Sizes that no chart explains: which charts there are is known when everything was read.
    Result<void> lint_sizes();
    Result<void> lint_circles();
    Result<void> lint_looks();
    void count(store::CatalogDraft::Change change);

    store::CatalogDraft& draft_;
    Journal& journal_;
    Links& links_;
    CatalogLint catalog_lint_;
    std::size_t locations_ = 0;
    struct Sized {
        Place place;
        domain::Product product;  // what leads to its chart, and one variant for each size
    };
    std::vector<Sized> sized_;
    std::vector<std::pair<Place, domain::Look>> looks_;
    std::unordered_map<std::string, Place> places_;
    std::unordered_map<std::string, store::CatalogDraft::Change> changes_;  // of products that may be put again
};

/// Why a product cannot be taken (missing or malformed ids, too much of something); nullopt when it is sound.
std::optional<std::string> unsound(domain::Product const& product);

}  // namespace b2a::importer
