// SPDX-License-Identifier: Apache-2.0
// A2A in front of a whole shop: which call a message becomes, what its id and its conversation are good for.
#include "protocol/a2a/actions.hpp"
#include "protocol/a2a/incoming.hpp"
#include "protocol/a2a/said.hpp"
#include "protocol/ucp/operations.hpp"
#include "shop.hpp"

namespace b2a::protocol::a2a {
namespace {

using json::Value;
using test::parsed;
using ucp::Version;
constexpr auto ucp_version = Version::v2026_08_25;

class A2a : public ::testing::Test {
  protected:
    using Fields = test::Shop::Fields;

    static Fields profile() { return {{"UCP-Agent", test::agent_field(test::platform_url(ucp_version))}}; }
    static Fields token() { return {{"Authorization", "Bearer sandbox-agent"}}; }

    Value post(Value const& body, Fields fields) {
        fields.emplace_back("Content-Type", "application/json");
        fields.emplace_back("A2A-Version", "1.0");
        return parsed(shop_.send(web::Method::post, "/a2a", fields, body.dump()).body);
    }
    Value send(std::string const& message_id, std::string const& context_id, Value const& data,
               Fields fields = token()) {
        Value message{{"role", "ROLE_USER"}, {"messageId", message_id}, {"parts", Value::array({{{"data", data}}})}};
        if (!context_id.empty()) message["contextId"] = context_id;
        return post({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "SendMessage"}, {"params", {{"message", message}}}},
                    std::move(fields));
    }
    static Value checkout(Value const& answer) {
        return answer.at("result").at("message").at("parts").at(0).at("data").at("a2a.ucp.checkout");
    }
    static std::string code(Value const& answer) {
        return answer.at("error").at("data").at(0).at("metadata").at("code").get<std::string>();
    }
    static Value add(std::string const& variant, int quantity = 1) {
        return {{"action", "add_to_checkout"}, {"variant_id", variant}, {"quantity", quantity}};
    }

