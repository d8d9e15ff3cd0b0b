// SPDX-License-Identifier: Apache-2.0
// The only place that asks the operating system for time, secrets' files and the processor count.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/crypto/ed25519.hpp"

namespace b2a::app {

/// System time plus an offset that only the sandbox moves (advance-clock).
class SystemClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()) +
               std::chrono::microseconds{offset_us_.load(std::memory_order_relaxed)};
    }
    void advance(std::chrono::microseconds by) { offset_us_.fetch_add(by.count(), std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> offset_us_{0};
};

Result<std::string> read_file(std::string const& path);
/// A secret on one line, without the space around it. Errors: unreadable, empty, or readable by others than its owner.
Result<std::string> read_secret_file(std::string const& path);
/// Writes beside and renames, mode 0600: never a half-written key.
Result<void> write_private_file(std::string const& path, std::string_view content);

/// The audit log's signing key in `<data_dir>/keys/audit.pem`. Created on first use together with the public verifier
/// key file `audit.vkey`, unless a log exists already: then a missing key is an error, not a new identity.
Result<crypto::SigningKey> load_or_create_audit_key(std::string const& data_dir, std::string const& origin,
                                                    Random& random, bool log_exists);

}  // namespace b2a::app
