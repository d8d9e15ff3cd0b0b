// SPDX-License-Identifier: Apache-2.0
#include "importer/row_reader.hpp"

#include "b2a/base/limits.hpp"

#include "importer/table.hpp"
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

class RowReaderCase : public ImportCase {
  protected:
    struct Got {
        std::uint64_t line;
        std::vector<std::string> fields;
        std::string fault;
    };

    static std::vector<Got> all(RowReader& reader) {
        std::vector<Got> out;
        Row row;
        for (;;) {
            auto more = reader.next(row);
            EXPECT_TRUE(more.ok());
            if (!more || !*more) return out;
            out.push_back({row.line, {row.fields.begin(), row.fields.end()}, row.fault});
        }
    }

    std::vector<Got> csv(std::string_view content) {
        CsvReader reader(*Source::open(file("x.csv", content)), ',');
        return all(reader);
    }
    std::vector<Got> tsv(std::string_view content) {
        TsvReader reader(*Source::open(file("x.tsv", content)));
        return all(reader);
    }
    std::vector<Got> lines(std::string_view content) {
        LineReader reader(*Source::open(file("x.jsonl", content)));
        return all(reader);
    }
    /// Rows as "line:a|b" or "line!fault".
    static std::string text(std::vector<Got> const& rows) {
        std::string out;
        for (auto const& row : rows) {
            out += std::to_string(row.line);
            if (row.fault.empty()) out += ':' + join(row.fields);
            else out += '!' + row.fault;
            out += '\n';
        }
        return out;
    }
};

struct CsvExample {
    char const* what;
    std::string content;
    std::string rows;
};

class CsvExamples : public RowReaderCase, public ::testing::WithParamInterface<CsvExample> {};

TEST_P(CsvExamples, AreRead) {
    EXPECT_EQ(text(csv(GetParam().content)), GetParam().rows) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    All, CsvExamples,
    ::testing::Values(
        CsvExample{"plain", "a,b\nc,d\n", "1:a|b\n2:c|d\n"},
        CsvExample{"no final line feed", "a,b\nc,d", "1:a|b\n2:c|d\n"},
        CsvExample{"CRLF", "a,b\r\nc,\"d\"\r\n", "1:a|b\n2:c|d\n"},
        CsvExample{"empty fields", ",\n\"\",\n", "1:|\n2:|\n"},
        CsvExample{"empty lines are skipped but counted", "a,b\n\n\r\nc,d\n\n", "1:a|b\n4:c|d\n"},
        CsvExample{"byte order mark",
                   "\xEF\xBB\xBF"
                   "a,b\n",
                   "1:a|b\n"},
        CsvExample{"byte order mark before a quote", "\xEF\xBB\xBF\"a\",b\n", "1:a|b\n"},
        CsvExample{"quoted delimiter, quote and line feed", "\"a,\"\"b\"\"\nc\",d\ne,f\n", "1:a,\"b\"\nc|d\n3:e|f\n"},
        CsvExample{"a quote inside an unquoted field", "5\" pipe,a\"b\"\n", "1:5\" pipe|a\"b\"\n"},
        CsvExample{"text behind a closing quote", "\"a\"b,c\nd,e\n", "1!text behind a closing quote\n2:d|e\n"},
        CsvExample{"carriage return behind a quote", "\"a\"\rb,c\nd,e\n", "1!text behind a closing quote\n2:d|e\n"},
        CsvExample{"carriage return at the very end", "a,\"b\"\r", "1:a|b\n"},
        CsvExample{"lone carriage return is data", "a\rb,c\n", "1:a\rb|c\n"},
        CsvExample{"quote closed at the end", "a,\"b\"", "1:a|b\n"},
        CsvExample{"quote never closed, last line", "a,b\nc,\"d", "1:a|b\n2!a quoted field that is never closed\n"},
        CsvExample{"quote never closed, rows behind it", "a,b\nc,\"d\ne,f\ng,h\n",
                   "1:a|b\n2!a quoted field that is never closed; reading resumed on the next line\n3:e|f\n4:g|h\n"},
        CsvExample{"quote never closed, doubled quotes behind it", "\"a\nb,\"\"\nc,\"\"\"\"\n",
                   "1!a quoted field that is never closed; reading resumed on the next line\n2:b|\n3:c|\"\n"},
        CsvExample{"a stray quote costs its row only", "a,\"b\nc,\"d\"\ne,f\n",
                   "1!text behind a closing quote; reading resumed on the next line\n2:c|d\n3:e|f\n"},
        CsvExample{"NUL", std::string("a,b\0c\nd,e\n", 10), "1!a NUL byte\n2:d|e\n"}, CsvExample{"nothing", "", ""},
        CsvExample{"only a byte order mark", "\xEF\xBB\xBF", ""}));

