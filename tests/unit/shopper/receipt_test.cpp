// SPDX-License-Identifier: Apache-2.0
#include "shopper/receipt.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "log.hpp"

namespace b2a::shopper {
namespace {

Currency const usd = *Currency::parse("USD");
ExpectedOrder const expected{"ord_1", {5459, usd}};

struct Shop {
    test::SmallLog log;
    audit::Checkpoint before;
    std::uint64_t index = 0;

    Shop() {
        log.add("catalog.published");
        log.add("checkout.created", "chk_1");
        before = log.checkpoint();
        index = log.add("order.placed", "ord_1", 5459, "USD");
        log.add("checkout.created", "chk_2");
    }
};

TEST(ShopperReceipt, IsVerifiedAgainstTheKeyAndTheOrder) {
    Shop const shop;
    auto const receipt = verify_receipt(shop.log.receipt(shop.index), shop.log.key(), expected);
    ASSERT_TRUE(receipt.ok()) << receipt.error().detail;
    EXPECT_EQ(receipt->index, 2U);
    EXPECT_EQ(receipt->checkpoint, shop.log.checkpoint());
}

TEST(ShopperReceipt, OfSomethingElseIsNone) {
    Shop shop;
    auto const dear = shop.log.add("order.placed", "ord_1", 9999, "USD");
    auto const foreign = shop.log.add("order.placed", "ord_1", 5459, "EUR");
    auto const others = shop.log.add("order.placed", "ord_2", 5459, "USD");
    auto const canceled = shop.log.add("order.canceled", "ord_1", 5459, "USD");
    for (auto const index : {dear, foreign, others, canceled, std::uint64_t{1}})
        EXPECT_EQ(verify_receipt(shop.log.receipt(index), shop.log.key(), expected).error().code, Code::unprocessable);
}

TEST(ShopperReceipt, OfAnotherLogIsNone) {
    Shop const shop;
    test::SmallLog const forged(8);
    EXPECT_FALSE(verify_receipt(shop.log.receipt(shop.index), forged.key(), expected).ok());
    test::SmallLog const renamed(7, "elsewhere.example/audit");
    EXPECT_FALSE(verify_receipt(shop.log.receipt(shop.index), renamed.key(), expected).ok());
}

RC_GTEST_PROP(ShopperReceipt, NoChangedByteVerifies, ()) {
    Shop const shop;
    auto text = shop.log.receipt(shop.index);
    auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
    auto const to = *rc::gen::arbitrary<char>();
    RC_PRE(text[at] != to);
    // The origin that the receipt names beside its proof is a courtesy: the checkpoint has the one that counts.
    auto const origin = text.find("shop.example/audit");
    RC_PRE(at < text.find("\"origin\"") || at >= origin + std::string_view("shop.example/audit").size());
    text[at] = to;
    auto const receipt = verify_receipt(text, shop.log.key(), expected);
    RC_ASSERT(!receipt.ok());
}

RC_GTEST_PROP(ShopperReceipt, AnyBytesAreAnAnswer, (std::string text)) {
    Shop const shop;
    RC_ASSERT(!verify_receipt(text, shop.log.key(), expected).ok());
    RC_ASSERT(!continues(text, shop.before, shop.log.checkpoint()));
}

TEST(ShopperReceipt, TheLogMayOnlyGrow) {
    Shop const shop;
    auto const after = shop.log.checkpoint();
    EXPECT_TRUE(continues(shop.log.consistency(shop.before.size), shop.before, after));
    EXPECT_FALSE(continues(shop.log.consistency(1), shop.before, after));
    EXPECT_TRUE(continues("", after, after));
    EXPECT_FALSE(continues(shop.log.consistency(shop.before.size), after, shop.before)) << "it shrank";
    auto rewritten = shop.before;
    rewritten.root[0] ^= 1;
    EXPECT_FALSE(continues(shop.log.consistency(shop.before.size), rewritten, after));
    rewritten.size = after.size;
    EXPECT_FALSE(continues("", rewritten, after)) << "the same size, another root";
    EXPECT_FALSE(continues(R"({"consistency":[1]})", shop.before, after));
    EXPECT_FALSE(continues(R"({"consistency":["AAAA"]})", shop.before, after));
}

}  // namespace
}  // namespace b2a::shopper
