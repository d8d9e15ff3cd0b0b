// SPDX-License-Identifier: Apache-2.0
// A self-signed P-256 certificate in a directory of its own.
#pragma once

#include <filesystem>
#include <string>

#include "b2a/http/server.hpp"

namespace b2a::http {

class Identity {
  public:
    /// `names`: subjectAltName, as in "DNS:localhost,IP:127.0.0.1"; empty for none.
    explicit Identity(std::string const& names = "");
    ~Identity() { std::filesystem::remove_all(directory_); }
    Identity(Identity const&) = delete;
    Identity& operator=(Identity const&) = delete;
    [[nodiscard]] TlsFiles const& files() const { return files_; }

  private:
    std::filesystem::path directory_;
    TlsFiles files_;
};

}  // namespace b2a::http
