// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::CheckoutStatus;
using domain::FindingCode;

class CheckoutEdit : public ServiceTest {
  protected:
    Result<Replied> create_as(RequestContext context, std::vector<domain::CheckoutContent::RequestedLine> lines) {
        auto command = creation(std::move(lines));
        return test::run(lane->checkouts.create(std::move(context), std::move(command), renderer()));
    }
    Result<Replied> update_as(RequestContext context, CheckoutId id,
                              std::vector<domain::CheckoutContent::RequestedLine> lines) {
        auto command = change(id, std::move(lines));
        return test::run(lane->checkouts.update(std::move(context), std::move(command), renderer()));
    }
    Result<Replied> cancel_as(RequestContext context, CheckoutId id) {
        return test::run(lane->checkouts.cancel(std::move(context), CancelCheckout{id}, renderer()));
    }
};

TEST_F(CheckoutEdit, CreatesStoresAndLeavesEvidence) {
    auto const made = create_as(agent(), {{"", "shirt", 2}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->reply.status, 201);
    EXPECT_TRUE(made->audit_seq);
    EXPECT_FALSE(made->replayed);
    EXPECT_TRUE(made->decision.starts_with("dec_"));
    auto const checkout = stored(last.checkout.id);
    EXPECT_EQ(checkout.version, 1U);
    EXPECT_EQ(last.checkout.version, 1U) << "the answer shows the version that is stored";
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete);
    EXPECT_EQ(checkout.owner, "https://agent.test/profile");
    EXPECT_EQ(checkout.expires - checkout.created, std::chrono::hours(6));
    EXPECT_EQ(entries("checkout.created"), 1U);
    EXPECT_NE(log().find(R"("total":"4500")"), std::string::npos);
    EXPECT_EQ(log().find("ada@"), std::string::npos);
    EXPECT_EQ(log().find("Analytical"), std::string::npos);
}

TEST_F(CheckoutEdit, ARepeatedKeyGetsTheSameBytesAndOneCheckout) {
    auto const first = create_as(keyed("k"), {{"", "shirt", 1}});
    auto const again = create_as(keyed("k"), {{"", "shirt", 1}});
    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->reply, first->reply);
    EXPECT_TRUE(again->replayed);
    EXPECT_FALSE(again->audit_seq);
    EXPECT_EQ(entries("checkout.created"), 1U);
    auto const other_body = create_as(keyed("k", "other"), {{"", "shirt", 2}});
    ASSERT_FALSE(other_body);
    EXPECT_EQ(other_body.error().code, Code::idempotency_conflict);
}

TEST_F(CheckoutEdit, TwoAtOnceWithOneKeyMakeOneCheckout) {
    auto const command = creation({{"", "shirt", 1}});
    auto const [a, b] = test::run_both(lane->checkouts.create(keyed("k"), command, renderer()),
                                       other->checkouts.create(keyed("k"), command, renderer()));
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->reply, b->reply);
    EXPECT_NE(a->replayed, b->replayed);
    EXPECT_EQ(entries("checkout.created"), 1U);
}

TEST_F(CheckoutEdit, NothingThatCanBeSoldIsAnError) {
    auto const none = create_as(agent(), {{"", "gone", 1}});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::out_of_stock);
    auto const unknown = create_as(agent(), {{"", "nonsense", 1}});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, Code::not_found);
    EXPECT_EQ(entries("checkout.created"), 0U);
}

