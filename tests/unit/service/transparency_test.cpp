// SPDX-License-Identifier: Apache-2.0
// Provenance of stored purchases, and disclosures that policies oblige to.
#include "b2a/service/provenance.hpp"

#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

class Transparency : public ServiceTest {
  protected:
    ProvenanceService provenance() { return {*lane->reader, lane->governance}; }
    static bool discloses(domain::Disclosures const& disclosures, domain::DisclosureCode code) {
        return std::ranges::find(disclosures, code, &domain::Disclosure::code) != disclosures.end();
    }
    void oblige(std::string const& names) {
        auto source = default_rules();
        for (auto at = source.find("obligate = [\"receipt\"]"); at != std::string::npos;
             at = source.find("obligate = [\"receipt\"]", at + 1))
            source.replace(at, 22, "obligate = [" + names + "]");
        auto const tests = source.find("[[test]]");
        rules.replace(load_rules(source.substr(0, tests)));
    }
};

TEST_F(Transparency, AmountsAreTracedForTheAgentConcernedAndTheOperator) {
    auto const id = create({{"", "mug", 2}});
    auto const mine = provenance().of_checkout(agent(), id);
    ASSERT_TRUE(mine) << mine.error().detail;
    EXPECT_TRUE(domain::adds_up(mine->total));
    EXPECT_EQ(mine->total.minor, domain::total_of(stored(id)).minor);
    ASSERT_TRUE(mine->publication);
    EXPECT_EQ(mine->publication->revision, stored(id).catalog_revision);
    EXPECT_TRUE(provenance().of_checkout(operator_(), id));

    auto const foreign = provenance().of_checkout(agent("https://other.test/profile"), id);
    auto const unknown = provenance().of_checkout(agent(), CheckoutId::make(now, *random));
    ASSERT_FALSE(foreign || unknown);
    EXPECT_EQ(foreign.error().code, Code::not_found);
    EXPECT_EQ(foreign.error().detail, unknown.error().detail);
    EXPECT_EQ(foreign.error().pointer, unknown.error().pointer);
}

TEST_F(Transparency, AnOrderKeepsWhatPricedIt) {
    auto const id = create({{"", "mug", 1}});
    ASSERT_TRUE(complete(id));
    auto const order = last.order->id;
    set_price("mug", 1);
    auto const traced = provenance().of_order(agent(), order);
    ASSERT_TRUE(traced) << traced.error().detail;
    EXPECT_TRUE(domain::adds_up(traced->total));
    EXPECT_EQ(traced->publication->revision, stored(id).catalog_revision);
    EXPECT_TRUE(discloses(traced->disclosures, domain::DisclosureCode::withdrawal_right));
    EXPECT_EQ(provenance().of_order(agent("https://other.test/profile"), order).error().code, Code::not_found);
}

TEST_F(Transparency, TheEvidenceNamesWhatWasDisclosed) {
    create({{"", "mug", 1}});
    EXPECT_NE(log().find("withdrawal_right,legal_guarantee"), std::string::npos);
}

TEST_F(Transparency, APolicyObligesBeyondTheLaw) {
    auto data = holder.current()->data();
    data.legal.eu_consumer_law = false;
    holder.publish(catalog::Snapshot::build(std::move(data), lane->reader->stock().value()));
    auto const plain = create({{"", "mug", 1}});
    EXPECT_TRUE(stored(plain).disclosures.empty());

    oblige("\"disclose_withdrawal\", \"disclose_guarantee\"");
    ASSERT_TRUE(complete(plain));
    EXPECT_TRUE(discloses(stored(plain).disclosures, domain::DisclosureCode::withdrawal_right));
    EXPECT_TRUE(discloses(last.order->disclosures, domain::DisclosureCode::legal_guarantee));
}

}  // namespace
}  // namespace b2a::service::testing
