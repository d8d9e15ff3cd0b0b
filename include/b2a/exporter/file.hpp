// SPDX-License-Identifier: Apache-2.0
// A file that is there whole or not at all: written beside its name, synced, renamed. Bounded memory: what is appended
// goes to the disk in pieces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/base/result.hpp"

namespace b2a::exporter {

class AtomicFile {
  public:
    /// Errors: invalid_request (cannot be created there).
    static Result<AtomicFile> create(std::string path);
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    /// Takes back what was not committed.
    ~AtomicFile();

    /// Errors: internal (the disk).
    Result<void> append(std::string_view bytes);
    Result<void> commit();
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

  private:
    AtomicFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
    Result<void> flush();
    [[nodiscard]] std::string temporary() const { return path_ + ".new"; }

    std::string path_;
    int fd_;
    std::string buffer_;
    std::uint64_t bytes_ = 0;
};

}  // namespace b2a::exporter
