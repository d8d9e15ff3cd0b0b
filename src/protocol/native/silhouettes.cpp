// SPDX-License-Identifier: Apache-2.0
// The drawings. Kept apart from the code that uses them: this file is data.
#include <algorithm>

#include "b2a/base/text.hpp"

#include "illustration.hpp"

namespace b2a::protocol::native {
namespace {

constexpr Silhouette silhouettes[] = {
    {"hoodie", "hoodie hoodies sweatshirt sweatshirts hooded pullover",
     R"(<path d="M232 128q68-44 136 0l24 18 78 40 42 190-62 14-34-112v172q0 14-14 14H198q-14 )"
     R"(0-14-14V278l-34 112-62-14 42-190 78-40z"/>)",
     R"(<path d="M232 128q8 74 68 88 60-14 68-88"/><path d="M256 150q44 52 88 0"/>)"
     R"(<path d="M284 206v56M316 206v52"/><path d="M236 346h128l22 68H214z"/><path d="M184 436h232"/>)",
     R"(<path d="M200 160l-20 110v100z"/>)"},
    {"jacket", "jacket jackets coat coats parka blazer windbreaker outerwear shell raincoat gilet anorak",
     R"(<path d="M250 122h100l62 30 62 42 36 186-60 16-36-114v180q0 8-8 8H194q-8 0-8-8V282l-36 114-60-16 )"
     R"(36-186 62-42z"/>)",
     R"(<path d="M300 170v300"/><path d="M250 122l50 52 50-52"/><path d="M218 372l46 24M382 372l-46 24"/>)"
     R"(<path d="M186 440h228"/><path d="M312 220v4M312 270v4M312 320v4"/>)",
     R"(<path d="M204 170l-24 120v90z"/>)"},
    {"dress", "dress dresses gown skirt skirts",
     R"(<path d="M246 108l18 40q36 28 72 0l18-40 28 10-20 112q70 130 96 228-158 32-316 0 26-98 )"
     R"(96-228l-20-112z"/>)",
     R"(<path d="M238 230q62 20 124 0"/><path d="M262 252q-24 120-62 214M338 252q24 120 62 214M300 )"
     R"(256v216"/>)",
     R"(<path d="M226 262q-34 90-54 180h20q14-90 44-180z"/>)"},
    {"tank", "tank tanks bra bras singlet camisole vest vests sleeveless",
     R"(<path d="M224 122h34q4 66 42 66t42-66h34q2 80 44 116v218q0 14-14 14H194q-14 0-14-14V238q42-36 )"
     R"(44-116z"/>)",
     R"(<path d="M180 432h240"/><path d="M224 122q0 84-44 116M376 122q0 84 44 116"/>)",
     R"(<path d="M204 250v170h16V236z"/>)"},
    {"swimsuit", "swimsuit swimwear bikini leotard",
     R"(<path d="M232 108h26q2 70 42 70t42-70h26l8 90q-14 60 6 108 26 62 22 92l-62 14q-10 58-42 )"
     R"(66-32-8-42-66l-62-14q-4-30 22-92 20-48 6-108z"/>)",
     R"(<path d="M224 210q76 34 152 0"/><path d="M196 398q46 2 62 14M404 398q-46 2-62 14"/>)",
     R"(<path d="M238 230q14 50-6 110l14 4q18-60 8-110z"/>)"},
    {"shorts", "shorts short trunks boxers",
     R"(<path d="M178 160h244l34 240q2 12-10 14l-106 12-36-120h-8l-36 120-106-12q-12-2-10-14z"/>)",
     R"(<path d="M174 196h252M300 196v96"/><path d="M152 388l112 14M448 388l-112 14"/>)"
     R"(<path d="M206 196l-18 60M394 196l18 60"/>)",
     R"(<path d="M200 214l-24 150h18l26-150z"/>)"},
    {"shirt",
     "shirt shirts tee tees t-shirt tshirt top tops polo blouse jersey sweater jumper knit knitwear "
     "cardigan crew",
     R"(<path d="M238 124q62 48 124 0l52 20 92 78-50 76-46-32v190q0 14-14 14H204q-14 0-14-14V266l-46 )"
     R"(32-50-76 92-78z"/>)",
     R"(<path d="M238 124q62 82 124 0"/><path d="M190 266v-60M410 266v-60"/><path d="M190 440h220"/>)"
     R"(<path d="M126 272l-20-34M474 272l20-34"/>)",
     R"(<path d="M212 170v250h14V180z"/>)"},
    {"trousers",
     "trousers trouser pants pant jeans jean leggings legging joggers chinos capri capris tights "
     "bottoms",
     R"(<path d="M206 106h188l30 356q1 12-11 12h-62q-11 0-12-11l-34-228h-10l-34 228q-1 11-12 11h-62q-12 )"
     R"(0-11-12z"/>)",
     R"(<path d="M203 142h194M300 142v84"/><path d="M228 142l-14 56M372 142l14 56"/>)"
     R"(<path d="M181 446h82M337 446h82"/>)",
     R"(<path d="M222 170l-22 260h16l24-260z"/>)"},
    {"socks", "socks sock stockings hosiery",
     R"(<path d="M178 110h112v200q0 20-18 36l-96 88q-34 30-62 2-26-28 6-58l58-58z"/>)"
     R"(<path d="M330 130h112v196q0 20-18 36l-92 92q-32 30-60 4-26-28 6-58l52-62z" fill-opacity=".82"/>)",
     R"(<path d="M178 152h112M330 172h112"/><path d="M198 114v34M222 114v34M246 114v34M270 114v34M350 )"
     R"(134v34M374 134v34M398 134v34M422 134v34"/><path d="M130 384q34 6 50 44M290 402q34 6 48 44"/>)",
     R"(<path d="M190 166h16v150h-16z"/>)"},
    {"shoe",
     "shoe shoes sneaker sneakers boot boots trainer trainers heel heels heeled sandal sandals "
     "slipper footwear espadrilles",
     R"(<path d="M96 268q26 26 64 14 44-14 70-50l20-8q44 76 120 90l96 18q46 10 50 58v10H92q-14-72 4-132z"/>)"
     R"(<path d="M88 406h432v14q0 22-22 22H112q-24 0-24-22z" fill-opacity=".72"/>)",
     R"(<path d="M214 272l34-20M236 300l36-22M264 324l34-24M296 342l30-26"/>)"
     R"(<path d="M98 356q70 30 140 0 50-20 90-8"/><path d="M88 406h432"/>)",
     R"(<path d="M116 300q30 14 64-6l-6 30q-32 14-62 4z"/>)"},
    {"hat", "hat hats cap caps beanie beanies helmet headwear",
     R"(<path d="M140 356q-14-212 160-212t160 212z"/><path d="M126 346h348q16 0 16 16v44q0 16-16 )"
     R"(16H126q-16 0-16-16v-44q0-16 16-16z" fill-opacity=".78"/><circle cx="300" cy="120" r="30"/>)",
     R"(<path d="M168 358v52M212 358v52M256 358v52M300 358v52M344 358v52M388 358v52M432 358v52"/>)"
     R"(<path d="M220 178q-30 70-26 150M380 178q30 70 26 150M300 160v168"/>)",
     R"(<path d="M176 300q0-84 60-124-30 58-38 132z"/>)"},
    {"scarf", "scarf scarves shawl wrap tie ties",
     R"(<path d="M186 134q114-50 228 0 44 22 20 74-26 50-134 50t-134-50q-24-52 20-74z"/>)"
     R"(<path d="M206 232l84 22 24 190q1 10-9 11l-98 9q-10 1-11-9z"/>)"
     R"(<path d="M330 252l70-24 26 150q2 10-8 12l-76 14z" fill-opacity=".8"/>)",
     R"(<path d="M206 156q94 60 188 0"/><path d="M204 400l106-10M202 424l110-10"/>)"
     R"(<path d="M212 466v28M240 463v28M268 460v28M296 458v28M356 402v24M384 396v24M408 390v24"/>)",
     R"(<path d="M226 260l30 8 10 150-30 3z"/>)"},
    {"mittens", "mittens mitten gloves glove",
     R"(<path d="M116 386l26-192q10-70 62-62 48 8 44 74l-8 76q30-34 54-14 20 18-6 56l-52 82z"/>)"
     R"(<path d="M338 406l-8-150q-4-96 70-98 68 0 72 94l6 158z" fill-opacity=".82"/>)"
     R"(<path d="M104 386h144v66H104zM328 406h160v62H328z"/>)",
     R"(<path d="M128 400v38M152 400v38M176 400v38M200 400v38M224 400v38M356 420v34M384 420v34M412 )"
     R"(420v34M440 420v34M464 420v34"/>)",
     R"(<path d="M150 340l16-140 18 2-14 138z"/>)"},
    {"belt", "belt belts",
     R"(<path d="M300 130q190 0 190 160t-190 160-190-160 190-160zm0 52q-136 0-136 108t136 108 )"
     R"(136-108-136-108z" fill-rule="evenodd"/>)",
     R"(<path d="M252 386h96v76h-96z"/><path d="M276 424h58"/><circle cx="392" cy="408" r="5"/>)"
     R"(<circle cx="428" cy="384" r="5"/><circle cx="208" cy="408" r="5"/>)",
     R"(<path d="M136 250q24-70 110-88-66 34-82 96z"/>)"},
    {"watch", "watch watches smartwatch",
     R"(<path d="M252 96h96l14 92q58 34 58 112t-58 112l-14 92h-96l-14-92q-58-34-58-112t58-112z"/>)",
     R"(<circle cx="300" cy="300" r="92"/><path d="M300 240v62l40 26"/>)"
     R"(<path d="M300 218v8M300 374v8M218 300h8M374 300h8"/>)",
     R"(<path d="M246 252q22-36 60-40-34 18-46 56z"/>)"},
    {"bag",
     "bag bags backpack backpacks tote totes duffle duffel purse handbag handbags satchel messenger "
     "luggage clutch holdall gear",
     R"(<path d="M156 218h288l30 226q2 20-18 20H144q-20 0-18-20z"/>)",
     R"(<path d="M222 260v-76q0-72 78-72t78 72v76"/><path d="M136 330h328"/><path d="M270 312h60v44h-60z"/>)",
     R"(<path d="M176 240l-20 190h20l18-190z"/>)"},
    {"tin", "tin tins can canned tuna anchovies sardines fish seafood salmon",
     R"(<path d="M120 214q0-52 180-52t180 52v168q0 56-180 56t-180-56z"/>)",
     R"(<ellipse cx="300" cy="214" rx="180" ry="50"/><ellipse cx="300" cy="212" rx="136" ry="34"/>)"
     R"(<path d="M198 338q54-56 134-20l58-24v84l-58-22q-80 36-134-18z"/><path d="M228 330v4"/>)",
     R"(<path d="M138 260h22v140q-22-8-22-20z"/>)", Rgb{0x8f, 0xa3, 0xb0}},
    {"jar",
     "jar jars jelly honey jam jams spread spreads sauce sauces pesto butter marmalade preserve "
     "preserves pickles cream mustard tapenade mostarda",
     R"(<path d="M204 186h192q46 22 46 74v170q0 42-42 42H200q-42 0-42-42V260q0-52 46-74z"/>)"
     R"(<path d="M196 120h208q12 0 12 12v42q0 12-12 12H196q-12 0-12-12v-42q0-12 12-12z" )"
     R"(fill-opacity=".72"/>)",
     R"(<path d="M196 286h208v118H196z"/><path d="M226 322h148M226 348h148M226 374h88"/>)"
     R"(<path d="M222 130v46M262 130v46M300 130v46M338 130v46M378 130v46"/>)",
     R"(<path d="M178 250q8-30 34-40l6 12q-22 16-24 40v150h-16z"/>)"},
    {"bottle",
     "bottle bottles wine oil vinegar juice water beer syrup drink drinks beverage beverages shampoo "
     "oils vinegars passata chinotto",
     R"(<path d="M272 92h56v84q0 20 20 40 34 34 34 76v164q0 22-22 22H240q-22 0-22-22V292q0-42 34-76 20-20 )"
     R"(20-40z"/>)",
     R"(<path d="M268 126h64"/><path d="M218 306h164v108H218z"/>)"
     R"(<path d="M244 340h112M244 364h112M244 388h70"/>)",
     R"(<path d="M244 300q4-44 34-70l8 8q-24 26-26 62v150h-16z"/>)"},
    {"cheese",
     "cheese cheeses dairy parmesan parmigiano pecorino mozzarella brie gouda cheddar comté comte "
     "emmental",
     R"(<path d="M110 312L402 162q78 34 88 150z"/><path d="M110 312h380v120q0 14-14 14H124q-14 0-14-14z"/>)",
     R"(<path d="M110 312h380"/><circle cx="190" cy="378" r="26"/><circle cx="292" cy="350" r="16"/>)"
     R"(<circle cx="372" cy="396" r="30"/><ellipse cx="360" cy="250" rx="32" ry="18"/>)",
     R"(<path d="M176 300l214-112q14 8 24 20L236 300z"/>)", Rgb{0xe3, 0xb6, 0x4f}},
    {"meat", "meat ham prosciutto bresaola salami sausage bacon beef pork chicken steak",
     R"(<path d="M146 262q18-118 142-124t176 88q46 84-8 152-60 76-178 52-46-8-74 16-52 44-92 10-34-30-4-80 )"
     R"(50-40 38-114z"/>)",
     R"(<ellipse cx="352" cy="268" rx="66" ry="54"/><ellipse cx="352" cy="268" rx="24" ry="19"/>)"
     R"(<path d="M186 262q14-84 104-92M208 346q40 40 96 36M420 352q-30 36-82 42"/>)",
     R"(<path d="M172 250q18-72 90-92-48 40-58 104z"/>)", Rgb{0xc0, 0x6a, 0x66}},
    {"chocolate",
     "chocolate chocolates cocoa candy sweets confectionery praline truffle biscuit biscuits cookie "
     "cookies cantuccini",
     R"(<path d="M176 102h248q12 0 12 12v230H164V114q0-12 12-12z"/>)"
     R"(<path d="M150 330l22 18 22-18 22 18 22-18 22 18 22-18 22 18 22-18 22 18 22-18 22 18 22-18 16 )"
     R"(14v126q0 14-14 14H164q-14 0-14-14z" fill-opacity=".8"/>)",
     R"(<path d="M255 102v228M345 102v228M164 178h272M164 254h272"/><path d="M200 400h200M230 430h140"/>)",
     R"(<path d="M180 118h60v44h-60zM270 118h60v44h-60zM360 118h60v44h-60z"/>)", Rgb{0x6f, 0x47, 0x34}},
    {"cup", "coffee tea mug cup espresso milk yogurt yoghurt soup",
     R"(<path d="M150 196h260v150q0 108-108 108h-44q-108 0-108-108z"/>)"
     R"(<path d="M410 226h30q54 0 54 60t-62 72l-26 4 4-40 16-2q32-4 32-34t-24-26h-24z"/>)",
     R"(<path d="M150 230h260"/><path d="M226 164q-20-26 0-46t0-46M282 164q-20-26 0-46t0-46M338 164q-20-26 )"
     R"(0-46t0-46"/>)",
     R"(<path d="M176 250h22v96q0 40 24 66-46-22-46-76z"/>)"},
    {"bread",
     "bread breads baguette loaf toast bun buns croissant brioche focaccia panettone cake cakes "
     "bakery",
     R"(<path d="M140 206q-52 68 8 108v122q0 26 26 26h252q26 0 26-26V314q60-40 8-108-40-56-160-56t-160 )"
     R"(56z"/>)",
     R"(<path d="M214 196q30 22 22 66M288 184q32 24 24 72M362 196q30 22 22 66"/>)"
     R"(<path d="M148 314q-14-10-20-24M452 314q14-10 20-24"/>)",
     R"(<path d="M160 224q30-40 90-48-50 26-66 70z"/>)", Rgb{0xc9, 0x92, 0x5a}},
    {"pouch",
     "pasta rice pulses lentils beans flour cereal cereals muesli spaghetti penne tagliatelle trofie "
     "crackers cracker dried nuts snack snacks grain chips pet",
     R"(<path d="M186 118h228l14 60q18 130 8 274-136 22-272 0-10-144 8-274z"/>)",
     R"(<path d="M184 158h232M182 178h236"/><path d="M224 232h152q12 0 12 12v106q0 12-12 12H224q-12 )"
     R"(0-12-12V244q0-12 12-12z"/><path d="M240 270h120M240 298h120M240 326h74"/>)"
     R"(<path d="M196 118v40M220 118v40M244 118v40M268 118v40M292 118v40M316 118v40M340 118v40M364 )"
     R"(118v40M388 118v40"/>)",
     R"(<path d="M186 200q-14 110-6 230h16q-8-120 6-230z"/>)"},
    {"fruit", "fruit fruits apple vegetable vegetables tomato salad fresh produce organic-fruit",
     R"(<path d="M300 196q-40-34-92-18-72 24-66 128 6 90 66 142 30 26 62 12 30-14 60 0 32 14 62-12 60-52 )"
     R"(66-142 6-104-66-128-52-16-92 18z"/><path d="M306 178q0-70 78-88 4 74-78 88z" fill-opacity=".7"/>)",
     R"(<path d="M300 200q-4-50-34-74"/><path d="M306 178q40-30 66-76"/>)",
     R"(<path d="M188 214q-30 30-24 100 4 20 10 30-4-80 34-126z"/>)", Rgb{0xc8, 0x50, 0x4a}},
    {"card", "voucher vouchers card cards gift coupon ticket",
     R"(<path d="M112 176h376q24 0 24 24v200q0 24-24 24H112q-24 0-24-24V200q0-24 24-24z"/>)",
     R"(<path d="M224 176v248M88 300h424"/><path d="M224 300q-84-20-74-66t74 66q84-20 74-66t-74 66z"/>)"
     R"(<path d="M320 356h140M320 388h84"/>)",
     R"(<path d="M118 196h80l-90 120z"/>)"},
    {"ball", "ball balls yoga fitness mat strap dumbbell kettlebell exercise training equipment sport sports",
     R"(<circle cx="300" cy="290" r="176"/>)",
     R"(<path d="M132 244q168 70 336 0M132 336q168-70 336 0"/>)"
     R"(<path d="M300 114q-84 176 0 352M300 114q84 176 0 352"/>)",
     R"(<path d="M176 224q30-62 96-82-56 38-70 100z"/>)"},
    {"phone",
     "phone phones smartphone tablet laptop electronics mobile headphones camera digital download "
     "ebook course software license video",
     R"(<path d="M206 84h188q28 0 28 28v376q0 28-28 28H206q-28 0-28-28V112q0-28 28-28z"/>)",
     R"(<path d="M198 124h204v316H198z"/><circle cx="300" cy="478" r="14"/><path d="M278 104h44"/>)"
     R"(<path d="M262 250l76 44-76 44z"/>)",
     R"(<path d="M210 136h90L210 330z"/>)"},
    {"perfume", "perfume fragrance cologne beauty cosmetics lipstick mascara skin-care skincare serum lotion",
     R"(<path d="M196 226h208q28 0 28 28v184q0 28-28 28H196q-28 0-28-28V254q0-28 28-28z"/>)"
     R"(<path d="M258 166h84v60h-84z" fill-opacity=".8"/><path d="M244 96h112v70H244z" fill-opacity=".65"/>)",
     R"(<path d="M168 318h264"/><path d="M216 356h168v66H216z"/><path d="M258 196h84"/>)",
     R"(<path d="M190 250h18v190h-18z"/>)"},
    {"chair", "chair sofa furniture bed table lamp home decoration kitchen",
     R"(<path d="M204 104h192q22 0 22 22v158H182V126q0-22 22-22z"/>)"
     R"(<path d="M150 284h300v62q0 18-18 18H168q-18 0-18-18z"/>)"
     R"(<path d="M178 364h36l-14 120h-32zM386 364h36l10 120h-32z" fill-opacity=".75"/>)",
     R"(<path d="M182 284h236"/><path d="M236 140v108M300 140v108M364 140v108"/>)",
     R"(<path d="M202 124h16v140h-16z"/>)"},
};

/// What is drawn when no word fits: a parcel.
constexpr Silhouette parcel{"box", "", R"(<path d="M300 108l186 84v196l-186 92-186-92V192z"/>)",
                            R"(<path d="M114 192l186 88 186-88M300 280v200"/><path d="M206 150l188 88v62"/>)",
                            R"(<path d="M132 220l60 28v150l-60-30z"/>)"};

bool has_word(std::string_view text, std::string_view word) noexcept {
    auto const inside = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        if ((at == 0 || !inside(text[at - 1])) && (end == text.size() || !inside(text[end]))) return true;
    }
    return false;
}

Silhouette const* match(std::string_view lower_text) noexcept {
    for (auto const& silhouette : silhouettes)
        for (auto words = silhouette.words; !words.empty();) {
            auto const space = words.find(' ');
            if (has_word(lower_text, words.substr(0, space))) return &silhouette;
            if (space == std::string_view::npos) break;
            words.remove_prefix(space + 1);
        }
    return nullptr;
}

}  // namespace

Silhouette const& silhouette_for(std::string_view title, std::string_view other_words) noexcept {
    if (auto const* found = match(title)) return *found;
    if (auto const* found = match(other_words)) return *found;
    return parcel;
}

}  // namespace b2a::protocol::native
