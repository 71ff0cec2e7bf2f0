#!/usr/bin/env python3
"""Writes knowledge/places.tsv: cities of the GeoNames extract (CC BY 4.0), and below, in our own writing, French
variants, places where diplomacy happens that no list of cities has, and regions.

usage: places.py CITIES.tsv COUNTRY_CODES.csv LEFFF_DIRECTORY > knowledge/places.tsv
"""
import csv
import glob
import math
import re
import subprocess
import sys
import unicodedata

# Where the slug of the English name is not the id that the other tables use: (country, English name) → id.
IDS = {("UA", "Kyiv"): "kyiv", ("CN", "Beijing"): "beijing", ("US", "Washington"): "washington",
       ("US", "Washington D.C."): "washington", ("US", "Washington, D.C."): "washington", ("US", "New York City"): "new-york",
       ("US", "New York"): "new-york", ("SC", "Victoria"): "victoria-syc", ("CH", "Geneva"): "geneva",
       ("AG", "St. John's"): "saint-john-s", ("AG", "St. John’s"): "saint-john-s"}

# Where GeoNames' preferred names are not those of the press: GeoNames id → French, English.
NAMES = {"292968": ("Abou Dhabi", "Abu Dhabi"), "1820906": ("Bandar Seri Begawan", "Bandar Seri Begawan"),
         "2553604": ("Casablanca", "Casablanca"), "498817": ("Saint-Pétersbourg", "Saint Petersburg"),
         "3576022": ("Saint John's", "Saint John's"), "3579925": ("Saint-Georges", "Saint George's"),
         "1512569": ("Tachkent", "Tashkent"), "5128581": ("New York", "New York"), "4140963": ("Washington", "Washington")}

# French variants of names, and other spellings that the press uses: id → names.
VARIANTS = """
riyadh Ryad|Riyadh|Riad
kyiv Kyiv|Kiyv
abu-dhabi Abu Dhabi|Abou Dabi|Abu Dabi
beijing Beijing
tehran Tehran
baku Baku
kabul Kabul|Kâboul
damascus Damascus
the-hague The Hague
new-york New York|New-York
washington Washington DC|Washington D.C.
tel-aviv Tel-Aviv|Tel Aviv-Jaffa|Tel Aviv
jerusalem Jérusalem-Est|Jérusalem-Ouest
saint-petersburg Leningrad|St-Pétersbourg|Petrograd
ho-chi-minh-city Hô Chi Minh-Ville|Saïgon|Saigon|Ho Chi Minh Ville|Hô-Chi-Minh-Ville
mumbai Bombay
kolkata Calcutta
chennai Madras
yangon Rangoun|Rangoon
chisinau Chisinau|Kichinev|Kichinau
astana Noursoultan|Nour-Soultan|Nursultan|Nur-Sultan|Akmola|Tselinograd
almaty Alma-Ata|Almaty
bishkek Bichkek|Frounze|Bishkek
dushanbe Douchanbé|Dushanbe
tashkent Tachkent|Tashkent
ashgabat Achgabat|Achkhabad|Achkabad|Ashgabat
tbilisi Tbilissi|Tiflis|Tbilisi
yerevan Erevan|Yerevan
sanaa Sanaa|Sana'a
muscat Mascate
n-djamena Ndjamena|N'Djaména
djeddah Djeddah|Jeddah|Jedda
mecca La Mecque
sharm-el-sheikh Charm el-Cheikh|Charm El-Cheikh|Sharm el-Sheikh|Charm el Cheikh
mogadishu Mogadiscio
khartoum Khartum
kuwait-city Koweït-City|Koweït City
valletta La Valette|Valette
kharkiv Kharkov
odesa Odessa
lviv Lvov
dnipro Dniepropetrovsk|Dnipropetrovsk
zaporizhzhya Zaporijjia|Zaporijia|Zaporijié|Zaporojié
luhansk Lougansk|Louhansk
mykolayiv Mykolaïv|Nikolaïev
kherson Kherson
mariupol Marioupol
sievierodonetsk Severodonetsk|Sievierodonetsk
bakhmut Bakhmout|Artiomovsk
sevastopol Sébastopol
pristina Prishtina
port-au-prince Port au Prince
guangzhou Canton
nanjing Nankin
turin Turin
naypyidaw Naypyidaw|Nay Pyi Taw
male Malé
bengaluru Bangalore
izmir Smyrne
thessaloniki Salonique|Thessalonique
aleppo Alep
homs Homs
mosul Mossoul|Mosul
basrah Bassora|Bassorah
fallujah Falloujah|Fallouja|Falludja
erbil Erbil|Irbil
najaf Najaf|Nadjaf
karbala Kerbala|Karbala
hodeidah Hodeïda|Hodeida
benghazi Benghazi
misratah Misrata
syrte Syrte
brussels Bruxelles
luxembourg Luxembourg-Ville
ulaanbaatar Oulan-Bator|Ulan Bator
pyongyang Pyongyang|Pyeongyang
dhaka Dacca
gaza Gaza-ville|ville de Gaza
sukhumi Soukhoumi|Soukhoum
tskhinvali Tskhinvali
stepanakert Khankendi
sochi Sotchi|Sochi
yekaterinburg Ekaterinbourg|Iekaterinbourg
nizhniy-novgorod Nijni Novgorod|Gorki
rostov-na-donu Rostov-sur-le-Don|Rostov
volgograd Volgograd|Stalingrad
belgorod Belgorod
kursk Koursk|Kursk
bryansk Briansk
addis-ababa Addis Abeba
lilongwe Lilongwé
kinshasa Léopoldville
antananarivo Tananarive
goma Goma
bukavu Bukavu
uvira Uvira
"""

