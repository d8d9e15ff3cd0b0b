// SPDX-License-Identifier: Apache-2.0
#include "b2a/importer/lint.hpp"

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using domain::EdgeType;

domain::Product a_product(std::string id, std::vector<domain::Edge> edges = {}) {
    domain::Product product;
    product.id = std::move(id);
    product.title = product.id;
    product.categories = {"Shelf"};
    product.edges = std::move(edges);
    product.variants.emplace_back();
    product.variants.front().id = product.id;
    return product;
}

domain::Edge to(std::string target, EdgeType type = EdgeType::replaces) {
    return {type, std::move(target), "catalog"};
}

std::string shown(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& f : findings) out += f.code + ' ' + f.product + ' ' + f.field + ' ' + f.detail + '\n';
    return out;
}

std::vector<Finding> lint_products(std::vector<domain::Product> const& products) {
    return lint_catalog({products, {}, {}, {}});
}

TEST(Lint, ASoundCatalogHasNoFindings) {
    EXPECT_EQ(shown(lint_products({a_product("a", {to("b"), to("c")}), a_product("b", {to("c")}), a_product("c"),
                                   a_product("d", {to("e", EdgeType::related)}),
                                   a_product("e", {to("d", EdgeType::related)})})),
              "");
}

TEST(Lint, CirclesAreNamed) {
    EXPECT_EQ(shown(lint_products({a_product("a", {to("b")}), a_product("b", {to("a")})})),
              "edges_in_circle a replaces a > b > a\n");
    EXPECT_EQ(shown(lint_products({a_product("x", {to("a")}), a_product("a", {to("b")}), a_product("b", {to("c")}),
                                   a_product("c", {to("a"), to("z")}), a_product("z")})),
              "edges_in_circle a replaces a > b > c > a\n");
    EXPECT_EQ(shown(lint_products({a_product("p", {to("q", EdgeType::accessory_for)}),
                                   a_product("q", {to("p", EdgeType::accessory_for)})})),
              "edges_in_circle p accessory_for p > q > p\n");
}

TEST(Lint, ALongChainIsNoCircle) {
    std::vector<domain::Product> chain;
    for (int i = 0; i < 100'000; ++i) chain.push_back(a_product(std::to_string(i), {to(std::to_string(i + 1))}));
    chain.push_back(a_product("100000"));
    EXPECT_EQ(shown(lint_products(chain)), "");
}

TEST(Lint, EdgesLeadToOtherProductsThatExist) {
    auto const product = a_product("a", {to("a", EdgeType::substitute_for), to("gone", EdgeType::goes_with)});
    auto const findings = lint_products({product});
    EXPECT_EQ(shown(findings), "edge_to_itself a substitute_for a\nedge_to_nothing a goes_with gone\n");
    for (auto const& finding : findings) EXPECT_TRUE(is_error(finding.code));
}

TEST(Lint, ATradeItemNumberIsOneProducts) {
    auto first = a_product("a");
    first.variants.front().barcodes = {{"upc", "036000291452"}};
    auto second = a_product("b");
    second.variants.front().barcodes = {{"ean13", "0036000291452"}, {"other", "12345678"}};
    auto third = a_product("c");
    third.variants.front().barcodes = {{"other", "12345678"}};
    EXPECT_EQ(shown(lint_products({first, second, third})), "gtin_of_two_products b barcodes 0036000291452 a\n");
}

TEST(Lint, AFoodDeclaresItsAllergens) {
    auto food = a_product("soup");
    food.food.emplace();
    EXPECT_EQ(shown(lint_products({food})), "allergens_undeclared soup food \n");
    EXPECT_FALSE(is_error("allergens_undeclared"));
    food.food->allergens.mark_complete();
    EXPECT_EQ(shown(lint_products({food})), "");
}

using ImportLint = ImportCase;

TEST_F(ImportLint, ARunReportsWhatShowsBetweenProducts) {
    auto const line = [](std::string const& id, std::string const& edges, std::string const& code) {
        return R"({"type":"product","id":")" + id + R"(","title":"T","edges":[)" + edges + R"(],"variants":[{"id":")" +
               id + R"(-v","barcodes":[{"type":"ean13","value":")" + code + R"("}]}]})" + "\n";
    };
    must_run({file("first.jsonl", line("old", R"({"type":"replaces","target":"new"})", "4006381333931"))});
    auto const report = must_run({file(
        "second.jsonl", line("new", R"({"type":"replaces","target":"old"},{"type":"goes_with","target":"none"})", "1") +
                            line("self", R"({"type":"substitute_for","target":"self-v"})", "4006381333948") +
                            line("twin", "", "4006381333948"))});
    std::string out;
    for (auto const& f : report.lint)
        out += std::to_string(f.line) + ' ' + f.code + ' ' + f.product + ' ' + f.field + ' ' + f.detail + '\n';
    EXPECT_EQ(out,
              "2 edge_to_itself self substitute_for self-v\n"
              "3 gtin_of_two_products twin barcodes 4006381333948 self\n"
              "1 edge_to_nothing new goes_with none\n");
    // "old" was imported before "new" existed, so its edge did not come to be; now it does, and closes the circle.
    auto const again =
        must_run({file("first.jsonl", line("old", R"({"type":"replaces","target":"new"})", "4006381333931"))});
    ASSERT_EQ(again.lint.size(), 1U);
    EXPECT_EQ(again.lint[0].code, "edges_in_circle");
    EXPECT_EQ(again.lint[0].detail, "new > old > new");
}

TEST_F(ImportLint, OneKindDoesNotHideTheOthers) {
    std::string content;
    for (int i = 0; i < 1'500; ++i)
        content += R"({"type":"product","id":"f)" + std::to_string(i) +
                   R"(","title":"T","food":{},"variants":[{"id":"f)" + std::to_string(i) + R"("}]})" + "\n";
    content += R"({"type":"product","id":"last","title":"Carbon neutral","variants":[{"id":"last"}]})";
    auto const report = must_run({file("food.jsonl", content)});
    EXPECT_EQ(report.lint_warnings, 1'502U);
    EXPECT_LT(report.lint.size(), 500U);
    EXPECT_EQ(report.lint.back().product, "last");
}

}  // namespace
}  // namespace b2a::importer::test
