"""Codes and names of all countries and territories of ISO 3166-1, and Kosovo: for members that state a country and nothing else.

In an address such words may be something else (Chad, Jersey, Guinea); for addresses see `byline.data.reference.countries`.
"""

from byline.data.reference.countries import CODES
from byline.graph.text import words

# Code, code of three letters, names; Kosovo has the code that is in use for it.
_TABLE = """
AD AND Andorra
AE ARE United Arab Emirates; Emirates; الإمارات العربية المتحدة
AF AFG Afghanistan; Islamic Republic of Afghanistan
AG ATG Antigua and Barbuda; Antigua
AI AIA Anguilla
AL ALB Albania
AM ARM Armenia
AO AGO Angola
AQ ATA Antarctica
AR ARG Argentina
AS ASM American Samoa
AT AUT Austria; Republic of Austria
AU AUS Australia
AW ABW Aruba
AX ALA Åland Islands; Aland
AZ AZE Azerbaijan
BA BIH Bosnia and Herzegovina; Bosna i Hercegovina
BB BRB Barbados
BD BGD Bangladesh; বাংলাদেশ
BE BEL Belgium
BF BFA Burkina Faso
BG BGR Bulgaria; България
BH BHR Bahrain
BI BDI Burundi
BJ BEN Benin
BL BLM Saint Barthélemy
BM BMU Bermuda
BN BRN Brunei; Brunei Darussalam
BO BOL Bolivia; Plurinational State of Bolivia; Bolivia, Plurinational State of
BQ BES Caribbean Netherlands; Bonaire; Bonaire, Sint Eustatius and Saba
BR BRA Brazil
BS BHS Bahamas; The Bahamas
BT BTN Bhutan
BV BVT Bouvet Island
BW BWA Botswana
BY BLR Belarus; Беларусь; Byelorussia
BZ BLZ Belize
CA CAN Canada
CC CCK Cocos Islands; Cocos (Keeling) Islands; Keeling Islands
CD COD Democratic Republic of the Congo; Congo, The Democratic Republic of the; Congo, Democratic Republic of the
CD COD Congo-Kinshasa; Zaire; DRC
CF CAF Central African Republic; Central African Rep
CG COG Congo; Republic of the Congo; Congo-Brazzaville; Congo Republic
CH CHE Switzerland
CI CIV Côte d'Ivoire; Republic of Côte d'Ivoire
CK COK Cook Islands
CL CHL Chile
CM CMR Cameroon
CN CHN China; 中国; 中國; 中华人民共和国; Zhongguo
CO COL Colombia
CR CRI Costa Rica
CU CUB Cuba
CV CPV Cabo Verde; Cape Verde
CW CUW Curaçao
CX CXR Christmas Island
CY CYP Cyprus
CZ CZE Czechia; Česko; Česká republika
DE DEU Germany
DJ DJI Djibouti
DK DNK Denmark; Kingdom of Denmark
DM DMA Dominica
DO DOM Dominican Republic
DZ DZA Algeria; الجزائر
EC ECU Ecuador
EE EST Estonia; Eesti
EG EGY Egypt; مصر
EH ESH Western Sahara
ER ERI Eritrea
ES ESP Spain
ET ETH Ethiopia
FI FIN Finland
FJ FJI Fiji
FK FLK Falkland Islands; Falkland Islands (Malvinas); Malvinas
FM FSM Micronesia; Federated States of Micronesia; Micronesia, Federated States of
FO FRO Faroe Islands
FR FRA France; République française; French Republic
GA GAB Gabon
GB GBR United Kingdom; United Kingdom of Great Britain and Northern Ireland
GD GRD Grenada
GE GEO Georgia
GF GUF French Guiana
GG GGY Guernsey
GH GHA Ghana
GI GIB Gibraltar
GL GRL Greenland
GM GMB Gambia; The Gambia
GN GIN Guinea
GP GLP Guadeloupe
GQ GNQ Equatorial Guinea
GR GRC Greece; Ελλάδα
GS SGS South Georgia and the South Sandwich Islands
GT GTM Guatemala
GU GUM Guam
GW GNB Guinea-Bissau
GY GUY Guyana
HK HKG Hong Kong; 香港; Hong Kong, China; China, Hong Kong
HM HMD Heard Island and McDonald Islands
HN HND Honduras
HR HRV Croatia; Hrvatska
HT HTI Haiti
HU HUN Hungary; Magyarország
ID IDN Indonesia
IE IRL Ireland; Éire
IL ISR Israel; ישראל
IM IMN Isle of Man
IN IND India; भारत; Bharat; Republic of India
IO IOT British Indian Ocean Territory
IQ IRQ Iraq
IR IRN Iran; ایران; Iran, Islamic Republic of
IS ISL Iceland; Ísland
IT ITA Italy
JE JEY Jersey
JM JAM Jamaica
JO JOR Jordan
JP JPN Japan; 日本; Nippon
KE KEN Kenya
KG KGZ Kyrgyzstan
KH KHM Cambodia
KI KIR Kiribati
KM COM Comoros
KN KNA Saint Kitts and Nevis
KP PRK North Korea; Democratic People's Republic of Korea; Korea, Democratic People's Republic of; DPRK; Korea (North)
KP PRK Korea, North
KR KOR South Korea; 대한민국; 한국; Korea, Republic of; Korea, South; ROK; Korea South
KW KWT Kuwait
KY CYM Cayman Islands
KZ KAZ Kazakhstan; Қазақстан
LA LAO Laos; Lao People's Democratic Republic
LB LBN Lebanon
LC LCA Saint Lucia
LI LIE Liechtenstein
LK LKA Sri Lanka
LR LBR Liberia
LS LSO Lesotho
LT LTU Lithuania; Lietuva
LU LUX Luxembourg
LV LVA Latvia; Latvija
LY LBY Libya
MA MAR Morocco; المغرب; Maroc
MC MCO Monaco
MD MDA Moldova; Republic of Moldova; Moldova, Republic of
ME MNE Montenegro
MF MAF Saint Martin; Saint Martin (French part)
MG MDG Madagascar
MH MHL Marshall Islands
MK MKD North Macedonia; FYROM; Former Yugoslav Republic of Macedonia
ML MLI Mali
MM MMR Myanmar; Burma
MN MNG Mongolia
MO MAC Macao; 澳門; 澳门
MP MNP Northern Mariana Islands
MQ MTQ Martinique
MR MRT Mauritania
MS MSR Montserrat
MT MLT Malta
MU MUS Mauritius
MV MDV Maldives; The Maldives
MW MWI Malawi
MX MEX Mexico
MY MYS Malaysia
MZ MOZ Mozambique
NA NAM Namibia
NC NCL New Caledonia
NE NER Niger
NF NFK Norfolk Island
NG NGA Nigeria
NI NIC Nicaragua
NL NLD Netherlands; Kingdom of the Netherlands; Holland
NO NOR Norway
NP NPL Nepal
NR NRU Nauru
NU NIU Niue
NZ NZL New Zealand; Aotearoa
OM OMN Oman
PA PAN Panama
PE PER Peru
PF PYF French Polynesia
PG PNG Papua New Guinea
PH PHL Philippines; Pilipinas
PK PAK Pakistan; پاکستان
PL POL Poland
PM SPM Saint Pierre and Miquelon
PN PCN Pitcairn; Pitcairn Islands
PR PRI Puerto Rico
PS PSE Palestine; State of Palestine; Palestine, State of; Palestinian Territory; Palestinian Territories
PS PSE Occupied Palestinian Territory
PT PRT Portugal
PW PLW Palau
PY PRY Paraguay
QA QAT Qatar
RE REU Réunion
RO ROU Romania; România
RS SRB Serbia; Srbija; Србија
RU RUS Russia; Россия; Российская Федерация
RW RWA Rwanda
SA SAU Saudi Arabia; السعودية; المملكة العربية السعودية
SB SLB Solomon Islands
SC SYC Seychelles
SD SDN Sudan
SE SWE Sweden
SG SGP Singapore
SH SHN Saint Helena; Saint Helena, Ascension and Tristan da Cunha
SI SVN Slovenia; Slovenija
SJ SJM Svalbard and Jan Mayen
SK SVK Slovakia; Slovensko
SL SLE Sierra Leone
SM SMR San Marino
SN SEN Senegal
SO SOM Somalia
SR SUR Suriname
SS SSD South Sudan
ST STP Sao Tome and Principe; São Tomé; Sao Tome & Principe
SV SLV El Salvador
SX SXM Sint Maarten; Sint Maarten (Dutch part)
SY SYR Syria
SZ SWZ Eswatini; Swaziland
TC TCA Turks and Caicos Islands
TD TCD Chad
TF ATF French Southern Territories
TG TGO Togo
TH THA Thailand; ไทย; ประเทศไทย
TJ TJK Tajikistan
TK TKL Tokelau
TL TLS Timor-Leste; East Timor
TM TKM Turkmenistan
TN TUN Tunisia
TO TON Tonga
TR TUR Türkiye; Turkiye; Republic of Turkey
TT TTO Trinidad and Tobago
TV TUV Tuvalu
TW TWN Taiwan; 台灣; 台湾; 臺灣; Taiwan, Province of China; Chinese Taipei; Taiwan, China
TZ TZA Tanzania; Tanzania, United Republic of
UA UKR Ukraine; Україна
UG UGA Uganda
UM UMI United States Minor Outlying Islands
US USA United States; The United States; The United States of America; America
UY URY Uruguay
UZ UZB Uzbekistan
VA VAT Holy See; Holy See (Vatican City State); Vatican; Vatican City
VC VCT Saint Vincent and the Grenadines
VE VEN Venezuela; Venezuela, Bolivarian Republic of; Bolivarian Republic of Venezuela
VG VGB British Virgin Islands; Virgin Islands, British
VI VIR US Virgin Islands; Virgin Islands, U.S.; United States Virgin Islands
VN VNM Vietnam; Việt Nam; Socialist Republic of Vietnam
VU VUT Vanuatu
WF WLF Wallis and Futuna
WS WSM Samoa
XK XKX Kosovo
YE YEM Yemen
YT MYT Mayotte
ZA ZAF South Africa
ZM ZMB Zambia
ZW ZWE Zimbabwe
"""
_ROWS = [(line[:2], line[3:6], line[7:].split("; ")) for line in _TABLE.strip().splitlines()]
# Codes that are in use for others: those of the European Union.
OTHERWISE = {"UK": "GB", "EL": "GR"}
ISO: frozenset[str] = frozenset(code for code, _, _ in _ROWS)
# The name of each in English, the first one of its first row.
NAMES: dict[str, str] = {code: names[0] for code, _, names in reversed(_ROWS)}
# As a name of a country, "NA" says that none is known.
_BY_CODE = {code: code for code in ISO - {"NA"}} | {longer: code for code, longer, _ in _ROWS} | OTHERWISE


def _key(name: str) -> tuple[str, ...]:
    return tuple("saint" if word == "st" else word for word in words(name) if word not in ("and", "the"))


_BY_NAME = {_key(name): code for name, code in CODES.items()} | {_key(name): code for code, _, names in _ROWS for name in names}


def country_of(stated: str) -> str | None:
    """The two-letter code of a country by its code of two or three letters or by a name, up to case, accents and full stops."""
    return _BY_CODE.get(stated.strip()) or _BY_NAME.get(_key(stated))
