// SPDX-License-Identifier: Apache-2.0
// A regular file read in chunks: the one place of the importer that touches the file system. The memory it takes does
// not depend on the file. A byte order mark at the start is skipped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"

namespace b2a::importer {

class Source {
  public:
    static constexpr std::size_t chunk_bytes = std::size_t{256} * 1024;

    /// not_found: no such file; invalid_request: not a regular file, or not readable.
    static Result<Source> open(std::string const& path);
    Source(Source&& other) noexcept;
    Source& operator=(Source&&) = delete;
    ~Source();

    /// Reads the next chunk; false at the end of the file.
    Result<bool> refill();
    [[nodiscard]] std::string_view chunk() const noexcept { return {buffer_.data(), filled_}; }
    /// Position in the file of the chunk's first byte.
    [[nodiscard]] std::uint64_t chunk_offset() const noexcept { return offset_ - filled_; }
    /// Goes back; the next refill() begins at `offset`.
    void seek(std::uint64_t offset) noexcept;

    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] std::uint64_t done() const noexcept { return offset_; }

  private:
    Source(std::string path, int file, std::uint64_t size);

    std::string path_;
    int file_;
    std::uint64_t size_;
    std::uint64_t offset_ = 0;  // of the first byte not yet read
    std::vector<char> buffer_;
    std::size_t filled_ = 0;
};

}  // namespace b2a::importer
