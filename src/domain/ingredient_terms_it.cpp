// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row rows[] = {
    {sure, gluten,
     "glutine, frumento, grano, grani, farro, orzo, segale, avena, spelta, semola, semole, semolato, kamut,"
     "triticale, cuscus, couscous, bulgur, seitan, pangrattato, pan grattato, crusca, germe di grano"},
    {likely, gluten, "malto, pasta, pane, biscott*, birra, cialda, cialde, gnocchi"},
    {weak, gluten, "farina, salsa di soia"},
    {harmless, gluten,
     "grano saraceno, semola di mais, semola di riso, farina di riso, farina di mais, farina di ceci, farina di "
     "grano saraceno, farina di soia, farina di carrube, farina di semi, farina di guar, farina di castagne, farina "
     "di cocco, farina di lupini, farina di mandorle, pasta di riso, pasta di mais, pasta di mandorle, pasta di "
     "nocciole, pasta di pistacchi, pasta di cacao, pasta di pomodoro, pasta di sesamo, lievito di birra, pasta di "
     "acciughe, pepe in grano"},
    {sure, crustaceans, "crostace*, gamber*, granch*, aragost*, astice, scampi, scampo"},
    {sure, eggs, "uovo, uova, tuorlo, tuorli, albume, albumi, ovoprodott*, ovoalbumina"},
    {likely, eggs, "maionese, meringa, meringhe, pasta all'uovo"},
    {harmless, eggs, "uova di pesce, uova di lompo, uova di salmone"},
    {sure, fish,
     "pesce, pesci, tonno, salmone, acciug*, alici, merluzz*, sgombr*, sardin*, trota, baccala, aringa, aringhe,"
     "caviale"},
    {sure, fish | crustaceans, "surimi"},
    {sure, peanuts, "arachid*"},
    {sure, soybeans, "soia, tofu, tempeh, tamari"},
    {likely, soybeans, "miso"},
    {sure, milk,
     "latte, siero di latte, lattosio, caseina, caseine, caseinat*, burro, panna, formagg*, yogurt, mozzarella,"
     "ricotta, mascarpone, parmigiano, grana padano, pecorino, latticell*, latticini, crema di latte, lattiero*,"
     "lattoproteine, sieroproteine, gorgonzola, provola, provolone, stracchino, scamorza"},
    {likely, milk, "besciamella, grana"},
    {harmless, milk,
     "latte di cocco, latte di mandorla, latte di mandorle, latte di soia, latte di riso, latte di avena, burro di "
     "cacao, burro cacao, burro di arachidi, burro di karite, burro vegetale, burro di cocco, panna vegetale, panna "
     "di soia, panna di cocco, yogurt di soia"},
    {sure, nuts,
     "nocciol*, noce, noci, mandorl*, anacard*, pistacch*, pecan, macadamia, frutta a guscio, frutta con guscio,"
     "marzapane, gianduia, gianduja, torrone"},
    {likely, nuts, "pralin*, amaretti, amaretto, frutta secca"},
    {harmless, nuts,
     "nocciolo, senza nocciolo, noce moscata, noci moscate, noce di cocco, noci di cocco, noce di cola"},
    {sure, celery, "sedano"},
    {sure, mustard, "senape, mostarda"},
    {sure, sesame, "sesamo, tahin, tahina"},
    {sure, sulphites, "*solfit*, anidride solforosa, biossido di zolfo, diossido di zolfo, metabisolfito"},
    {sure, lupin, "lupino, lupini"},
    {sure, molluscs,
     "mollusch*, cozze, cozza, vongol*, calamar*, seppia, seppie, polpo, polpi, ostric*, totano, totani, capesante,"
     "capasanta"},
    {sure, meat, "carne, carni, pollo, tacchino, agnello, anatra, coniglio, pollame, grasso animale"},
    {sure, meat | beef, "manzo, bovino, bovina, bovini, vitello, vitellone"},
    {sure, meat | pork,
     "maiale, suino, suina, suini, suine, prosciutto, pancetta, guanciale, strutto, speck, lardo, mortadella,"
     "salame, coppa, bresaola di maiale"},
    {likely, meat, "salsiccia, salsicce, wurstel, bresaola, ragu"},
    {harmless, pork, "prosciutto di tacchino, mortadella di pollo"},
    {sure, gelatine, "gelatina, gelatine, collagene"},
    {harmless, gelatine, "gelatina vegetale"},
    {weak, rennet, "caglio"},
    {harmless, rennet, "caglio vegetale, caglio microbico"},
    {sure, insects, "carminio, cocciniglia, gommalacca"},
    {sure, bees, "miele, cera d'api, pappa reale, propoli"},
    {sure, alcohol, "alcol, alcool, vino, rum, brandy, grappa, liquore, birra, marsala, cognac, amaretto"},
    {harmless, alcohol,
     "aceto di vino, aceto di vino rosso, aceto di vino bianco, aceto di alcol, lievito di birra, aceto di alcool"},
    {negation, 0, "senza, non contiene, non contengono, privo di, priva di, esente da"},
    {trace, 0,
     "può contenere, può anche contenere, possono contenere, potrebbe contenere, tracce, traccia di, stabilimento,"
     "eventuale presenza, possibile presenza"},
    {statement, 0, "contiene, ingredienti"},
};

}  // namespace

std::span<Row const> italian() noexcept {
    return rows;
}

}  // namespace b2a::domain::terms
