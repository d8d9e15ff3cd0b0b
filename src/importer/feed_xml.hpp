// SPDX-License-Identifier: Apache-2.0
// Items of a product feed in XML (RSS 2.0, Atom), one after the other and in bounded memory. Document type declarations
// are refused, and with them entities of the file's own.
#pragma once

#include <memory>
#include <string>

#include "b2a/base/result.hpp"

#include "importer/google.hpp"

namespace b2a::importer {

class FeedXmlReader {
  public:
    static Result<FeedXmlReader> open(std::string const& path);
    FeedXmlReader(FeedXmlReader&&) noexcept;
    FeedXmlReader& operator=(FeedXmlReader&&) = delete;
    ~FeedXmlReader();

    /// False behind the last item. invalid_request, with the line, where the file is no well-formed feed: reading
    /// cannot go on behind that.
    Result<bool> next(FeedItem& item);
    [[nodiscard]] Source const& source() const noexcept;

  private:
    struct State;
    explicit FeedXmlReader(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace b2a::importer
