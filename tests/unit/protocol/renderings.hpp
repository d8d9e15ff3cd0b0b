// SPDX-License-Identifier: Apache-2.0
// Carts, checkouts and orders as the domain makes them, and their renderings in both versions.
#pragma once

#include "platforms.hpp"
#include "protocol/ucp/render_checkout.hpp"

namespace b2a::protocol::ucp {

inline std::vector<service::HandlerInfo> const handlers{
    {"sandbox_card", "dev.b2a.sandbox_card", "Sandbox card", {"token"}, {}, {}, {}}};

template <class Id>
Id fixed_id(std::uint8_t last) {
    std::array<std::uint8_t, 16> bytes{0x01, 0x93, 0x5c};
    bytes[15] = last;
    return Id(bytes);
}

inline std::string golden_name(Version version, std::string const& name) {
    return "ucp/" + std::string(to_text(version)) + '/' + name;
}

inline std::string version_name(testing::TestParamInfo<Version> const& info) {
    std::string out(to_text(info.param));
    std::erase(out, '-');
    return out;
}

/// What both versions say, each in its own words.
class UcpRender : public testing::TestWithParam<Version> {
  protected:
    Version version_ = GetParam();
    Site site_ = test::make_site();
    Terms terms_{version_, test::without_mandates(version_), handlers};
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    Timestamp now_ = *from_rfc3339("2026-11-24T08:00:00Z");

    [[nodiscard]] bool current() const { return version_ == Version::v2026_08_25; }

    static domain::CheckoutContent content() {
        domain::CheckoutContent out;
        out.lines = {{"", "hoodie-black-m", 2}, {"", "voucher", 1}};
        out.buyer = {"Ada", "Lovelace", "ada@example.com", "+12025550100", {{"dev.ucp.consent.marketing", true}}};
        out.context.country = "US";
        out.context.eligibility = {"com.example.student"};
        out.attribution = {{"utm_source", "agent"}};
        out.discount_codes = {"save10", "NOPE"};
        domain::CheckoutContent::RequestedMethod shipping;
        shipping.destinations = {
            {"home", "", {"Ada", "Lovelace", "1 Main St", "", "Springfield", "IL", "62701", "US", ""}}};
        shipping.selected_destination_id = "home";
        shipping.selected_option_id = "standard";
        out.methods = {shipping};
        out.instruments = {{"pi_1", "sandbox_card", "card", true, "visa", "4242"}};
        return out;
    }
    static domain::CheckoutContent with_pickup() {
        auto out = content();
        out.lines.push_back({"li_3", "honey", 1});
        domain::CheckoutContent::RequestedMethod pickup;
        pickup.kind = domain::FulfillmentKind::pickup;
        pickup.line_ids = {"li_3"};
        pickup.selected_destination_id = "oslo";
        out.methods.push_back(pickup);
        return out;
    }

    domain::PricingFacts facts_for(std::vector<domain::CheckoutContent::RequestedLine> const& lines) const {
        domain::PricingFacts facts;
        for (auto const& line : lines) {
            auto const found = snapshot_->find_variant(line.variant_id);
            if (found) facts.lines.push_back({found->variant, found->product, snapshot_->stock(found->variant_index)});
            else facts.lines.emplace_back();
        }
        facts.promotions = &promotions_;
        facts.shipping = &snapshot_->data().shipping;
        facts.locations = &snapshot_->data().locations;
        facts.taxes = &taxes_;
        facts.catalog_revision = 7;
        facts.now = now_;
        return facts;
    }

    /// The domain's own answer, so that the renderings show states that can happen.
    domain::Checkout checkout(domain::CheckoutContent const& wanted) const {
        domain::Checkout base;
        base.id = fixed_id<CheckoutId>(1);
        base.currency = test::currency("USD");
        base.created = now_;
        base.expires = now_ + limits::checkout_ttl;
        auto applied = domain::apply_content(std::move(base), wanted, facts_for(wanted.lines));
        EXPECT_TRUE(applied.ok()) << applied.error().detail;
        return *applied;
    }
    domain::Cart cart(domain::CheckoutContent const& wanted) const {
        domain::Cart base;
        base.id = fixed_id<CartId>(3);
        base.currency = test::currency("USD");
        base.created = now_;
        base.expires = now_ + limits::cart_ttl;
        auto applied = domain::apply_content(std::move(base), wanted, facts_for(wanted.lines));
        EXPECT_TRUE(applied.ok()) << applied.error().detail;
        return *applied;
    }
    domain::Order order(domain::CheckoutContent const& wanted) const {
        auto out = domain::make_order(checkout(wanted), fixed_id<OrderId>(2), now_);
        out.label = "1001";
        return out;
    }

    [[nodiscard]] Frame frame() const { return {site_, terms_}; }
    std::string render(domain::Checkout checkout, domain::Findings notes = {}) const {
        return render_checkout({std::move(checkout), std::move(notes), std::nullopt, true}, frame());
    }
    void expect_golden(std::string const& name, std::string const& actual) const {
        test::expect_golden(golden_name(version_, name), actual);
    }

    std::vector<domain::TaxRate> taxes_{{"US", "IL", 62'500, "Illinois sales tax"}};
    std::vector<domain::Promotion> promotions_ = make_promotions();

    static std::vector<domain::Promotion> make_promotions() {
        domain::Promotion code;
        code.id = code.code = "SAVE10";
        code.title = "Ten percent off";
        code.rate_ppm = 100'000;
        code.stackable = true;
        domain::Promotion claim;
        claim.id = "student";
        claim.title = "For students";
        claim.kind = domain::PromotionKind::fixed;
        claim.amounts = {test::usd(300)};
        claim.eligibility = "com.example.student";
        claim.stackable = true;
        return {code, claim};
    }
};

}  // namespace b2a::protocol::ucp
