// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using Lines = std::vector<domain::CheckoutContent::RequestedLine>;

class Carts : public ServiceTest {
  protected:
    Result<Replied> create_as(RequestContext context, Lines lines) {
        CreateCart command{content_of(std::move(lines))};
        return test::run(lane->carts.create(std::move(context), std::move(command), cart_renderer()));
    }
    Result<Replied> update_as(RequestContext context, CartId id, Lines lines) {
        UpdateCart command{id, content_of(std::move(lines))};
        return test::run(lane->carts.update(std::move(context), std::move(command), cart_renderer()));
    }
    Result<Replied> cancel_as(RequestContext context, CartId id) {
        return test::run(lane->carts.cancel(std::move(context), CancelCart{id}, cart_renderer()));
    }
    static std::int64_t total(domain::Cart const& cart) {
        for (auto const& entry : cart.totals)
            if (entry.kind == domain::TotalKind::total) return entry.minor;
        return -1;
    }
};

TEST_F(Carts, CreatesStoresAndLeavesEvidence) {
    auto const made = create_as(agent(), {{"", "shirt", 2}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->reply.status, 201);
    EXPECT_TRUE(made->audit_seq);
    EXPECT_TRUE(made->decision.starts_with("dec_"));
    auto const cart = stored(last_cart.cart.id);
    EXPECT_EQ(cart, last_cart.cart) << "the answer shows what is stored";
    EXPECT_EQ(cart.version, 1U);
    EXPECT_EQ(cart.owner, "https://agent.test/profile");
    EXPECT_EQ(cart.created, now);
    EXPECT_EQ(cart.expires - cart.created, limits::cart_ttl);
    EXPECT_EQ(total(cart), 4000) << "shipping is known at checkout";
    EXPECT_EQ(entries("cart.created"), 1U);
    EXPECT_NE(log().find(R"("items":"shirt")"), std::string::npos);
    for (auto const* secret : {"ada@", "Lovelace", "Analytical", "+15550001"})
        EXPECT_EQ(log().find(secret), std::string::npos) << secret;
}

TEST_F(Carts, MayBeEmpty) {
    ASSERT_TRUE(create_as(agent(), {}));
    EXPECT_TRUE(stored(last_cart.cart.id).lines.empty());
}

TEST_F(Carts, ReadingShowsWhatIsStored) {
    auto const id = fill_cart({{"", "mug", 1}});
    set_price("mug", 1099);
    auto const read = lane->carts.get(agent(), id);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->cart, stored(id));
    EXPECT_EQ(total(read->cart), 999) << "a read does not reprice";
    EXPECT_EQ(entries("cart.updated"), 0U);
}

TEST_F(Carts, UpdateReplacesRepricesAndRenewsItsLife) {
    auto const id = fill_cart({{"", "mug", 1}});
    set_price("mug", 1099);
    now += std::chrono::hours(24 * 29);
    ASSERT_TRUE(update_as(agent(), id, {{"", "mug", 2}}));
    auto const cart = stored(id);
    EXPECT_EQ(cart.version, 2U);
    EXPECT_EQ(total(cart), 2 * 1099);
    EXPECT_EQ(cart.expires, now + limits::cart_ttl);
    EXPECT_EQ(entries("cart.updated"), 1U);
    now += std::chrono::hours(24 * 29);
    EXPECT_TRUE(lane->carts.get(agent(), id));
}

TEST_F(Carts, APatchChangesWhatItNames) {
    CreateCart made{content_of({{"", "mug", 1}, {"", "shirt", 1}})};
    made.content.discount_codes = {"SAVE10"};
    ASSERT_TRUE(test::run(lane->carts.create(agent(), std::move(made), cart_renderer())));
    auto const id = last_cart.cart.id;
    UpdateCart command;
    command.id = id;
    command.patch.emplace().add = {{"", "mug", 2}};
    command.if_version = 1;
    ASSERT_TRUE(test::run(lane->carts.update(agent(), command, cart_renderer())));
    auto const cart = stored(id);
    ASSERT_EQ(cart.lines.size(), 2U);
    EXPECT_EQ(cart.lines[0].quantity, 3);
    EXPECT_EQ(cart.discount_codes, (std::vector<std::string>{"SAVE10"}));
    EXPECT_EQ(cart.buyer.email, "ada@example.test");
}

TEST_F(Carts, AChangeForAnotherVersionDoesNotHappen) {
    auto const id = fill_cart({{"", "mug", 1}});
    UpdateCart command;
    command.id = id;
    command.patch.emplace().add = {{"", "mug", 2}};
    command.if_version = 7;
    auto const late = test::run(lane->carts.update(agent(), command, cart_renderer()));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Code::conflict);
    EXPECT_EQ(late.error().reason, "version_changed");
    CancelCart gone{id};
    gone.if_version = 7;
    EXPECT_FALSE(test::run(lane->carts.cancel(agent(), gone, cart_renderer())));
    EXPECT_EQ(stored(id).version, 1U);
}

