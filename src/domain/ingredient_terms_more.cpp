// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_terms.hpp"

namespace b2a::domain::terms {
namespace {

using enum Meaning;

constexpr Row portuguese_rows[] = {
    {sure, gluten, "glúten, trigo, cevada, centeio, aveia, espelta, sêmola, pão ralado"},
    {likely, gluten, "malte, massa de trigo, pão, bolacha*, cerveja"},
    {harmless, gluten, "trigo sarraceno, sêmola de milho, pasta de cacau, massa de cacau, levedura de cerveja"},
    {sure, crustaceans, "crustáceo*, camarão, camarões, caranguejo*, lagosta*, gambas"},
    {sure, eggs, "ovo, ovos, ovoproduto*, gema de ovo, albumina"},
    {likely, eggs, "maionese"},
    {sure, fish, "peixe*, atum, salmão, sardinha*, bacalhau, anchova*, pescada, cavala"},
    {sure, peanuts, "amendoim, amendoins"},
    {sure, soybeans, "soja, tofu"},
    {sure, milk,
     "leite, leites, soro de leite, soro lácteo, lactose, caseína*, caseinato*, manteiga, natas, nata, queijo*,"
     "iogurte*, requeijão, lácteo*, láctea*, lacticínio*"},
    {harmless, milk,
     "leite de coco, leite de amêndoa*, leite de soja, leite de aveia, leite de arroz, manteiga de cacau, manteiga "
     "de amendoim, manteiga de karité"},
    {sure, nuts,
     "noz, nozes, amêndoa*, avelã, avelãs, caju, cajus, castanha do pará, castanhas do pará, castanha do brasil,"
     "pistácio*, pistache, macadâmia*, frutos de casca rija, fruta de casca rija"},
    {likely, nuts, "frutos secos"},
    {harmless, nuts, "noz moscada, noz de coco"},
    {sure, celery, "aipo"},
    {sure, mustard, "mostarda*"},
    {sure, sesame, "sésamo, gergelim"},
    {sure, sulphites, "*sulfito*, dióxido de enxofre, metabissulfito"},
    {sure, lupin, "tremoço*"},
    {sure, molluscs, "molusco*, mexilhão, mexilhões, lula, lulas, amêijoa*, ostra, ostras"},
    {sure, meat, "carne, carnes, frango, pato, borrego, galinha"},
    {sure, meat | beef, "bovino, bovina, carne de vaca, vitela"},
    {sure, meat | pork, "porco, suíno, suína, presunto, toucinho, banha, fiambre, chouriço, bacon"},
    {likely, meat, "salsicha*, linguiça"},
    {sure, gelatine, "gelatina, colágeno"},
    {weak, rennet, "coalho"},
    {sure, insects, "carmim, cochonilha"},
    {sure, bees, "mel de abelha*, cera de abelha*, própolis"},
    {sure, alcohol, "álcool, vinho, cerveja, aguardente, licor"},
    {harmless, alcohol, "vinagre de vinho, vinagre de álcool, levedura de cerveja"},
    {negation, 0, "sem, não contém, isento de, livre de"},
    {trace, 0, "pode conter, podem conter, vestígios, traços"},
    {statement, 0, "contém, ingredientes"},
};

constexpr Row polish_rows[] = {
    {sure, gluten,
     "gluten*, pszen*, żyto, żytni*, jęczmie*, owies, owsian*, orkisz*, kuskus, bulgur, kasza manna, semolina,"
     "seitan, bułka tarta"},
    {likely, gluten, "słód, słodow*, makaron, chleb, piwo"},
    {harmless, gluten, "makaron ryżowy"},
    {sure, crustaceans, "skorupiak*, krewet*, krab, kraby, homar*"},
    {sure, eggs, "jaj, jaja, jajko, jajka, jajek, jaje*, jajec*, żółtk*"},
    {likely, eggs, "majonez*"},
    {sure, fish, "ryb, ryba, ryby, rybn*, łosoś, łososi*, tuńczyk*, śledź, śledzi*, dorsz*, makrel*, sardyn*"},
    {sure, peanuts,
     "orzeszki ziemne, orzeszków ziemnych, orzechy ziemne, orzechów ziemnych, orzeszki arachidowe, orzeszków "
     "arachidowych, orzechy arachidowe, orzechów arachidowych, arachidow*"},
    {sure, soybeans, "soja, soi, soję, sojow*, tofu"},
    {sure, milk,
     "mleko, mleka, mleku, mleczn*, mlekiem, serwatk*, laktoz*, kazein*, masło, masła, maślan*, śmietan*, ser żółty,"
     "sery, sera żółtego, serów, ser topiony, ser twarogowy, jogurt*, twaróg, twarog*, kefir"},
    {harmless, milk,
     "mleko kokosowe, mleka kokosowego, mleczko kokosowe, mleko sojowe, mleko migdałowe, mleko owsiane, kwas "
     "mlekowy, masło kakaowe, masła kakaowego, masło orzechowe, masła orzechowego, masło shea"},
    {sure, nuts, "orzech, orzechy, orzechów, orzechow*, migdał*, nerkowc*, pistacj*, laskow*, marcepan*, makadamia"},
    {harmless, nuts,
     "orzeszki ziemne, orzechy ziemne, orzechów ziemnych, orzechy arachidowe, orzechów arachidowych, orzech "
     "kokosowy, orzecha kokosowego, orzechy kokosowe"},
    {sure, celery, "seler, selera, selerem, selery, selerow*"},
    {sure, mustard, "gorczyc*, musztard*"},
    {sure, sesame, "sezam*"},
    {sure, sulphites, "*siarczyn*, dwutlenek siarki, ditlenek siarki, siarczany iv"},
    {sure, lupin, "łubin*"},
    {sure, molluscs, "mięczak*, małże, małży, omułk*, ostryg*, kalmar*, ośmiornic*"},
    {sure, meat, "mięso, mięsa, mięsn*, kurczak*, drób, drobiow*, indyk*, kaczk*"},
    {sure, meat | beef, "wołow*, cielęc*"},
    {sure, meat | pork, "wieprz*, boczek, boczk*, szynk*, słonin*, smalec"},
    {likely, meat, "kiełbas*"},
    {sure, gelatine, "żelatyn*"},
    {weak, rennet, "podpuszczk*"},
    {sure, insects, "karmin, koszenil*"},
    {sure, bees, "miód, miodu, miodow*, wosk pszczeli"},
    {sure, alcohol, "alkohol, wino, wina, piwo, spirytus, rum, likier*"},
    {harmless, alcohol, "ocet winny, ocet spirytusowy"},
    {negation, 0, "bez, nie zawiera, wolny od"},
    {trace, 0, "może zawierać, mogą zawierać, śladowe, ślady"},
    {statement, 0, "zawiera, składniki"},
};

constexpr Row swedish_rows[] = {
    {sure, gluten,
     "*gluten*, *vete*, råg, rågmjöl, rågsikt, kornmjöl, kornmalt, maltkorn, *havre*, dinkel*, spelt*, mannagryn,"
     "couscous, bulgur, seitan, ströbröd"},
    {likely, gluten, "malt, maltextrakt, korn, bröd"},
    {harmless, gluten, "bovete*, vetenskap*"},
    {sure, crustaceans, "kräftdjur*, räkor, räka, kräftor, krabba, hummer, skaldjur"},
    {sure, eggs, "ägg, ägget, äggvit*, äggul*, äggpulver, äggmassa, äggprodukt*, helägg*, majonnäs"},
    {harmless, eggs, "äggplanta, äggfri"},
    {sure, fish, "*fisk*, lax, laxfilé, torsk*, sill*, ansjovis, makrill*"},
    {harmless, fish, "bläckfisk*"},
    {sure, peanuts, "jordnöt*"},
    {sure, soybeans, "*soja*"},
    {sure, milk,
     "*mjölk*, vassle*, laktos*, kasein*, smör, *grädde, grädd*, ost, ostpulver, hårdost, smörfett, *yoghurt*, kvarg"},
    {harmless, milk,
     "kokosmjölk*, havremjölk*, sojamjölk*, mandelmjölk*, rismjölk*, mjölksyra*, kakaosmör, jordnötssmör, sheasmör,"
     "kokosgrädde"},
    {sure, nuts, "nötter, hasselnöt*, valnöt*, mandel*, cashewnöt*, pistasch*, paranöt*, pekannöt*"},
    {harmless, nuts, "jordnötter, kokosnötter"},
    {sure, celery, "selleri*"},
    {sure, mustard, "senap*"},
    {sure, sesame, "sesam*"},
    {sure, sulphites, "*sulfit*, svaveldioxid"},
    {sure, lupin, "lupin*"},
    {sure, molluscs, "blötdjur*, musslor, mussla, bläckfisk*, ostron"},
    {sure, meat, "*kött*, kyckling*, kalkon*, anka"},
    {sure, meat | beef, "nötkött*, oxkött, kalvkött"},
    {sure, meat | pork, "fläsk*, *fläsk, skinka, bacon, griskött*, svinkött"},
    {likely, meat, "korv"},
    {harmless, meat, "fruktkött*"},
    {sure, gelatine, "gelatin*"},
    {weak, rennet, "löpe, ostlöpe"},
    {sure, insects, "karmin, koschenill"},
    {sure, bees, "honung*, bivax"},
    {sure, alcohol, "alkohol, vin, konjak, likör, etanol"},
    {harmless, alcohol, "vinäger, vin vinäger, vinvinäger"},
    {negation, 0, "utan, inga, ingen, fri från"},
    {trace, 0, "kan innehålla, spår av"},
    {statement, 0, "innehåller, ingredienser"},
};

constexpr Row danish_rows[] = {
    {sure, gluten, "*gluten*, *hvede*, rug, rugmel, *rugmel, byg, bygmel, bygmalt*, *havre*, spelt*, durum*, rasp"},
    {likely, gluten, "malt, brød"},
    {harmless, gluten, "boghvede*"},
    {sure, crustaceans, "krebsdyr*, rejer, reje, krabbe*, hummer*, jomfruhummer*"},
    {sure, crustaceans | molluscs, "skaldyr*"},
    {sure, eggs, "æg, ægge*, æggehvide*, æggeblomme*, ægpulver"},
    {sure, fish, "*fisk*, laks, laksen, laksefilet*, torsk*, sild*, ansjos*, makrel*, tunfisk*"},
    {sure, peanuts, "jordnød*, peanut*"},
    {sure, soybeans, "*soja*"},
    {sure, milk,
     "*mælk*, valle, vallepulver, valleprotein*, smørolie, laktose*, kasein*, smør, *fløde*, ost, ostepulver,"
     "yoghurt*, skyr"},
    {harmless, milk, "kokosmælk*, havremælk*, sojamælk*, mandelmælk*, rismælk*, mælkesyre*, kakaosmør, kokosfløde*"},
    {sure, nuts, "nødder, hasselnød*, valnød*, mandler, mandel*, cashewnød*, pistacie*, paranød*, pekannød*, marcipan"},
    {harmless, nuts, "muskatnød, kokosnød*"},
    {sure, celery, "selleri*"},
    {sure, mustard, "sennep*"},
    {sure, sesame, "sesam*"},
    {sure, sulphites, "*sulfit*, svovldioxid"},
    {sure, lupin, "lupin*"},
    {sure, molluscs, "bløddyr*, musling*, blæksprutte*, østers"},
    {sure, meat, "*kød*, kylling*, kalkun*"},
    {sure, meat | beef, "oksekød*, okse*, kalvekød*"},
    {sure, meat | pork, "svin, svine*, flæsk*, skinke*, bacon"},
    {likely, meat, "pølse*"},
    {sure, gelatine, "gelatine, husblas"},
    {weak, rennet, "løbe, osteløbe"},
    {sure, insects, "karmin, cochenille"},
    {sure, bees, "honning*, bivoks"},
    {sure, alcohol, "alkohol, vin, cognac"},
    {harmless, alcohol, "vineddike"},
    {negation, 0, "uden, ingen, fri for"},
    {trace, 0, "kan indeholde, spor af"},
    {statement, 0, "indeholder, ingredienser"},
};

constexpr Row number_rows[] = {
    {sure, sulphites,
     "e220, e 220, e221, e 221, e222, e 222, e223, e 223, e224, e 224, e225, e 225, e226, e 226, e227, e 227, e228,"
     "e 228"},
    {sure, eggs, "e1105, e 1105"},
    {sure, gelatine, "e441, e 441"},
    {sure, insects, "e120, e 120, e904, e 904"},
    {sure, bees, "e901, e 901"},
    {likely, milk, "e966, e 966"},
};

}  // namespace

std::span<Row const> portuguese() noexcept {
    return portuguese_rows;
}

std::span<Row const> polish() noexcept {
    return polish_rows;
}

std::span<Row const> swedish() noexcept {
    return swedish_rows;
}

std::span<Row const> danish() noexcept {
    return danish_rows;
}

std::span<Row const> numbers() noexcept {
    return number_rows;
}

}  // namespace b2a::domain::terms
