"""Languages: the code of ISO 639 that one is called by, its codes of three letters, and its name in English and in BibTeX."""

import re

# Code of two letters, those of three (terminology, bibliography), names.
_TABLE = """
aa aar; ab abk; ae ave; af afr Afrikaans; ak aka; am amh Amharic; an arg Aragonese; ar ara Arabic; as asm Assamese; av ava
ay aym Aymara; az aze Azerbaijani; ba bak Bashkir; be bel Belarusian; bg bul Bulgarian; bh bih; bi bis Bislama
bm bam Bambara; bn ben Bengali; bo bod tib Tibetan; br bre Breton; bs bos Bosnian; ca cat Catalan; ce che Chechen; ch cha
co cos Corsican; cr cre Cree; cs ces cze Czech; cu chu; cv chv Chuvash; cy cym wel Welsh; da dan Danish
de deu ger German ngerman Deutsch; dv div; dz dzo Dzongkha; ee ewe; el ell gre Greek
en eng English american british USenglish UKenglish; eo epo Esperanto; es spa Spanish Español; et est Estonian
eu eus baq Basque; fa fas per Persian Farsi; ff ful Fula; fi fin Finnish; fj fij Fijian; fo fao Faroese
fr fra fre French Français francais; fy fry Frisian; ga gle Irish; gd gla Gaelic; gl glg Galician; gn grn Guarani
gu guj Gujarati; gv glv Manx; ha hau Hausa; he heb Hebrew; hi hin Hindi; ho hmo; hr hrv Croatian; ht hat Haitian
hu hun Hungarian magyar; hy hye arm Armenian; hz her; ia ina Interlingua; id ind Indonesian bahasa; ie ile; ig ibo Igbo
ii iii; ik ipk; io ido; is isl ice Icelandic; it ita Italian Italiano; iu iku Inuktitut; ja jpn Japanese; jv jav Javanese
ka kat geo Georgian; kg kon Kongo; ki kik Kikuyu; kj kua; kk kaz Kazakh; kl kal Greenlandic; km khm Khmer; kn kan Kannada
ko kor Korean; kr kau Kanuri; ks kas Kashmiri; ku kur Kurdish; kv kom; kw cor Cornish; ky kir Kyrgyz; la lat Latin
lb ltz Luxembourgish; lg lug Ganda; li lim Limburgish; ln lin Lingala; lo lao Lao; lt lit Lithuanian; lu lub; lv lav Latvian
mg mlg Malagasy; mh mah; mi mri mao Maori; mk mkd mac Macedonian; ml mal Malayalam; mn mon Mongolian; mr mar Marathi
ms msa may Malay; mt mlt Maltese; my mya bur Burmese; na nau; nb nob Bokmål; nd nde; ne nep Nepali; ng ndo; nl nld dut Dutch
nn nno Nynorsk; no nor Norwegian norsk; nr nbl; nv nav Navajo; ny nya Chichewa; oc oci Occitan; oj oji Ojibwe; om orm Oromo
or ori Odia; os oss Ossetian; pa pan Punjabi; pi pli Pali; pl pol Polish Polski; ps pus Pashto
pt por Portuguese brazilian Português; qu que Quechua; rm roh Romansh; rn run Rundi; ro ron rum Romanian
ru rus Russian Русский; rw kin Kinyarwanda; sa san Sanskrit; sc srd Sardinian; sd snd Sindhi; se sme; sg sag Sango
si sin Sinhala; sk slk slo Slovak; sl slv Slovene Slovenian; sm smo Samoan; sn sna Shona; so som Somali; sq sqi alb Albanian
sr srp Serbian; ss ssw Swati; st sot Sotho; su sun Sundanese; sv swe Swedish Svenska; sw swa Swahili; ta tam Tamil
te tel Telugu; tg tgk Tajik; th tha Thai; ti tir Tigrinya; tk tuk Turkmen; tl tgl Tagalog; tn tsn Tswana; to ton Tongan
tr tur Turkish Türkçe; ts tso Tsonga; tt tat Tatar; tw twi Twi; ty tah Tahitian; ug uig Uyghur; uk ukr Ukrainian Українська
ur urd Urdu; uz uzb Uzbek; ve ven Venda; vi vie Vietnamese; vo vol Volapük; wa wln Walloon; wo wol Wolof; xh xho Xhosa
yi yid Yiddish; yo yor Yoruba; za zha Zhuang; zh zho chi Chinese 中文; zu zul Zulu
"""
_CODES = {
    word.lower(): code
    for line in _TABLE.replace("\n", ";").split(";")
    if line
    for code, *words in [line.split()]
    for word in (code, *words)
}
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.I)
# Of three letters, but no language: several, none, undetermined, uncoded.
_NONE = ("mul", "zxx", "und", "mis")


def language_code(stated: str) -> str | None:
    """The code of a language, by a code, a tag (en-US) or a name; None for what is neither or says that it is not known.

    A code of three letters without one of two stays as it is.
    """
    plain = stated.strip().lower()
    if plain in _CODES:
        return _CODES[plain]
    if not (tag := _TAG.fullmatch(plain)) or tag[1] in _NONE:
        return None
    code = _CODES.get(tag[1], tag[1])
    return code if len(tag[1]) == 3 or tag[1] in _CODES else None