TEST_F(CheckoutEdit, ARefusalLeavesEvidenceAndNothingElse) {
    auto const refused = create_as(anonymous(), {{"", "shirt", 1}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
    EXPECT_EQ(refused.error().reason, "agent_identity_required");
    EXPECT_TRUE(refused.error().decision_id.starts_with("dec_"));
    EXPECT_EQ(entries("request.refused"), 1U);
    EXPECT_NE(log().find(refused.error().decision_id), std::string::npos);
    EXPECT_EQ(entries("checkout.created"), 0U);
    EXPECT_EQ(counters.denied, 1U);
}

TEST_F(CheckoutEdit, ARequestWithoutAResultIsJudgedToo) {
    auto const refused = create_as(anonymous(), {{"", "nonsense", 1}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied) << "the catalog is not probed past a refusal";
}

TEST_F(CheckoutEdit, NoEvidenceNoAnswer) {
    store.before = [](store::ChangeSet const&) { return Error(Code::store_unavailable, "disk full"); };
    auto const refused = create_as(anonymous(), {{"", "shirt", 1}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::store_unavailable);
}

TEST_F(CheckoutEdit, TooManyRequestsAreCountedOverLanesAndDoNotGrowTheLog) {
    rules.replace(load_rules(default_rules() +
                             "\n[[limit]]\nid = \"two\"\nactions = [\"checkout.create\"]\ncount = 2\nwindow = \"60s\"\n"
                             "agent_message = \"Slower.\"\n"));
    auto const command = creation({{"", "shirt", 1}});
    EXPECT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    EXPECT_TRUE(test::run(other->checkouts.create(agent(), command, renderer())));
    auto const size = lane->reader->audit_head().value().size;
    auto const third = test::run(lane->checkouts.create(agent(), command, renderer()));
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, Code::rate_limited);
    EXPECT_EQ(third.error().retry_after, std::chrono::seconds(30));
    EXPECT_EQ(third.error().detail, "Slower.");
    EXPECT_EQ(lane->reader->audit_head().value().size, size);
    EXPECT_EQ(counters.rate_limited, 1U);
    now += std::chrono::seconds(30);
    EXPECT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
}

TEST_F(CheckoutEdit, UpdateReplacesAndMovesTheVersion) {
    auto const id = create({{"", "shirt", 1}});
    now += std::chrono::hours(1);
    ASSERT_TRUE(update_as(agent(), id, {{"", "shirt", 3}, {"", "ebook", 1}}));
    auto const checkout = stored(id);
    EXPECT_EQ(checkout.version, 2U);
    EXPECT_EQ(checkout.lines[0].id, "li_1");
    EXPECT_EQ(domain::total_of(checkout).minor, 3 * 2000 + 700 + 500);
    EXPECT_EQ(checkout.expires, now + std::chrono::hours(6));
    EXPECT_EQ(entries("checkout.updated"), 1U);
}

TEST_F(CheckoutEdit, AChangeForAnotherVersionDoesNotHappen) {
    auto const id = create({{"", "shirt", 1}});
    auto command = change(id, {{"", "shirt", 3}});
    command.if_version = 2;
    auto const late = test::run(lane->checkouts.update(agent(), command, renderer()));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().reason, "version_changed");
    CancelCheckout gone{id};
    gone.if_version = 2;
    EXPECT_FALSE(test::run(lane->checkouts.cancel(agent(), gone, renderer())));
    EXPECT_EQ(stored(id).version, 1U);
    command.if_version = 1;
    EXPECT_TRUE(test::run(lane->checkouts.update(agent(), command, renderer())));
}

TEST_F(CheckoutEdit, AnUpdateThatLeavesNothingChangesNothing) {
    auto const id = create({{"", "shirt", 1}});
    auto const before = stored(id);
    ASSERT_FALSE(update_as(agent(), id, {{"", "gone", 1}}));
    EXPECT_EQ(stored(id), before);
}

TEST_F(CheckoutEdit, ForeignCheckoutsDoNotExist) {
    auto const id = create({{"", "shirt", 1}});
    auto const stranger = agent("https://other.test/profile");
    auto const before = stored(id);
    for (auto const& result :
         {update_as(stranger, id, {{"", "shirt", 9}}), cancel_as(stranger, id), complete(stranger, completion(id))}) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Code::not_found);
    }
    auto const read = lane->checkouts.get(stranger, id);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Code::not_found);
    EXPECT_EQ(stored(id), before);
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_EQ(lane->checkouts.get(agent(), CheckoutId::make(now, *random)).error().code, Code::not_found);
}

TEST_F(CheckoutEdit, CancelsOnce) {
    auto const id = create({{"", "shirt", 1}});
    ASSERT_TRUE(cancel_as(agent(), id));
    EXPECT_EQ(stored(id).status, CheckoutStatus::canceled);
    EXPECT_EQ(entries("checkout.canceled"), 1U);
    auto const again = cancel_as(agent(), id);
    ASSERT_TRUE(again) << "an illegal transition is an answer, not an error";
    EXPECT_FALSE(again->audit_seq);
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_EQ(stored(id).version, 2U);
}

TEST_F(CheckoutEdit, AnExpiredCheckoutReadsAsCanceled) {
    auto const id = create({{"", "shirt", 1}});
    now += std::chrono::hours(6);
    EXPECT_EQ(lane->checkouts.get(agent(), id)->checkout.status, CheckoutStatus::canceled);
    ASSERT_TRUE(update_as(agent(), id, {{"", "shirt", 2}}));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_EQ(stored(id).version, 1U);
    EXPECT_TRUE(payments.asked.empty());
}