TEST_F(Carts, AnUpdateThatMakesNoSenseChangesNothing) {
    auto const id = fill_cart({{"", "mug", 1}});
    auto const before = stored(id);
    auto const result = update_as(agent(), id, {{"", "mug", limits::line_quantity_max + 1}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::unprocessable);
    EXPECT_EQ(stored(id), before);
}

TEST_F(Carts, CancelAnswersOnceAndThenTheCartIsGone) {
    auto const id = fill_cart({{"", "mug", 1}});
    auto const canceled = cancel_as(keyed("k"), id);
    ASSERT_TRUE(canceled);
    EXPECT_TRUE(last_cart.cart.canceled);
    EXPECT_EQ(last_cart.cart.lines.size(), 1U) << "the final state is shown";
    EXPECT_EQ(entries("cart.canceled"), 1U);
    EXPECT_EQ(cancel_as(agent(), id).error().code, Code::not_found);
    EXPECT_EQ(update_as(agent(), id, {}).error().code, Code::not_found);
    EXPECT_EQ(lane->carts.get(agent(), id).error().code, Code::not_found);
    auto const again = cancel_as(keyed("k"), id);
    ASSERT_TRUE(again) << "a repeated request is a repeat, not a second try";
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(again->reply, canceled->reply);
    EXPECT_EQ(stored(id).version, 2U);
}

TEST_F(Carts, AnExpiredCartIsGone) {
    auto const id = fill_cart({{"", "mug", 1}});
    now += limits::cart_ttl;
    EXPECT_EQ(lane->carts.get(agent(), id).error().code, Code::not_found);
    EXPECT_EQ(update_as(agent(), id, {}).error().code, Code::not_found);
    EXPECT_EQ(cancel_as(agent(), id).error().code, Code::not_found);
    EXPECT_EQ(stored(id).version, 1U);
}

TEST_F(Carts, ForeignCartsDoNotExist) {
    auto const id = fill_cart({{"", "mug", 1}});
    auto const stranger = agent("https://other.test/profile");
    auto const before = stored(id);
    for (auto const& result : {update_as(stranger, id, {{"", "mug", 3}}), cancel_as(stranger, id)}) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Code::not_found);
    }
    auto const foreign = lane->carts.get(stranger, id);
    auto const unknown = lane->carts.get(stranger, CartId::make(now, *random));
    ASSERT_TRUE(!foreign && !unknown);
    EXPECT_EQ(foreign.error().code, unknown.error().code);
    EXPECT_EQ(foreign.error().detail, unknown.error().detail);
    EXPECT_EQ(stored(id), before);
}

TEST_F(Carts, ARepeatedKeyGetsTheSameBytesAndOneCart) {
    auto const first = create_as(keyed("k"), {{"", "shirt", 1}});
    auto const again = create_as(keyed("k"), {{"", "shirt", 1}});
    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->reply, first->reply);
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(entries("cart.created"), 1U);
    auto const other_body = create_as(keyed("k", "other"), {{"", "shirt", 2}});
    ASSERT_FALSE(other_body);
    EXPECT_EQ(other_body.error().code, Code::idempotency_conflict);
}

TEST_F(Carts, ARefusalLeavesEvidenceAndNothingElse) {
    auto const id = fill_cart({{"", "shirt", 1}});
    auto const refused = create_as(anonymous(), {{"", "shirt", 1}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
    EXPECT_EQ(refused.error().reason, "agent_identity_required");
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"frozen\"\neffect = \"forbid\"\n"
                             "actions = [\"cart.update\", \"cart.cancel\", \"cart.get\"]\nreason_code = \"frozen\"\n"));
    EXPECT_EQ(update_as(agent(), id, {}).error().code, Code::policy_denied);
    EXPECT_EQ(cancel_as(agent(), id).error().code, Code::policy_denied);
    EXPECT_EQ(lane->carts.get(agent(), id).error().code, Code::policy_denied);
    EXPECT_EQ(entries("request.refused"), 3U) << "reads leave none";
    EXPECT_EQ(entries("cart.created"), 1U);
    EXPECT_EQ(stored(id).version, 1U);
}

TEST_F(Carts, PolicySeesItemsAndTotal) {
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"small\"\neffect = \"forbid\"\nactions = [\"cart.create\"]\n"
                             "when.checkout.total.gt = [{ amount = 5000, currency = \"USD\" }]\n"
                             "reason_code = \"too_dear\"\n"
                             "\n[[rule]]\nid = \"few\"\neffect = \"forbid\"\nactions = [\"cart.create\"]\n"
                             "when.checkout.item_count.gt = 4\nreason_code = \"too_many\"\n"));
    EXPECT_TRUE(create_as(agent(), {{"", "shirt", 2}}));
    EXPECT_EQ(create_as(agent(), {{"", "shirt", 3}}).error().reason, "too_dear");
    EXPECT_EQ(create_as(agent(), {{"", "ebook", 5}}).error().reason, "too_many");
}

TEST_F(Carts, AVersionConflictIsRetriedFromTheStart) {
    auto const id = fill_cart({{"", "shirt", 1}});
    store.before = [&](store::ChangeSet const&) -> std::optional<Error> {
        UpdateCart rival{id, content_of({{"", "ebook", 1}})};
        EXPECT_TRUE(test::run(other->carts.update(agent(), std::move(rival), cart_renderer())));
        return std::nullopt;
    };
    ASSERT_TRUE(update_as(agent(), id, {{"", "shirt", 4}}));
    auto const cart = stored(id);
    EXPECT_EQ(cart.version, 3U);
    EXPECT_EQ(cart.lines[0].quantity, 4);
    EXPECT_EQ(cart.lines[0].id, "li_3") << "built on what the rival stored";
}

TEST_F(Carts, ConsentNotNamedStays) {
    CreateCart first{content_of({{"", "mug", 1}})};
    first.content.buyer.consent = {{"dev.ucp.consent.marketing", true}};
    ASSERT_TRUE(test::run(lane->carts.create(agent(), first, cart_renderer())));
    auto const id = last_cart.cart.id;
    ASSERT_TRUE(update_as(agent(), id, {{"", "mug", 1}}));
    EXPECT_EQ(stored(id).buyer.consent, first.content.buyer.consent);
}

}  // namespace
}  // namespace b2a::service::testing