# id;French names;English names;state;latitude;longitude;weight;Wikidata. Written here when GeoNames' extract lacks them,
# or when another name must come first.
OWN = """
geneva;Genève|Geneve;Geneva;CHE;46.2022;6.1457;.8;Q71
camp-david;Camp David;Camp David;USA;39.6483;-77.4650;.5;
davos;Davos;Davos;CHE;46.8043;9.8372;.5;
sharm-el-sheikh;Charm el-Cheikh;Sharm el-Sheikh;EGY;27.9158;34.3300;.5;
evian;Évian|Évian-les-Bains;Évian-les-Bains|Evian;FRA;46.4009;6.5886;.35;
dayton;Dayton;Dayton;USA;39.7589;-84.1916;.4;
rambouillet;Rambouillet;Rambouillet;FRA;48.6444;1.8292;.35;
glassboro;Glassboro;Glassboro;USA;39.7029;-75.1118;.3;
yalta;Yalta;Yalta;UKR;44.4952;34.1663;.5;
potsdam;Potsdam;Potsdam;DEU;52.3989;13.0657;.45;
minsk;Minsk;Minsk;BLR;53.9;27.5667;.6;
sochi;Sotchi;Sochi;RUS;43.5992;39.7257;.5;
burgenstock;Bürgenstock|Burgenstock;Bürgenstock;CHE;46.9967;8.3786;.4;
wye-plantation;Wye Plantation|Wye River;Wye River|Wye Plantation;USA;38.9;-76.14;.3;
taba;Taba;Taba;EGY;29.4925;34.8969;.4;
oslo;Oslo;Oslo;NOR;59.9127;10.7461;.65;Q585
reykjavik;Reykjavik;Reykjavik;ISL;64.1355;-21.8954;.6;Q1764
helsinki;Helsinki;Helsinki;FIN;60.1695;24.9354;.65;Q1757
vienna;Vienne;Vienna;AUT;48.2085;16.3721;.75;Q1741
montreux;Montreux;Montreux;CHE;46.433;6.9114;.35;
lausanne;Lausanne;Lausanne;CHE;46.516;6.6328;.5;
crans-montana;Crans-Montana;Crans-Montana;CHE;46.3072;7.4817;.3;
locarno;Locarno;Locarno;CHE;46.1709;8.7995;.3;
lugano;Lugano;Lugano;CHE;46.0101;8.96;.35;
zermatt;Zermatt;Zermatt;CHE;46.0207;7.7491;.2;
annapolis;Annapolis;Annapolis;USA;38.9784;-76.4922;.3;
mar-a-lago;Mar-a-Lago;Mar-a-Lago;USA;26.677;-80.037;.4;
bedminster;Bedminster;Bedminster;USA;40.68;-74.645;.25;
anchorage;Anchorage;Anchorage;USA;61.2181;-149.9003;.4;
kennebunkport;Kennebunkport;Kennebunkport;USA;43.3615;-70.4767;.25;
crawford-texas;!Crawford;!Crawford;USA;31.5342;-97.4436;.1;
bretton-woods;Bretton Woods;Bretton Woods;USA;44.2581;-71.4411;.35;
san-francisco;San Francisco;San Francisco;USA;37.7749;-122.4194;.55;
halifax;Halifax;Halifax;CAN;44.6464;-63.5729;.35;
kananaskis;Kananaskis;Kananaskis;CAN;50.9;-115.1;.3;
charlevoix;La Malbaie|Charlevoix;La Malbaie|Charlevoix;CAN;47.6545;-70.1524;.3;
muskoka;Huntsville|Muskoka;Muskoka;CAN;45.33;-79.22;.2;
heiligendamm;Heiligendamm;Heiligendamm;DEU;54.1425;11.8436;.3;
elmau;Elmau;Elmau|Schloss Elmau;DEU;47.57;11.185;.3;
petersberg;Petersberg;Petersberg;DEU;50.6869;7.2076;.25;
ramstein;Ramstein;Ramstein;DEU;49.4467;7.5547;.4;
munich;Munich;Munich;DEU;48.1374;11.5755;.6;
bonn;Bonn;Bonn;DEU;50.7344;7.0955;.6;Q586
east-berlin;Berlin-Est|Berlin Est;East Berlin;DEU;52.52;13.43;.5;
west-berlin;Berlin-Ouest|Berlin Ouest;West Berlin;DEU;52.5;13.3;.5;
meseberg;Meseberg;Meseberg;DEU;52.97;13.09;.2;
deauville;Deauville;Deauville;FRA;49.3571;.0746;.3;
biarritz;Biarritz;Biarritz;FRA;43.4832;-1.5586;.35;
bregancon;Brégançon|~fort de Brégançon;Brégançon;FRA;43.0928;6.3217;.35;
versailles;Versailles;Versailles;FRA;48.8036;2.1342;.45;
fontainebleau;Fontainebleau;Fontainebleau;FRA;48.4047;2.7016;.3;
la-baule;La Baule;La Baule;FRA;47.2833;-2.3833;.3;
marcoussis;Marcoussis|Linas-Marcoussis;Marcoussis|Linas-Marcoussis;FRA;48.6422;2.2297;.3;
colombey;Colombey-les-Deux-Églises|Colombey;Colombey-les-Deux-Églises;FRA;48.2217;4.8847;.25;
la-celle-saint-cloud;La Celle-Saint-Cloud;La Celle-Saint-Cloud;FRA;48.8411;2.1344;.2;
gleneagles;Gleneagles;Gleneagles;GBR;56.28;-3.74;.3;
lough-erne;Lough Erne;Lough Erne;GBR;54.4;-7.7;.2;
carbis-bay;Carbis Bay;Carbis Bay;GBR;50.195;-5.467;.25;
chequers;Chequers;Chequers;GBR;51.743;-.781;.3;
lancaster-house;Lancaster House;Lancaster House;GBR;51.0;-.14;.3;
bletchley-park;Bletchley Park;Bletchley Park;GBR;51.997;-.741;.25;
laquila;L'Aquila;L'Aquila;ITA;42.3505;13.3995;.3;
taormina;Taormine;Taormina;ITA;37.8516;15.2853;.3;
borgo-egnazia;Borgo Egnazia;Borgo Egnazia;ITA;40.876;17.394;.25;
pratica-di-mare;Pratica di Mare;Pratica di Mare;ITA;41.66;12.48;.3;
maastricht;Maastricht;Maastricht;NLD;50.8483;5.6889;.5;
noordwijk;Noordwijk;Noordwijk;NLD;52.24;4.44;.2;
schengen;Schengen;Schengen;LUX;49.4717;6.3622;.5;
ohrid;Ohrid;Ohrid;MKD;41.1172;20.8016;.35;
prespa;Prespa;Prespa;MKD;40.9;21.0;.3;
brioni;Brioni;Brijuni;HRV;44.917;13.767;.25;
bled;!Bled;!Bled;SVN;46.3692;14.1136;.2;
srebrenica;Srebrenica;Srebrenica;BIH;44.1069;19.2964;.45;
bialowieza;Belaveja|Belovej;Belavezha|Białowieża;BLR;52.57;23.8;.3;
viskuli;Viskouli;Viskuli;BLR;52.55;23.95;.2;
gdansk;Gdansk|Dantzig;Gdańsk|Danzig;POL;54.3521;18.6466;.45;
wiesbaden;Wiesbaden;Wiesbaden;DEU;50.0826;8.24;.3;
nuremberg;Nuremberg;Nuremberg;DEU;49.4542;11.0775;.45;
nijni-novgorod;!Nijni;!Nijni;RUS;56.3287;44.002;.1;
novo-ogarevo;Novo-Ogarevo|Novo-Ogariovo;Novo-Ogaryovo;RUS;55.73;37.2;.3;
valdai;Valdaï;Valdai;RUS;57.98;33.25;.3;
vladivostok;Vladivostok;Vladivostok;RUS;43.1056;131.8735;.5;
kaliningrad;Kaliningrad|Königsberg;Kaliningrad;RUS;54.7065;20.511;.5;
tchernobyl;Tchernobyl|Tchornobyl;Chernobyl|Chornobyl;UKR;51.2763;30.2219;.5;
zaporijjia-plant;~centrale de Zaporijjia|~centrale nucléaire de Zaporijjia|Enerhodar|Energodar;Zaporizhzhia nuclear power plant|Enerhodar;UKR;47.5119;34.5858;.45;
boutcha;Boutcha;Bucha;UKR;50.5434;30.2121;.45;
irpin;Irpin;Irpin;UKR;50.5218;30.2506;.35;
debaltseve;Debaltseve|Debaltsevo;Debaltseve;UKR;48.3411;38.4072;.4;
avdiivka;Avdiïvka|Avdiivka;Avdiivka;UKR;48.1399;37.7425;.4;
pokrovsk;Pokrovsk;Pokrovsk;UKR;48.2819;37.1756;.4;
ilovaisk;Ilovaïsk;Ilovaisk;UKR;47.925;38.194;.3;
snake-island;~île des Serpents|Île des Serpents;Snake Island;UKR;45.255;30.204;.3;
gori;Gori;Gori;GEO;41.9842;44.1158;.35;
meyssan;!Meyssan;!Maysan;IRQ;31.9;47.1;.1;
agdam;Agdam|Aghdam;Aghdam;AZE;39.9911;46.9297;.3;
chouchi;Choucha|Chouchi;Shusha|Shushi;AZE;39.76;46.75;.35;
lachin;~corridor de Latchine|Latchine|~couloir de Latchine;Lachin|Lachin corridor;AZE;39.64;46.55;.35;
nakhitchevan;Nakhitchevan;Nakhchivan;AZE;39.2089;45.4122;.35;
baikonur;Baïkonour;Baikonur;KAZ;45.965;63.305;.45;
semipalatinsk;Semipalatinsk|Semeï;Semipalatinsk|Semey;KAZ;50.4111;80.2275;.35;
panmunjom;Panmunjom;Panmunjom;KOR;37.956;126.677;.5;
pyongyang;Pyongyang;Pyongyang;PRK;39.0339;125.7543;.6;
yongbyon;Yongbyon;Yongbyon;PRK;39.7975;125.7553;.4;
punggye-ri;Punggye-ri;Punggye-ri;PRK;41.28;129.08;.35;
kaesong;Kaesong|Kaesŏng;Kaesong;PRK;37.97;126.554;.4;
kumgang;~mont Kumgang;Mount Kumgang;PRK;38.65;128.1;.25;
sentosa;Sentosa;Sentosa;SGP;1.2494;103.8303;.3;
hanoi;Hanoï|Hanoi;Hanoi;VNM;21.0245;105.8412;.6;
tiananmen;Tiananmen|~place Tiananmen;Tiananmen|Tiananmen Square;CHN;39.9055;116.3976;.45;
beidaihe;Beidaihe;Beidaihe;CHN;39.83;119.49;.25;
boao;Boao;Boao;CHN;19.16;110.58;.3;
tianjin;Tianjin|Tientsin;Tianjin;CHN;39.1422;117.1767;.45;
wuhan;Wuhan;Wuhan;CHN;30.5833;114.2667;.5;
lhassa;Lhassa;Lhasa;CHN;29.65;91.1;.4;
hiroshima;Hiroshima;Hiroshima;JPN;34.4;132.45;.5;
nagasaki;Nagasaki;Nagasaki;JPN;32.75;129.8833;.45;
okinawa;Okinawa;Okinawa;JPN;26.3358;127.8014;.45;
kyoto;Kyoto;Kyoto;JPN;35.0211;135.7538;.5;
toyako;Toyako;Toyako;JPN;42.56;140.82;.2;
ise-shima;Ise-Shima;Ise-Shima;JPN;34.27;136.8;.25;
bali;Bali;Bali;IDN;-8.65;115.22;.5;
bandung;Bandung|Bandoeng|Bandoung;Bandung;IDN;-6.9222;107.6069;.4;
cancun;Cancun|Cancún;Cancún|Cancun;MEX;21.1743;-86.8466;.4;
los-cabos;Los Cabos;Los Cabos;MEX;23.06;-109.7;.3;
guantanamo;Guantanamo|Guantánamo;Guantanamo|Guantánamo Bay;CUB;20.1444;-75.2092;.5;
bay-of-pigs;~baie des Cochons;Bay of Pigs;CUB;22.2;-81.16;.3;
contadora;Contadora;Contadora;PAN;8.63;-79.04;.25;
punta-del-este;Punta del Este;Punta del Este;URY;-34.95;-54.95;.35;
cartagena;Carthagène|Carthagène des Indes;Cartagena;COL;10.4;-75.5144;.4;
esquipulas;Esquipulas;Esquipulas;GTM;14.5636;-89.3514;.3;
port-stanley;Port Stanley|Stanley;Stanley|Port Stanley;GBR;-51.7;-57.85;.3;
doha;Doha;Doha;QAT;25.2855;51.531;.65;
djeddah;Djedda|Djeddah|Jeddah;Jeddah;SAU;21.4901;39.1862;.5;
neom;Neom;Neom;SAU;28.0;35.2;.3;
al-ula;Al-Ula|Al Ula|AlUla;AlUla|Al-Ula;SAU;26.6;37.92;.35;
diriyah;Diriyah|~palais de Diriyah;Diriyah;SAU;24.73;46.57;.3;
taif;Taëf|Taef|Taif;Taif;SAU;21.2703;40.4158;.35;
aqaba;Aqaba|Akaba;Aqaba;JOR;29.5267;35.0078;.4;
petra-place;Pétra;Petra;JOR;30.33;35.44;.25;
wadi-araba;Wadi Araba;Wadi Araba|Arava;JOR;30.0;35.1;.25;
madrid;Madrid;Madrid;ESP;40.4165;-3.7026;.65;
ramallah;Ramallah;Ramallah;PSE;31.8996;35.2042;.55;
jenin;Jénine|Djénine;Jenin;PSE;32.4594;35.2957;.4;
nablus;Naplouse;Nablus;PSE;32.2211;35.2544;.4;
hebron;Hébron;Hebron;PSE;31.5294;35.0938;.4;
jericho;Jéricho;Jericho;PSE;31.8667;35.45;.35;
bethlehem;Bethléem;Bethlehem;PSE;31.7049;35.2038;.4;
rafah;Rafah;Rafah;PSE;31.2870;34.2595;.5;
khan-yunis;Khan Younès|Khan Younis;Khan Yunis|Khan Younis;PSE;31.3402;34.3063;.45;
jabalia;Jabaliya|Jabalia|Djabaliya;Jabalia;PSE;31.5272;34.4835;.4;
gaza;Gaza|~bande de Gaza|~Bande de Gaza|~enclave palestinienne;Gaza|Gaza Strip|~Gaza Strip;PSE;31.5016;34.4668;.75;Q39760
kerem-shalom;Kerem Shalom;Kerem Shalom;ISR;31.228;34.284;.3;
eilat;Eilat;Eilat;ISR;29.5581;34.9482;.35;
dimona;Dimona;Dimona;ISR;31.0702;35.0327;.35;
mount-of-temple;~esplanade des Mosquées|~mont du Temple;Temple Mount|Al-Aqsa compound;ISR;31.778;35.2354;.35;
naqoura;Naqoura|Nakoura;Naqoura;LBN;33.1181;35.14;.35;
sabra-shatila;Sabra et Chatila|Chatila;Sabra and Shatila;LBN;33.862;35.498;.35;
baabda;Baabda;Baabda;LBN;33.8339;35.5442;.3;
golan;Golan|~plateau du Golan;Golan Heights|Golan;SYR;33.0;35.75;.5;
daraa;Deraa|Daraa;Daraa;SYR;32.6189;36.1021;.4;
idlib;Idlib|Idleb;Idlib;SYR;35.9306;36.6339;.45;
kobane;Kobané|Kobani|Aïn al-Arab;Kobani|Kobane;SYR;36.891;38.353;.4;
palmyra;Palmyre;Palmyra;SYR;34.56;38.28;.35;
hmeimim;Hmeimim|Hmeïmim;Hmeimim|Khmeimim;SYR;35.41;35.95;.35;
douma-syria;!Douma;!Douma;SYR;33.5719;36.4028;.2;
natanz;Natanz|Natanze;Natanz;IRN;33.5111;51.9167;.4;
fordo;Fordo|Fordow;Fordow|Fordo;IRN;34.88;50.99;.4;
bushehr;Bouchehr;Bushehr;IRN;28.9684;50.8385;.4;
arak;Arak;Arak;IRN;34.0917;49.6892;.35;
bandar-abbas;Bandar Abbas;Bandar Abbas;IRN;27.1865;56.2808;.35;
kharg;~île de Kharg;Kharg Island;IRN;29.24;50.31;.3;
bagram;Bagram;Bagram;AFG;34.946;69.265;.4;
tora-bora;Tora Bora;Tora Bora;AFG;34.115;70.218;.35;
agra;Agra;Agra;IND;27.1833;78.0167;.35;
simla;Simla|Shimla;Shimla|Simla;IND;31.1044;77.1666;.35;
lahore;Lahore;Lahore;PAK;31.558;74.3507;.45;
samarkand;Samarcande|Samarkand;Samarkand;UZB;39.6542;66.9597;.4;
bujumbura;Bujumbura;Bujumbura;BDI;-3.3822;29.3644;.45;
arusha;Arusha;Arusha;TZA;-3.3667;36.6833;.4;
dar-es-salaam;Dar es Salam|Dar es-Salaam|Dar es Salaam;Dar es Salaam;TZA;-6.8235;39.2695;.45;
zanzibar;Zanzibar;Zanzibar;TZA;-6.1639;39.1979;.35;
goma;Goma;Goma;COD;-1.6792;29.2228;.5;
bukavu;Bukavu;Bukavu;COD;-2.4908;28.8428;.45;
uvira;Uvira;Uvira;COD;-3.3953;29.1378;.4;
bunia;Bunia;Bunia;COD;1.5593;30.0944;.35;
beni-cod;!Beni;!Beni;COD;.4911;29.4731;.2;
butembo;Butembo;Butembo;COD;.1333;29.2833;.35;
walikale;Walikale;Walikale;COD;-1.418;28.062;.35;
rutshuru;Rutshuru;Rutshuru;COD;-1.18;29.45;.35;
sake-cod;!Sake;!Sake;COD;-1.57;29.04;.2;
bunagana;Bunagana;Bunagana;COD;-1.30;29.60;.35;
masisi;Masisi;Masisi;COD;-1.4;28.81;.35;
sun-city;Sun City;Sun City;ZAF;-25.34;27.09;.3;
nkomati;Nkomati;Nkomati;MOZ;-25.4;31.9;.25;
lusaka;Lusaka;Lusaka;ZMB;-15.4067;28.2871;.45;
gbadolite;Gbadolite;Gbadolite;COD;4.279;21.0027;.3;
kidal;Kidal;Kidal;MLI;18.4411;1.4078;.4;
gao;Gao;Gao;MLI;16.2717;-.0447;.4;
tombouctou;Tombouctou;Timbuktu;MLI;16.7735;-3.0074;.4;
agadez;Agadez;Agadez;NER;16.9733;7.9911;.4;
yamoussoukro;Yamoussoukro;Yamoussoukro;CIV;6.8206;-5.2768;.4;
bouake;Bouaké;Bouaké;CIV;7.6906;-5.0305;.35;
malabo;Malabo;Malabo;GNQ;3.75;8.7833;.35;
victoria-syc;!Victoria;!Victoria;SYC;-4.62;55.455;.2;
skhirat;Skhirat;Skhirat;MAR;33.85;-7.03;.35;
bouznika;Bouznika;Bouznika;MAR;33.789;-7.159;.3;
ifrane;Ifrane;Ifrane;MAR;33.53;-5.11;.25;
tindouf;Tindouf;Tindouf;DZA;27.6742;-8.1478;.4;
laayoune;Laâyoune|El Aaiun|Laayoune;Laayoune|El Aaiún;ESH;27.1418;-13.1880;.4;
dakhla;Dakhla;Dakhla;ESH;23.6848;-15.958;.35;
guerguerat;Guerguerat|El Guerguerat;Guerguerat;ESH;21.42;-16.96;.35;
syrte;Syrte;Sirte;LBY;31.2089;16.5887;.4;
derna;Derna;Derna;LBY;32.7648;22.6392;.35;
tobruk;Tobrouk;Tobruk;LBY;32.0836;23.9764;.4;
sebha;Sebha;Sabha;LBY;27.0377;14.4283;.3;
el-alamein;El-Alamein|El Alamein;El Alamein;EGY;30.83;28.95;.3;
suez;Suez;Suez;EGY;29.9737;32.5263;.45;
el-fasher;El-Facher|El Facher|El-Fasher|Al-Fasher;El Fasher|Al-Fashir;SDN;13.6279;25.3494;.4;
abyei;Abyei;Abyei;SDN;9.59;28.43;.35;
port-sudan;Port-Soudan;Port Sudan;SDN;19.6175;37.2164;.4;
jeddah-islands;Tiran|~îles de Tiran et Sanafir;Tiran;SAU;27.95;34.56;.25;
naypyidaw;Naypyidaw;Naypyidaw;MMR;19.745;96.1297;.35;
ngerulmud;!Ngerulmud;!Ngerulmud;PLW;7.5;134.62;.1;
yaren;!Yaren;!Yaren;NRU;-.55;166.92;.1;
tarawa;Tarawa;Tarawa;KIR;1.33;172.98;.1;
nuuk;Nuuk;Nuuk;GRL;64.1835;-51.7216;.4;
pituffik;Pituffik|Thulé;Pituffik|Thule;GRL;76.53;-68.7;.35;
tiraspol;Tiraspol;Tiraspol;PMR;46.8403;29.6433;.4;
sukhumi;Soukhoumi|Soukhoum;Sukhumi;ABK;43.0015;41.0234;.4;
tskhinvali;Tskhinvali;Tskhinvali;SOO;42.2257;43.9701;.4;
stepanakert;Stepanakert|Khankendi;Stepanakert|Khankendi;NKR;39.8177;46.7528;.4;
hargeisa;Hargeisa;Hargeisa;SOL;9.56;44.065;.35;
erbil;Erbil|Irbil;Erbil|Irbil;IRQ;36.1926;44.0106;.45;
vatican-city;Vatican|~place Saint-Pierre|Cité du Vatican;Vatican City|St. Peter's Square;VAT;41.9024;12.4533;.5;
castel-gandolfo;Castel Gandolfo;Castel Gandolfo;ITA;41.747;12.65;.3;
fatima-prt;!Fatima;!Fatima;PRT;39.6172;-8.6521;.1;
ajaccio;Ajaccio;Ajaccio;FRA;41.9272;8.7346;.3;
noumea;Nouméa;Nouméa;FRA;-22.2763;166.4572;.4;
kosovska-mitrovica;Mitrovica|Kosovska Mitrovica;Mitrovica;XKX;42.8833;20.8667;.4;
pristina;Pristina;Pristina;XKX;42.6727;21.1669;.5;
pale;!Pale;!Pale;BIH;43.8167;18.5667;.2;
banja-luka;Banja Luka;Banja Luka;BIH;44.7784;17.1939;.4;
vukovar;Vukovar;Vukovar;HRV;45.3433;18.9997;.4;
knin;Knin;Knin;HRV;44.0408;16.1961;.3;
saint-malo;Saint-Malo;Saint-Malo;FRA;48.6481;-2.0075;.35;
le-touquet;Le Touquet|Le Touquet-Paris-Plage;Le Touquet;FRA;50.52;1.58;.3;
aix-la-chapelle;Aix-la-Chapelle;Aachen;DEU;50.7766;6.0834;.35;
lockerbie;Lockerbie;Lockerbie;GBR;55.12;-3.356;.35;
balmoral;Balmoral;Balmoral;GBR;57.04;-3.23;.3;
windsor;Windsor;Windsor;GBR;51.4817;-.6136;.3;
belfast;Belfast;Belfast;GBR;54.5968;-5.9254;.45;
londonderry;Londonderry|Derry;Londonderry|Derry;GBR;54.9981;-7.3093;.35;
salisbury;Salisbury;Salisbury;GBR;51.0693;-1.7957;.35;
mainau;!Mainau;!Mainau;DEU;47.7;9.19;.1;
incirlik;Incirlik;Incirlik;TUR;37.0;35.42;.35;
dolmabahce;Dolmabahçe|~palais de Dolmabahçe;Dolmabahçe;TUR;41.039;29.0;.35;
antalya;Antalya;Antalya;TUR;36.9081;30.6956;.45;
istanbul;Istanbul|Istamboul|Constantinople;Istanbul;TUR;41.0138;28.9497;.75;Q406
astana;Astana;Astana;KAZ;51.1801;71.446;.6;
"""

