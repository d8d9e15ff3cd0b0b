// SPDX-License-Identifier: Apache-2.0
// The size charts of the native format, and what the lint says of sizes.
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

class SizeCharts : public ImportCase {
  protected:
    /// Why the line is rejected; empty when it is taken.
    std::string reason(std::string const& line) {
        options.format = Format::native_jsonl;
        auto const report = must_run({file("line.jsonl", line + "\n")});
        return report.rejections.empty() ? std::string() : report.rejections.front().reason;
    }
};

std::string chart_line(std::string const& rows, std::string const& more = {}) {
    return R"({"type":"size_chart","id":"tops","brand":"B","garment":"top","audience":"women","system":"letter",)"
           R"("rows":[)" +
           rows + "]" + more + "}";
}

TEST_F(SizeCharts, ASizeChartSaysWhichBodiesASizeIsFor) {
    EXPECT_EQ(reason(chart_line(R"({"label":"S","equivalents":[{"system":"eu","label":"36"}],"ranges":)"
                                R"({"bust":[840,879],"waist":[660,699]}})",
                                R"(,"source":"size guide","synthetic":true)")),
              "");
    auto const& chart = store.catalog.size_charts.at("tops");
    EXPECT_EQ(chart.brand, "B");
    EXPECT_EQ(chart.audience, domain::Audience::women);
    EXPECT_TRUE(chart.synthetic);
    ASSERT_EQ(chart.rows.size(), 1U);
    EXPECT_EQ(chart.rows[0].equivalents, (std::vector<domain::SizeEquivalent>{{domain::SizeSystem::eu, "36"}}));
    EXPECT_EQ(chart.rows[0].ranges[0], (domain::MeasureRange{domain::Measurement::chest, 840, 879}));
}

TEST_F(SizeCharts, SizeChartsThatMakeNoSenseAreRejected) {
    for (auto const& line : {
             chart_line(""),
             chart_line(R"({"label":"S"})"),
             chart_line(R"({"label":"S","ranges":{}})"),
             chart_line(R"({"label":"","ranges":{"chest":[840,879]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[879,840]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[84,88]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[840,99999999999]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[840,860,880]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[840.5,860]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":840}})"),
             chart_line(R"({"label":"S","ranges":{"nose":[40,60]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[840,879],"bust":[840,879]}})"),
             chart_line(R"({"label":"S","equivalents":[{"system":"mars","label":"1"}],"ranges":{"chest":[840,879]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[840,879]}},{"label":"s","ranges":{"chest":[880,919]}})"),
             chart_line(R"({"label":"S","ranges":{"chest":[840,879]}})", R"(,"colour":"red")"),
         })
        EXPECT_NE(reason(line), "") << line;
    EXPECT_TRUE(store.catalog.size_charts.empty());
}

TEST_F(SizeCharts, SizesThatNobodyExplainsAreFoundByTheLint) {
    auto const shirt = [](std::string const& id, std::string const& attributes, std::string const& size) {
        return R"({"type":"product","id":")" + id + R"(","brand":"B","title":"T","attributes":[)" + attributes +
               R"(],"variants":[{"id":")" + id + R"(-1","options":[{"name":"size","label":")" + size + "\"}]}]}\n";
    };
    auto const named = std::string(R"({"name":"size_chart","value":"tops"})");
    auto const implied = std::string(R"({"name":"garment","value":"top"},{"name":"audience","value":"women"})");
    auto const backwards = chart_line(R"({"label":"S","ranges":{"chest":[840,879]}},)"
                                      R"({"label":"M","ranges":{"chest":[800,839]}})");
    // The chart comes last: which ones there are is known at the end.
    auto const report =
        must_run({file("x.jsonl", shirt("a", named, "S") + shirt("b", implied, "S") + shirt("c", "", "S") +
                                      shirt("d", named, "XS") + backwards + "\n")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    ASSERT_EQ(report.lint.size(), 3U);
    EXPECT_EQ(report.lint[0].code, "sizes_out_of_order");
    EXPECT_EQ(report.lint[0].product, "tops");
    EXPECT_EQ(report.lint[1].code, "sizes_without_chart");
    EXPECT_EQ(report.lint[1].product, "c");
    EXPECT_EQ(report.lint[1].line, 3U);
    EXPECT_EQ(report.lint[2].code, "size_not_in_chart");
    EXPECT_EQ(report.lint[2].product, "d");
    EXPECT_EQ(report.lint[2].field, "size");
    EXPECT_EQ(report.lint[2].detail, "XS");
    EXPECT_EQ(must_run({file("y.jsonl", shirt("e", named, "S"))}).lint_warnings, 0U) << "the store knows the chart";
}

}  // namespace
}  // namespace b2a::importer::test
