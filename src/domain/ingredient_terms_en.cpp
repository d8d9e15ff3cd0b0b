// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row rows[] = {
    {sure, gluten,
     "gluten, wheat*, wholewheat, rye, barley, oat, oats, oatmeal, oatflake*, oatbran, spelt, kamut, khorasan, einkorn,"
     "emmer, triticale, farro, freekeh, bulgur, bulghur, couscous, semolina, durum, seitan, breadcrumb*, rusk, graham"},
    {likely, gluten, "malt, malted, panko, bread, pasta, noodles, spaghetti, macaroni, biscuit*, beer, flour tortilla"},
    {weak, gluten, "enriched flour, plain flour, self raising flour, soy sauce, soya sauce, wafer*"},
    {harmless, gluten,
     "buck wheat*, corn semolina, maize semolina, rice semolina, rice noodles, glass noodles, rice pasta, ginger beer,"
     "root beer"},
    {sure, crustaceans, "crustacean*, shrimp*, prawn*, crab, crabs, crabmeat, lobster*, crayfish, langoustine*, krill"},
    {likely, crustaceans, "scampi"},
    {sure, crustaceans | molluscs, "shellfish, shell fish"},
    {harmless, crustaceans, "crab apple*"},
    {harmless, fish, "shell fish"},
    {sure, eggs, "egg, eggs, albumen, albumin, ovalbumin, egg white*, egg yolk*, eggwhite*, eggyolk*"},
    {likely, eggs, "mayonnaise, meringue*, lysozyme, aioli, egg noodles"},
    {harmless, eggs, "egg plant*, flax egg*, vegan egg*, vegan mayonnaise, egg replacer, egg substitute"},
    {sure, fish,
     "fish*, anchovy, anchovies, tuna, salmon, cod, haddock, pollock, pollack, alaska pollock, herring*, mackerel*,"
     "sardine*, trout, tilapia, pangasius, hake, halibut, caviar, isinglass, seabass, sea bass, swordfish, dogfish"},
    {likely, fish, "roe, worcestershire, worcester sauce, carp, eel, sprat*"},
    {sure, fish | crustaceans, "surimi"},
    {sure, peanuts, "peanut*, pea nut*, groundnut*, ground nut*, arachis, monkey nut*"},
    {sure, soybeans, "soy, soya, soybean*, soyabean*, soja, tofu, edamame, tempeh, tamari, shoyu, soylecithin"},
    {likely, soybeans, "miso, teriyaki, hoisin, textured vegetable protein"},
    {sure, milk,
     "milk, milks, milkfat, milkpowder, milk powder, milkprotein*, buttermilk*, dairy, whey*, casein*, lactose,"
     "lactalbumin, lactoglobulin, butter, butterfat, butteroil, cream, cheese*, cheddar, mozzarella, parmesan,"
     "parmigiano, feta, ricotta, mascarpone, yogurt*, yoghurt*, ghee, curd, curds, kefir, creme fraiche, paneer,"
     "emmental, gouda, edam, camembert, brie, maasdam*, edamer, mozarella, milkshake*, pecorino, romano cheese"},
    {likely, milk, "custard, milk chocolate, caramel cream, half and half, quark, skyr, creamer"},
    {weak, milk, "nougat, pesto, alfredo, ice cream, margarine, white chocolate"},
    {harmless, milk,
     "coconut milk, coconutmilk, coconut cream, cream of coconut, coconut butter, coconut yogurt, coconut yoghurt,"
     "almond milk, almondmilk, almond butter, almond cream, soy milk, soya milk, soymilk, soyamilk, soy cream,"
     "soya cream, soy yogurt, soya yoghurt, oat milk, oatmilk, oat cream, rice milk, hemp milk, nut milk, cashew milk,"
     "cashew butter, cashew cream, hazelnut milk, hazelnut butter, pea milk, milk thistle, milk of magnesia,"
     "cocoa butter, cacao butter, cocoabutter, peanut butter, peanutbutter, pea nut butter, nut butter, nut butters,"
     "seed butter, sunflower butter, shea butter, mango butter, apple butter, soy butter, butter bean*, butter nut*,"
     "butter lettuce, cream of tartar, cream soda, vegan cheese, vegan butter, vegan cream, vegan milk, plant milk,"
     "plant based milk, plant based butter, plant based cheese, plant based cream, vegetable butter, bean curd, soy "
     "curd"},
    {sure, nuts,
     "nut, nuts, almond*, hazelnut*, hazel nut*, filbert*, walnut*, wal nut*, cashew*, pecan*, brazilnut*, pistachio*,"
     "macadamia*, marzipan, frangipane, gianduja, nutella, tree nut*, treenut*"},
    {likely, nuts, "praline*, nougat, amaretto, amaretti, turron"},
    {harmless, nuts,
     "pine nut*, tiger nut*, monkey nut*, ground nut*, pea nut*, pea nuts, coco nut*, butter nut*, chest nut*, soy "
     "nut*,"
     "soya nut*, corn nut*, kola nut*, cola nut*, shea nut*, palm nut*, betel nut*, dough nut*, nut meg"},
    {sure, celery, "celery, celeriac"},
    {sure, mustard, "mustard*"},
    {sure, sesame, "sesame*, tahini, tahina, benne seed*, gingelly"},
    {likely, sesame, "hummus, houmous, halva, halvah, gomasio, dukkah"},
    {sure, sulphites,
     "*sulphite*, *sulfite*, *sulphites, sulphur dioxide, sulfur dioxide, metabisulphite, metabisulfite,"
     "sulphiting agent*, sulfiting agent*"},
    {sure, lupin, "lupin*, lupine*"},
    {sure, molluscs,
     "mollusc*, mollusk*, squid, oyster*, mussel, mussels, clam, clams, scallop*, octopus, cuttlefish, calamari,"
     "abalone, whelk*, cockle, cockles, escargot*, snail, snails"},
    {harmless, molluscs, "oyster mushroom*, oystermushroom*, scalloped"},
    {sure, meat,
     "meat, meats, chicken, turkey, lamb, duck, goose, mutton, venison, rabbit, poultry, bone broth, animal fat, foie,"
     "animal shortening"},
    {sure, meat | beef, "beef, veal, tallow, suet, oxtail"},
    {sure, meat | pork,
     "pork, bacon, ham, lard, pancetta, prosciutto, speck, guanciale, chorizo, mortadella, porcine, gammon"},
    {likely, meat, "sausage*, salami, pepperoni, meatball*, bratwurst"},
    {harmless, meat | pork | beef,
     "vegan sausage*, vegetarian sausage*, vegan bacon, vegan ham, plant based meat, meat free, meat substitute,"
     "meat alternative, coconut meat, vegetable suet, vegan meat, beef tomato*"},
    {harmless, pork, "turkey bacon, turkey ham, beef bacon, chicken ham, chicken bacon, vegan chorizo"},
    {sure, gelatine, "gelatin*, isinglass, collagen"},
    {harmless, gelatine, "vegetable gelatin*, vegan gelatin*"},
    {weak, rennet, "rennet, animal rennet"},
    {harmless, rennet, "vegetable rennet, microbial rennet, vegetarian rennet, non animal rennet"},
    {sure, insects, "carmine, cochineal, shellac, carminic acid, crickets, mealworm*"},
    {sure, bees, "honey, beeswax, bees wax, royal jelly, propolis"},
    {harmless, bees, "honey dew*, honey bush"},
    {sure, alcohol,
     "alcohol, ethanol, wine, rum, whisky, whiskey, brandy, cognac, vodka, gin, beer, liqueur*, champagne,"
     "sherry, port wine, kirsch, marsala, amaretto, tequila"},
    {harmless, alcohol,
     "wine vinegar, alcohol vinegar, spirit vinegar, sherry vinegar, champagne vinegar, beer vinegar, sugar alcohol*,"
     "cetyl alcohol, non alcoholic, ginger beer, root beer, wine yeast, rum flavour, rum flavor, wine gum*"},
    {negation, 0,
     "no, non, without, free from, free of, contains no, contain no, not contain, not contains, doesn't contain,"
     "do not contain, zero"},
    {trace, 0,
     "may contain, may contains, may also contain, may be present, might contain, can contain, could contain, traces,"
     "trace of, trace amounts, facility, factory, shared equipment, same equipment, same production line,"
     "produced on equipment, made on equipment, processed on equipment, manufactured on equipment"},
    {statement, 0, "contains, ingredients, ingredient, allergens"},
};

}  // namespace

std::span<Row const> english() noexcept {
    return rows;
}

}  // namespace b2a::domain::terms
