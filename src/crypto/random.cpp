// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/random.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "b2a/base/assert.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::crypto {
namespace {

/// OpenSSL's generator takes a lock and a microsecond a call; ids need a few bytes each. Each thread draws a block and
/// gives it out once; what was given out is wiped.
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override {
        if (out.size() > block_bytes / 4) return draw(out);
        thread_local std::array<std::uint8_t, block_bytes> block;
        thread_local std::size_t used = block_bytes;
        if (block_bytes - used < out.size()) {
            draw(block);
            used = 0;
        }
        auto const part = std::span(block).subspan(used, out.size());
        std::ranges::copy(part, out.begin());
        OPENSSL_cleanse(part.data(), part.size());
        used += out.size();
    }

  private:
    static constexpr std::size_t block_bytes = 1024;

    static void draw(std::span<std::uint8_t> out) {
        while (!out.empty()) {
            auto const part = std::min<std::size_t>(out.size(), std::numeric_limits<int>::max());
            B2A_ASSERT(RAND_bytes(out.data(), static_cast<int>(part)) == 1);
            out = out.subspan(part);
        }
    }
};

class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) { put(seed, 0); }

    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) {
            if (used_ == block_.size()) {
                put(counter_++, 8);
                block_ = sha256(ByteView(input_));
                used_ = 0;
            }
            byte = block_[used_++];
        }
    }

  private:
    void put(std::uint64_t value, std::size_t at) {
        for (std::size_t i = 0; i < 8; ++i) input_[at + i] = static_cast<std::uint8_t>(value >> (56U - 8U * i));
    }

    std::array<std::uint8_t, 16> input_{};  // seed ‖ counter
    Digest block_{};
    std::size_t used_ = block_.size();
    std::uint64_t counter_ = 0;
};

}  // namespace

std::unique_ptr<Random> system_random() {
    return std::make_unique<SystemRandom>();
}

std::unique_ptr<Random> seeded_random(std::uint64_t seed) {
    return std::make_unique<SeededRandom>(seed);
}

}  // namespace b2a::crypto