REGIONS = """
central-asia;Asie centrale|~Asie Centrale;Central Asia;.5
middle-east;Moyen-Orient;Middle East|Mideast;.6
near-east;Proche-Orient|Levant;Near East|Levant;.6
far-east;Extrême-Orient;Far East;.4
eastern-europe;Europe de l'Est|Europe orientale;Eastern Europe;.5
central-europe;Europe centrale;Central Europe;.4
western-europe;Europe de l'Ouest|Europe occidentale;Western Europe;.5
northern-europe;Europe du Nord;Northern Europe;.3
southern-europe;Europe du Sud;Southern Europe;.3
europe;Europe|Vieux Continent;Europe;.7
africa;Afrique|~continent africain|~continent noir;Africa;.6
north-africa;Afrique du Nord;North Africa;.5
west-africa;Afrique de l'Ouest|Afrique occidentale;West Africa;.5
central-africa;Afrique centrale;Central Africa;.5
east-africa;Afrique de l'Est|Afrique orientale;East Africa;.4
southern-africa;Afrique australe;Southern Africa;.4
sub-saharan-africa;Afrique subsaharienne|Afrique noire;Sub-Saharan Africa;.4
maghreb;Maghreb;Maghreb;.5
mashreq;Machrek;Mashriq|Mashreq;.3
sahel;Sahel|~bande sahélienne;Sahel;.5
horn-of-africa;Corne de l'Afrique|~corne de l'Afrique;Horn of Africa;.4
great-lakes;Grands Lacs|~région des Grands Lacs|~Grands Lacs africains;Great Lakes region;.4
lake-chad;Lac Tchad|~lac Tchad;Lake Chad;.4
liptako-gourma;Liptako-Gourma|~zone des trois frontières;Liptako-Gourma;.3
azawad;Azawad;Azawad;.3
asia;Asie;Asia;.5
southeast-asia;Asie du Sud-Est;Southeast Asia;.5
south-asia;Asie du Sud;South Asia;.4
east-asia;Asie de l'Est|Asie orientale;East Asia;.4
indo-pacific;Indo-Pacifique|~région indo-pacifique;Indo-Pacific;.4
asia-pacific;Asie-Pacifique;Asia-Pacific;.4
north-america;Amérique du Nord;North America;.4
south-america;Amérique du Sud;South America;.4
latin-america;Amérique latine;Latin America;.5
central-america;Amérique centrale;Central America;.4
caribbean;Caraïbes|Antilles;Caribbean;.4
oceania;Océanie;Oceania;.3
balkans;Balkans|Balkans occidentaux;Balkans|Western Balkans;.5
baltic-states;~pays baltes|Pays baltes|~États baltes|États baltes|Baltes;Baltic states|Baltics;.5
scandinavia;Scandinavie;Scandinavia;.4
caucasus;Caucase;Caucasus;.5
south-caucasus;Caucase du Sud|Transcaucasie;South Caucasus|Transcaucasia;.4
north-caucasus;Caucase du Nord;North Caucasus;.4
arctic;Arctique;Arctic;.4
antarctic;Antarctique;Antarctica;.3
mediterranean;Méditerranée|~mer Méditerranée;Mediterranean|Mediterranean Sea;.5
black-sea;Mer Noire|~mer Noire;Black Sea;.5
sea-of-azov;Mer d'Azov|~mer d'Azov;Sea of Azov;.4
kerch-strait;~détroit de Kertch|Détroit de Kertch|~pont de Kertch|~pont de Crimée;Kerch Strait|Crimean Bridge;.4
baltic-sea;Mer Baltique|~mer Baltique|Baltique;Baltic Sea|Baltic;.4
north-sea;Mer du Nord|~mer du Nord;North Sea;.3
red-sea;Mer Rouge|~mer Rouge;Red Sea;.5
caspian-sea;Mer Caspienne|~mer Caspienne|Caspienne;Caspian Sea|Caspian;.4
south-china-sea;~mer de Chine méridionale|Mer de Chine méridionale;South China Sea;.5
east-china-sea;~mer de Chine orientale|Mer de Chine orientale;East China Sea;.4
sea-of-japan;~mer du Japon|Mer du Japon;Sea of Japan;.4
yellow-sea;~mer Jaune|Mer Jaune;Yellow Sea;.3
taiwan-strait;~détroit de Taïwan|Détroit de Taïwan|~détroit de Taiwan|~détroit de Formose;Taiwan Strait;.5
persian-gulf;~golfe Persique|Golfe Persique|~golfe Arabo-Persique|~golfe arabo-persique|Golfe;Persian Gulf|Arabian Gulf|Gulf;.5
strait-of-hormuz;~détroit d'Ormuz|Détroit d'Ormuz|Ormuz;Strait of Hormuz;.5
gulf-of-aden;~golfe d'Aden|Golfe d'Aden;Gulf of Aden;.4
gulf-of-oman;~golfe d'Oman|Golfe d'Oman;Gulf of Oman;.4
gulf-of-guinea;~golfe de Guinée|Golfe de Guinée;Gulf of Guinea;.4
bab-el-mandeb;Bab el-Mandeb|Bab el-Mandab|Bab al-Mandab;Bab el-Mandeb|Bab al-Mandab;.4
bosphorus;Bosphore;Bosphorus|Bosporus;.4
dardanelles;Dardanelles;Dardanelles;.35
suez-canal;~canal de Suez|Canal de Suez;Suez Canal;.5
panama-canal;~canal de Panama|Canal de Panama;Panama Canal;.45
gibraltar-strait;~détroit de Gibraltar;Strait of Gibraltar;.35
english-channel;Manche;English Channel;.3
atlantic;Atlantique|~océan Atlantique;Atlantic|Atlantic Ocean;.3
pacific;Pacifique|~océan Pacifique;Pacific|Pacific Ocean;.3
indian-ocean;~océan Indien|Océan Indien;Indian Ocean;.4
arabian-peninsula;~péninsule Arabique|~péninsule arabique|Péninsule arabique;Arabian Peninsula;.4
korean-peninsula;~péninsule coréenne|Péninsule coréenne;Korean Peninsula;.5
mekong;Mékong;Mekong;.3
nile;Nil|~Nil Bleu;Nile;.35
danube;Danube;Danube;.3
dnieper;Dniepr|Dnipro;Dnieper|Dnipro River;.4
dniester;Dniestr;Dniester;.35
oder-neisse;~ligne Oder-Neisse;Oder-Neisse line;.3
west;Occident;West;.4
"""
# id;French;English;state;weight
LANDS = """
donbass;Donbass|Donbas;Donbas|Donbass;UKR;.6
crimea;Crimée|~péninsule de Crimée;Crimea|Crimean Peninsula;UKR;.65
donetsk-oblast;~région de Donetsk|~oblast de Donetsk;Donetsk region|Donetsk oblast;UKR;.45
luhansk-oblast;~région de Lougansk|~région de Louhansk|~oblast de Louhansk;Luhansk region|Luhansk oblast;UKR;.45
kharkiv-oblast;~région de Kharkiv|~région de Kharkov;Kharkiv region;UKR;.4
kherson-oblast;~région de Kherson;Kherson region;UKR;.4
zaporizhzhia-oblast;~région de Zaporijjia;Zaporizhzhia region;UKR;.4
sumy-oblast;~région de Soumy;Sumy region;UKR;.35
kursk-oblast;~région de Koursk|~oblast de Koursk;Kursk region;RUS;.45
belgorod-oblast;~région de Belgorod;Belgorod region;RUS;.4
galicia-ukr;Galicie ukrainienne;Galicia;UKR;.2
chechnya;Tchétchénie;Chechnya;RUS;.5
dagestan;Daguestan|Daghestan;Dagestan;RUS;.45
ingushetia;Ingouchie;Ingushetia;RUS;.4
north-ossetia;Ossétie du Nord;North Ossetia;RUS;.4
tatarstan;Tatarstan;Tatarstan;RUS;.4
bashkortostan;Bachkortostan;Bashkortostan;RUS;.3
siberia;Sibérie;Siberia;RUS;.45
kuril-islands;~îles Kouriles|Kouriles|Îles Kouriles|~Territoires du Nord;Kuril Islands|Northern Territories;RUS;.45
sakhalin;Sakhaline;Sakhalin;RUS;.4
kamchatka;Kamtchatka;Kamchatka;RUS;.35
kashmir;Cachemire|Jammu-et-Cachemire;Kashmir|Jammu and Kashmir;IND;.55
ladakh;Ladakh;Ladakh;IND;.4
punjab;Pendjab|Penjab;Punjab;IND;.4
assam;Assam;Assam;IND;.3
arunachal;Arunachal Pradesh;Arunachal Pradesh;IND;.3
baluchistan;Baloutchistan;Balochistan|Baluchistan;PAK;.4
waziristan;Waziristan;Waziristan;PAK;.4
khyber;Khyber Pakhtunkhwa|~zones tribales;Khyber Pakhtunkhwa;PAK;.3
helmand;Helmand;Helmand;AFG;.35
kandahar-prov;~province de Kandahar;Kandahar Province;AFG;.3
panjshir;Panchir|Panshir|Pandjchir;Panjshir;AFG;.35
west-bank;Cisjordanie|~Cisjordanie occupée|Judée-Samarie;West Bank;PSE;.6
palestinian-territories;~territoires palestiniens|Territoires palestiniens|~territoires occupés|Territoires occupés|~Territoires palestiniens occupés;Palestinian territories|Occupied Territories;PSE;.5
sinai;Sinaï;Sinai;EGY;.45
negev;Néguev;Negev;ISR;.35
galilee;Galilée;Galilee;ISR;.35
south-lebanon;Sud-Liban|Liban-Sud|Liban Sud;South Lebanon|Southern Lebanon;LBN;.45
bekaa;Bekaa|~plaine de la Bekaa|Békaa;Bekaa|Bekaa Valley;LBN;.4
kurdistan;Kurdistan;Kurdistan;IRQ;.4
rojava;Rojava;Rojava;SYR;.35
ghouta;Ghouta|~Ghouta orientale;Ghouta|Eastern Ghouta;SYR;.35
anbar;~province d'Al-Anbar;Anbar;IRQ;.3
xinjiang;Xinjiang;Xinjiang;CHN;.45
tibet;Tibet;Tibet;CHN;.45
inner-mongolia;Mongolie-Intérieure|Mongolie intérieure;Inner Mongolia;CHN;.3
manchuria;Mandchourie;Manchuria;CHN;.3
senkaku;~îles Senkaku|Senkaku|Diaoyu;Senkaku Islands|Senkakus|Diaoyu;JPN;.4
spratly;~îles Spratleys|Spratleys|Spratly;Spratly Islands|Spratlys;;.4
paracel;~îles Paracels|Paracels|Paracel;Paracel Islands|Paracels;;.35
scarborough-shoal;~récif de Scarborough;Scarborough Shoal;PHL;.3
dokdo;Dokdo|Takeshima;Dokdo|Takeshima;KOR;.3
aceh;Aceh|Atjeh;Aceh;IDN;.35
west-papua;Papouasie occidentale;West Papua;IDN;.3
mindanao;Mindanao;Mindanao;PHL;.4
rakhine;~État de Rakhine|~État Rakhine|Arakan;Rakhine|Rakhine State;MMR;.4
darfur;Darfour;Darfur;SDN;.5
kordofan;Kordofan|Kordofan-Sud;Kordofan|South Kordofan;SDN;.35
tigray;Tigré;Tigray;ETH;.45
ogaden;Ogaden;Ogaden;ETH;.35
amhara;~région Amhara;Amhara;ETH;.3
oromia;Oromia;Oromia;ETH;.3
puntland;Puntland;Puntland;SOM;.35
north-kivu;Nord-Kivu;North Kivu;COD;.5
south-kivu;Sud-Kivu;South Kivu;COD;.5
kivu;Kivu;Kivu;COD;.5
ituri;Ituri;Ituri;COD;.45
katanga;Katanga;Katanga;COD;.4
kasai;Kasaï;Kasai;COD;.35
cabinda;Cabinda;Cabinda;AGO;.35
cabo-delgado;Cabo Delgado;Cabo Delgado;MOZ;.4
casamance;Casamance;Casamance;SEN;.4
biafra;Biafra;Biafra;NGA;.35
borno;Borno;Borno;NGA;.3
niger-delta;~delta du Niger;Niger Delta;NGA;.3
ambazonia;Ambazonie;Ambazonia;CMR;.3
bakassi;Bakassi|~péninsule de Bakassi;Bakassi;CMR;.3
kabylia;Kabylie;Kabylia;DZA;.4
cyrenaica;Cyrénaïque;Cyrenaica;LBY;.4
tripolitania;Tripolitaine;Tripolitania;LBY;.35
fezzan;Fezzan;Fezzan;LBY;.35
ceuta;Ceuta;Ceuta;ESP;.35
melilla;Melilla;Melilla;ESP;.35
rif;Rif;Rif;MAR;.3
catalonia;Catalogne;Catalonia;ESP;.45
basque-country;Pays basque;Basque Country;ESP;.4
gibraltar;Gibraltar;Gibraltar;GBR;.4
northern-ireland;Irlande du Nord|Ulster;Northern Ireland|Ulster;GBR;.5
scotland;Écosse;Scotland;GBR;.45
wales;~pays de Galles|Pays de Galles;Wales;GBR;.4
falklands;Malouines|~îles Malouines|Îles Malouines|Falkland|Falklands;Falkland Islands|Falklands|Malvinas;GBR;.45
chagos;Chagos|~archipel des Chagos|Diego Garcia;Chagos Islands|Diego Garcia;GBR;.4
bermuda;Bermudes;Bermuda;GBR;.3
cayman;~îles Caïmans|Caïmans;Cayman Islands;GBR;.3
corsica;Corse;Corsica;FRA;.4
alsace;Alsace;Alsace;FRA;.4
new-caledonia;Nouvelle-Calédonie;New Caledonia;FRA;.45
french-polynesia;Polynésie française|Polynésie|Mururoa|Tahiti;French Polynesia|Mururoa;FRA;.4
guadeloupe;Guadeloupe;Guadeloupe;FRA;.35
martinique;Martinique;Martinique;FRA;.35
french-guiana;Guyane|Guyane française;French Guiana;FRA;.35
reunion;La Réunion|~île de la Réunion;!Réunion;FRA;.3
mayotte;Mayotte;Mayotte;FRA;.4
flanders;Flandre|Flandres;Flanders;BEL;.35
wallonia;Wallonie;Wallonia;BEL;.35
bavaria;Bavière;Bavaria;DEU;.4
saarland;Sarre;Saarland;DEU;.3
saxony;Saxe;Saxony;DEU;.3
south-tyrol;Haut-Adige|Tyrol du Sud;South Tyrol;ITA;.25
sicily;Sicile;Sicily;ITA;.35
sardinia;Sardaigne;Sardinia;ITA;.35
lampedusa;Lampedusa;Lampedusa;ITA;.4
crete;Crète;Crete;GRC;.35
lesbos;Lesbos;Lesbos;GRC;.35
cyclades;Cyclades;Cyclades;GRC;.2
vojvodina;Voïvodine|Vojvodine;Vojvodina;SRB;.4
sandjak;Sandjak;Sandžak;SRB;.3
krajina;Krajina;Krajina;HRV;.35
slavonia;Slavonie;Slavonia;HRV;.35
republika-srpska;Republika Srpska|~République serbe de Bosnie|~République des Serbes de Bosnie;Republika Srpska;BIH;.45
bosnian-federation;~Fédération croato-musulmane|~Fédération de Bosnie-Herzégovine;Federation of Bosnia and Herzegovina;BIH;.35
transylvania;Transylvanie;Transylvania;ROU;.3
bessarabia;Bessarabie;Bessarabia;MDA;.3
gagauzia;Gagaouzie;Gagauzia;MDA;.35
adjara;Adjarie;Adjara;GEO;.35
suwalki;~corridor de Suwalki|Suwalki;Suwałki Gap|Suwalki;POL;.35
silesia;Silésie;Silesia;POL;.3
quebec-prov;Québec;Quebec;CAN;.45
british-columbia;Colombie-Britannique;British Columbia;CAN;.3
california;Californie;California;USA;.45
texas;Texas;Texas;USA;.45
florida;Floride;Florida;USA;.45
alaska;Alaska;Alaska;USA;.45
hawaii;Hawaï|Hawaii;Hawaii;USA;.4
virginia;Virginie;Virginia;USA;.25
maryland;Maryland;Maryland;USA;.3
guam;Guam;Guam;USA;.4
puerto-rico;Porto Rico;Puerto Rico;USA;.4
chiapas;Chiapas;Chiapas;MEX;.3
essequibo;Essequibo|Esséquibo;Essequibo;GUY;.4
patagonia;Patagonie;Patagonia;ARG;.3
amazonia;Amazonie;Amazon;BRA;.35
oecussi;Oecussi;Oecusse;TLS;.1
hadramaout;Hadramaout;Hadramaut;YEM;.35
socotra;Socotra;Socotra;YEM;.3
marib;Marib;Marib;YEM;.35
nagorno-corridor;~corridor de Zanguezour|Zanguezour;Zangezur corridor|Zangezur;ARM;.35
north-korea-dmz;~zone démilitarisée coréenne|DMZ;Korean Demilitarized Zone|DMZ;KOR;.35
fergana;Ferghana|~vallée de Ferghana;Fergana Valley;UZB;.35
karakalpakstan;Karakalpakstan|Karakalpakie;Karakalpakstan;UZB;.3
gorno-badakhshan;Haut-Badakhchan;Gorno-Badakhshan;TJK;.3
"""

