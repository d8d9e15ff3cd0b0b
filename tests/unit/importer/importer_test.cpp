// SPDX-License-Identifier: Apache-2.0
// The run as a whole: formats, atomicity, dry run, progress, evidence, and files that nobody should trust.
#include <random>

#include <sys/resource.h>

#include "b2a/base/limits.hpp"

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

class Run : public ImportCase {
  protected:
    std::string good(std::string const& name = "good.csv") { return file(name, "sku,name,price\nA,a,1\nB,b,2\n"); }
};

TEST_F(Run, FormatsHaveNames) {
    for (auto const format :
         {Format::automatic, Format::native_jsonl, Format::magento_csv, Format::magento_links, Format::openfoodfacts,
          Format::google_table, Format::google_xml, Format::schema_org, Format::shopify, Format::mapped})
        EXPECT_EQ(format_from_text(to_text(format)), format);
    EXPECT_FALSE(format_from_text("xml"));
}

TEST_F(Run, TheHeaderDecides) {
    auto const report = must_run({file("a.txt", "\xEF\xBB\xBF \n{\"type\":\"brand\",\"name\":\"b\",\"title\":\"B\"}\n"),
                                  file("related.txt", "sku,linked_sku\nA,B\n"), good("c.txt"),
                                  file("d.txt", "\"code\";\"product_name\"\n1;n\n")});
    std::string formats;
    for (auto const& entry : report.files) formats += std::string(to_text(entry.format)) + ' ';
    EXPECT_EQ(formats, "jsonl magento-links magento openfoodfacts ");
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
}

TEST_F(Run, UnusableFilesFailBeforeAnythingIsRead) {
    auto const code = [&](std::string const& bad) {
        auto report = run({good(), bad});
        return report ? Code::internal : report.error().code;
    };
    EXPECT_EQ(code("/nonexistent.csv"), Code::not_found);
    EXPECT_EQ(code(file("empty.csv", "")), Code::invalid_request);
    EXPECT_EQ(code(file("other.csv", "x,y\n1,2\n")), Code::invalid_request);
    EXPECT_EQ(code(file("utf16.csv", std::string("\xFF\xFEs\0k\0u\0", 8))), Code::invalid_request);
    EXPECT_EQ(code(file("wide.csv", std::string(limits::import_columns_max, ',') + "\n")), Code::invalid_request);
    EXPECT_FALSE(run({}));
    options.format = Format::magento_csv;
    EXPECT_EQ(code(file("food.csv", "code,product_name\n1,n\n")), Code::invalid_request);
    EXPECT_EQ(store.revision, 0U);
    EXPECT_TRUE(store.catalog.products.empty());
}

TEST_F(Run, AFailingStorePublishesNothing) {
    store.puts_until_failure = 3;
    auto const report = run({good(), file("second.csv", "sku,name,price\nC,c,1\nD,d,2\n"), good("third.csv")});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, Code::store_unavailable);
    EXPECT_TRUE(store.catalog.products.empty());
    EXPECT_TRUE(store.events.empty());
}

TEST_F(Run, ADryRunReportsAndLeavesNoTrace) {
    options.dry_run = true;
    auto const report = must_run({good()});
    EXPECT_EQ(report.products, 2U);
    EXPECT_EQ(report.added, 2U);
    EXPECT_EQ(report.revision, 0U);
    EXPECT_TRUE(store.catalog.products.empty());
    EXPECT_TRUE(store.events.empty());
}

TEST_F(Run, TheEventTellsWhatWasPublished) {
    audit::Event event;
    event.agent = "cli";
    options.files = {good()};
    ASSERT_TRUE(importer::run(store, options, now, event, {}).ok());
    ASSERT_EQ(store.events.size(), 1U);
    auto const& kept = store.events.front();
    EXPECT_EQ(kept.type, "catalog.published");
    EXPECT_EQ(kept.agent, "cli");
    auto const detail = [&](std::string_view name) {
        for (auto const& [key, value] : kept.details)
            if (key == name) return value;
        return std::string("absent");
    };
    EXPECT_EQ(detail("files"), "1");
    EXPECT_EQ(detail("rows"), "2");
    EXPECT_EQ(detail("products"), "2");
    EXPECT_EQ(detail("variants"), "2");
    EXPECT_EQ(detail("base_revision"), "0");
}

