// SPDX-License-Identifier: Apache-2.0
#include "app/signing_keys.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "b2a/crypto/random.hpp"

#include "app/system.hpp"

namespace b2a::app {
namespace {

class FakeClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return now_; }
    void advance(std::chrono::microseconds by) { now_ += by; }

  private:
    Timestamp now_{std::chrono::seconds(1'800'000'000)};
};

using namespace std::chrono_literals;

class SigningKeys : public testing::Test {
  protected:
    using Ring = std::shared_ptr<identity::KeyRing const>;

    void SetUp() override {
        directory_ = std::filesystem::temp_directory_path() / ("b2a-signing-keys-" + std::to_string(::getpid()));
        std::filesystem::remove_all(directory_);
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    Ring load() { return load_or_create_signing_keys(directory_, clock_, *random_).value(); }
    Ring rotate() { return rotate_signing_keys(directory_, clock_, *random_).value(); }
    [[nodiscard]] std::filesystem::path file() const { return directory_ / "keys/signing.json"; }
    [[nodiscard]] std::string content() const { return read_file(file()).value(); }
    void write(std::string_view text) const {
        std::filesystem::create_directories(directory_ / "keys");
        std::ofstream(file(), std::ios::binary) << text;
    }
    static std::vector<std::string> kids(identity::KeyRing const& ring) {
        std::vector<std::string> out;
        for (auto const& key : ring.keys()) out.push_back(key.kid);
        return out;
    }

    std::filesystem::path directory_;
    FakeClock clock_;
    std::unique_ptr<Random> random_ = crypto::seeded_random(1);
};

TEST_F(SigningKeys, AreMadeOnceAndStayTheSame) {
    auto const first = load();
    ASSERT_EQ(first->keys().size(), 1U);
    auto const& key = first->signer();
    EXPECT_EQ(key.kid, identity::thumbprint(key.key.public_key()));
    EXPECT_EQ(key.created, clock_.now());
    EXPECT_FALSE(key.retired);
    clock_.advance(1h);
    auto const again = load();
    ASSERT_EQ(kids(*again), kids(*first));
    EXPECT_EQ(again->signer().created, key.created);
    EXPECT_EQ(again->signer().key.public_key(), key.key.public_key());
}

TEST_F(SigningKeys, AreReadableByTheirOwnerOnly) {
    using std::filesystem::perms;
    load();
    EXPECT_EQ(std::filesystem::status(file()).permissions(), perms::owner_read | perms::owner_write);
    rotate();
    EXPECT_EQ(std::filesystem::status(file()).permissions(), perms::owner_read | perms::owner_write);
    for (auto const& entry : std::filesystem::directory_iterator(file().parent_path()))
        EXPECT_EQ(entry.path().filename(), "signing.json");  // nothing half-written stays beside it
}

TEST_F(SigningKeys, RotationMakesANewSignerAndKeepsTheOldOnes) {
    auto const first = load()->signer().kid;
    clock_.advance(1h);
    auto const ring = rotate();
    ASSERT_EQ(ring->keys().size(), 2U);
    EXPECT_EQ(ring->keys()[0].kid, first);
    EXPECT_EQ(ring->keys()[0].retired, clock_.now());
    EXPECT_NE(ring->signer().kid, first);
    EXPECT_EQ(ring->signer().created, clock_.now());
    auto const loaded = load();
    EXPECT_EQ(kids(*loaded), kids(*ring));
    EXPECT_EQ(loaded->keys()[0].retired, ring->keys()[0].retired);
    EXPECT_EQ(loaded->signer().kid, ring->signer().kid);
}

TEST_F(SigningKeys, RotationIsAlsoAFirstUse) {
    auto const ring = rotate();
    EXPECT_EQ(ring->keys().size(), 2U);
    EXPECT_FALSE(ring->signer().retired);
}

// UCP: at least seven days of overlap. The time counts from retirement, not from creation.
TEST_F(SigningKeys, RetiredKeysStayForAWeek) {
    auto const first = load()->signer().kid;
    clock_.advance(24h * 90);
    auto const second = rotate()->signer().kid;
    clock_.advance(24h * 7);
    auto const third = rotate()->signer().kid;
    EXPECT_EQ(kids(*load()), (std::vector{first, second, third}));
    clock_.advance(1s);
    EXPECT_EQ(kids(*load()), (std::vector{first, second, third}));  // only a rotation drops
    auto const fourth = rotate()->signer().kid;
    EXPECT_EQ(kids(*load()), (std::vector{second, third, fourth}));
}

// A damaged file is an error at start, never a silent new identity.
TEST_F(SigningKeys, ADamagedFileIsNeitherUsedNorReplaced) {
    load();
    auto const good = content();
    auto const broken = [&](std::string_view from, std::string_view to) {
        auto text = good;
        auto const at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    for (auto const& text :
         {std::string(), std::string("{}"), std::string("[]"), std::string(R"({"keys":{}})"),
          std::string(R"({"keys":[]})"), std::string(R"({"keys":[1]})"), good.substr(0, good.size() / 2),
          broken("created", "made"), broken("\"created\": \"2", "\"created\": \"x"), broken("private_key", "key"),
          broken("BEGIN PRIVATE KEY", "BEGIN PUBLIC KEY"), broken("\"created\"", "\"retired\": \"soon\", \"created\""),
          broken("\"created\"", "\"retired\": \"2027-01-15T08:00:00Z\", \"created\"")}) {
        write(text);
        auto const loaded = load_or_create_signing_keys(directory_, clock_, *random_);
        ASSERT_FALSE(loaded.ok()) << text;
        EXPECT_EQ(loaded.error().code, Code::invalid_request) << text;
        EXPECT_EQ(loaded.error().detail.find("MIG"), std::string::npos);  // no key material in the message
        EXPECT_FALSE(rotate_signing_keys(directory_, clock_, *random_).ok());
        EXPECT_EQ(content(), text);
    }
}

TEST_F(SigningKeys, ADirectoryThatCannotBeMadeIsAnError) {
    std::ofstream(directory_) << "a file";
    auto const loaded = load_or_create_signing_keys(directory_, clock_, *random_);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, Code::internal);
}

}  // namespace
}  // namespace b2a::app
