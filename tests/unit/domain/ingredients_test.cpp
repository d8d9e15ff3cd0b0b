// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/ingredients.hpp"

#include <gtest/gtest.h>

namespace b2a::domain {
namespace {

/// "milk nuts~": by allergen, with a mark for traces.
std::string suspected(std::string_view text) {
    std::string out;
    for (auto const& found : suspect(text))
        out += (out.empty() ? "" : " ") + std::string(to_text(found.allergen)) + (found.trace ? "~" : "");
    return out;
}

std::string against(std::string_view text) {
    std::string out;
    for (auto const& found : suspect_diets(text))
        out += (out.empty() ? "" : " ") + std::string(to_text(found.diet)) + (found.trace ? "~" : "");
    return out;
}

struct Case {
    std::string_view text;
    std::string_view expected;
};

TEST(Ingredients, AllFourteenInSeveralLanguages) {
    for (auto const& [text, expected] : std::initializer_list<Case>{
             {"Wheat flour, prawns, egg yolk, anchovies, groundnut oil, soya lecithin, whey powder, hazelnuts, celery "
              "seed, mustard seed, tahini, sulphur dioxide, lupin flour, squid",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs"},
             {"Weizenmehl, Garnelen, Hühnereigelb, Sardellen, Erdnüsse, Sojalecithin, Vollmilchpulver, Haselnüsse, "
              "Knollensellerie, Senfkörner, Sesam, Natriummetabisulfit, Lupinenmehl, Miesmuscheln",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs"},
             {"Farine de blé, crevettes, œufs, anchois, arachides, lécithine de soja, lactosérum, noisettes, céleri, "
              "moutarde, sésame, anhydride sulfureux, farine de lupin, moules",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs"},
             {"Farina di frumento, gamberi, uova, acciughe, arachidi, lecitina di soia, siero di latte, nocciole, "
              "sedano, "
              "senape, sesamo, anidride solforosa, lupini, cozze",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs"},
             {"Harina de trigo, gambas, huevo, anchoas, cacahuetes, lecitina de soja, suero de leche, avellanas, apio, "
              "mostaza, sésamo, dióxido de azufre, altramuces, mejillones",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs"},
             {"Tarwebloem, garnalen, eieren, ansjovis, pinda's, sojalecithine, weipoeder, hazelnoten, selderij, "
              "mosterd, "
              "sesamzaad, sulfiet, lupinemeel, mosselen",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs"},
             {"Farinha de trigo, camarão, ovos, atum, amendoim, soja, leite, avelãs, aipo, mostarda, sésamo, tremoços",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame lupin"},
             {"Mąka pszenna, krewetki, jaja, łosoś, orzeszki ziemne, soja, mleko, migdały, seler, gorczyca, sezam, "
              "łubin",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame lupin"},
             {"Vetemjöl, räkor, äggula, torsk, jordnötter, sojaprotein, mjölkpulver, hasselnötter, selleri, senap",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard"},
             {"Hvedemel, rejer, æggehvide, laks, jordnødder, sojalecitin, skummetmælkspulver, hasselnødder, sennep",
              "gluten crustaceans eggs fish peanuts soybeans milk nuts mustard"}})
        EXPECT_EQ(suspected(text), expected) << text;
}

TEST(Ingredients, WhatOnlySoundsLikeIt) {
    for (auto const* text :
         {"coconut milk, nutmeg, butternut squash, buckwheat, cream of tartar, cocoa butter, eggplant, oyster mushroom",
          "Kokosmilch, Muskatnuss, Buchweizenmehl, Kakaobutter, Austernpilze, Milchsäure, Fruchtfleisch, Genussmittel",
          "lait de coco, noix de muscade, beurre de cacao, farine de sarrasin, noix de coco, crème de tartre, blé noir",
          "latte di cocco, noce moscata, burro di cacao, grano saraceno, olive senza nocciolo",
          "leche de coco, nuez moscada, manteca de cacao, trigo sarraceno, cacao en polvo",
          "kokosmelk, nootmuskaat, cacaoboter, boekweit, melkzuur, zonnebloemolie, oesterzwam",
          "masło kakaowe, mleczko kokosowe, kwas mlekowy", "kokosmjölk, bovete, mjölksyra, kakaosmör",
          "Store at room temperature. Maltodextrin, chestnuts, pine nuts, doughnut mix, goat, Bayern, Feier"})
        EXPECT_EQ(suspected(text), "") << text;
    EXPECT_EQ(suspected("oat milk"), "gluten");
    EXPECT_EQ(suspected("lait d'amande, lait d’avoine"), "gluten nuts");
    EXPECT_EQ(suspected("peanut butter"), "peanuts");
    EXPECT_EQ(suspected("Erdnussbutter"), "peanuts");
    EXPECT_EQ(suspected("coconut, milk"), "milk") << "a comma parts what only together is something else";
    EXPECT_EQ(suspected("noix de Saint-Jacques"), "molluscs");
}

TEST(Ingredients, ANegationReachesItsWord) {
    for (auto const* text :
         {"egg-free", "gluten free", "glutenfrei", "ohne Ei", "sans gluten", "senza latte", "sin leche", "zonder melk",
          "free from milk", "does not contain milk", "no milk or eggs", "sans lait ni œufs", "laktosefrei", "bez mleka",
          "frei von Gluten", "non-dairy", "ohne Vollmilch"})
        EXPECT_EQ(suspected(text), "") << text;
    EXPECT_EQ(suspected("gluten-free oats"), "gluten") << "oats are said to be there";
    EXPECT_EQ(suspected("no milk and eggs"), "eggs") << "and may begin something new";
    EXPECT_EQ(suspected("lactose-free milk"), "milk");
    EXPECT_EQ(suspected("free range eggs, milk free range"), "eggs milk");
    EXPECT_EQ(suspected("sugar free milk chocolate"), "milk");
    EXPECT_EQ(suspected("no, milk"), "milk");
    EXPECT_EQ(suspected("without sugar milk"), "milk");
}

TEST(Ingredients, TracesReachToTheEndOfTheSentence) {
    for (auto const& [text, expected] : std::initializer_list<Case>{
             {"Sugar. May contain nuts, milk. Eggs.", "eggs milk~ nuts~"},
             {"Zucker. Kann Spuren von Nüssen und Milch enthalten.", "milk~ nuts~"},
             {"Zucker, kann Nüsse und Soja enthalten", "soybeans~ nuts~"},
             {"Dies kann Nüsse betreffen", "nuts"},
             {"Peut contenir des traces de lait et d'arachides", "peanuts~ milk~"},
             {"Può contenere frutta a guscio", "nuts~"},
             {"Puede contener trazas de huevo", "eggs~"},
             {"Kan sporen van pinda's en noten bevatten", "peanuts~ nuts~"},
             {"Kan melk bevatten", "milk~"},
             {"Pode conter leite", "milk~"},
             {"Może zawierać orzechy", "nuts~"},
             {"Kan innehålla spår av mandel", "nuts~"},
             {"Milk, may contain milk", "milk"},
             {"May contain nuts Ingredients: milk 0.5 % and may contain eggs", "eggs~ milk nuts~"},
             {"May contain 0.5 % milk", "milk~"}})
        EXPECT_EQ(suspected(text), expected) << text;
}

TEST(Ingredients, ScoresSayHowSureAWordIs) {
    auto const only = [](std::string_view text) { return suspect(text).at(0); };
    EXPECT_EQ(only("Milch"), (Suspicion{Allergen::milk, false, 950'000, "milch", "de"}));
    EXPECT_EQ(only("Vollmilchpulver, Zucker"), (Suspicion{Allergen::milk, false, 855'000, "vollmilchpulver", "de"}));
    EXPECT_EQ(only("mayonnaise").score_ppm, 800'000U);
    EXPECT_EQ(only("white chocolate").score_ppm, 500'000U);
    EXPECT_EQ(only("sugar, _milk_").score_ppm, 975'000U);
    EXPECT_EQ(only("sugar, **whole milk**, sugar").score_ppm, 975'000U);
    EXPECT_EQ(only("sugar and water, MILK").score_ppm, 975'000U);
    EXPECT_EQ(only("Zucker, Trinkwasser, Salz, WEIZENmehl").score_ppm, 927'500U);
    EXPECT_EQ(only("SUGAR, MILK").score_ppm, 950'000U) << "all in capitals marks nothing";
    EXPECT_EQ(only("white chocolate, milk").score_ppm, 950'000U);
    EXPECT_EQ(only("sucre, ŒUFS entiers, lécithine").term, "œufs");
    EXPECT_EQ(only("Farine de BLÉ").term, "blé");
    EXPECT_EQ(only("lait, lécithine de soja").language, "fr");
    EXPECT_EQ(only("Emulgator Sojalecithin, Zucker, Weizen").language, "de");
    EXPECT_EQ(only("preservative E 220").language, "");
    EXPECT_EQ(only("oeufs de " + std::string(100, 'x')).term, "oeufs");
}

TEST(Ingredients, ATextSpeaksAgainstDietsOnly) {
    for (auto const& [text, expected] :
         std::initializer_list<Case>{{"tomatoes, basil, olive oil", ""},
                                     {"milk", "vegan lactose_free low_lactose"},
                                     {"honey", "vegan"},
                                     {"eggs", "vegan"},
                                     {"chicken", "vegan vegetarian"},
                                     {"pork", "vegan vegetarian halal kosher"},
                                     {"Rindfleisch", "vegan vegetarian hindu"},
                                     {"Speisegelatine", "vegan vegetarian halal kosher"},
                                     {"crevettes", "vegan vegetarian kosher"},
                                     {"beef, cheese", "vegan vegetarian kosher lactose_free low_lactose hindu"},
                                     {"rum", "halal"},
                                     {"wine vinegar, spirit vinegar, vinaigre de vin, Weinessig", ""},
                                     {"wheat", "gluten_free"},
                                     {"carmine (E120)", "vegan vegetarian kosher"},
                                     {"turkey bacon", "vegan vegetarian"},
                                     {"vegan sausage, meat-free", ""},
                                     {"May contain traces of wheat, milk and fish", "gluten_free~ lactose_free~"}})
        EXPECT_EQ(against(text), expected) << text;
}

TEST(Ingredients, DeclarationsAreReadBySureWordsAlone) {
    EXPECT_EQ(allergens_named("shellfish"), (std::vector{Allergen::crustaceans, Allergen::molluscs}));
    EXPECT_EQ(allergens_named("may contain milk"), std::vector{Allergen::milk});
    EXPECT_TRUE(allergens_named("mayonnaise").empty());
    EXPECT_TRUE(allergens_named("coconut-milk").empty());
}

}  // namespace
}  // namespace b2a::domain