TEST_F(RowReaderCase, CsvLimitsHoldAndReadingGoesOn) {
    auto const big = std::string(10 * 1024 * 1024, 'x');
    auto const field_fault = "field 2 is larger than 1048576 bytes";
    EXPECT_EQ(text(csv("a," + big + ",c\nd,e\n")), "1!" + std::string(field_fault) + "\n2:d|e\n");
    EXPECT_EQ(text(csv("a,\"" + big + "\n\",c\nd,e\n")), "1!" + std::string(field_fault) + "\n3:d|e\n");
    EXPECT_EQ(text(csv("a,\"" + big + "\nb,c\nd,e\n")),
              "1!a quoted field that is never closed; reading resumed on the next line\n2:b|c\n3:d|e\n");
    auto const fitting = std::string(limits::import_field_bytes_max, 'y');
    auto const rows = csv(fitting + ",b\n");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].fault, "");
    EXPECT_EQ(text(csv(fitting + ',' + fitting + ',' + fitting + ',' + fitting + ",1\nd,e\n")),
              "1!the row is larger than 4194304 bytes\n2:d|e\n");
    EXPECT_EQ(text(csv(std::string(limits::import_columns_max, ',') + "\nd,e\n")), "1!more than 2000 fields\n2:d|e\n");
}

TEST_F(RowReaderCase, CsvRowsSpanChunks) {
    std::string content;
    for (int i = 0; i < 40'000; ++i) content += "\"row " + std::to_string(i) + "\nof \"\"many\"\"\",value\r\n";
    ASSERT_GT(content.size(), 3 * Source::chunk_bytes);
    auto const rows = csv(content);
    ASSERT_EQ(rows.size(), 40'000U);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i].line, 2 * i + 1);
        ASSERT_EQ(rows[i].fields.at(0), "row " + std::to_string(i) + "\nof \"many\"");
        ASSERT_EQ(rows[i].fields.at(1), "value");
    }
}

TEST_F(RowReaderCase, TsvHasNoQuoting) {
    EXPECT_EQ(text(tsv("a\t\"b\r\n\nc\"\"\t\n")), "1:a|\"b\n3:c\"\"|\n");
    EXPECT_EQ(text(tsv(std::string("a\0\tb\nc\td", 8))), "1!a NUL byte\n2:c|d\n");
    auto const big = std::string(limits::import_field_bytes_max + 1, 'x');
    EXPECT_EQ(text(tsv("a\t" + big + "\nc\td\n")), "1!field 2 is larger than 1048576 bytes\n2:c|d\n");
    EXPECT_EQ(text(tsv(std::string(limits::import_columns_max, '\t') + "\nc\td\n")),
              "1!more than 2000 fields\n2:c|d\n");
    EXPECT_EQ(text(tsv(std::string(10 * 1024 * 1024, 'x') + "\nc\td\n")),
              "1!the line is larger than 4194304 bytes\n2:c|d\n");
}

TEST_F(RowReaderCase, LinesAreBounded) {
    auto const fitting = std::string(limits::import_row_bytes_max, 'x');
    auto const rows = lines("a\r\n\n" + fitting + "\n" + fitting + "y\nb");
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0].fields.at(0), "a");
    EXPECT_EQ(rows[1].fields.at(0), "");
    EXPECT_EQ(rows[2].fault, "");
    EXPECT_EQ(rows[3].fault, "the line is larger than 4194304 bytes");
    EXPECT_TRUE(rows[3].fields.empty());
    EXPECT_EQ(rows[4].fields.at(0), "b");
    EXPECT_EQ(rows[4].line, 5U);
}

TEST_F(RowReaderCase, TablesCheckRowsAgainstTheHeader) {
    auto table = Table::open(file("t.csv", "SKU, Name \na,b\nc\nd,\xFF\xFE\ne,f,g\nh,i\n"));
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(join(table->header()), "sku|name");
    EXPECT_EQ(table->column("name"), 1U);
    EXPECT_FALSE(table->column("price"));
    std::vector<std::string> faults;
    Row row;
    while (*table->next(row)) faults.push_back(row.fault);
    EXPECT_EQ(join(faults), "|1 fields where the header has 2|field 2 is not UTF-8|3 fields where the header has 2|");
}

TEST_F(RowReaderCase, TablesRefuseBadHeaders) {
    auto const detail = [&](std::string_view content) {
        auto table = Table::open(file("t.csv", content));
        return table ? std::string("fine") : table.error().detail;
    };
    EXPECT_NE(detail("").find("the file is empty"), std::string::npos);
    EXPECT_NE(detail("\n\n").find("no header line"), std::string::npos);
    EXPECT_NE(detail("sku,SKU\n").find("the column \"sku\" comes twice"), std::string::npos);
    EXPECT_NE(detail("s\xFFku,b\n").find("not UTF-8"), std::string::npos);
    EXPECT_NE(detail("\"sku,b\n").find("never closed"), std::string::npos);
    EXPECT_EQ(detail("sku;name\na;b\n"), "fine");
}

TEST_F(RowReaderCase, OnlyRegularFilesAreOpened) {
    EXPECT_EQ(Source::open("/nonexistent/x").error().code, Code::not_found);
    EXPECT_EQ(Source::open("/tmp").error().code, Code::invalid_request);
    EXPECT_EQ(Source::open("/dev/zero").error().code, Code::invalid_request);
    EXPECT_EQ(Source::open("").error().code, Code::invalid_request);
}

}  // namespace
}  // namespace b2a::importer::test
