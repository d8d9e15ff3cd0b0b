// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/hash.hpp"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/encoding.hpp"

namespace b2a::crypto {
namespace {

TEST(Sha256, GivesTheAnswersOfFips180) {
    EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, FinishStartsAnew) {
    Sha256 hasher;
    hasher.update("something else").finish();
    EXPECT_EQ(hasher.update("ab").update("c").finish(), sha256("abc"));
    EXPECT_EQ(hasher.finish(), sha256(""));
}

TEST(Sha256, MovesWithItsState) {
    Sha256 first;
    first.update("ab");
    Sha256 second(std::move(first));
    EXPECT_EQ(second.update("c").finish(), sha256("abc"));
}

TEST(Sha256, ThreadsDoNotDisturbEachOther) {
    std::vector<std::thread> threads;
    std::vector<Digest> last(4);
    for (std::size_t t = 0; t < last.size(); ++t)
        threads.emplace_back([&slot = last[t]] {
            for (int i = 0; i < 1000; ++i) slot = sha256("abc");
        });
    for (auto& thread : threads) thread.join();
    for (auto const& digest : last) EXPECT_EQ(digest, sha256("abc"));
}

RC_GTEST_PROP(Sha256, PiecesHashLikeTheWhole, (std::vector<std::string> const& pieces)) {
    Sha256 hasher;
    std::string whole;
    for (auto const& piece : pieces) {
        hasher.update(piece);
        whole += piece;
    }
    RC_ASSERT(hasher.finish() == sha256(whole));
}

TEST(Sha512, GivesTheAnswersOfFips180) {
    EXPECT_EQ(to_hex(sha512({})),
              "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
              "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
    EXPECT_EQ(to_hex(sha512(as_bytes("abc"))),
              "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(Sha384, GivesKnownAnswers) {
    EXPECT_EQ(to_hex(sha384(as_bytes("abc"))),
              "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
              "8086072ba1e7cc2358baeca134c825a7");
}

TEST(Hmac, GivesTheAnswersOfRfc4231) {
    EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0b), as_bytes("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, AnEmptyKeyIsNotTheKeyBefore) {
    hmac_sha256(as_bytes("Jefe"), as_bytes("x"));
    EXPECT_EQ(to_hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(ConstantTimeEqual, ComparesLengthAndContent) {
    EXPECT_TRUE(constant_time_equal(as_bytes("secret"), as_bytes("secret")));
    EXPECT_TRUE(constant_time_equal({}, {}));
    EXPECT_FALSE(constant_time_equal(as_bytes("secret"), as_bytes("secreT")));
    EXPECT_FALSE(constant_time_equal(as_bytes("secret"), as_bytes("secre")));
}

}  // namespace
}  // namespace b2a::crypto
