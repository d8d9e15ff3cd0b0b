// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/reader.hpp"

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

namespace b2a::json {
namespace {

class ReaderTest : public testing::Test {
  protected:
    View parse(std::string_view text) { return document_.parse(text).value(); }

  private:
    Document document_;
};

void expect_problem(Reader const& reader, std::string_view pointer, std::string_view message) {
    ASSERT_EQ(reader.problems().size(), 1U);
    EXPECT_EQ(reader.problems()[0].pointer, pointer);
    EXPECT_EQ(reader.problems()[0].message, message);
}

TEST_F(ReaderTest, ReadsTypedMembers) {
    Reader reader(parse(R"({"s":"x","i":5,"b":false,"o":{"k":"v"},"l":[{"n":1},{"n":2}],"t":["a","b"],"z":null})"));
    EXPECT_EQ(reader.string("s", 10), "x");
    EXPECT_EQ(reader.integer("i", 1, 5), 5);
    EXPECT_EQ(reader.boolean("b"), false);
    std::string inner;
    reader.object("o", [&](Reader& o) { inner = o.string("k", 10, Presence::required).value_or(""); });
    EXPECT_EQ(inner, "v");
    std::int64_t sum = 0;
    reader.objects("l", 2, [&](Reader& o) { sum += o.integer("n", 0, 9).value_or(100); });
    EXPECT_EQ(sum, 3);
    EXPECT_EQ(reader.strings("t", 2, 1), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(reader.has("s"));
    EXPECT_FALSE(reader.has("z"));
    EXPECT_FALSE(reader.has("absent"));
    EXPECT_TRUE(reader.raw("z")->is(Kind::null));
    EXPECT_TRUE(reader.finish().ok());
}

TEST_F(ReaderTest, AbsentOptionalMembersAreNoProblem) {
    Reader reader(parse(R"({"z":null})"));
    auto const never = [](Reader&) { FAIL(); };
    for (auto const* const key : {"z", "absent"}) {
        EXPECT_FALSE(reader.string(key, 1));
        EXPECT_FALSE(reader.integer(key, 0, 1));
        EXPECT_FALSE(reader.boolean(key));
        EXPECT_FALSE(reader.strings(key, 1, 1));
        reader.object(key, never);
        reader.objects(key, 1, never);
    }
    EXPECT_TRUE(reader.finish().ok());
}

TEST_F(ReaderTest, RequiredMembersMustBeThere) {
    Reader absent(parse("{}"));
    EXPECT_FALSE(absent.string("k", 1, Presence::required));
    expect_problem(absent, "/k", "is required");
    Reader null(parse(R"({"k":null})"));
    null.object("k", [](Reader&) { FAIL(); }, Presence::required);
    expect_problem(null, "/k", "must not be null");
}

TEST_F(ReaderTest, NamesTheWrongKind) {
    Reader reader(parse(R"({"k":[]})"));
    auto const never = [](Reader&) { FAIL(); };
    EXPECT_FALSE(reader.string("k", 9));
    EXPECT_FALSE(reader.integer("k", 0, 9));
    EXPECT_FALSE(reader.boolean("k"));
    reader.object("k", never);
    std::vector<std::string> messages;
    for (auto const& problem : reader.problems()) messages.push_back(problem.message);
    EXPECT_EQ(messages, (std::vector<std::string>{"must be a string", "must be an integer", "must be true or false",
                                                  "must be an object"}));
    Reader other(parse(R"({"k":{}})"));
    other.objects("k", 9, never);
    EXPECT_FALSE(other.strings("k", 9, 9));
    EXPECT_EQ(other.problems().size(), 2U);
}

TEST_F(ReaderTest, ChecksBounds) {
    Reader text(parse(R"({"k":"ééé"})"));
    EXPECT_EQ(text.string("k", 6), "ééé");
    EXPECT_FALSE(text.string("k", 5));
    expect_problem(text, "/k", "must have at most 5 bytes");

    for (auto const* const number : {"0", "-9223372036854775808", "18446744073709551615", "11"}) {
        Reader reader(parse(R"({"k":)" + std::string(number) + "}"));
        EXPECT_FALSE(reader.integer("k", 1, 10));
        expect_problem(reader, "/k", "must be between 1 and 10");
    }
    for (auto const* const number : {"1.0", "1e0", "\"1\"", "true"}) {
        Reader reader(parse(R"({"k":)" + std::string(number) + "}"));
        EXPECT_FALSE(reader.integer("k", 1, 10));
        expect_problem(reader, "/k", "must be an integer");
    }

    Reader list(parse(R"({"k":[{},{}]})"));
    list.objects("k", 1, [](Reader&) { FAIL(); });
    expect_problem(list, "/k", "must have at most 1 elements");

    Reader texts(parse(R"({"k":["a","b"]})"));
    EXPECT_FALSE(texts.strings("k", 1, 9));
    expect_problem(texts, "/k", "must have at most 1 elements");
}

TEST_F(ReaderTest, PointsAtTheElement) {
    Reader reader(parse(R"({"a/b~":[{"k":1},7,{"k":"x"}],"t":["ok",1,"long"]})"));
    int visited = 0;
    reader.objects("a/b~", 9, [&](Reader& element) {
        ++visited;
        element.integer("k", 0, 9);
    });
    EXPECT_EQ(visited, 2);
    EXPECT_FALSE(reader.strings("t", 9, 3));
    std::vector<std::string> pointers;
    for (auto const& problem : reader.problems()) pointers.push_back(problem.pointer);
    EXPECT_EQ(pointers, (std::vector<std::string>{"/a~1b~0/1", "/a~1b~0/2/k", "/t/1", "/t/2"}));
}

TEST_F(ReaderTest, FinishTellsAllAndPointsAtTheFirst) {
    Reader reader(parse(R"({"o":{"i":"x"}})"));
    reader.object("o", [](Reader& o) { o.integer("i", 0, 9); });
    reader.problem("own", "does not fit");
    auto const result = reader.finish();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, Code::invalid_request);
    EXPECT_EQ(result.error().pointer, "/o/i");
    EXPECT_EQ(result.error().detail, "/o/i must be an integer; /own does not fit");
}

TEST_F(ReaderTest, ARootThatIsNoObjectIsOneProblem) {
    Reader reader(parse("[1]"));
    EXPECT_FALSE(reader.string("k", 1, Presence::required));
    expect_problem(reader, "", "must be an object");
    EXPECT_EQ(reader.finish().error().detail, "must be an object");
}

TEST_F(ReaderTest, KeepsABoundedNumberOfProblems) {
    Reader reader(parse("{}"));
    for (int i = 0; i < 1000; ++i) reader.string("k" + std::to_string(i), 1, Presence::required);
    EXPECT_EQ(reader.problems().size(), limits::json_errors_max);
}

}  // namespace
}  // namespace b2a::json
