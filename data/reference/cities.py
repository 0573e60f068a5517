"""Cities with universities or research by country, states and provinces: what tells that a part of an address is a place.

Names are folded, in English and as they are printed at home. A city that is not here is no error: an address that names it then
needs other evidence, such as a postcode.
"""

from functools import cache

from byline.graph.text import words

_CITIES = """
AE Abu Dhabi, Dubai, Sharjah, Al Ain
AM Yerevan
AR Buenos Aires, Córdoba, La Plata, Rosario, Mendoza, Bariloche, Tucumán, Bahía Blanca
AT Vienna, Wien, Graz, Linz, Salzburg, Innsbruck, Klagenfurt, Leoben, Klosterneuburg, Krems
AU Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Hobart, Newcastle, Wollongong, Geelong, Darwin, Townsville,
 Armidale, Clayton, Parkville, Crawley, St Lucia, Bundoora, Callaghan, Toowoomba
AZ Baku
BA Sarajevo, Banja Luka
BD Dhaka, Chittagong, Rajshahi, Khulna, Sylhet
BE Brussels, Bruxelles, Brussel, Leuven, Louvain, Louvain-la-Neuve, Ghent, Gent, Antwerp, Antwerpen, Liège, Mons, Namur,
 Hasselt, Diepenbeek
BG Sofia, Plovdiv, Varna
BR São Paulo, Rio de Janeiro, Campinas, Belo Horizonte, Porto Alegre, Curitiba, Brasília, Recife, Salvador, Fortaleza,
 Florianópolis, São Carlos, Ribeirão Preto, Natal, Belém, Manaus, Goiânia, Viçosa, Santa Maria, Niterói, Pelotas, Londrina,
 Maringá
BY Minsk
CA Toronto, Montreal, Montréal, Vancouver, Ottawa, Waterloo, Edmonton, Calgary, Quebec, Québec City, Hamilton, Kingston,
 London, Halifax, Winnipeg, Saskatoon, Regina, Victoria, Burnaby, Guelph, Sherbrooke, St John's, Fredericton, Windsor,
 Mississauga, Kelowna
CH Zurich, Zürich, Lausanne, Geneva, Genève, Bern, Basel, Lugano, Fribourg, Neuchâtel, St Gallen, Villigen, Davos
CL Santiago, Valparaíso, Concepción, Valdivia, Temuco, Antofagasta
CN Beijing, Shanghai, Hangzhou, Nanjing, Wuhan, Guangzhou, Shenzhen, Xi'an, Chengdu, Tianjin, Hefei, Harbin, Changsha, Jinan,
 Qingdao, Dalian, Xiamen, Chongqing, Suzhou, Shenyang, Zhengzhou, Kunming, Lanzhou, Fuzhou, Nanchang, Changchun, Taiyuan,
 Ningbo, Wuxi, Urumqi, Guiyang, Nanning, Hohhot, Haikou, Zhuhai, Dongguan, Xuzhou, Yangzhou, Zhenjiang, Wenzhou, Shijiazhuang,
 Baoding, Yantai, Weihai, Mianyang
CO Bogotá, Medellín, Cali, Bucaramanga, Barranquilla, Manizales
CR San José
CU Havana, La Habana
CY Nicosia, Limassol
CZ Prague, Praha, Brno, Ostrava, Olomouc, Plzeň, Pilsen, Liberec, České Budějovice, Hradec Králové
DE Berlin, Munich, München, Garching, Hamburg, Cologne, Köln, Frankfurt, Frankfurt am Main, Stuttgart, Dresden, Leipzig,
 Heidelberg, Bonn, Aachen, Göttingen, Tübingen, Freiburg, Freiburg im Breisgau, Karlsruhe, Mannheim, Saarbrücken, Darmstadt,
 Erlangen, Nuremberg, Nürnberg, Würzburg, Münster, Mainz, Kiel, Rostock, Greifswald, Jena, Halle, Magdeburg, Potsdam, Bremen,
 Hannover, Hanover, Braunschweig, Oldenburg, Osnabrück, Bielefeld, Paderborn, Dortmund, Bochum, Essen, Duisburg, Düsseldorf,
 Wuppertal, Siegen, Giessen, Marburg, Kassel, Konstanz, Ulm, Augsburg, Regensburg, Bayreuth, Passau, Bamberg, Trier, Koblenz,
 Kaiserslautern, Jülich, Chemnitz, Freiberg, Cottbus, Ilmenau, Weimar, Erfurt, Lübeck, Clausthal, Hildesheim, Lüneburg,
 Neuherberg, Martinsried
DK Copenhagen, København, Aarhus, Odense, Aalborg, Lyngby, Kongens Lyngby, Roskilde
DZ Algiers, Oran, Constantine
EC Quito, Guayaquil, Cuenca
EE Tallinn, Tartu
EG Cairo, Giza, Alexandria, Assiut, Mansoura, Zagazig, Tanta, Ismailia, Minia
ES Madrid, Barcelona, Valencia, València, Seville, Sevilla, Granada, Málaga, Zaragoza, Bilbao, San Sebastián, Donostia,
 Santander, Oviedo, Vigo, Santiago de Compostela, A Coruña, La Coruña, Salamanca, Valladolid, Burgos, León, Pamplona,
 Alicante, Murcia, Córdoba, Cádiz, Almería, Jaén, Badajoz, Toledo, Ciudad Real, Palma, Palma de Mallorca, La Laguna, Las
 Palmas, Girona, Lleida, Tarragona, Bellaterra, Leganés, Getafe, Alcalá de Henares, Castellón, Elche, Huelva, Leioa, Móstoles
ET Addis Ababa
FI Helsinki, Espoo, Tampere, Turku, Åbo, Oulu, Jyväskylä, Kuopio, Joensuu, Lappeenranta, Vaasa, Rovaniemi
FR Paris, Lyon, Marseille, Toulouse, Nice, Nantes, Montpellier, Strasbourg, Bordeaux, Lille, Rennes, Grenoble, Nancy, Orsay,
 Palaiseau, Orléans, Tours, Clermont-Ferrand, Dijon, Besançon, Metz, Poitiers, Limoges, Caen, Rouen, Amiens, Reims, Brest, Le
 Mans, Angers, Pau, Perpignan, Toulon, Nîmes, Avignon, Aix-en-Provence, Villeurbanne, Talence, Cachan, Créteil, Saclay,
 Gif-sur-Yvette, Versailles, Sophia Antipolis, Valbonne, Saint-Étienne, Chambéry, Annecy, Mulhouse, Compiègne, Troyes, Le
 Havre, La Rochelle, Villejuif, Saint-Denis, Nanterre, Vandœuvre-lès-Nancy, Illkirch, Meudon, Pessac, Gradignan, Villeneuve
 d'Ascq
GB London, Oxford, Cambridge, Edinburgh, Manchester, Birmingham, Bristol, Glasgow, Leeds, Sheffield, Liverpool, Nottingham,
 Southampton, Newcastle, Newcastle upon Tyne, Cardiff, Belfast, York, Durham, Warwick, Coventry, Exeter, Bath, Leicester,
 Reading, Norwich, Brighton, Aberdeen, St Andrews, Dundee, Stirling, Swansea, Bangor, Aberystwyth, Lancaster, Loughborough,
 Guildford, Egham, Colchester, Canterbury, Hull, Keele, Plymouth, Portsmouth, Bradford, Salford, Huddersfield, Lincoln, Kent,
 Uxbridge, Milton Keynes, Harwell, Didcot, Falmer, Cranfield, Hatfield
GE Tbilisi
GH Accra, Kumasi
GR Athens, Thessaloniki, Patras, Heraklion, Ioannina, Chania, Volos, Larissa, Xanthi, Rethymno, Mytilene, Corfu
HK Hong Kong, Kowloon, Shatin, Sha Tin, Pokfulam, Hung Hom, Clear Water Bay, New Territories, Kowloon Tong
HR Zagreb, Split, Rijeka, Osijek
HU Budapest, Szeged, Debrecen, Pécs, Veszprém, Miskolc
ID Jakarta, Bandung, Yogyakarta, Surabaya, Depok, Bogor, Malang, Semarang
IE Dublin, Cork, Galway, Limerick, Maynooth
IL Jerusalem, Tel Aviv, Haifa, Rehovot, Beer Sheva, Be'er Sheva, Ramat Gan, Ariel
IN New Delhi, Delhi, Mumbai, Bombay, Bangalore, Bengaluru, Chennai, Madras, Kolkata, Calcutta, Hyderabad, Pune, Kanpur,
 Kharagpur, Roorkee, Guwahati, Varanasi, Lucknow, Allahabad, Ahmedabad, Chandigarh, Jaipur, Bhopal, Indore, Mysore,
 Coimbatore, Kochi, Thiruvananthapuram, Trivandrum, Bhubaneswar, Patna, Mohali, Gandhinagar, Vellore, Amritsar, Aligarh,
 Visakhapatnam, Warangal, Tiruchirappalli, Puducherry, Nagpur, Jodhpur
IQ Baghdad, Basra, Mosul
IR Tehran, Isfahan, Shiraz, Mashhad, Tabriz, Karaj, Zanjan, Kerman, Ahvaz
IS Reykjavik, Reykjavík, Akureyri
IT Rome, Roma, Milan, Milano, Naples, Napoli, Turin, Torino, Bologna, Florence, Firenze, Pisa, Padua, Padova, Venice, Venezia,
 Genoa, Genova, Trieste, Trento, Pavia, Parma, Modena, Ferrara, Siena, Perugia, Bari, Lecce, Catania, Palermo, Messina,
 Cagliari, Sassari, Verona, Udine, Brescia, Bergamo, Ancona, L'Aquila, Salerno, Cosenza, Rende, Bolzano, Frascati, Camerino,
 Urbino, Potenza, Chieti, Pescara, Reggio Calabria, Varese, Como, Novara, Alessandria, Foggia, Fisciano, Sesto Fiorentino,
 Povo, Rovereto, Ispra
JM Kingston
JO Amman, Irbid
JP Tokyo, Kyoto, Osaka, Nagoya, Sendai, Sapporo, Fukuoka, Hiroshima, Kobe, Yokohama, Tsukuba, Chiba, Saitama, Kanazawa,
 Okayama, Kumamoto, Nagasaki, Niigata, Matsuyama, Tokushima, Kagoshima, Wako, Suita, Toyonaka, Ikoma, Nara, Kashiwa, Okazaki,
 Toyota, Gifu, Shizuoka, Hamamatsu, Kawasaki, Kitakyushu, Toyama, Fukui, Nagano, Yamagata, Akita, Morioka, Mito, Maebashi,
 Utsunomiya, Okinawa, Nishinomiya, Tottori, Matsue
KE Nairobi, Kisumu, Kilifi
KR Seoul, Daejeon, Taejon, Busan, Pusan, Pohang, Gwangju, Kwangju, Daegu, Taegu, Incheon, Suwon, Ulsan, Cheongju, Jeonju,
 Chuncheon, Jeju, Yongin, Seongnam, Ansan, Gyeongsan, Jinju, Cheonan, Goyang
KZ Almaty, Astana, Nur-Sultan
LB Beirut
LK Colombo, Peradeniya, Moratuwa
LT Vilnius, Kaunas
LU Luxembourg, Esch-sur-Alzette, Belvaux
LV Riga
MA Rabat, Casablanca, Fez, Marrakech
MD Chisinau
MK Skopje
MO Macau, Macao, Taipa
MT Msida, Valletta
MX Mexico City, Ciudad de México, Guadalajara, Monterrey, Puebla, Cuernavaca, León, Guanajuato, Querétaro, Morelia, Mérida,
 San Luis Potosí, Ensenada, Tijuana, Xalapa, Hermosillo, Zacatecas
MY Kuala Lumpur, Penang, Johor Bahru, Skudai, Bangi, Serdang, Kuching, Kota Kinabalu, Kajang, Cyberjaya, Minden, Shah Alam
NG Lagos, Ibadan, Nsukka, Zaria, Ile-Ife, Abuja, Ilorin, Benin City
NL Amsterdam, Utrecht, Leiden, Delft, Groningen, Nijmegen, Eindhoven, Rotterdam, Maastricht, Enschede, Wageningen, Tilburg,
 The Hague, Den Haag, Bilthoven, De Bilt
NO Oslo, Bergen, Trondheim, Tromsø, Stavanger, Kristiansand, Ås, Kjeller, Gjøvik, Longyearbyen
NP Kathmandu
NZ Auckland, Wellington, Christchurch, Dunedin, Hamilton, Palmerston North, Lincoln
OM Muscat
PE Lima, Arequipa, Cusco
PH Manila, Quezon City, Diliman, Los Baños, Cebu
PK Islamabad, Lahore, Karachi, Peshawar, Rawalpindi, Faisalabad
PL Warsaw, Warszawa, Kraków, Cracow, Wrocław, Poznań, Gdańsk, Łódź, Lodz, Katowice, Toruń, Lublin, Białystok, Szczecin,
 Gliwice, Rzeszów, Kielce, Zielona Góra, Opole, Olsztyn, Częstochowa, Gdynia, Otwock, Swierk
PR San Juan, Mayagüez, Río Piedras
PT Lisbon, Lisboa, Porto, Coimbra, Braga, Aveiro, Évora, Faro, Covilhã, Guimarães, Vila Real, Funchal, Caparica, Oeiras,
 Leiria, Bragança
QA Doha
RO Bucharest, București, Cluj-Napoca, Iași, Timișoara, Brașov, Sibiu, Craiova, Constanța, Măgurele
RS Belgrade, Beograd, Novi Sad, Niš, Kragujevac
RU Moscow, St Petersburg, Saint Petersburg, Novosibirsk, Kazan, Tomsk, Ekaterinburg, Yekaterinburg, Dubna, Nizhny Novgorod,
 Samara, Saratov, Vladivostok, Rostov-on-Don, Perm, Irkutsk, Krasnoyarsk, Chernogolovka, Protvino, Gatchina, Dolgoprudny,
 Pushchino, Troitsk, Voronezh, Ufa, Chelyabinsk
SA Riyadh, Jeddah, Dhahran, Thuwal, Mecca, Makkah, Medina, Dammam
SE Stockholm, Uppsala, Lund, Gothenburg, Göteborg, Linköping, Umeå, Luleå, Örebro, Västerås, Karlstad, Växjö, Malmö, Solna,
 Kista, Jönköping, Halmstad, Borås, Skövde, Gävle, Kalmar, Kiruna, Huddinge, Karlskrona
SG Singapore
SI Ljubljana, Maribor, Koper, Nova Gorica
SK Bratislava, Košice, Žilina, Nitra, Trnava, Martin
TH Bangkok, Chiang Mai, Khon Kaen, Hat Yai, Songkhla, Pathumthani, Nakhon Ratchasima, Phitsanulok, Nakhon Pathom
TN Tunis, Sfax, Sousse, Monastir
TR Istanbul, Ankara, Izmir, Bursa, Eskişehir, Kayseri, Konya, Adana, Trabzon, Erzurum, Gaziantep, Antalya, Kocaeli, Sakarya,
 Samsun, Edirne, Bornova
TW Taipei, Hsinchu, Tainan, Taichung, Kaohsiung, Chiayi, Keelung, Taoyuan, Chungli, Jhongli, Hualien, Nantou, Changhua
TZ Dar es Salaam, Arusha, Morogoro
UA Kiev, Kyiv, Kharkov, Kharkiv, Lviv, Odessa, Odesa, Dnipro, Donetsk, Chernivtsi, Sumy
UG Kampala, Entebbe
US New York, Boston, Cambridge, Chicago, Los Angeles, San Francisco, Berkeley, Stanford, Palo Alto, Menlo Park, Mountain View,
 Pasadena, San Diego, La Jolla, Irvine, Davis, Santa Barbara, Santa Cruz, Riverside, Merced, San Jose, Sacramento, Livermore,
 Claremont, Seattle, Redmond, Pullman, Portland, Corvallis, Eugene, Salt Lake City, Provo, Logan, Boulder, Denver, Fort
 Collins, Golden, Aurora, Tucson, Tempe, Phoenix, Albuquerque, Los Alamos, Las Cruces, Las Vegas, Reno, Boise, Missoula,
 Bozeman, Laramie, Austin, Houston, Dallas, Richardson, College Station, San Antonio, Arlington, Fort Worth, El Paso, Lubbock,
 Waco, Denton, Galveston, Norman, Stillwater, Oklahoma City, Lawrence, Manhattan, Wichita, Kansas City, Lincoln, Omaha, Ames,
 Iowa City, Des Moines, Columbia, St Louis, Saint Louis, Rolla, Minneapolis, St Paul, Rochester, Duluth, Madison, Milwaukee,
 Evanston, Urbana, Champaign, Urbana-Champaign, Argonne, Batavia, Lemont, Carbondale, Bloomington, Indianapolis, West
 Lafayette, Notre Dame, Terre Haute, Ann Arbor, Detroit, East Lansing, Houghton, Kalamazoo, Dearborn, Columbus, Cleveland,
 Cincinnati, Dayton, Toledo, Athens, Akron, Oxford, Kent, Pittsburgh, Philadelphia, University Park, State College, Bethlehem,
 Lewisburg, Swarthmore, Hershey, Princeton, New Brunswick, Piscataway, Newark, Hoboken, Murray Hill, Ithaca, Buffalo, Albany,
 Syracuse, Stony Brook, Troy, Binghamton, Upton, Brooklyn, Bronx, Yorktown Heights, Potsdam, New Haven, Storrs, Hartford,
 Middletown, Farmington, Providence, Kingston, Amherst, Worcester, Medford, Waltham, Somerville, Chestnut Hill, Lowell, Woods
 Hole, Wellesley, Williamstown, Northampton, Hanover, Durham, Lebanon, Burlington, Orono, Bar Harbor, Brunswick, Baltimore,
 College Park, Bethesda, Gaithersburg, Rockville, Silver Spring, Greenbelt, Laurel, Frederick, Washington, Washington DC,
 Fairfax, McLean, Alexandria, Charlottesville, Blacksburg, Richmond, Williamsburg, Norfolk, Newport News, Morgantown, Chapel
 Hill, Raleigh, Charlotte, Greensboro, Winston-Salem, Research Triangle Park, Charleston, Clemson, Atlanta, Augusta,
 Gainesville, Tallahassee, Miami, Coral Gables, Orlando, Tampa, Jacksonville, Boca Raton, Melbourne, Birmingham, Tuscaloosa,
 Auburn, Huntsville, Nashville, Knoxville, Memphis, Oak Ridge, Lexington, Louisville, Jackson, Starkville, Mississippi State,
 New Orleans, Baton Rouge, Fayetteville, Little Rock, Honolulu, Fairbanks, Anchorage, Richland, Idaho Falls, Hampton, Moscow,
 Fargo, Grand Forks, Brookings, Vermillion, Macon, Milledgeville, Statesboro
UY Montevideo
UZ Tashkent
VE Caracas, Mérida, Maracaibo
VN Hanoi, Ho Chi Minh City, Da Nang, Hue, Can Tho
ZA Cape Town, Johannesburg, Pretoria, Stellenbosch, Durban, Rondebosch, Grahamstown, Bloemfontein, Potchefstroom, Port
 Elizabeth, Bellville
ZM Lusaka
ZW Harare
"""

