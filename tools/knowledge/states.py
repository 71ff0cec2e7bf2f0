#!/usr/bin/env python3
"""Writes knowledge/states.tsv: the table below (our own writing of plain facts) joined with the formal names and
Wikidata ids of the country-codes data set (PDDL).

usage: states.py COUNTRY_CODES.csv > knowledge/states.tsv

A line: code; article; French names; French adjective (masculine singular, or its four forms); English names; English
adjectives; prefix in compounds; capital (a place id); weight; start; end; Wikidata id where country-codes has none.
"""
import csv
import sys

STATES = """
AFG;l';Afghanistan;afghan;Afghanistan;Afghan;afghano;kabul;.5
ALB;l';Albanie;albanais;Albania;Albanian;albano;tirana;.35
DZA;l';Algérie;algérien;Algeria;Algerian;algéro;algiers;.6
AND;l';Andorre;andorran;Andorra;Andorran;;andorra-la-vella;.1
AGO;l';Angola;angolais;Angola;Angolan;angolo;luanda;.4
ATG;;Antigua-et-Barbuda|Antigua et Barbuda;antiguayen;Antigua and Barbuda;Antiguan;;saint-john-s;.1
ARG;l';Argentine;argentin;Argentina|Argentine;Argentine|Argentinian;argentino;buenos-aires;.5
ARM;l';Arménie;arménien;Armenia;Armenian;arméno;yerevan;.5
AUS;l';Australie;australien;Australia;Australian;australo;canberra;.55
AUT;l';Autriche;autrichien;Austria;Austrian;austro;vienna;.5
AZE;l';Azerbaïdjan|Azerbaidjan;azerbaïdjanais|azéri;Azerbaijan;Azerbaijani|Azeri;azerbaïdjano;baku;.5
BHS;les;Bahamas;bahaméen;Bahamas;Bahamian;;nassau;.15
BHR;;Bahreïn|Bahrein;bahreïnien|bahreïni,bahreïnie,bahreïnis,bahreïnies;Bahrain;Bahraini;;manama;.35
BGD;le;Bangladesh;bangladais|bangladeshi,bangladeshie,bangladeshis,bangladeshies;Bangladesh;Bangladeshi;;dhaka;.4
BRB;la;Barbade;barbadien;Barbados;Barbadian;;bridgetown;.1
BLR;la;Biélorussie|Bélarus|Belarus|Bélarusse;biélorusse|bélarusse|bélarussien;Belarus|Byelorussia;Belarusian|Belarussian|Byelorussian;biélorusso;minsk;.5
BEL;la;Belgique;belge;Belgium;Belgian;belgo;brussels;.5
BLZ;le;Belize|Bélize;bélizien;Belize;Belizean;;belmopan;.1
BEN;le;Bénin;béninois;Benin;Beninese;bénino;porto-novo;.35
BTN;le;Bhoutan;bhoutanais;Bhutan;Bhutanese;;thimphu;.15
BOL;la;Bolivie;bolivien;Bolivia;Bolivian;boliviano;la-paz;.35
BIH;la;Bosnie-Herzégovine|Bosnie;bosnien|bosniaque;Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnia;Bosnian;bosno;sarajevo;.45
BWA;le;Botswana;botswanais;Botswana;Botswanan;;gaborone;.2
BRA;le;Brésil;brésilien;Brazil;Brazilian;brasilo|brésilo;brasilia;.6
BRN;le;Brunei|Brunéi|Brunei Darussalam;brunéien;Brunei|Brunei Darussalam;Bruneian;;bandar-seri-begawan;.2
BGR;la;Bulgarie;bulgare;Bulgaria;Bulgarian;bulgaro;sofia;.4
BFA;le;Burkina Faso|Burkina;burkinabè,burkinabè,burkinabè,burkinabè|burkinabé,burkinabé,burkinabés,burkinabés;Burkina Faso;Burkinabe;;ouagadougou;.45
BDI;le;Burundi;burundais;Burundi;Burundian;burundo;gitega;.4
CPV;le;Cap-Vert|Cabo Verde;cap-verdien|capverdien;Cape Verde|Cabo Verde;Cape Verdean|Cabo Verdean;;praia;.15
KHM;le;Cambodge;cambodgien;Cambodia;Cambodian;cambodgo;phnom-penh;.4
CMR;le;Cameroun;camerounais;Cameroon;Cameroonian;camerouno;yaounde;.45
CAN;le;Canada;canadien;Canada;Canadian;canado;ottawa;.6
CAF;la;République centrafricaine|Centrafrique|RCA;centrafricain;Central African Republic|CAR;Central African;;bangui;.4
TCD;le;Tchad;tchadien;!Chad;Chadian;tchado;n-djamena;.45
CHL;le;Chili;chilien;Chile;Chilean;chiléno;santiago;.4
CHN;la;Chine|République populaire de Chine|Chine populaire;chinois;China|PRC;Chinese;sino;beijing;.9
COL;la;Colombie;colombien;Colombia;Colombian;colombo;bogota;.5
COM;les;Comores;comorien;Comoros;Comorian|Comoran;;moroni;.2
COG;le;Congo|Congo-Brazzaville|République du Congo;congolais;Republic of the Congo|Congo-Brazzaville|Congo;Congolese;;brazzaville;.4
CRI;le;Costa Rica;costaricain|costaricien;Costa Rica;Costa Rican;;san-jose;.3
CIV;la;Côte d'Ivoire;ivoirien;Ivory Coast|Côte d'Ivoire;Ivorian|Ivoirian;ivoiro;yamoussoukro;.5
HRV;la;Croatie;croate;Croatia;Croatian|Croat;croato;zagreb;.4
CUB;;Cuba;cubain;Cuba;Cuban;cubano;havana;.5
CYP;;Chypre;chypriote|cypriote;Cyprus;Cypriot;;nicosia;.4
CZE;la;République tchèque|Tchéquie;tchèque;Czech Republic|Czechia;Czech;tchéco;prague;.45
PRK;la;Corée du Nord|RPDC|République populaire démocratique de Corée;nord-coréen;North Korea|DPRK;North Korean;;pyongyang;.6
COD;la;République démocratique du Congo|RDC|RD Congo|Congo-Kinshasa|R.D. Congo;congolais;Democratic Republic of the Congo|DRC|DR Congo|Congo-Kinshasa|Congo;Congolese;congolo;kinshasa;.5
DNK;le;Danemark;danois;Denmark;Danish;dano;copenhagen;.45
DJI;;Djibouti;djiboutien;Djibouti;Djiboutian;;djibouti;.3
DMA;la;!Dominique|~la Dominique;dominiquais;Dominica;Dominican;;roseau;.1
DOM;la;République dominicaine;dominicain;Dominican Republic;Dominican;;santo-domingo;.3
ECU;l';Équateur;équatorien;Ecuador;Ecuadorian|Ecuadorean;;quito;.4
EGY;l';Égypte;égyptien;Egypt;Egyptian;égypto;cairo;.6
SLV;le;Salvador|El Salvador;salvadorien;El Salvador;Salvadoran|Salvadorean;salvadoro;san-salvador;.3
GNQ;la;Guinée équatoriale|Guinée-Équatoriale;équatoguinéen|équato-guinéen;Equatorial Guinea;Equatorial Guinean|Equatoguinean;;malabo;.2
ERI;l';Érythrée;érythréen;Eritrea;Eritrean;érythréo;asmara;.35
EST;l';Estonie;estonien;Estonia;Estonian;estono;tallinn;.4
SWZ;l';Eswatini|Swaziland;swazi,swazie,swazis,swazies;Eswatini|Swaziland;Swazi;;mbabane;.15
ETH;l';Éthiopie;éthiopien;Ethiopia;Ethiopian;éthio|éthiopo;addis-ababa;.5
FJI;les;Fidji|~îles Fidji;fidjien;Fiji;Fijian;;suva;.15
FIN;la;Finlande;finlandais;Finland;Finnish;finno|finlando;helsinki;.5
FRA;la;France;français;France;French;franco;paris;.85
GAB;le;Gabon;gabonais;Gabon;Gabonese;gabono;libreville;.4
GMB;la;Gambie;gambien;Gambia|The Gambia;Gambian;;banjul;.25
GEO;la;Géorgie;géorgien;Georgia;Georgian;géorgo;tbilisi;.5
DEU;l';Allemagne|République fédérale d'Allemagne|RFA|Allemagne fédérale|Allemagne de l'Ouest;allemand|ouest-allemand;Germany|Federal Republic of Germany|West Germany|FRG;German|West German;germano;berlin;.75
GHA;le;Ghana;ghanéen;Ghana;Ghanaian;ghanéo;accra;.4
GRC;la;Grèce;grec,grecque,grecs,grecques|hellénique;Greece;Greek;gréco|helléno;athens;.5
GRD;la;!Grenade|~la Grenade;grenadien;Grenada;Grenadian;;saint-george-s;.1
GTM;le;Guatemala;guatémaltèque;Guatemala;Guatemalan;;guatemala-city;.3
GIN;la;Guinée|Guinée-Conakry;guinéen;Guinea;Guinean;guinéo;conakry;.4
GNB;la;Guinée-Bissau|Guinée Bissau;bissau-guinéen|bissaoguinéen;Guinea-Bissau;Bissau-Guinean;;bissau;.25
GUY;le;Guyana;guyanien|guyanais;Guyana;Guyanese;;georgetown;.2
HTI;;Haïti;haïtien;Haiti;Haitian;haïtiano;port-au-prince;.45
HND;le;Honduras;hondurien;Honduras;Honduran;;tegucigalpa;.3
HUN;la;Hongrie;hongrois|magyar;Hungary;Hungarian;hungaro|magyaro;budapest;.5
ISL;l';Islande;islandais;Iceland;Icelandic;islando;reykjavik;.35
IND;l';Inde;indien;India;Indian;indo;new-delhi;.7
IDN;l';Indonésie;indonésien;Indonesia;Indonesian;indonéso;jakarta;.5
IRN;l';Iran|République islamique d'Iran|République islamique;iranien;Iran|Islamic Republic of Iran;Iranian;irano;tehran;.75
IRQ;l';Irak|Iraq;irakien|iraquien;Iraq;Iraqi;irako;baghdad;.6
IRL;l';Irlande|République d'Irlande|Eire;irlandais;Ireland|Republic of Ireland;Irish;irlando;dublin;.45
ISR;;Israël|État hébreu|État d'Israël;israélien;Israel;Israeli;israélo;jerusalem;.75
ITA;l';Italie;italien;Italy;Italian;italo;rome;.65
JAM;la;Jamaïque;jamaïcain|jamaïquain;Jamaica;Jamaican;;kingston;.2
JPN;le;Japon;japonais|nippon,nippone,nippons,nippones;Japan;Japanese;nippo|japono;tokyo;.7
JOR;la;Jordanie|Royaume hachémite;jordanien;!Jordan;Jordanian;jordano;amman;.5
KAZ;le;Kazakhstan;kazakhstanais|kazakh,kazakhe,kazakhs,kazakhes;Kazakhstan;Kazakh|Kazakhstani;kazakho;astana;.5
KEN;le;Kenya|Kénya;kényan|kenyan,kenyane,kenyans,kenyanes;Kenya;Kenyan;;nairobi;.5
KIR;les;Kiribati;kiribatien;Kiribati;I-Kiribati;;tarawa;.1
KWT;le;Koweït;koweïtien;Kuwait;Kuwaiti;koweïto;kuwait-city;.45
KGZ;le;Kirghizistan|Kirghizstan|Kirghizie|Kyrgyzstan;kirghize|kirghiz,kirghize,kirghiz,kirghizes;Kyrgyzstan|Kirghizia;Kyrgyz|Kyrgyzstani;kirghizo;bishkek;.4
LAO;le;Laos;laotien;Laos;Lao|Laotian;;vientiane;.3
LVA;la;Lettonie;letton,lettone,lettons,lettones|letton,lettonne,lettons,lettonnes;Latvia;Latvian;letto;riga;.4
LBN;le;Liban;libanais;Lebanon;Lebanese;libano;beirut;.6
LSO;le;Lesotho;lésothien;Lesotho;Basotho;;maseru;.15
LBR;le;Libéria|Liberia;libérien;Liberia;Liberian;;monrovia;.3
LBY;la;Libye|Jamahiriya;libyen;Libya;Libyan;libyo;tripoli;.5
LIE;le;Liechtenstein;liechtensteinois;Liechtenstein;Liechtensteiner;;vaduz;.15
LTU;la;Lituanie|Lithuanie;lituanien|lithuanien;Lithuania;Lithuanian;lituano;vilnius;.4
LUX;le;Luxembourg|Grand-Duché;luxembourgeois;Luxembourg;Luxembourgish|Luxembourger;luxembourgo;luxembourg;.4
MDG;;Madagascar;malgache;Madagascar;Malagasy;malgacho;antananarivo;.35
MWI;le;Malawi;malawien|malawite;Malawi;Malawian;;lilongwe;.25
MYS;la;Malaisie;malaisien;Malaysia;Malaysian;malayo;kuala-lumpur;.45
MDV;les;Maldives;maldivien;Maldives;Maldivian;;male;.2
MLI;le;Mali;malien;Mali;Malian;malo;bamako;.5
MLT;;Malte;maltais;Malta;Maltese;malto;valletta;.35
MHL;les;Îles Marshall|~îles Marshall;marshallais;Marshall Islands;Marshallese;;majuro;.1
MRT;la;Mauritanie;mauritanien;Mauritania;Mauritanian;mauritano;nouakchott;.4
MUS;;!Maurice|~île Maurice;mauricien;Mauritius;Mauritian;;port-louis;.25
MEX;le;Mexique;mexicain;Mexico;Mexican;mexicano;mexico-city;.55
FSM;la;Micronésie|États fédérés de Micronésie;micronésien;Micronesia|Federated States of Micronesia;Micronesian;;palikir;.1
MDA;la;Moldavie|Moldova|République de Moldavie;moldave;Moldova|Moldavia;Moldovan|Moldavian;moldavo;chisinau;.45
MCO;;Monaco;monégasque;Monaco;Monegasque;;monaco;.2
MNG;la;Mongolie;mongol,mongole,mongols,mongoles;Mongolia;Mongolian;mongolo;ulaanbaatar;.35
MNE;le;Monténégro;monténégrin;Montenegro;Montenegrin;monténégro;podgorica;.35
MAR;le;Maroc|Royaume chérifien;marocain|chérifien;Morocco;Moroccan;maroco;rabat;.55
MOZ;le;Mozambique;mozambicain;Mozambique;Mozambican;;maputo;.4
MMR;la;Birmanie|Myanmar;birman|myanmarais;Myanmar|Burma;Myanmar|Burmese;birmano;naypyidaw;.45
NAM;la;Namibie;namibien;Namibia;Namibian;namibo;windhoek;.3
NRU;;Nauru;nauruan;Nauru;Nauruan;;yaren;.1
NPL;le;Népal;népalais;Nepal;Nepalese|Nepali;népalo;kathmandu;.35
NLD;les;Pays-Bas|Hollande;néerlandais|hollandais;Netherlands|Holland;Dutch;néerlando|hollando;amsterdam;.55
NZL;la;Nouvelle-Zélande;néo-zélandais;New Zealand;New Zealand;;wellington;.4
NIC;le;Nicaragua;nicaraguayen;Nicaragua;Nicaraguan;nicaraguo;managua;.35
NER;le;Niger;nigérien;Niger;Nigerien;nigéro;niamey;.45
NGA;le;Nigeria|Nigéria;nigérian;Nigeria;Nigerian;;abuja;.5
MKD;la;Macédoine du Nord|Macédoine|ARYM;macédonien|nord-macédonien;North Macedonia|Macedonia|FYROM;Macedonian|North Macedonian;macédono;skopje;.35
NOR;la;Norvège;norvégien;Norway;Norwegian;norvégo;oslo;.5
OMN;;Oman|~sultanat d'Oman;omanais;Oman;Omani;omano;muscat;.45
PAK;le;Pakistan;pakistanais;Pakistan;Pakistani;pakistano;islamabad;.6
PLW;les;Palaos|Palau;palaosien|palaois;Palau;Palauan;;ngerulmud;.1
PAN;le;Panama|Panamá;panaméen;Panama;Panamanian;panaméo;panama-city;.35
PNG;la;Papouasie-Nouvelle-Guinée;papouasien|papou-néo-guinéen;Papua New Guinea;Papua New Guinean;;port-moresby;.2
PRY;le;Paraguay;paraguayen;Paraguay;Paraguayan;;asuncion;.3
PER;le;Pérou;péruvien;Peru;Peruvian;péruano;lima;.45
PHL;les;Philippines;philippin;Philippines|the Philippines;Philippine|Filipino;philippino;manila;.5
POL;la;Pologne;polonais;Poland;Polish;polono;warsaw;.6
PRT;le;Portugal;portugais;Portugal;Portuguese;portugo|luso;lisbon;.45
QAT;le;Qatar;qatari,qatarie,qataris,qataries|qatarien;Qatar;Qatari;qataro;doha;.55
KOR;la;Corée du Sud|République de Corée;sud-coréen;South Korea|Republic of Korea|ROK;South Korean;;seoul;.6
ROU;la;Roumanie;roumain;Romania|Rumania;Romanian;roumano;bucharest;.45
RUS;la;Russie|Fédération de Russie|Fédération russe;russe;Russia|Russian Federation;Russian;russo;moscow;.95
RWA;le;Rwanda;rwandais;Rwanda;Rwandan;rwando;kigali;.5
KNA;;Saint-Kitts-et-Nevis|Saint-Christophe-et-Niévès;kittitien;Saint Kitts and Nevis|St. Kitts and Nevis;Kittitian;;basseterre;.1
LCA;;Sainte-Lucie;saint-lucien;Saint Lucia|St. Lucia;Saint Lucian;;castries;.1
VCT;;Saint-Vincent-et-les Grenadines|Saint-Vincent-et-les-Grenadines;vincentais;Saint Vincent and the Grenadines|St. Vincent and the Grenadines;Vincentian;;kingstown;.1
WSM;les;Samoa|Samoa occidentales;samoan;Samoa|Western Samoa;Samoan;;apia;.1
SMR;;Saint-Marin;saint-marinais;San Marino;Sammarinese;;san-marino;.1
STP;;Sao Tomé-et-Principe|Sao Tomé et Principe|São Tomé-et-Príncipe;santoméen;Sao Tome and Principe;Santomean|Sao Tomean;;sao-tome;.15
SAU;l';Arabie saoudite|Arabie Saoudite|Royaume wahhabite;saoudien;Saudi Arabia;Saudi|Saudi Arabian;saoudo;riyadh;.65
SEN;le;Sénégal;sénégalais;Senegal;Senegalese;sénégalo;dakar;.5
SRB;la;Serbie;serbe;Serbia;Serbian|Serb;serbo;belgrade;.5
SYC;les;Seychelles;seychellois;Seychelles;Seychellois;;victoria-syc;.15
SLE;la;Sierra Leone;sierra-léonais|sierraléonais;Sierra Leone;Sierra Leonean;;freetown;.3
SGP;;Singapour;singapourien;Singapore;Singaporean;singapouro;singapore;.45
SVK;la;Slovaquie|République slovaque;slovaque;Slovakia|Slovak Republic;Slovak|Slovakian;slovaco;bratislava;.45
SVN;la;Slovénie;slovène;Slovenia;Slovenian|Slovene;slovéno;ljubljana;.4
SLB;les;Îles Salomon|~îles Salomon;salomonais|salomonien;Solomon Islands;Solomon Islander;;honiara;.15
SOM;la;Somalie;somalien;Somalia;Somali;somalo;mogadishu;.45
ZAF;l';Afrique du Sud|République sud-africaine;sud-africain;South Africa;South African;sud-africano;pretoria;.55
SSD;le;Soudan du Sud|Sud-Soudan|Sud Soudan;sud-soudanais|soudanais du Sud;South Sudan;South Sudanese;;juba;.4
ESP;l';Espagne;espagnol,espagnole,espagnols,espagnoles|ibérique;Spain;Spanish;hispano|ibéro;madrid;.6
LKA;le;Sri Lanka|Ceylan;srilankais|sri-lankais;Sri Lanka|Ceylon;Sri Lankan;;colombo;.35
PSE;la;Palestine|État de Palestine;palestinien;Palestine|State of Palestine;Palestinian;palestino;ramallah;.65
SDN;le;Soudan;soudanais;Sudan;Sudanese;soudano;khartoum;.5
SUR;le;Suriname|Surinam;surinamais|surinamien;Suriname;Surinamese;;paramaribo;.15
SWE;la;Suède;suédois;Sweden;Swedish;suédo;stockholm;.5
CHE;la;Suisse|Confédération helvétique|Confédération suisse;suisse|helvétique;Switzerland|Swiss Confederation;Swiss;helvético|suisso;bern;.55
SYR;la;Syrie;syrien;Syria;Syrian;syro;damascus;.65
TWN;;Taïwan|Taiwan|Formose|République de Chine;taïwanais|taiwanais;Taiwan;Taiwanese;taïwano;taipei;.6
TJK;le;Tadjikistan;tadjik,tadjike,tadjiks,tadjikes;Tajikistan|Tadjikistan;Tajik|Tajikistani;tadjiko;dushanbe;.4
THA;la;Thaïlande;thaïlandais|thaï,thaïe,thaïs,thaïes;Thailand;Thai;thaïlando;bangkok;.45
TLS;le;Timor oriental|Timor-Leste|Timor-Oriental;timorais|est-timorais;East Timor|Timor-Leste;Timorese|East Timorese;;dili;.2
TGO;le;Togo;togolais;Togo;Togolese;togolo;lome;.4
TON;les;Tonga;tongien|tonguien;Tonga;Tongan;;nuku-alofa;.1
TTO;la;Trinité-et-Tobago|Trinidad-et-Tobago|Trinité et Tobago;trinidadien;Trinidad and Tobago;Trinidadian;;port-of-spain;.15
TUN;la;Tunisie;tunisien;Tunisia;Tunisian;tuniso;tunis;.5
TUR;la;Turquie|Türkiye;turc,turque,turcs,turques;Turkey|Türkiye;Turkish;turco;ankara;.7
TKM;le;Turkménistan|Turkmenistan;turkmène;Turkmenistan;Turkmen;turkméno;ashgabat;.35
TUV;les;Tuvalu;tuvaluan;Tuvalu;Tuvaluan;;funafuti;.1
UGA;l';Ouganda;ougandais;Uganda;Ugandan;ougando;kampala;.45
UKR;l';Ukraine;ukrainien;Ukraine;Ukrainian;ukraino;kyiv;.9
ARE;les;Émirats arabes unis|Émirats|EAU|E.A.U.|Emirats arabes unis;émirati,émiratie,émiratis,émiraties|émirien;United Arab Emirates|UAE|Emirates;Emirati;émirato;abu-dhabi;.6
GBR;le;Royaume-Uni|Grande-Bretagne|Angleterre|Royaume Uni;britannique|anglais;United Kingdom|UK|Great Britain|Britain|England;British|English;anglo|britanno;london;.8
TZA;la;Tanzanie;tanzanien;Tanzania;Tanzanian;tanzano;dodoma;.4
USA;les;États-Unis|États-Unis d'Amérique|USA|U.S.A.|Amérique;américain|étasunien|états-unien;United States|United States of America|USA|US|U.S.|America;American|US;américano;washington;1
URY;l';Uruguay;uruguayen;Uruguay;Uruguayan;uruguayo;montevideo;.35
UZB;l';Ouzbékistan|Uzbékistan;ouzbek,ouzbèke,ouzbeks,ouzbèkes|ouzbek,ouzbeke,ouzbeks,ouzbekes;Uzbekistan;Uzbek|Uzbekistani;ouzbéko;tashkent;.4
VUT;le;Vanuatu;vanuatais;Vanuatu;Ni-Vanuatu;;port-vila;.1
VAT;le;Vatican|Saint-Siège|Cité du Vatican;du Vatican,du Vatican,du Vatican,du Vatican;Vatican|Holy See|Vatican City;Vatican;;vatican-city;.5
VEN;le;Venezuela|Vénézuela|République bolivarienne du Venezuela;vénézuélien;Venezuela;Venezuelan;vénézuélo;caracas;.5
VNM;le;Vietnam|Viêt Nam|Viet Nam|Viêtnam|Viêt-Nam|Vietnam du Nord|Nord-Vietnam;vietnamien|nord-vietnamien;Vietnam|Viet Nam|North Vietnam;Vietnamese|North Vietnamese;vietnamo;hanoi;.5
YEM;le;Yémen|Yémen du Nord;yéménite;Yemen|North Yemen;Yemeni;yéméno;sanaa;.5
ZMB;la;Zambie;zambien;Zambia;Zambian;;lusaka;.35
ZWE;le;Zimbabwe;zimbabwéen;Zimbabwe;Zimbabwean;;harare;.4
XKX;le;Kosovo;kosovar;Kosovo;Kosovar|Kosovan;kosovaro;pristina;.45;;;Q1246
ESH;le;Sahara occidental|RASD|République arabe sahraouie démocratique;sahraoui,sahraouie,sahraouis,sahraouies;Western Sahara|Sahrawi Arab Democratic Republic|SADR;Sahrawi;sahraouo;laayoune;.35
SUN;l';Union soviétique|URSS|U.R.S.S.|Union des républiques socialistes soviétiques|Union des Républiques socialistes soviétiques;soviétique;Soviet Union|USSR|U.S.S.R.|Union of Soviet Socialist Republics;Soviet;soviéto;moscow;.85;1922-12-30;1991-12-26;Q15180
DDR;la;République démocratique allemande|RDA|Allemagne de l'Est;est-allemand;East Germany|GDR|German Democratic Republic;East German;;east-berlin;.6;1949-10-07;1990-10-02;Q16957
YUG;la;Yougoslavie|République fédérale de Yougoslavie|RFY|République socialiste fédérative de Yougoslavie|RSFY;yougoslave;Yugoslavia|FRY|SFRY;Yugoslav|Yugoslavian;yougoslavo;belgrade;.5;1945-11-29;2003-02-04;Q36704
SCG;la;Serbie-et-Monténégro|Serbie-Monténégro;serbo-monténégrin|serbe et monténégrin;Serbia and Montenegro;Serbian and Montenegrin;;belgrade;.3;2003-02-04;2006-06-05;Q37024
CSK;la;Tchécoslovaquie|République fédérale tchèque et slovaque|République socialiste tchécoslovaque;tchécoslovaque;Czechoslovakia;Czechoslovak|Czechoslovakian;tchécoslovaco;prague;.5;1945-05-09;1992-12-31;Q33946
ZAR;le;Zaïre;zaïrois;Zaire;Zairian|Zairean;zaïro;kinshasa;.45;1971-10-27;1997-05-17;Q6500954
VDR;le;Viêt Nam du Sud|Sud-Vietnam|Vietnam du Sud|Sud-Viêt Nam|République du Viêt Nam;sud-vietnamien;South Vietnam|Republic of Vietnam;South Vietnamese;;ho-chi-minh-city;.4;1955-10-26;1975-04-30;Q180573
YMD;le;Yémen du Sud|Sud-Yémen|République démocratique populaire du Yémen;sud-yéménite;South Yemen|PDRY;South Yemeni;;aden;.3;1967-11-30;1990-05-21;Q199841
UAR;la;République arabe unie|RAU;égypto-syrien;United Arab Republic|UAR;Egyptian-Syrian;;;.3;1958-02-22;1971-09-02;Q170468
HVO;la;Haute-Volta;voltaïque;Upper Volta;Upper Voltan;;ouagadougou;.25;1958-12-11;1984-08-03;Q877155
DHY;le;Dahomey;dahoméen;Dahomey;Dahomeyan;;porto-novo;.2;1958-12-04;1975-11-29;Q4398899
RHO;la;Rhodésie|Rhodésie du Sud;rhodésien;Rhodesia|Southern Rhodesia;Rhodesian;;harare;.3;1965-11-11;1979-12-11;Q217169
HKG;;Hong Kong|Hongkong|Hong-Kong;hongkongais;Hong Kong;Hong Kong;;;.45;;;Q8646
MAC;;Macao;macanais;Macau|Macao;Macanese;;;.2;;;Q14773
GRL;le;Groenland;groenlandais;Greenland;Greenlandic;;nuuk;.35;;;Q223
ABK;l';Abkhazie;abkhaze;Abkhazia;Abkhaz|Abkhazian;abkhazo;sukhumi;.35;;;Q31354462
SOO;l';Ossétie du Sud;sud-ossète;South Ossetia;South Ossetian;;tskhinvali;.35;;;Q23427
PMR;la;Transnistrie|Transdniestrie|Transdnistrie;transnistrien;Transnistria|Transdniester;Transnistrian;;tiraspol;.35;;;Q907112
NKR;le;Haut-Karabakh|Haut-Karabagh|Nagorno-Karabakh|Nagorny-Karabakh|Artsakh;karabakhtsi,karabakhtsi,karabakhtsis,karabakhtsis;Nagorno-Karabakh|Artsakh;Karabakh Armenian;;stepanakert;.4;;;Q2397204
NCY;la;République turque de Chypre du Nord|RTCN|Chypre-Nord;chypriote turc,chypriote turque,chypriotes turcs,chypriotes turques;Northern Cyprus|TRNC;Turkish Cypriot;;;.25;;;Q23681
SOL;le;Somaliland;somalilandais;Somaliland;Somalilander;;hargeisa;.25;;;Q34754
KRG;le;Kurdistan irakien|Région autonome du Kurdistan;kurde irakien,kurde irakienne,kurdes irakiens,kurdes irakiennes;Iraqi Kurdistan|Kurdistan Region;Iraqi Kurdish;;erbil;.3;;;Q205047
"""