TEST_F(CheckoutEdit, AVersionConflictIsRetriedFromTheStart) {
    auto const id = create({{"", "shirt", 1}});
    store.before = [&](store::ChangeSet const&) -> std::optional<Error> {
        auto rival = change(id, {{"", "ebook", 1}});
        EXPECT_TRUE(test::run(other->checkouts.update(agent(), std::move(rival), renderer())));
        return std::nullopt;
    };
    ASSERT_TRUE(update_as(agent(), id, {{"", "shirt", 4}}));
    auto const checkout = stored(id);
    EXPECT_EQ(checkout.version, 3U);
    EXPECT_EQ(checkout.lines[0].quantity, 4);
    EXPECT_EQ(checkout.lines[0].id, "li_3") << "built on what the rival stored";
}

TEST_F(CheckoutEdit, ASecondConflictIsTheCallersToSolve) {
    auto const id = create({{"", "shirt", 1}});
    store.before = [&](store::ChangeSet const&) -> std::optional<Error> {
        store.before = [](store::ChangeSet const&) { return Error(Code::conflict, "again"); };
        return Error(Code::conflict, "once");
    };
    auto const result = update_as(agent(), id, {{"", "shirt", 4}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::conflict);
    EXPECT_EQ(stored(id).version, 1U);
}

TEST_F(CheckoutEdit, ARejectedSelectionLeavesTheCheckoutAsItWas) {
    auto const id = create({{"", "shirt", 1}});
    auto const before = stored(id);
    auto elsewhere = change(id, {{"", "shirt", 2}});
    elsewhere.content.methods.resize(1);
    elsewhere.content.methods[0] = {};
    elsewhere.content.methods[0].kind = domain::FulfillmentKind::pickup;
    elsewhere.content.methods[0].selected_destination_id = "atlantis";
    auto const result = test::run(lane->checkouts.update(agent(), elsewhere, renderer()));
    ASSERT_TRUE(result) << "an answer, not an error";
    EXPECT_EQ(result->reply.status, 200);
    EXPECT_FALSE(result->audit_seq);
    EXPECT_EQ(last.checkout, before);
    ASSERT_EQ(last.notes.size(), 1U);
    EXPECT_EQ(last.notes[0].code, FindingCode::selection_rejected);
    EXPECT_EQ(last.notes[0].severity, domain::Severity::recoverable);
    EXPECT_TRUE(last.notes[0].path.starts_with("$.fulfillment")) << last.notes[0].path;
    EXPECT_EQ(stored(id), before);

    elsewhere.content.methods[0].selected_destination_id = "austin";
    ASSERT_TRUE(test::run(lane->checkouts.update(agent(), elsewhere, renderer())));
    EXPECT_TRUE(last.notes.empty());
    EXPECT_EQ(stored(id).fulfillment.methods.at(0).kind, domain::FulfillmentKind::pickup);
    EXPECT_EQ(stored(id).status, CheckoutStatus::ready_for_complete);
}

TEST_F(CheckoutEdit, ARejectedSelectionMakesNoCheckout) {
    auto command = creation({{"", "shirt", 1}});
    command.content.methods[0] = {};
    command.content.methods[0].kind = domain::FulfillmentKind::pickup;
    command.content.methods[0].selected_destination_id = "atlantis";
    auto const result = test::run(lane->checkouts.create(agent(), command, renderer()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::selection_rejected);
    EXPECT_EQ(entries("checkout.created"), 0U);
}

TEST_F(CheckoutEdit, ARejectedSelectionIsJudgedLikeAnyUpdate) {
    auto const id = create({{"", "shirt", 1}});
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"frozen\"\neffect = \"forbid\"\nactions = [\"checkout.update\"]\n"
                             "reason_code = \"frozen\"\n"));
    auto elsewhere = change(id, {{"", "shirt", 2}});
    elsewhere.content.methods[0].kind = domain::FulfillmentKind::pickup;
    elsewhere.content.methods[0].selected_destination_id = "atlantis";
    auto const result = test::run(lane->checkouts.update(agent(), elsewhere, renderer()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::policy_denied);
}

TEST_F(CheckoutEdit, PolicySeesWhereGoodsGo) {
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"texas\"\neffect = \"forbid\"\nactions = [\"checkout.create\"]\n"
                             "when.ship_to.country.in = [\"US\"]\nreason_code = \"not_there\"\n"));
    auto const shipped = create_as(agent(), {{"", "shirt", 1}});
    ASSERT_FALSE(shipped);
    EXPECT_EQ(shipped.error().reason, "not_there");
    auto collected = creation({{"", "shirt", 1}});
    collected.content.methods[0] = {};
    collected.content.methods[0].kind = domain::FulfillmentKind::pickup;
    collected.content.methods[0].selected_destination_id = "austin";
    auto const result = test::run(lane->checkouts.create(agent(), collected, renderer()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, "not_there");
}

}  // namespace
}  // namespace b2a::service::testing
