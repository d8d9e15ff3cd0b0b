// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row rows[] = {
    {sure, gluten,
     "gluten, blé, blés, froment, épeautre, engrain, seigle, orge, orges, avoine, avoines, kamut, triticale, boulgour,"
     "boulghour, semoule, couscous, seitan, chapelure, malt d'orge, biscotte*"},
    {likely, gluten, "malt, malté, pâtes, pain, biscuit*, bière, crêpe*, gaufrette*"},
    {weak, gluten, "farine, sauce soja"},
    {weak, milk, "ferments lactiques, ferment lactique"},
    {sure, milk, "cantal, tomme, tome, maasdam*, edam"},
    {sure, crustaceans | molluscs, "coquillage*"},
    {harmless, gluten,
     "moût de,"
     "blé noir, farine de blé noir, semoule de maïs, semoule de riz, farine de riz, farine de maïs, farine de sarrasin,"
     "farine de pois*, farine de lupin, farine de soja, farine de coco, farine de châtaigne, farine de manioc,"
     "farine de graines, farine de guar, farine de caroube, farine de quinoa, pâtes de riz, pâtes de fruits,"
     "levure de bière"},
    {sure, crustaceans, "crustac*, crevette*, crabe, crabes, homard*, langoustine*, langouste*, écrevisse*, gambas"},
    {sure, eggs, "oeuf*, ovoproduit*, albumine, blanc d'oeuf*, jaune d'oeuf*, jaunes d'oeuf*"},
    {likely, eggs, "mayonnaise, meringue*, lysozyme, aïoli, jaune en poudre"},
    {harmless, eggs,
     "oeufs de lompe*, oeufs de lump, oeufs de poisson*, oeufs de saumon, oeufs de truite, oeufs de cabillaud"},
    {sure, fish,
     "poisson*, saumon*, thon, thons, anchois, hareng*, sardine*, maquereau*, cabillaud, morue, merlu, colin, lieu "
     "noir,"
     "truite*, lompe, oeufs de lump, caviar, tarama, églefin, haddock, merlan, flétan"},
    {sure, fish | crustaceans, "surimi"},
    {sure, peanuts, "arachide*, cacahuète*, cacahouète*, cacahuette*"},
    {sure, soybeans, "soja, soya, tofu, tempeh, tamari"},
    {likely, soybeans, "miso"},
    {sure, milk,
     "lait, laits, laitier*, laitière*, lactosérum*, petit lait, lactose, caséine*, caséinate*, beurre, beurres,"
     "babeurre*, crème, crèmes, fromage*, yaourt*, yogourt*, mozzarella, emmental*, comté, mimolette, reblochon,"
     "raclette, roquefort, camembert, chèvre, parmesan, mascarpone, ricotta, gruyère, cheddar, brie, faisselle,"
     "lactalbumine*, lactoprotéine*, béchamel, feta, brebis"},
    {harmless, milk,
     "lait de coco, laits de coco, lait d'amande, lait d'amandes, lait de soja, lait d'avoine, lait de riz,"
     "lait de noisette, lait de noisettes, lait de chanvre, lait végétal, laits végétaux, lait de poule, beurre de "
     "cacao,"
     "beurres de cacao, beurre cacao, beurre de cacahuète*, beurre de cacahouète*, beurre d'arachide*, beurre de "
     "karité,"
     "beurre d'amande*, beurre de coco, beurre de noisette*, beurre végétal, haricot beurre, haricots beurre,"
     "crème de coco, crème de tartre, crème de cassis, crème de menthe, crème de marron*, crème de riz, crème de soja,"
     "crème végétale, crème d'avoine, crème de balsamique, crème de noisette*, fromage de tête, fromage végétal,"
     "beurre de mangue, lait d'épeautre"},
    {sure, nuts,
     "noix, noisette*, amande*, cajou*, pécan*, pistache*, macadamia, fruits à coque, fruits à coques, fruit à coque,"
     "praliné*, pralin, massepain, gianduja, nougatine, frangipane"},
    {likely, nuts, "nougat, calisson*, amaretto"},
    {harmless, nuts,
     "noix de coco, noix coco, noix de muscade, noix muscade, noix de saint jacques, noix de st jacques,"
     "noix de jambon, noix de porc, noix de veau, noix de boeuf, noix de kola, noix de karité, noix de cola,"
     "noix d'épaule, noix d'entrecôte, beurre noisette, pommes noisettes, pomme noisette"},
    {sure, celery, "céleri*"},
    {sure, mustard, "moutarde*"},
    {sure, sesame, "sésame*, tahin, tahini"},
    {likely, sesame, "houmous, halva, gomasio"},
    {sure, sulphites, "*sulfite*, anhydride sulfureux, dioxyde de soufre, métabisulfite, disulfite*, sulfureux"},
    {sure, lupin, "lupin*"},
    {sure, molluscs,
     "mollusque*, moules, huître*, calmar*, calamar*, encornet*, poulpe*, seiche*, palourde*, pétoncle*, escargot*,"
     "bulot*, saint jacques, st jacques"},
    {sure, meat,
     "viande*, poulet*, dinde*, agneau, canard*, volaille*, lapin, gibier, foie gras, graisse animale, oie, mouton,"
     "graisses animales, pintade"},
    {sure, meat | beef, "boeuf, veau, bovin*, bovine*"},
    {sure, meat | pork,
     "porc, porcs, jambon*, lardon*, lard, saindoux, bacon, cochon*, poitrine fumée, chorizo, gorge de porc"},
    {likely, meat,
     "saucisse*, saucisson*, salami, merguez, foie, rillette*, andouille*, boudin, pâté de campagne, pâté de foie, "
     "gésier*"},
    {harmless, meat | pork | beef, "tomate coeur de boeuf, saucisse végétale, saucisses végétales"},
    {harmless, meat, "oeuf de poulet"},
    {harmless, pork,
     "jambon de dinde, jambon de poulet, jambon de volaille, bacon de dinde, lardons de dinde, lardons de volaille"},
    {sure, gelatine, "gélatine*, collagène"},
    {harmless, gelatine, "gélatine végétale"},
    {weak, rennet, "présure"},
    {harmless, rennet, "présure microbienne, présure végétale"},
    {sure, insects, "carmin, carmins, cochenille*, acide carminique, gomme laque, shellac"},
    {sure, bees, "miel, miels, cire d'abeille*, gelée royale, propolis"},
    {sure, alcohol,
     "alcool, éthanol, vin, vins, rhum, whisky, cognac, armagnac, kirsch, liqueur*, bière, calvados, champagne, porto,"
     "eau de vie, vodka, amaretto, marsala"},
    {harmless, alcohol,
     "vinaigre de vin, vinaigre d'alcool, vinaigre de vin rouge, vinaigre de vin blanc, vinaigre de xérès, sans alcool,"
     "levure de bière, vinaigre de vins, vinaigre alcool, vinaigre de bière, vinaigre de vin de xérès, sucre alcool"},
    {negation, 0, "sans, exempt de, exempts de, ne contient pas, ne contiennent pas, pas de, non"},
    {trace, 0,
     "peut contenir, peuvent contenir, peut aussi contenir, peut également contenir, traces, trace de, trace "
     "éventuelle,"
     "susceptible de contenir, susceptibles de contenir, présence éventuelle, présence possible, présence fortuite,"
     "atelier, possibilité de présence, éventuelle présence, contient éventuellement, pourrait contenir"},
    {statement, 0, "contient, ingrédients, ingrédient"},
};

}  // namespace

std::span<Row const> french() noexcept {
    return rows;
}

}  // namespace b2a::domain::terms