    test::Shop shop_;
};

TEST_F(A2a, ARepeatedMessageHasOneEffectWhateverItLedTo) {
    auto const first = send("m1", "", add("honey"));
    EXPECT_EQ(send("m1", "", add("honey")), first);
    auto const context = first["result"]["message"]["contextId"].get<std::string>();
    // The second time there is a checkout to add to; the kept answer is given all the same.
    EXPECT_EQ(send("m1", context, add("honey")), first) << "now with the name that the answer gave it";
    auto const more = send("m2", context, add("honey", 2));
    EXPECT_EQ(checkout(more)["line_items"][0]["quantity"], 3);
    EXPECT_EQ(send("m2", context, add("honey", 2)), more);
    Value const remove{{"action", "remove_from_checkout"}, {"variant_id", "honey"}, {"quantity", 1}};
    auto const less = send("m3", context, remove);
    EXPECT_EQ(checkout(less)["line_items"][0]["quantity"], 2);
    EXPECT_EQ(send("m3", context, remove), less);
    EXPECT_EQ(checkout(send("m4", context, {{"action", "get_checkout"}}))["line_items"][0]["quantity"], 2);
}

TEST_F(A2a, AMessagesIdIsGoodForOneCallOnly) {
    send("m1", "c", add("honey"));
    EXPECT_EQ(code(send("m1", "c", add("honey", 2))), "idempotency_conflict");
    EXPECT_EQ(code(send("m1", "c", {{"action", "cancel_checkout"}})), "idempotency_conflict");
    EXPECT_EQ(code(send("m1", "d", add("honey"))), "idempotency_conflict");
    EXPECT_EQ(checkout(send("m1", "c", {{"action", "get_checkout"}}))["status"], "incomplete") << "reads have no key";
    // Somebody else's message of that id is another one.
    EXPECT_EQ(checkout(send("m1", "c", add("honey", 3), profile()))["line_items"][0]["quantity"], 3);
}

TEST_F(A2a, AConversationIsItsCallersOwn) {
    auto const mine = checkout(send("m1", "c", add("honey")));
    auto const theirs = checkout(send("m1", "c", add("honey"), profile()));
    EXPECT_NE(mine["id"], theirs["id"]);
    EXPECT_EQ(checkout(send("m2", "c", {{"action", "get_checkout"}}))["id"], mine["id"]);
    auto const stolen = send("m3", "x", {{"action", "get_checkout"}, {"checkout_id", mine["id"]}}, profile());
    EXPECT_EQ(checkout(stolen)["messages"][0]["code"], "not_found");
    EXPECT_EQ(checkout(send("m4", "nowhere", {{"action", "cancel_checkout"}}))["messages"][0]["code"], "not_found");
}

TEST_F(A2a, ChangesOfPartsLeaveTheRest) {
    send("m1", "c", add("hoodie-black-m"));
    send("m2", "c", {{"action", "update_checkout"}, {"buyer", {{"email", "ada@example.com"}}}});
    Value const address{{"street_address", "1 Market Street"},
                        {"address_locality", "San Francisco"},
                        {"address_region", "CA"},
                        {"postal_code", "94105"},
                        {"address_country", "US"}};
    auto const sent = checkout(send("m3", "c", {{"action", "set_shipping_address"}, {"address", address}}));
    EXPECT_EQ(sent["buyer"]["email"], "ada@example.com");
    auto const& method = sent["fulfillment"]["methods"][0];
    EXPECT_EQ(method["destinations"][0]["postal_code"], "94105");
    auto const option = method["groups"][0]["options"].back()["id"];
    auto const chosen = checkout(send("m4", "c", {{"action", "select_shipping_option"}, {"option_id", option}}));
    EXPECT_EQ(chosen["fulfillment"]["methods"][0]["groups"][0]["selected_option_id"], option);
    auto const refused = checkout(send("m5", "c", {{"action", "select_shipping_option"}, {"option_id", "teleport"}}));
    EXPECT_EQ(refused["messages"][0]["code"], "invalid_selection");
    EXPECT_EQ(refused["id"], sent["id"]);
    EXPECT_EQ(code(send("m6", "c", {{"action", "update_checkout"}, {"colour", "red"}})), "invalid_request");
    EXPECT_EQ(code(send("m7", "c", {{"action", "remove_from_checkout"}, {"product_id", "hoodie"}})), "unprocessable");
}

TEST_F(A2a, AProductIsItsOnlyVariantOrHasToBeChosen) {
    Value const hoodie{{"action", "add_to_checkout"}, {"product_id", "hoodie"}};
    auto const which = checkout(send("m1", "c", hoodie));
    EXPECT_EQ(which["messages"][0]["code"], "invalid_selection");
    EXPECT_NE(which["messages"][0]["content"].get<std::string>().find("hoodie-moss-m"), std::string::npos);
    auto const one = checkout(send("m2", "c", {{"action", "add_to_checkout"}, {"product_id", "honey"}}));
    EXPECT_EQ(one["line_items"][0]["item"]["id"], "honey");
    auto const named = checkout(send("m3", "c", {{"action", "add_to_checkout"}, {"product_id", "hoodie-moss-m"}}));
    EXPECT_EQ(named["line_items"][1]["item"]["id"], "hoodie-moss-m");
    auto const none = checkout(send("m4", "c", {{"action", "add_to_checkout"}, {"product_id", "unicorn"}}));
    EXPECT_EQ(none["line_items"].size(), 2U);
    EXPECT_EQ(none["messages"][0]["code"], "item_unavailable");
}

TEST_F(A2a, WhatOnlyConversationsHaveIsNoToolAndNoRoute) {
    for (auto const* name : {"add_to_checkout", "remove_from_checkout", "change_checkout"}) {
        Value const body{{"jsonrpc", "2.0"},
                         {"id", 1},
                         {"method", "tools/call"},
                         {"params", {{"name", name}, {"arguments", Value::object()}}}};
        auto const answer = shop_.send(web::Method::post, "/mcp", {{"Content-Type", "application/json"}}, body.dump());
        EXPECT_EQ(parsed(answer.body)["error"]["code"], -32602) << name;
    }
}

TEST_F(A2a, ATokenAloneGetsOurTermsWithoutMandates) {
    auto const answer = checkout(send("m1", "", add("honey")));
    EXPECT_EQ(answer["ucp"]["version"], "2026-08-25");
    EXPECT_FALSE(answer.contains("ap2"));
    EXPECT_EQ(code(send("m1", "", add("honey"), {{"Authorization", "Bearer nobody"}})), "unauthenticated");
    EXPECT_EQ(code(send("m1", "", add("honey"), {})), "invalid_profile_url");
    EXPECT_EQ(shop_.fetches(), 0U);
}

TEST_F(A2a, TheRulesSeeTheProtocolThatIsSpoken) {
    send("m1", "c", add("honey"));
    auto const entries = shop_.reader().audit_entries(0, 100);
    ASSERT_TRUE(entries.ok());
    ASSERT_FALSE(entries->empty());
    EXPECT_NE(std::string(entries->back().body).find("\"protocol\":\"a2a\""), std::string::npos);
}

TEST(A2aIncoming, TextStandsForAnActionOnlyWhereItCannotMeanAnythingElse) {
    EXPECT_EQ(action_of_text("search: red shoes"), R"({"action":"search_catalog","query":"red shoes"})");
    EXPECT_EQ(action_of_text("  SEARCH:\"x\"\n"), R"({"action":"search_catalog","query":"\"x\""})");
    for (auto const* text : {"", "search", "search:", "search for shoes", "please search: shoes", "buy it"})
        EXPECT_EQ(action_of_text(text), "") << text;
}