# When states began whose capital served another one before.
STARTS = {"RUS": "1991-06-12", "CZE": "1993-01-01", "SVK": "1993-01-01", "COD": "1997-05-17", "BFA": "1984-08-04",
          "BEN": "1975-11-30", "ZWE": "1980-04-18", "SRB": "1990-09-28", "XKX": "1999-06-10", "SSD": "2011-07-09",
          "ERI": "1993-05-24", "TLS": "2002-05-20"}


def forms(adjective):
    """The four forms of a French adjective: masculine and feminine singular, masculine and feminine plural."""
    if "," in adjective:
        return adjective.split(",")
    if adjective.endswith(" du Sud"):
        return [f + " du Sud" for f in forms(adjective[:-7])]
    if adjective == "serbe et monténégrin":
        return [adjective, "serbe et monténégrine", "serbes et monténégrins", "serbes et monténégrines"]
    feminine = adjective
    if adjective.endswith(("ien", "éen", "yen")):
        feminine = adjective + "ne"
    elif not adjective.endswith("e"):
        feminine = adjective + "e"
    plural = adjective if adjective.endswith(("s", "x", "z")) else adjective + "s"
    return [adjective, feminine, plural, feminine + "s"]


def capitalised(word):
    return word[:1].upper() + word[1:]


