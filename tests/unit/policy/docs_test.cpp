// SPDX-License-Identifier: Apache-2.0
// The examples in docs/policy.md are rules that load and tests that pass; its tables name what the language has.
#include "policy/block.hpp"
#include "support.hpp"

namespace b2a::policy {
namespace {

std::string page() {
    return test::read_file(std::string(B2A_SOURCE_DIR) + "/docs/policy.md");
}

std::vector<std::string> toml_blocks(std::string const& text) {
    constexpr std::string_view fence = "```toml\n";
    std::vector<std::string> out;
    for (auto at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
        at += fence.size();
        out.push_back(text.substr(at, text.find("```", at) - at));
    }
    return out;
}

TEST(PolicyDocs, ExamplesLoadAndPass) {
    auto const blocks = toml_blocks(page());
    ASSERT_GE(blocks.size(), 2U);
    std::size_t tests = 0;
    for (auto const& block : blocks) {
        auto const rules = test::load(block);
        ASSERT_NE(rules, nullptr) << block;
        for (auto const& result : rules->run_tests()) {
            EXPECT_EQ(result.failure, "") << result.name;
            ++tests;
        }
    }
    EXPECT_GE(tests, 2U);
}

TEST(PolicyDocs, NamesEveryAttributeOperatorAndAction) {
    auto const text = page();
    auto const named = [&](std::string_view word) {
        return text.find("`" + std::string(word) + "`") != std::string::npos;
    };
    for (std::size_t i = 0; i < attribute_count; ++i) {
        auto const& attribute = info(static_cast<Attribute>(i));
        EXPECT_TRUE(named(attribute.path)) << attribute.path;
        auto const row = text.substr(text.find("## Attributes"));
        auto const start = row.find("`" + std::string(attribute.path) + "`");
        auto const line = row.substr(start, row.find('\n', start) - start);
        for (int op = 0; op <= static_cast<int>(Op::prefix); ++op) {
            auto const name = "`" + std::string(to_text(static_cast<Op>(op))) + "`";
            EXPECT_EQ(line.find(name) != std::string::npos, fits(static_cast<Op>(op), attribute.type)) << line << name;
        }
    }
    for (std::size_t i = 0; i < action_count; ++i) EXPECT_TRUE(named(to_text(static_cast<Action>(i))));
}

}  // namespace
}  // namespace b2a::policy