_STATES = """
US Alabama, AL, Alaska, AK, Arizona, AZ, Arkansas, AR, California, CA, Calif, Colorado, CO, Connecticut, CT, Delaware, DE,
 Florida, FL, Georgia, GA, Hawaii, HI, Idaho, ID, Illinois, IL, Indiana, IN, Iowa, IA, Kansas, KS, Kentucky, KY, Louisiana,
 LA, Maine, ME, Maryland, MD, Massachusetts, MA, Michigan, MI, Minnesota, MN, Mississippi, MS, Missouri, MO, Montana, MT,
 Nebraska, NE, Nevada, NV, New Hampshire, NH, New Jersey, NJ, New Mexico, NM, New York, NY, North Carolina, NC, North Dakota,
 ND, Ohio, OH, Oklahoma, OK, Oregon, OR, Pennsylvania, PA, Rhode Island, RI, South Carolina, SC, South Dakota, SD, Tennessee,
 TN, Texas, TX, Utah, UT, Vermont, VT, Virginia, VA, Washington, WA, West Virginia, WV, Wisconsin, WI, Wyoming, WY, DC
CA Ontario, ON, Ont, Quebec, QC, PQ, British Columbia, BC, Alberta, AB, Manitoba, MB, Saskatchewan, SK, Nova Scotia, NS, New
 Brunswick, NB, Newfoundland, NL, NF, Prince Edward Island
AU New South Wales, NSW, Victoria, VIC, Vic, Queensland, QLD, Qld, Western Australia, WA, South Australia, SA, Tasmania, TAS,
 ACT, Australian Capital Territory
CN Anhui, Fujian, Gansu, Guangdong, Guizhou, Hainan, Hebei, Heilongjiang, Henan, Hubei, Hunan, Jiangsu, Jiangxi, Jilin,
 Liaoning, Shaanxi, Shandong, Shanxi, Sichuan, Yunnan, Zhejiang, Guangxi, Xinjiang, Inner Mongolia, Ningxia, Qinghai, Tibet
IN Karnataka, Maharashtra, Tamil Nadu, West Bengal, Uttar Pradesh, Kerala, Gujarat, Rajasthan, Punjab, Haryana, Telangana,
 Andhra Pradesh, Assam, Bihar, Madhya Pradesh, Orissa, Odisha, Uttarakhand, Uttaranchal, Jharkhand
GB England, Scotland, Wales, Northern Ireland, Midlothian, Lanark, Oxon, Cambs, Surrey, Sussex, Middlesex, Berkshire, Berks,
 Fife
BR SP, RJ, MG, RS, PR, SC, BA, PE, CE, DF, Paraná, Minas Gerais, Rio Grande do Sul, Santa Catarina, Bahia, Pernambuco
DE Bavaria, Bayern, Saxony, Sachsen, Hesse, Hessen, Baden-Württemberg, North Rhine-Westphalia, Lower Saxony, Niedersachsen,
 Saarland
JP Hokkaido, Aichi, Hyogo, Kanagawa, Ibaraki, Ishikawa, Miyagi, Tochigi, Gunma, Mie, Ehime, Shiga
IT Lazio, Lombardia, Toscana, Sicily, Sardinia, MI, RM, NA, TO, PD, PI, BO, FI
ES Catalonia, Catalunya, Andalusia, Andalucía, Galicia, Asturias, Basque Country, Canary Islands
MX DF, Jalisco, Nuevo León, Morelos, Sonora, Yucatán, Baja California, Mexico DF
FR Île-de-France, Bretagne
"""


def _table(text: str) -> dict[str, frozenset[str]]:
    codes_by_name: dict[str, set[str]] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        for name in line[2:].split(","):
            codes_by_name.setdefault(" ".join(words(name)), set()).add(line[:2])
    return {name: frozenset(codes) for name, codes in codes_by_name.items()}


@cache
def _cities() -> dict[str, frozenset[str]]:
    return _table(_CITIES)


@cache
def _states() -> dict[str, frozenset[str]]:
    return _table(_STATES)


def countries_of_city(place: str) -> frozenset[str]:
    """The countries that have a city of this name (folded words, one blank between them); none for an unknown one."""
    return _cities().get(place, frozenset())


def countries_of_state(place: str) -> frozenset[str]:
    """The countries that have a state or province of this name or abbreviation (folded); none for an unknown one."""
    return _states().get(place, frozenset())
