"""Names of countries and their two-letter codes (ISO 3166-1), as people write them in lists of papers."""

_TABLE = """
AE United Arab Emirates, UAE
AF Afghanistan
AL Albania
AM Armenia
AO Angola
AR Argentina
AT Austria
AU Australia
AZ Azerbaijan
BA Bosnia and Herzegovina
BD Bangladesh
BE Belgium
BF Burkina Faso
BG Bulgaria
BH Bahrain
BJ Benin
BN Brunei, Brunei Darussalam
BO Bolivia
BR Brazil
BW Botswana
BY Belarus
CA Canada
CD Democratic Republic of the Congo
CH Switzerland
CI Ivory Coast, Côte d'Ivoire
CL Chile
CM Cameroon
CN China, People's Republic of China, PR China, Mainland China
CO Colombia
CR Costa Rica
CU Cuba
CY Cyprus
CZ Czech Republic, Czechia
DE Germany
DK Denmark
DO Dominican Republic
DZ Algeria
EC Ecuador
EE Estonia
EG Egypt
ES Spain
ET Ethiopia
FI Finland
FR France
GB United Kingdom, UK, Great Britain, England, Scotland, Wales, Northern Ireland
GE Georgia
GH Ghana
GR Greece
GT Guatemala
HK Hong Kong
HN Honduras
HR Croatia
HU Hungary
ID Indonesia
IE Ireland
IL Israel
IN India
IQ Iraq
IR Iran
IS Iceland
IT Italy
JM Jamaica
JO Jordan
JP Japan
KE Kenya
KG Kyrgyzstan
KH Cambodia
KP North Korea
KR South Korea, Korea, Republic of Korea
KW Kuwait
KZ Kazakhstan
LA Laos
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
MK North Macedonia, Macedonia
MM Myanmar
MN Mongolia
MO Macao, Macau
MT Malta
MU Mauritius
MW Malawi
MX Mexico
MY Malaysia
MZ Mozambique
NA Namibia
NG Nigeria
NI Nicaragua
NL Netherlands, The Netherlands
NO Norway
NP Nepal
NZ New Zealand
OM Oman
PA Panama
PE Peru
PG Papua New Guinea
PH Philippines
PK Pakistan
PL Poland
PR Puerto Rico
PS Palestine
PT Portugal
PY Paraguay
QA Qatar
RO Romania
RS Serbia
RU Russia, Russian Federation
RW Rwanda
SA Saudi Arabia, Kingdom of Saudi Arabia
SD Sudan
SE Sweden
SG Singapore
SI Slovenia
SK Slovakia
SN Senegal
SV El Salvador
SY Syria
TH Thailand
TJ Tajikistan
TM Turkmenistan
TN Tunisia
TR Türkiye, Turkey
TT Trinidad and Tobago
TW Taiwan
TZ Tanzania
UA Ukraine
UG Uganda
US United States, USA, US, United States of America
UY Uruguay
UZ Uzbekistan
VE Venezuela
VN Vietnam, Viet Nam
YE Yemen
ZA South Africa
ZM Zambia
ZW Zimbabwe
"""

CODES: dict[str, str] = {
    name.strip().casefold(): line[:2] for line in _TABLE.strip().splitlines() for name in line[2:].split(",")
}


def code_of(name: str) -> str | None:
    """The two-letter code of a country by its name; None for a name that is none, such as "Unknown"."""
    return CODES.get(name.strip().casefold())
