// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/stop.hpp"

#include "b2a/policy/approval.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::Case;

Result<StopScope> scope(std::string const& text) {
    json::Document document;
    auto const root = document.parse(text);
    EXPECT_TRUE(root.ok());
    return read_scope(*root);
}

TEST(Stop, EveryPartOfAScopeMustMatch) {
    Case request(Action::checkout_complete);
    request.principal.protocol = Protocol::ucp;
    request.principal.agent_class = "shopping";
    request.facts.country = "DE";
    request.facts.payment_handler = "card";
    request.facts.lines = {{"shirt", 1}};
    struct Row {
        std::string text;
        bool covered;
    };
    Row const rows[] = {
        {"{}", true},
        {R"({"protocol":"ucp"})", true},
        {R"({"protocol":"mcp"})", false},
        {R"({"agent":"https://agent.example/profile"})", true},
        {R"({"agent":"https://agent.example/"})", false},
        {R"({"class":"shopping"})", true},
        {R"({"class":"crawler"})", false},
        {R"({"product":"shirt"})", true},
        {R"({"product":"belt"})", false},
        {R"({"handler":"card"})", true},
        {R"({"handler":"wire"})", false},
        {R"({"market":"de"})", true},
        {R"({"market":"FR"})", false},
        {R"({"actions":["checkout.*"]})", true},
        {R"({"actions":["order.get"]})", false},
        {R"({"protocol":"ucp","product":"shirt","market":"DE"})", true},
        {R"({"protocol":"ucp","product":"belt","market":"DE"})", false},
    };
    for (auto const& [text, covered] : rows) EXPECT_EQ(covers(*scope(text), request.get()), covered) << text;
    request.principal.trust = TrustLevel::operator_;
    EXPECT_FALSE(covers(StopScope{}, request.get()));
}

TEST(Stop, ACompletionToAnUnknownMarketIsInIt) {
    Case complete(Action::checkout_complete);
    EXPECT_TRUE(covers(*scope(R"({"market":"DE"})"), complete.get()));
    Case search(Action::catalog_search);
    EXPECT_FALSE(covers(*scope(R"({"market":"DE"})"), search.get()));
}

TEST(Stop, AMistypedScopeIsRefusedInsteadOfStoppingEverything) {
    EXPECT_FALSE(scope(R"({"agnet":"https://agent.example/"})").ok());
    EXPECT_FALSE(scope(R"({"protocol":"http"})").ok());
    EXPECT_FALSE(scope(R"({"market":"Germany"})").ok());
    EXPECT_FALSE(scope(R"({"actions":["checkout.purchase"]})").ok());
    EXPECT_FALSE(scope(R"([])").ok());
}

TEST(Stop, EndsByItself) {
    Case request;
    Stop stop;
    stop.id = "stp_1";
    stop.expires = Timestamp{} + std::chrono::seconds{10};
    request.facts.now = Timestamp{} + std::chrono::seconds{9};
    EXPECT_NE(stopped_by({stop}, request.get()), nullptr);
    request.facts.now += std::chrono::seconds{1};
    EXPECT_EQ(stopped_by({stop}, request.get()), nullptr);
}

TEST(Stop, SurvivesTheStore) {
    Stop stop;
    stop.id = "stp_1";
    stop.scope = *scope(R"({"actions":["checkout.*"],"agent":"a","class":"b","handler":"c","market":"DE",)"
                        R"("product":"d","protocol":"a2a"})");
    stop.reason = "Recall \u2013 see /recall";
    stop.author = "operator";
    stop.created = Timestamp{} + std::chrono::seconds{5};
    EXPECT_EQ(stop_from_json(to_json(stop)).value(), stop);
    stop.expires = stop.created + std::chrono::hours{1};
    stop.scope = {};
    EXPECT_EQ(stop_from_json(to_json(stop)).value(), stop);
    EXPECT_TRUE(is_general(stop.scope));
    EXPECT_TRUE(is_general(*scope(R"({"protocol":"ucp","actions":["checkout.*"]})")));
    EXPECT_FALSE(is_general(*scope(R"({"agent":"a"})")));
}

TEST(Approval, SurvivesTheStore) {
    Approval approval;
    approval.checkout = "chk_1";
    approval.content.fill(7);
    approval.total = test::eur(70000);
    approval.item_count = 3;
    approval.agent = "https://agent.example/";
    approval.codes = {"amount_needs_approval", "quantity_needs_approval"};
    approval.decision = "dec_1";
    approval.asked = Timestamp{} + std::chrono::seconds{1};
    approval.expires = Timestamp{} + std::chrono::seconds{100};
    for (auto const state : {ApprovalState::open, ApprovalState::granted, ApprovalState::denied, ApprovalState::used}) {
        approval.state = state;
        EXPECT_EQ(approval_from_json(to_json(approval)).value(), approval);
        EXPECT_EQ(approval_state_from_text(to_text(state)), state);
        bool const stands = state == ApprovalState::open || state == ApprovalState::granted;
        EXPECT_EQ(is_live(approval, approval.asked), stands);
        EXPECT_FALSE(is_live(approval, approval.expires));
    }
    EXPECT_FALSE(approval_from_json("{}").ok());
}

}  // namespace
}  // namespace b2a::policy
