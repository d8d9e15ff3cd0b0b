// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row rows[] = {
    {sure, gluten,
     "*gluten*, *tarwe*, gerst, gerste*, *gerst, *rogge*, haver*, *haver, spelt*, kamut, triticale, griesmeel,"
     "paneermeel, couscous, bulgur, seitan, gerstemout*, moutextract*, moutmeel, gerstemout, tarwemout"},
    {likely, gluten, "brood, pasta, koekjes, bier, beschuit, mout"},
    {weak, gluten, "bloem, sojasaus, wafel*"},
    {harmless, gluten, "boekweit*, rijstebloem, maisgriesmeel, rijstpasta, biergist"},
    {sure, crustaceans, "schaaldier*, garna*, krab, krabben, krabvlees, kreeft*, langoustine*"},
    {sure, eggs,
     "ei, eieren, eidooier*, eigeel*, eipoeder*, heelei*, kippenei*, eierdooier*, scharrelei*, vrije uitloop ei*,"
     "eiproduct*, vloeibaar ei"},
    {likely, eggs, "eiwit, mayonaise, kippeneiwit*"},
    {harmless, eggs, "melk eiwit, wei eiwit, soja eiwit, erwten eiwit, tarwe eiwit, plantaardig eiwit, rijst eiwit"},
    {sure, fish,
     "vis, vissen, vissaus, visolie, vispoeder, visproduct*, zalm*, *zalm, tonijn*, ansjovis*, haring*, makreel*,"
     "kabeljauw*, forel, koolvis, heek"},
    {sure, fish | crustaceans, "surimi"},
    {sure, peanuts, "pinda*, aardnoot, aardnoten, grondnoot, grondnoten"},
    {sure, soybeans, "*soja*, tofu, tempeh, ketjap"},
    {sure, milk,
     "*melk*, wei, weipoeder, weieiwit*, wei eiwit, *lactose*, *caseïne*, *caseïnaat*, boter, *roomboter*,"
     "boterolie, botervet, botermelk, karnemelk*, slagroom*, zure room, roompoeder, roomkaas, kookroom, *kaas,"
     "kaas*, *kaaspoeder*, yoghurt*, kwark*, crème fraîche, mozzarella"},
    {likely, milk, "vla, vanillevla"},
    {harmless, milk,
     "kokosmelk*, kokosnootmelk*, amandelmelk*, sojamelk*, havermelk*, rijstmelk*, melkzuur*, melkdistel,"
     "cacaoboter*, pindakaas*, sheaboter, kokosboter, boterboon, boterbonen, notenboter, plantaardige melk"},
    {sure, nuts,
     "noot, noten, noten*, hazelno*, walno*, *amandel*, cashew*, pecan*, pistache*, macadamia*, paranoot, paranoten,"
     "schaalvrucht*, marsepein, amandelspijs"},
    {likely, nuts, "praline*, praliné, noga"},
    {harmless, nuts,
     "noot muskaat, nootmuskaat, muskaatnoot, kokosnoot, kokosnoten, kokos noot, aardnoten, grond noten, tijgernoten"},
    {sure, celery, "selderij*, selderie*, selder, knolselderij*, bleekselderij*, *selderij"},
    {sure, mustard, "mosterd*"},
    {sure, sesame, "sesam*, tahin, tahini"},
    {sure, sulphites, "*sulfiet*, zwaveldioxide, zwavel dioxide"},
    {sure, lupin, "lupine*"},
    {sure, molluscs, "weekdier*, mossel*, inktvis*, oester*, sint jakobsschelp*, schelpdier*, calamaris"},
    {harmless, molluscs, "oesterzwam*"},
    {sure, meat, "*vlees, vlees*, kip, kippen*, *kip, kalkoen*, lamsvlees, eend, gevogelte, dierlijk vet"},
    {sure, meat | beef, "rund, runder*, rundvlees*, rundvet, kalfs*, kalf"},
    {sure, meat | pork,
     "varken, varkens*, spek, spekjes, ham, achterham, beenham, schouderham, hamblokjes, reuzel, bacon"},
    {likely, meat, "worst, *worst, salami"},
    {harmless, meat | pork, "vruchtvlees*, vleesvervanger*, vleestomaat, kippenei*"},
    {sure, gelatine, "gelatine*, *gelatine, collageen"},
    {weak, rennet, "stremsel, leb"},
    {harmless, rennet, "microbieel stremsel, plantaardig stremsel, vegetarisch stremsel"},
    {sure, insects, "karmijn, cochenille, schellak"},
    {sure, bees, "honing*, bijenwas, propolis"},
    {harmless, bees, "honingmeloen*"},
    {sure, alcohol, "alcohol, wijn, rum, likeur, bier, cognac, jenever, ethanol, rode wijn, witte wijn"},
    {harmless, alcohol, "wijnazijn, wijn azijn, alcoholazijn, alcohol azijn, biergist, natuurazijn"},
    {negation, 0, "zonder, geen, vrij van"},
    {trace, 0, "sporen, kan bevatten, kan ook bevatten, in een bedrijf, in een fabriek, een ruimte waar"},
    {trace_open, 0, "kan, kunnen"},
    {trace_close, 0, "bevatten"},
    {statement, 0, "bevat, ingrediënten"},
};

}  // namespace

std::span<Row const> dutch() noexcept {
    return rows;
}

}  // namespace b2a::domain::terms