COMMON = {"sucre", "male", "van", "oral", "roseau", "halle", "surate"}
KEEP = set("nice tours split orange mons bari bonn bale cork lille van reims bergen essen halle kiel metz nancy brest lyon "
           "medina moka cali lima ".split())
GIVEN_NAMES = set("victoria florence maria antonio carolina charlotte carlos diego pedro paul laurent martin vincent david "
                  "jackson lincoln austin aurora alexandria eugene irving arlington helena santiago lourdes leon juan salvador "
                  "angel jose fernando francisco sofia eva chester bradford lancaster warren clinton newton hamilton kingston "
                  "wellington nelson stewart gary roman montgomery houston sidney stanley clara regina valentina valencia "
                  "adam ali hassan karim omar samara sara laura ana santos silva bello bush obama biden kerry baker powell "
                  "rice carter ford reagan johnson kennedy nixon macron chirac marx luis cruz julia serra melissa grant norman "
                  "madison gilbert henderson glendale trujillo bolivar sucre morelos hidalgo lazaro victor tula toledo "
                  "kim park lee min chang wang li zhang chen yang wu ma liu huang zhao xu sun zhu hu lin luo gao deng "
                  "alma rosa dora marie anne pierre jean jacques denis ivry samuel daniel michel gerard hugo leone livingston "
                  "columbia simi paulo moron talca kerch bata fano pala".split())