def demonym(word):
    """The people of a state: capitals in both parts of Sud-Coréens and Est-Allemands."""
    head = word.split("-")
    if len(head) == 2 and head[0] in ("nord", "sud", "est", "ouest", "néo"):
        return "-".join(capitalised(part) for part in head)
    return capitalised(word)


def english_people(adjective):
    """English names of the people that need no list: those in -an, -i and their plural."""
    if adjective.endswith(("an", "i", "Croat", "Serb", "Slovak", "Czech", "Greek", "Thai", "Cypriot", "Uzbek", "Tajik",
                           "Kazakh", "Slovene", "Filipino", "Argentine", "Kosovar")):
        return [adjective, adjective + "s"]
    if adjective.endswith("ish") or adjective in ("French", "Dutch", "US", "New Zealand", "Hong Kong", "Vatican"):
        return []
    return [adjective] if adjective.endswith(("ese", "Swiss")) else [adjective, adjective + "s"]


def unique(values):
    return "|".join(dict.fromkeys(v for v in values if v))


def without_article(name):
    name = name.split(" **")[0].split(" *")[0].strip()
    for article in ("la ", "le ", "les ", "l'", "l’", "the "):
        if name.startswith(article):
            return name[len(article):]
    return name


def main():
    codes = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}
    print("# States, former states and lands that act like one. See README.md for columns, sources and licence.")
    columns = ["id", "article", "names_fr", "names_en", "adjectives_fr", "adjectives_en", "demonyms_fr", "demonyms_en",
               "prefixes_fr", "capital", "start", "end", "wikidata", "weight"]
    print("\t".join(columns))
    for line in STATES.strip().splitlines():
        cells = line.split(";") + [""] * 4
        code, article, french, adjective, english, english_adjective, prefix, capital, weight, start, end, item = cells[:12]
        known = codes.get(code, {})
        formal_fr = without_article(known.get("UNTERM French Formal", "")).replace("’", "'")
        formal_en = without_article(known.get("UNTERM English Formal", ""))
        adjectives = [forms(a) for a in adjective.split("|")]
        flat = adjectives[0] + [f for a in adjectives[1:] for f in a]
        row = {
            "id": "state/" + code, "article": article,
            "names_fr": unique(french.split("|") + [formal_fr]), "names_en": unique(english.split("|") + [formal_en]),
            "adjectives_fr": "|".join(adjectives[0]) + "".join("|" + f for f in dict.fromkeys(flat[4:]) if f not in adjectives[0]),
            "adjectives_en": english_adjective,
            "demonyms_fr": unique(demonym(f) for f in flat if code != "VAT"),
            "demonyms_en": unique(p for a in english_adjective.split("|") for p in english_people(a)),
            "prefixes_fr": prefix, "capital": "place/" + capital if capital else "", "start": start or STARTS.get(code, ""), "end": end,
            "wikidata": item or known.get("wikidata_id", "").rsplit("/", 1)[-1], "weight": weight}
        print("\t".join(row[c] for c in columns))


main()
