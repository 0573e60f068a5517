"""Names of countries and their two-letter codes (ISO 3166-1), as people write them in lists of papers and in addresses."""

from byline.graph.text import words

_TABLE = """
AE United Arab Emirates, UAE, U Arab Emirates
AF Afghanistan
AL Albania
AM Armenia
AO Angola
AR Argentina
AT Austria, Österreich
AU Australia
AZ Azerbaijan
BA Bosnia and Herzegovina, Bosnia & Herzegovina, Bosnia Herzegovina, Bosnia & Herceg, Bosnia
BD Bangladesh
BE Belgium, Belgique, België
BF Burkina Faso
BG Bulgaria
BH Bahrain
BJ Benin
BN Brunei, Brunei Darussalam
BO Bolivia
BR Brazil, Brasil
BW Botswana
BY Belarus
CA Canada
CD Democratic Republic of the Congo, DR Congo, Dem Rep Congo
CH Switzerland, Suisse, Schweiz, Svizzera
CI Ivory Coast, Côte d'Ivoire, Cote Ivoire
CL Chile
CM Cameroon
CN China, People's Republic of China, PR China, P. R. China, Peoples R China, PRC, P. R. C., Mainland China
CO Colombia
CR Costa Rica
CU Cuba
CY Cyprus, Republic of Cyprus
CZ Czech Republic, Czech Rep, Czechia
DE Germany, Deutschland, Federal Republic of Germany, Fed Rep Ger, FRG
DK Denmark, Danmark
DO Dominican Republic, Dominican Rep
DZ Algeria
EC Ecuador
EE Estonia
EG Egypt, Arab Republic of Egypt
ES Spain, España
ET Ethiopia
FI Finland, Suomi
FR France
GB United Kingdom, UK, U.K., Great Britain, Britain, England, Scotland, Wales, Northern Ireland, North Ireland
GE Georgia, Republic of Georgia, Rep of Georgia
GH Ghana
GR Greece, Hellas
GT Guatemala
HK Hong Kong, Hong Kong SAR, Hong Kong SAR China
HN Honduras
HR Croatia, Republic of Croatia
HU Hungary
ID Indonesia
IE Ireland, Republic of Ireland
IL Israel
IN India
IQ Iraq
IR Iran, Islamic Republic of Iran, IR Iran
IS Iceland
IT Italy, Italia
JM Jamaica
JO Jordan
JP Japan
KE Kenya
KG Kyrgyzstan
KH Cambodia
KP North Korea
KR South Korea, Korea, Republic of Korea, Rep of Korea, S Korea, R. O. Korea, Korea (South)
KW Kuwait
KZ Kazakhstan
LA Laos, Lao PDR
LB Lebanon
LI Liechtenstein
LK Sri Lanka
LT Lithuania
LU Luxembourg
LV Latvia
LY Libya
MA Morocco
MC Monaco
MD Moldova
ME Montenegro
MG Madagascar
MK North Macedonia, Macedonia, Republic of Macedonia
MM Myanmar
MN Mongolia
MO Macao, Macau
MT Malta
MU Mauritius
MW Malawi
MX Mexico, México
MY Malaysia
MZ Mozambique
NA Namibia
NG Nigeria
NI Nicaragua
NL Netherlands, The Netherlands, Holland, Nederland
NO Norway, Norge
NP Nepal
NZ New Zealand
OM Oman
PA Panama
PE Peru, Perú
PG Papua New Guinea, Papua N Guinea
PH Philippines
PK Pakistan
PL Poland, Polska
PR Puerto Rico
PS Palestine
PT Portugal
PY Paraguay
QA Qatar
RO Romania
RS Serbia, Republic of Serbia
RU Russia, Russian Federation, Russian Fed
RW Rwanda
SA Saudi Arabia, Kingdom of Saudi Arabia, KSA
SD Sudan
SE Sweden, Sverige
SG Singapore, Republic of Singapore
SI Slovenia, Republic of Slovenia
SK Slovakia, Slovak Republic
SN Senegal
SV El Salvador
SY Syria, Syrian Arab Republic
TH Thailand
TJ Tajikistan
TM Turkmenistan
TN Tunisia
TR Türkiye, Turkey
TT Trinidad and Tobago, Trinidad & Tobago, Trin & Tobago
TW Taiwan, Taiwan ROC, Taiwan R.O.C., R. O. C., Republic of China
TZ Tanzania, United Republic of Tanzania
UA Ukraine
UG Uganda
US United States, USA, U.S.A., US, U.S., United States of America
UY Uruguay
UZ Uzbekistan
VE Venezuela
VN Vietnam, Viet Nam
YE Yemen
ZA South Africa, Republic of South Africa, RSA
ZM Zambia
ZW Zimbabwe
"""


def _plain(name: str) -> str:
    return " ".join(words(name))


CODES: dict[str, str] = {_plain(name): line[:2] for line in _TABLE.strip().splitlines() for name in line[2:].split(",")}


def code_of(name: str) -> str | None:
    """The two-letter code of a country by its name, up to case, accents and full stops; None for a name that is none, such as
    "Unknown"."""
    return CODES.get(_plain(name))