TEST_F(Run, ProgressGrowsToTheEndOfEachFile) {
    std::string content = "sku,name,price\n";
    for (int i = 0; i < 60'000; ++i) content += "SKU-" + std::to_string(i) + ",name,1\n";
    options.files = {file("big.csv", content), good()};
    std::vector<Progress> told;
    ASSERT_TRUE(importer::run(store, options, now, {}, [&](Progress const& p) { told.push_back(p); }).ok());
    ASSERT_GE(told.size(), 5U);
    for (std::size_t i = 1; i < told.size(); ++i) {
        EXPECT_LE(told[i].bytes_done, told[i].bytes_total);
        if (told[i].bytes_total == told[i - 1].bytes_total) EXPECT_GE(told[i].bytes_done, told[i - 1].bytes_done);
    }
    EXPECT_EQ(told.back().bytes_done, told.back().bytes_total);
    EXPECT_EQ(told.back().rows, 2U);
}

TEST_F(Run, TheBrandIsGivenOrTheFolder) {
    must_run({good()});
    EXPECT_EQ(product("A").brand, "acme");
    options.brand = "Other";
    EXPECT_EQ(must_run({good()}).updated, 2U);
    EXPECT_EQ(product("A").brand, "Other");
}

TEST_F(Run, RejectionsAreCountedBeyondThoseKept) {
    std::string content = "sku,name,price\n";
    for (int i = 0; i < 1'500; ++i) content += ",x,1\n";
    auto const report = must_run({file("bad.csv", content + "A,a,1\n")});
    EXPECT_EQ(report.rejected, 1'500U);
    EXPECT_EQ(report.rejections.size(), limits::import_rejections_kept_max);
    EXPECT_EQ(report.products, 1U);
}

TEST_F(Run, HostileRowsCostOnlyThemselves) {
    auto const big = std::string(10 * 1024 * 1024, 'x');
    auto const report = must_run(
        {file("hostile.csv", "sku,name,price\nA,a,1\nB,\"b\"b,1\nC,\xFF\xC0\x80,1\n" + std::string("D,d\0d,1\n", 8) +
                                 "E," + big + ",1\nF,f\nG,g,1,1\nA,again,1\nH,h \"quoted\" h,1\nI,\"open,1\nJ,j,1\n")});
    EXPECT_EQ(report.products, 3U);
    EXPECT_EQ(product("H").title, "h \"quoted\" h");
    EXPECT_EQ(product("J").title, "j");
    EXPECT_EQ(report.rejected, 8U);
    EXPECT_EQ(reasons(report),
              "3: text behind a closing quote\n4: field 2 is not UTF-8\n5: a NUL byte\n"
              "6: field 2 is larger than 1048576 bytes\n7: 2 fields where the header has 3\n"
              "8: 4 fields where the header has 3\n9: duplicate id \"A\": first on line 2 of hostile.csv\n"
              "11: a quoted field that is never closed; reading resumed on the next line\n");
}

/// Real rows where they are at hand, else rows of our own with the same features.
std::vector<std::string> seeds() {
    std::vector<std::string> out;
    auto const data = shared_data("");
    for (auto const* name : {"luma/products.csv", "luma/simple_products_gear_bags.csv", "openfoodfacts/products.tsv",
                             "openfoodfacts/food-10k.csv"}) {
        std::ifstream in(data + name, std::ios::binary);
        std::string head(12'000, '\0');
        in.read(head.data(), static_cast<std::streamsize>(head.size()));
        head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
        if (!head.empty()) out.push_back(std::move(head));
    }
    out.emplace_back(
        "sku,name,product_type,price,configurable_variations\nA-1,\"a \"\"1\"\"\nx\",simple,1.50,\n"
        "A,a,configurable,,\"sku=A-1,size=S|sku=A-2,size=M\"\n");
    out.emplace_back(R"({"type":"product","id":"p","title":"T","attributes":[{"name":"w","value":"1.5","unit":"kg"}],)"
                     R"("variants":[{"id":"v","offers":[{"currency":"USD","price":5}],"stock":1}]})"
                     "\n");
    out.emplace_back("sku,linked_sku\nA,\"B\nC\"\n");
    return out;
}

std::int64_t peak_kib() {
    rusage use{};
    EXPECT_EQ(::getrusage(RUSAGE_SELF, &use), 0);
    return use.ru_maxrss;
}

TEST_F(Run, MutatedFilesNeverCrashAndNeverTakeMuchMemory) {
    auto const before = peak_kib();
    auto const all = seeds();
    std::mt19937 random(20'261'124);  // NOLINT(*-msc51-cpp): the same mutations every time
    constexpr std::string_view nasty = "\"\",;\t\n\r<>&{}[]:\\|=/'0\x7F\x80\xC3\xE2\xFF";
    auto const below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    std::size_t imported = 0;
    for (int round = 0; round < 2'000; ++round) {
        auto content = all[below(all.size())];
        for (auto count = 1 + below(12); count > 0 && !content.empty(); --count) {
            auto const at = below(content.size());
            switch (below(5)) {
                case 0: content[at] = static_cast<char>(below(256)); break;
                case 1: content.insert(at, 1, nasty[below(nasty.size())]); break;
                case 2: content.erase(at, 1 + below(40)); break;
                case 3: content.insert(at, content.substr(below(content.size()), below(200))); break;
                default: content[at] = nasty[below(nasty.size())]; break;
            }
        }
        auto const report = run({file(round % 2 == 0 ? "related.x" : "upsell.x", content)});
        if (!report) {
            ASSERT_EQ(report.error().code, Code::invalid_request) << report.error().detail;
            continue;
        }
        ++imported;
        ASSERT_LE(report->products, report->rows);
        for (auto const& rejection : report->rejections) ASSERT_LT(rejection.reason.size(), 2'000U);
        store = FakeStore();
    }
    EXPECT_GT(imported, 500U);
    // The peak is the whole process's: what tests before this one took is none of these files' doing. AddressSanitizer
    // keeps up to 256 MiB of what was freed.
    EXPECT_LT(peak_kib() - before, 600 * 1024);
}

}  // namespace
}  // namespace b2a::importer::test