TEST(A2aIncoming, ATasksIdIsACheckoutInAConversation) {
    EXPECT_EQ(to_text(TaskId{"chk_1", "a/b"}), "chk_1/a/b");
    EXPECT_EQ(parse_task_id("chk_1/a/b")->context_id, "a/b");
    for (auto const* text : {"", "chk_1", "/x", "x/", "/"}) EXPECT_FALSE(parse_task_id(text)) << text;
}

TEST(A2aSaid, ARefusalsStatusBecomesACode) {
    Said said;
    said.body = R"({"code":"x","content":"No.","decision_id":"d","count":7})";
    said.content = "No.";
    for (auto const& [status, code] : {std::pair{400, -32602},
                                       {413, -32602},
                                       {415, -32602},
                                       {422, -32602},
                                       {401, -32000},
                                       {403, -32000},
                                       {409, -32000},
                                       {424, -32000},
                                       {429, -32000},
                                       {503, -32000},
                                       {500, -32603},
                                       {502, -32603}}) {
        auto const failure = refusal_of(said, status);
        EXPECT_EQ(failure.code, code) << status;
        EXPECT_EQ(failure.message, "No.");
        EXPECT_EQ(failure.data, R"({"code":"x","content":"No.","decision_id":"d"})") << "texts only";
    }
    EXPECT_EQ(refusal_of({}, 500).data, "{}");
    EXPECT_FALSE(refusal_of({}, 500).message.empty());
}

TEST(A2aActions, EveryDocumentedActionIsOneAndTheOtherWayRound) {
    auto const document = parsed(std::string(actions_document()));
    std::size_t documented = 0;
    for (auto const& action : document["actions"]) {
        auto const* row = find_action(action["name"].get<std::string>());
        ASSERT_NE(row, nullptr) << action["name"];
        EXPECT_NE(ucp::find_conversation_operation(row->tool), nullptr) << row->tool;
        EXPECT_NE(action["description"].get<std::string>().find(row->key), std::string::npos) << row->key;
        ++documented;
    }
    EXPECT_EQ(documented, 13U);
    EXPECT_EQ(find_action("teleport"), nullptr);
}

}  // namespace
}  // namespace b2a::protocol::a2a
