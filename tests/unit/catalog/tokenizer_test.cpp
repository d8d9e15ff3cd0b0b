// SPDX-License-Identifier: Apache-2.0
#include "catalog/tokenizer.hpp"

#include <gtest/gtest.h>

#include "b2a/base/encoding.hpp"

#include "support/synthetic_catalog.hpp"

namespace b2a::catalog {
namespace {

std::string words(std::string_view text) {
    std::string joined;
    std::string token;
    for (Tokenizer tokens(text); tokens.next(token);) joined += (joined.empty() ? "" : "|") + token;
    return joined;
}

std::string stemmed(std::string word) {
    stem(word);
    return word;
}

TEST(Tokenizer, SplitsAtEverythingButLettersAndDigits) {
    EXPECT_EQ(words("Men's T-Shirt, 100% Cotton (XL)"), "men|t|shirt|100|cotton|xl");
    EXPECT_EQ(words("  --  "), "");
    EXPECT_EQ(words(""), "");
    EXPECT_EQ(words("SKU-12/34_a.b"), "sku|12|34|a|b");
    EXPECT_EQ(words("a\tb\nc\x01"
                    "d\x7f"
                    "e"),
              "a|b|c|d|e");
    EXPECT_EQ(words(std::string_view("x\0y", 3)), "x|y");
}

TEST(Tokenizer, DropsOnlyThePossessive) {
    EXPECT_EQ(words("dogs' kid's o's"), "dogs|kid|o");
    EXPECT_EQ(words("l'eau it'sy 's"), "l|eau|it|sy|s");
    EXPECT_EQ(words("men'S"), "men");
}

TEST(Tokenizer, FoldsCaseAndDiacritics) {
    EXPECT_EQ(words("Crème Brûlée ÀÉÎÕÜ"), "creme|brulee|aeiou");
    EXPECT_EQ(words("Größe STRAẞE Æther Øl Łódź Þór"), "grosse|strasse|aether|ol|lodz|thor");
    EXPECT_EQ(words("Việt Ștefan İstanbul ŒUF ſ"), "viet|stefan|istanbul|oeuf|s");
    EXPECT_EQ(words("cafe\xCC\x81 noir"), "cafe|noir") << "a combining accent belongs to the letter before";
    EXPECT_EQ(words("ΑΘΉΝΑ Άλφα λόγος ΛΌΓΟΣ"), "αθηνα|αλφα|λογοσ|λογοσ");
    EXPECT_EQ(words("МОСКВА Ёлка Їжак"), "москва|елка|їжак");
    EXPECT_EQ(words("3×4÷2"), "3|4|2");
    EXPECT_EQ(words("ＡＢＣ　１２３！"), "abc|123");
}

TEST(Tokenizer, IdeographsAndKanaStandAlone) {
    EXPECT_EQ(words("東京タワー"), "東|京|タ|ワ|ー");
    EXPECT_EQ(words("NIKE耐克100克"), "nike|耐|克|100|克");
    EXPECT_EQ(words("𠀋x"), "𠀋|x");
    EXPECT_EQ(words("한국어 옷"), "한국어|옷") << "Korean writes spaces";
}

TEST(Tokenizer, SymbolsSeparate) {
    EXPECT_EQ(words("a–b—c…d™e€f·g«h»🎁i"), "a|b|c|d|e|f|g|h|i");
    EXPECT_EQ(words("soft\xC2\xADhyphen"), "softhyphen");
}

TEST(Tokenizer, MalformedBytesSeparate) {
    EXPECT_EQ(words("a\xFF"
                    "b\xC3"),
              "a|b");
    EXPECT_EQ(words("\xE6\x9D"
                    "x"),
              "x");
    EXPECT_EQ(words("a\xC0\x80"
                    "b"),
              "a|b")
        << "overlong";
    EXPECT_EQ(words("a\xED\xA0\x80"
                    "b"),
              "a|b")
        << "surrogate";
    EXPECT_EQ(words("a\xF4\x90\x80\x80"
                    "b"),
              "a|b")
        << "beyond Unicode";
}

TEST(Tokenizer, CutsLongWordsAtACharacter) {
    EXPECT_EQ(words(std::string(500, 'a')), std::string(token_bytes_max, 'a'));
    std::string greek;
    for (int i = 0; i < 100; ++i) greek += "λ";
    EXPECT_EQ(words("a" + greek).size(), token_bytes_max - 1);
    EXPECT_TRUE(is_utf8(words("a" + greek)));
}

TEST(Tokenizer, AnyBytesGiveWellFormedWords) {
    test::SeededRandom random(5);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes;
        for (std::size_t i = 0, size = random.below(40); i < size; ++i)
            bytes.push_back(static_cast<char>(random.next()));
        std::string token;
        for (Tokenizer tokens(bytes); tokens.next(token);) {
            EXPECT_FALSE(token.empty());
            EXPECT_LE(token.size(), token_bytes_max);
            EXPECT_TRUE(is_utf8(token));
            EXPECT_EQ(words(token), token) << "folding is done once and for all";
        }
    }
}

TEST(Stem, SingularAndPluralAreOne) {
    for (auto const& [one, many] : std::vector<std::pair<std::string, std::string>>{{"hoodie", "hoodies"},
                                                                                    {"dress", "dresses"},
                                                                                    {"shoe", "shoes"},
                                                                                    {"box", "boxes"},
                                                                                    {"watch", "watches"},
                                                                                    {"battery", "batteries"},
                                                                                    {"toy", "toys"},
                                                                                    {"tomato", "tomatoes"},
                                                                                    {"quiche", "quiches"},
                                                                                    {"size", "sizes"},
                                                                                    {"brush", "brushes"},
                                                                                    {"cookie", "cookies"},
                                                                                    {"tie", "ties"},
                                                                                    {"bikini", "bikinis"},
                                                                                    {"sock", "socks"},
                                                                                    {"mousse", "mousses"},
                                                                                    {"canoe", "canoes"},
                                                                                    {"menu", "menus"},
                                                                                    {"key", "keys"}})
        EXPECT_EQ(stemmed(one), stemmed(many)) << one;
}

TEST(Stem, LeavesTheRestAlone) {
    for (auto const* word : {"xs", "gas", "glass", "xl", "100s", "größes", "東", "a", "b2bs", "sky"})
        EXPECT_EQ(stemmed(word), word);
    EXPECT_NE(stemmed("ski"), stemmed("sky"));
    EXPECT_NE(stemmed("pant"), stemmed("paint"));
}

TEST(CharacterCount, CountsCodePoints) {
    EXPECT_EQ(character_count("aé東𠀋"), 4U);
    EXPECT_EQ(character_count(""), 0U);
}

}  // namespace
}  // namespace b2a::catalog
