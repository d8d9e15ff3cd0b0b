// SPDX-License-Identifier: Apache-2.0
// What a completion does with the judgement about a mandate; how one is judged is tests/unit/mandate.
#include "b2a/base/limits.hpp"

#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::CheckoutStatus;
using domain::FindingCode;
using domain::Severity;
using mandate::Fault;

class CheckoutMandate : public ServiceTest {
  protected:
    CheckoutId locked() {
        auto command = creation({{"", "mug", 1}});
        command.mandates = true;
        EXPECT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
        return last.checkout.id;
    }
    static CompleteCheckout with(CheckoutId id, std::variant<mandate::Accepted, mandate::Refusal> outcome) {
        auto command = completion(id);
        command.mandate = {true, true, [outcome](domain::Checkout const&, mandate::Purchase const&) {
                               return mandate::Judgement{"ref", outcome};
                           }};
        return command;
    }
    static CompleteCheckout refused(CheckoutId id, Fault fault) { return with(id, mandate::Refusal{fault, "no"}); }
    static mandate::Accepted good(std::int64_t amount = 1, std::int64_t cap = 1) {
        mandate::Accepted out{"issuer", "root", {}};
        out.draws.push_back({crypto::sha256("m"), "mandate/one-time", amount, cap, from_micros(2'000'000'000'000'000)});
        return out;
    }
    bool bought(CompleteCheckout const& command) {
        EXPECT_TRUE(complete(agent(), command));
        return last.checkout.status == CheckoutStatus::completed;
    }
};

TEST_F(CheckoutMandate, AGoodOneBuysAndIsUsedUp) {
    auto const first = locked();
    ASSERT_TRUE(bought(with(first, good())));
    ASSERT_TRUE(last.receipt);
    EXPECT_EQ(*last.receipt, (mandate::Receipt{"ref", last.order->id.text(), "", ""}));
    EXPECT_EQ(lane->reader->drawn(crypto::sha256("m")).value(), 1);
    EXPECT_NE(log().find(R"("mandate_root":"root")"), std::string::npos);

    auto const second = locked();
    EXPECT_FALSE(bought(with(second, good())));
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::mandate_scope_mismatch));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::requires_escalation);
    EXPECT_EQ(last.receipt->error, "invalid_mandate");
    EXPECT_EQ(payments.asked.size(), 1U) << "what is known to be used up is not paid for";
    EXPECT_EQ(stored(second).status, CheckoutStatus::requires_escalation);
    auto better = good();
    better.draws[0].key = crypto::sha256("n");
    EXPECT_TRUE(bought(with(second, better))) << "a person gave the agent another one";
}

TEST_F(CheckoutMandate, OneThatIsSpentMeanwhileGivesTheMoneyBack) {
    auto const id = locked();
    store.before = [](store::ChangeSet const& changes) -> std::optional<Error> {
        EXPECT_EQ(changes.allowances.size(), 1U);
        EXPECT_TRUE(changes.order);
        return Error(Code::allowance_exceeded, "used up", "mandate/one-time");
    };
    EXPECT_FALSE(bought(with(id, good())));
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::mandate_scope_mismatch));
    EXPECT_EQ(payments.released, std::vector{id.text() + "/1"});
    EXPECT_EQ(entries("order.placed"), 0U);
    EXPECT_EQ(stock("mug"), 5);
}

TEST_F(CheckoutMandate, ALockedSessionNeedsOne) {
    auto const id = locked();
    EXPECT_FALSE(bought(completion(id)));
    ASSERT_EQ(last.notes.size(), 1U);
    EXPECT_EQ(last.notes[0].code, FindingCode::mandate_required);
    EXPECT_EQ(last.notes[0].severity, Severity::recoverable);
    EXPECT_FALSE(last.receipt) << "there is nothing to refer to";
    auto update = change(id, {{"", "mug", 2}});
    ASSERT_TRUE(test::run(lane->checkouts.update(agent(), update, renderer())));
    EXPECT_TRUE(last.checkout.mandate_required) << "an update does not unlock";
    auto ignored = completion(id);
    ignored.mandate.presented = true;
    EXPECT_FALSE(bought(ignored)) << "one that was not negotiated counts for nothing";
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_NE(log().find("mandate_presented_not_negotiated"), std::string::npos);
}

