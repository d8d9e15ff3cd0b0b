// SPDX-License-Identifier: Apache-2.0
// The importer on the stores that ship: what the fake promises must hold for them.
#include "b2a/store/sqlite.hpp"

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

class Stores : public ImportCase, public ::testing::WithParamInterface<char const*> {
  protected:
    std::unique_ptr<store::Store> open() {
        if (std::string_view(GetParam()) == "memory") return store::make_memory_store();
        auto opened = store::open_sqlite(path("store.db"), store::OpenMode::create);
        if (opened) return std::move(*opened);
        ADD_FAILURE() << opened.error().detail << opened.error().note.text;
        return store::make_memory_store();
    }

    static std::string jacket(std::string const& price, std::string const& edges) {
        return R"({"type":"product","id":"j","title":"Jacket","edges":[)" + edges +
               R"(],"variants":[{"id":"j-s","stock":3,"offers":[{"currency":"USD","price":)" + price + "}]}]}\n";
    }
};

TEST_P(Stores, PublishOnceAndChangeNothingTwice) {
    auto const target = open();
    auto const edge = R"({"type":"related","target":"A"})";
    options.files = {file("native.jsonl", jacket("500", edge)), file("flat.csv", "sku,name,price\nA,a,1\nB,b,\n"),
                     file("upsell.csv", "sku,linked_sku\nA,j-s\nB,gone\n")};
    auto const first = importer::run(*target, options, now, {}, {});
    ASSERT_TRUE(first.ok()) << first.error().detail;
    EXPECT_EQ(first->added, 3U);
    EXPECT_EQ(first->updated, 0U);
    EXPECT_EQ(first->links, 2U);
    EXPECT_EQ(first->links_unresolved, 1U);
    auto const again = importer::run(*target, options, now, {}, {});
    ASSERT_TRUE(again.ok()) << again.error().detail;
    EXPECT_EQ(again->unchanged, 3U);
    EXPECT_EQ(again->updated, 0U);
    EXPECT_EQ(again->revision, first->revision);

    auto const reader = *target->open_reader();
    auto const data = *reader->catalog();
    EXPECT_EQ(data.revision, first->revision);
    ASSERT_EQ(data.products.size(), 3U);
    auto const& product = data.products.back();
    EXPECT_EQ(product.id, "j");
    EXPECT_EQ(product.edges.at(0).target, "A");
    EXPECT_EQ(data.products.front().edges.at(0).target, "j");
    EXPECT_EQ(reader->stock()->at("j-s"), 3);
    auto const entries = *reader->audit_entries(0, 10);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_NE(entries.front().body.find("catalog.published"), std::string::npos);
}

TEST_P(Stores, ADryRunAndAFailedRunLeaveNoTrace) {
    auto const target = open();
    options.files = {file("native.jsonl", jacket("500", ""))};
    options.dry_run = true;
    auto const dry = importer::run(*target, options, now, {}, {});
    ASSERT_TRUE(dry.ok());
    EXPECT_EQ(dry->added, 1U);
    options.dry_run = false;
    options.files.push_back(file("broken.csv", "sku,title\n"));
    EXPECT_FALSE(importer::run(*target, options, now, {}, {}).ok());
    auto const reader = *target->open_reader();
    EXPECT_TRUE(reader->catalog()->products.empty());
    EXPECT_EQ(reader->audit_head()->size, 0U);
}

TEST_P(Stores, AnUpdateIsOneRevisionMore) {
    auto const target = open();
    options.files = {file("native.jsonl", jacket("500", ""))};
    auto const first = *importer::run(*target, options, now, {}, {});
    options.files = {file("native.jsonl", jacket("450", ""))};
    auto const second = *importer::run(*target, options, now, {}, {});
    EXPECT_EQ(second.updated, 1U);
    EXPECT_EQ(second.revision, first.revision + 1);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Stores, ::testing::Values("memory", "sqlite"),
                         [](auto const& info) { return std::string(info.param); });

}  // namespace
}  // namespace b2a::importer::test
