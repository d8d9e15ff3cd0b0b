// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row rows[] = {
    {sure, gluten,
     "gluten, trigo, trigos, cebada, centeno, avena, espelta, kamut, triticale, sémola, cuscús, couscous, bulgur,"
     "seitán, pan rallado, salvado de trigo"},
    {likely, gluten, "malta, malteado, malteada, pan, galleta*, cerveza, fideos, pasta de trigo"},
    {weak, gluten, "harina, salsa de soja, salsa de soya"},
    {harmless, gluten,
     "trigo sarraceno, sémola de maíz, sémola de arroz, harina de arroz, harina de maíz, harina de garbanzo*, harina "
     "de soja, harina de almendra*, harina de coco, harina de trigo sarraceno, harina de yuca, harina de algarroba,"
     "harina de guar, fideos de arroz, pasta de cacao, pasta de tomate, pasta de avellana*, pasta de almendra*,"
     "pasta de sésamo, en grano, en granos, levadura de cerveza"},
    {sure, crustaceans,
     "crustáceo*, gamba, gambas, camarón, camarones, langostin*, cangrejo*, bogavante, langosta, cigala*"},
    {sure, eggs, "huevo*, ovoproducto*, ovoalbúmina, albúmina, yema de, clara de huevo, claras de huevo"},
    {likely, eggs, "mayonesa, merengue, lisozima, alioli"},
    {harmless, eggs, "huevas"},
    {sure, fish,
     "pescado*, pez, peces, atún, salmón, anchoa*, boquerón, boquerones, sardina*, bacalao, merluza, caballa,"
     "arenque*, huevas, caviar, trucha"},
    {sure, fish | crustaceans, "surimi"},
    {sure, peanuts, "cacahuete*, cacahuate*, cacahuet, maní, maníes"},
    {sure, soybeans, "soja, soya, tofu, tempeh, tamari"},
    {likely, soybeans, "miso"},
    {sure, milk,
     "leche, lácteo, lácteos, láctea, lácteas, lactosuero, suero de leche, suero lácteo, lactosa, caseína*,"
     "caseinato*, mantequilla*, nata, queso*, yogur*, crema de leche, requesón, cuajada, dulce de leche, mozzarella,"
     "parmesano, mascarpone, ricota"},
    {likely, milk, "bechamel"},
    {harmless, milk,
     "leche de coco, leche de almendra, leche de almendras, leche de soja, leche de soya, leche de avena, leche de "
     "arroz, mantequilla de cacahuete, mantequilla de maní, mantequilla de cacao, mantequilla de almendra*,"
     "mantequilla de karité, nata de coco, nata vegetal, yogur de soja, queso vegano"},
    {sure, nuts,
     "nuez, nueces, almendra*, avellana*, anacardo*, pistacho*, pecana*, pacana*, nuez de brasil, macadamia*, frutos "
     "de cáscara, fruto de cáscara, frutas de cáscara, mazapán, turrón, marañón"},
    {likely, nuts, "praliné, frutos secos, nougat"},
    {harmless, nuts, "nuez moscada, nuez de cola, nuez de coco"},
    {sure, celery, "apio"},
    {sure, mustard, "mostaza*"},
    {sure, sesame, "sésamo, ajonjolí, tahini, tahina"},
    {sure, sulphites, "*sulfito*, dióxido de azufre, anhídrido sulfuroso, metabisulfito"},
    {sure, lupin, "altramuz, altramuces, lupino"},
    {sure, molluscs,
     "molusco*, mejillón, mejillones, almeja*, calamar*, sepia, pulpo, ostra, ostras, berberecho*, vieira*"},
    {sure, meat, "carne, carnes, pollo, pavo, cordero, pato, conejo, grasa animal"},
    {sure, meat | beef, "ternera, vacuno, buey, carne de res, carne de vaca"},
    {sure, meat | pork,
     "cerdo, jamón, tocino, panceta, manteca de cerdo, chorizo, lomo, bacon, beicon, porcino, porcina, ibérico,"
     "morcilla"},
    {likely, meat, "salchicha*, salchichón, salami, sobrasada"},
    {harmless, meat | beef, "leche de vaca, queso de vaca, carne de membrillo"},
    {harmless, pork, "jamón de pavo, bacon de pavo, chorizo vegano"},
    {sure, gelatine, "gelatina, colágeno"},
    {harmless, gelatine, "gelatina vegetal"},
    {weak, rennet, "cuajo"},
    {harmless, rennet, "cuajo vegetal, cuajo microbiano"},
    {sure, insects, "carmín, carmines, cochinilla, goma laca"},
    {sure, bees, "miel, cera de abeja*, jalea real, propóleo"},
    {sure, alcohol, "alcohol, vino, ron, brandy, coñac, licor, cerveza, etanol, tequila, jerez"},
    {harmless, alcohol,
     "vinagre de vino, vinagre de alcohol, vinagre de jerez, vinagre de vino de jerez, levadura de cerveza, sin "
     "alcohol"},
    {negation, 0, "sin, no contiene, no contienen, libre de, exento de, exenta de"},
    {trace, 0,
     "puede contener, pueden contener, podría contener, puede tener trazas, trazas, traza de, instalación,"
     "instalaciones, puede presentar"},
    {statement, 0, "contiene, ingredientes"},
};

}  // namespace

std::span<Row const> spanish() noexcept {
    return rows;
}

}  // namespace b2a::domain::terms