TEST_F(CheckoutMandate, AnUpdateLocksWhatWasOpen) {
    auto const id = create({{"", "mug", 1}});
    auto update = change(id, {{"", "mug", 1}});
    update.mandates = true;
    ASSERT_TRUE(test::run(lane->checkouts.update(agent(), update, renderer())));
    EXPECT_FALSE(bought(completion(id)));
}

TEST_F(CheckoutMandate, ThreeStrikesCancel) {
    auto const id = locked();
    auto const before = stored(id);
    for (std::int64_t strike = 1; strike < limits::mandate_strikes_max; ++strike) {
        EXPECT_FALSE(bought(refused(id, Fault::expired)));
        EXPECT_EQ(last.notes.at(0).severity, Severity::recoverable);
        EXPECT_EQ(last.receipt->error, "invalid_credential");
        auto now_stored = stored(id);
        EXPECT_EQ(now_stored.mandate_strikes, strike);
        now_stored.mandate_strikes = 0;
        now_stored.version = before.version;
        EXPECT_EQ(now_stored, before) << "nothing else has changed";
    }
    EXPECT_FALSE(bought(refused(id, Fault::expired)));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::canceled);
    EXPECT_EQ(last.notes.at(0).severity, Severity::unrecoverable);
    EXPECT_EQ(entries("mandate.refused"), 3U);
    EXPECT_FALSE(bought(with(id, good())));
    EXPECT_TRUE(payments.asked.empty());
}

TEST_F(CheckoutMandate, ARepeatedKeyIsOneStrike) {
    auto const id = locked();
    auto const first = complete(keyed("k"), completion(id));
    auto const again = complete(keyed("k"), completion(id));
    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->reply, first->reply);
    EXPECT_EQ(stored(id).mandate_strikes, 1);
}

TEST_F(CheckoutMandate, WithoutOneBeingAgreedOnNothingChanges) {
    auto const id = create({{"", "mug", 1}});
    auto command = completion(id);
    command.mandate.presented = true;
    EXPECT_TRUE(bought(command));
    EXPECT_FALSE(last.receipt);
    EXPECT_EQ(stored(id).mandate_strikes, 0);
}

TEST_F(CheckoutMandate, ADeclinedPaymentSpendsNothing) {
    auto const id = locked();
    auto command = with(id, good());
    command.credential = "tok_decline";
    EXPECT_FALSE(bought(command));
    EXPECT_EQ(lane->reader->drawn(crypto::sha256("m")).value(), 0);
    EXPECT_FALSE(last.receipt);
    EXPECT_TRUE(bought(with(id, good())));
}

TEST_F(CheckoutMandate, OneThatIsUnderWaySpends) {
    auto const id = locked();
    auto command = with(id, good());
    command.credential = "tok_timeout";
    EXPECT_FALSE(bought(command));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::complete_in_progress);
    EXPECT_EQ(lane->reader->drawn(crypto::sha256("m")).value(), 1);
}

TEST_F(CheckoutMandate, ItIsJudgedOnWhatIsStored) {
    auto const id = locked();
    auto command = with(id, good());
    domain::Checkout seen;
    mandate::Purchase bought_then;
    command.mandate.judge = [&](domain::Checkout const& checkout, mandate::Purchase purchase) {
        seen = checkout;
        bought_then = std::move(purchase);
        return mandate::Judgement{"ref", good()};
    };
    command.consent["dev.ucp.consent.marketing"] = true;
    auto const before = stored(id);
    EXPECT_TRUE(bought(command));
    EXPECT_EQ(seen, before) << "and not on what the completion adds";
    ASSERT_EQ(bought_then.items.size(), 1U);
    EXPECT_EQ(bought_then.items[0].id, "mug");
    EXPECT_EQ(bought_then.total, domain::total_of(before));
    EXPECT_EQ(bought_then.instrument_id, command.instrument.id);
}

}  // namespace
}  // namespace b2a::service::testing