def fold(text):
    text = text.replace("œ", "oe").replace("ł", "l").replace("ø", "o").replace("ı", "i").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def common_words(folder):
    """Folded forms of French common words, which a place of the same name must outweigh."""
    words = set()
    for path in glob.glob(folder + "/*.zst"):
        for line in subprocess.run(["zstdcat", path], capture_output=True, check=True).stdout.decode("utf-8").split("\n"):
            cells = line.rstrip("\n").split("\t")
            if cells and cells[0].islower() and cells[0].isalpha():
                words.add(fold(cells[0]))
    return words


def main():
    cities, codes, lefff = sys.argv[1:4]
    iso3, continent = {}, {}
    for row in csv.DictReader(open(codes, encoding="utf-8")):
        iso3[row["ISO3166-1-Alpha-2"]] = row["ISO3166-1-Alpha-3"]
    iso3["XK"] = "XKX"
    capitals = {}  # a capital is meant as often as its state is in the news
    for line in open("knowledge/states.tsv", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("state/") and cells[9]:
            capitals[cells[9][6:]] = max(capitals.get(cells[9][6:], 0), 0.35 + 0.4 * float(cells[-1]))
    known_states = {line.split("\t")[0][6:] for line in open("knowledge/states.tsv", encoding="utf-8") if line.startswith("state/")}
    dependencies = {"PRI": "USA", "GUM": "USA", "REU": "FRA", "MTQ": "FRA", "GLP": "FRA", "GUF": "FRA", "MYT": "FRA", "NCL": "FRA",
                    "PYF": "FRA", "CUW": "NLD", "ABW": "NLD", "JEY": "GBR", "GGY": "GBR", "IMN": "GBR", "GIB": "GBR"}
    common = common_words(lefff)
    variants = {}
    for line in VARIANTS.strip().splitlines():
        key, names = line.split(" ", 1)
        variants[key] = names.split("|")
    rows, taken = {}, {}
    for line in OWN.strip().splitlines():
        key, french, english, state, latitude, longitude, weight, item = line.split(";")
        names = french.split("|") + [v for v in variants.get(key, [])]
        rows[key] = ["place/" + key, "|".join(dict.fromkeys(names)), english, "state/" + state, latitude, longitude, item, weight, "own"]
        for name in french.split("|") + english.split("|"):
            taken[(fold(name.strip("~!")), state)] = key
    for line in REGIONS.strip().splitlines():
        key, french, english, weight = line.split(";")
        rows[key] = ["place/" + key, french, english, "", "", "", "", weight, "own"]
    for line in LANDS.strip().splitlines():
        key, french, english, state, weight = line.split(";")
        rows[key] = ["place/" + key, french, english, "state/" + state if state else "", "", "", "", weight, "own"]
    entries = list(csv.DictReader(open(cities, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    entries.sort(key=lambda r: (r["feature"] != "PPLC", -int(r["pop"] or 0), r["geonameid"]))
    used = {}
    for r in entries:
        population = int(r["pop"] or 0)
        capital = r["feature"] == "PPLC"
        state = iso3.get(r["cc"], "")
        state = dependencies.get(state, state)
        if state not in known_states:
            continue
        if not capital and population < 100000:
            continue
        english = r["name_en"].replace("’", "'")
        french = r["name_fr"].replace("’", "'")
        r["ascii"] = r["ascii"] or english
        if r["geonameid"] in NAMES:
            french, english = NAMES[r["geonameid"]]
        elif not {fold(french)[:2], fold(r["ascii"])[:2]} & {fold(english)[:2]}:
            english = r["ascii"].replace("’", "'") or french  # a translation or an old name, not what the press writes
        key = IDS.get((r["cc"], english)) or slug(english)
        if not key:
            continue
        if (fold(french), state) in taken or (fold(english), state) in taken or (key in rows and rows[key][3] == "state/" + state):
            continue  # written above
        single = " " not in french and "-" not in french
        small = population < 1000000 and not capital
        folded = fold(french)
        if small and single and folded not in KEEP and (folded in common or folded in GIVEN_NAMES or len(folded) < 4):
            continue
        if small and r["cc"] in ("US", "GB", "AU", "PH", "CA", "NZ") and population < 250000:
            continue
        if small and r["cc"] in ("CN", "IN", "BR", "MX", "TR", "JP", "CO", "PE", "AR", "VE", "EC", "ID") and population < 150000 and len(folded) < 6:
            continue
        if key in rows or key in used:
            key += "-" + state.lower()
            if key in rows:
                continue
        used[key] = True
        weight = 0.12 + 0.07 * max(0.0, math.log10(max(population, 1000)) - 4.0) * 1.6
        if capital:
            weight = max(weight, 0.35)
        weight = min(weight, 0.6)
        ascii_name = r["ascii"].replace("’", "'")
        fr = [french] + variants.get(key, [])
        en = [english] + ([ascii_name] if small is False and fold(ascii_name) not in (fold(english), fold(french)) and not capital else [])
        if fold(french) == fold(english):
            en = [english]
        rows[key] = ["place/" + key, "|".join(dict.fromkeys(fr)), "|".join(dict.fromkeys(n for n in en if n)), "state/" + state,
                     r["lat"], r["lon"], "", f"{weight:.2f}".lstrip("0"), "geonames:" + r["geonameid"]]
    print("# Places. Rows of source geonames: derived from GeoNames (geonames.org, CC BY 4.0); of source own: our own writing.")
    print("\t".join(["id", "names_fr", "names_en", "state", "latitude", "longitude", "wikidata", "weight", "source"]))
    for key in sorted(rows):
        row = rows[key]
        if key in capitals:
            row[7] = f"{max(float(row[7]), capitals[key]):.2f}".lstrip("0")
        for column in (1, 2):  # above all common words
            row[column] = "|".join("!" + n if fold(n) in COMMON and not n.startswith("!") else n for n in row[column].split("|"))
        print("\t".join(row))


main()
