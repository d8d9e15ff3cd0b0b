// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row rows[] = {
    {sure, gluten,
     "*gluten*, *weizen*, *roggen*, *gerste, *gersten*, *hafer*, *dinkel*, grünkern*, kamut*, emmer*, einkorn*,"
     "*grieß, grieß*, *griess*, graupen, couscous, bulgur, seitan, paniermehl, semmelbrösel, semmel*, triticale,"
     "urkorn*, khorasan*, knödelbrot, zwieback*, *malzextrakt*, *malzmehl*, malzsirup"},
    {likely, gluten, "malz*, nudeln, eiernudeln, teigwaren, bier, brot, *brösel, spätzle, toastbrot*, brötchen"},
    {weak, gluten, "sojasauce, sojasoße, waffel*, keks*, mehl"},
    {harmless, gluten,
     "*buchweizen*, *maisgrieß*, *maisgriess*, *reisgrieß*, *reisgriess*, reisnudeln, glasnudeln, maisnudeln,"
     "malzbier alkoholfrei, kartoffelmehl"},
    {sure, crustaceans,
     "krebstier*, *garnele*, krabbe*, nordseekrabbe*, hummer, hummerfleisch, hummerfond, languste*, flusskrebs*,"
     "krebsfleisch, shrimp*, scampi, krustentier*, krebserzeugnis*, krill*"},
    {sure, eggs,
     "ei, eier, eiern, eies, eierpulver, *vollei*, *eigelb*, eidotter*, eiklar*, eipulver, *hühnerei*, *huehnerei*,"
     "hünerei*, freilandei*, *trockenei, eiererzeugnis*, eiprodukt*, eierlikör*, eiernudel*, eierteigwaren, eischnee,"
     "hühner ei*, trockenvollei*"},
    {likely, eggs, "eiweiß*, mayonnaise*, majonäse, remoulade*, baiser*"},
    {harmless, eggs,
     "milch eiweiß*, soja eiweiß*, erbsen eiweiß*, weizen eiweiß*, molken eiweiß*, pflanzliches eiweiß*,"
     "pflanzlichem eiweiß*, pflanzeneiweiß*, reis eiweiß*, vegane mayonnaise, ei ersatz*"},
    {sure, fish,
     "*fisch*, *lachs*, hering*, sardelle*, sardine*, kabeljau*, dorsch*, forelle*, makrele*, kaviar, anchovis,"
     "heilbutt*, scholle*, zander, sprotte*, karpfen"},
    {harmless, fish, "*tintenfisch*, fischfrei, lachsschinken*, lachsfarben, milchlachs, fleisch und fischfrei"},
    {sure, fish | crustaceans, "surimi"},
    {sure, peanuts, "*erdnuss*, *erdnuß*, *erdnüss*, *erdnuess*"},
    {sure, soybeans, "*soja*, tofu*, edamame, tempeh, tamari, miso, shoyu"},
    {sure, milk,
     "*milch*, *molke*, *laktose*, *lactose*, *kasein*, *casein*, butter, butterfett*, butterreinfett*, "
     "*butterschmalz*,"
     "kräuterbutter*, süßrahmbutter*, sauerrahmbutter*, butterkeks*, *rahm, rahmpulver, rahmkäse*, sahne*, *sahne,"
     "*käse*, *joghurt*, *jogurt*, quark, speisequark*, magerquark*, topfen, schlagobers, schmand, kefir, skyr, ghee,"
     "mozzarella, ricotta, mascarpone, emmentaler, gouda, parmesan, creme fraiche, *sahnepulver*, butteröl,"
     "butterpulver, butterzubereitung"},
    {likely, milk, "frischkäse*, nougat, nougatcreme, vollmilchschokolade, weiße schokolade"},
    {harmless, milk,
     "kokosmilch*, kokosnussmilch*, kokos milch*, mandelmilch*, mandel milch*, sojamilch*, soja milch*, hafermilch*,"
     "hafer milch*, reismilch*, dinkelmilch*, hanfmilch*, cashewmilch*, haselnussmilch*, erbsenmilch*, milchsäure*,"
     "milchsaeure*, fischmilch, kakaobutter*, kakao butter*, erdnussbutter*, erdnuss butter, sheabutter, mandelbutter,"
     "kokosbutter, butternuss*, butterbohne*, butterkürbis*, buttersäure*, leberkäse*, fleischkäse*, kokossahne*,"
     "sojasahne*, hafersahne*, sojajoghurt*, kokosjoghurt*, veganer käse, vegane butter, pflanzenmilch*, pflanzliche "
     "milch"},
    {sure, nuts,
     "*nuss, *nuß, *nüsse, *nüssen, *nuesse, *nuessen, nuss*, nuß*, *haselnuss*, *haselnuß*, *haselnüss*, *haselnuess*,"
     "haselnus, *walnuss*, *walnüss*, *mandel*, cashew*, *cashewk*, pekan*, paranuss*, *pistazie*, macadamia*, "
     "marzipan*,"
     "schalenfrucht*, schalenfrücht*, schalenfruecht*, krokant*, *nussnougat*, gianduja, *nougat"},
    {likely, nuts, "nougat*, praline*, pralinen*, amaretto, amarettini, nusspli"},
    {harmless, nuts,
     "*muskatnuss*, *muskatnuß*, *muskatnüss*, muskat nuss, *kokosnuss*, *kokosnuß*, *kokosnüss*, *kokosnuess*,"
     "kokos nuss, *erdnuss*, *erdnuß*, *erdnüss*, *erdnuess*, butternuss*, kolanuss*, *erdmandel*, *genuss*, *genuß*,"
     "*genüss*, zedernuss*, zedernüss*, sojanuss*, sojanüss*, wassernuss*"},
    {sure, celery, "*sellerie*, selerie"},
    {sure, mustard, "*senf*"},
    {sure, sesame, "*sesam*, tahin, tahini, tahina"},
    {likely, sesame, "hummus, halva"},
    {sure, sulphites, "*sulfit*, *schwefeldioxid*, schwefeldioxyd, geschwefelt, schwefelige säure, schweflige säure"},
    {harmless, sulphites, "nicht geschwefelt"},
    {sure, lupin, "*lupine*"},
    {sure, molluscs,
     "weichtier*, *muschel, *muscheln, muschelfleisch, auster*, *tintenfisch*, calamari, calamares, kalmar*,"
     "weinbergschnecke*, krake, kraken, jakobsmuschel*"},
    {harmless, molluscs, "austernpilz*, austernseitling*"},
    {sure, meat,
     "*fleisch*, geflügel*, *hähnchen*, haehnchen*, huhn, hühnerbrühe, hühnerfett, pute, puten*, truthahn*, lamm*, "
     "ente,"
     "enten*, gänse*, kaninchen*, wildschwein*, hirsch, leberwurst*, *tierisches fett, tierische fette"},
    {sure, meat | beef, "*rindfleisch*, rinder*, vom rind, rindsbrühe, rindsgelatine, kalb, kalbs*, kalbfleisch*"},
    {sure, meat | pork,
     "schwein, schweine*, *schweine*, speck, *speck, speckwürfel, schinken*, *schinken, *schinkenspeck, schmalz,"
     "griebenschmalz"},
    {likely, meat, "wurst*, *wurst, würstchen, salami, leber, leberkäse*, fleischkäse*"},
    {harmless, meat | pork | beef,
     "fruchtfleisch*, kokosfleisch, fleischtomate*, fleischfrei, vegane wurst, vegetarische wurst, tomatenfleisch,"
     "fleischersatz*, butterschmalz*, ochsenherztomate*"},
    {harmless, pork, "putenschinken*, geflügelschinken*, hähnchenschinken*, rinderschinken*, putenspeck"},
    {harmless, meat, "hühnerei*, entenei*"},
    {sure, gelatine, "*gelatine*, gelantine, kollagen*"},
    {harmless, gelatine, "pflanzliche gelatine, fruchtgelatine"},
    {weak, rennet, "lab, naturlab, kälberlab, tierisches lab, labaustauschstoff"},
    {harmless, rennet, "mikrobielles lab, pflanzliches lab, mikrobiellem lab, labaustauschstoff"},
    {sure, insects, "karmin, karminsäure, carmin, echtes karmin, cochenille, koschenille, schellack, mehlwürmer"},
    {sure, bees, "*honig*, bienenwachs, propolis, gelee royale"},
    {harmless, bees, "honigmelone*, honigtau*"},
    {sure, alcohol,
     "alkohol, ethanol, wein, *weißwein, *rotwein, portwein, rum, whisky, weinbrand, cognac, kirschwasser, likör*,"
     "*likör, bier, sekt, wodka, branntwein, obstbrand, marsala, sherry, amaretto"},
    {harmless, alcohol,
     "zuckeralkohol*, bier hefe, bierhefe*, weinessig, wein essig, branntwein essig, branntweinessig, alkohol essig,"
     "bieressig, rumaroma, malzbier"},
    {negation, 0, "ohne, kein, keine, keinen, keinerlei, frei von"},
    {trace, 0,
     "spuren, kann enthalten, kann auch enthalten, in einem betrieb, im betrieb, in dem auch, auf anlagen, auf der "
     "auch,"
     "möglicherweise"},
    {trace_open, 0, "kann, können, koennen"},
    {trace_close, 0, "enthalten"},
    {statement, 0, "enthält, enthaelt, zutaten, zutat"},
};

}  // namespace

std::span<Row const> german() noexcept {
    return rows;
}

}  // namespace b2a::domain::terms
