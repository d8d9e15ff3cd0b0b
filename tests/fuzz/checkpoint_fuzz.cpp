// SPDX-License-Identifier: Apache-2.0
// Notes and verifier keys of logs. Nobody can make the published key sign anything but the one known answer, and what
// is parsed and signed again says the same.
#include <string>

#include "b2a/audit/checkpoint.hpp"

#include "audit/note.hpp"
#include "fuzz/target.hpp"

namespace b2a::audit {
namespace {

constexpr std::string_view vkey = "gateway.example/audit+9caf54d6+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7";
constexpr std::string_view signed_text = "gateway.example/audit\n8\nXcnafac56pismqtVncIBq5q5gjqtL0lgzzcO/nDv5GA=\n";

/// A key of ours, always the same.
class CountingRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) byte = ++last_;
    }

  private:
    std::uint8_t last_ = 0;
};

crypto::SigningKey const& own_key() {
    static auto const key = [] {
        CountingRandom random;
        return crypto::SigningKey::generate(random).value();
    }();
    return key;
}

void check_round_trip(Checkpoint const& checkpoint) {
    if (!is_key_name(checkpoint.origin)) return;
    auto const note = sign_checkpoint(checkpoint, own_key());
    VerifierKey const key{checkpoint.origin, own_key().public_key()};
    auto const opened = open_checkpoint(note, key);
    FUZZ_CHECK(opened.ok() && *opened == checkpoint);
    FUZZ_CHECK(VerifierKey::parse(key.text()).ok());
    auto changed = note;
    changed.insert(changed.find('\n') + 1, "1");  // another size
    FUZZ_CHECK(!open_checkpoint(changed, key).ok());
    FUZZ_CHECK(!open_checkpoint(note, VerifierKey::parse(vkey).value()).ok());
}

void check(std::string_view input) {
    static auto const published = VerifierKey::parse(vkey).value();
    if (auto const key = VerifierKey::parse(input)) {
        auto const again = VerifierKey::parse(key->text());
        FUZZ_CHECK(again.ok() && again->name == key->name && again->key == key->key);
    }
    auto const text = note_text(input);
    auto const opened = open_checkpoint(input, published);
    if (opened) FUZZ_CHECK(text.ok() && *text == signed_text && opened->size == 8);
    if (!text) return;
    FUZZ_CHECK(text->ends_with('\n') && input.starts_with(*text));
    if (auto const checkpoint = parse_checkpoint(*text)) check_round_trip(*checkpoint);
}

}  // namespace
}  // namespace b2a::audit

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::audit::check(b2a::fuzz::text(data, size));
    return 0;
}
