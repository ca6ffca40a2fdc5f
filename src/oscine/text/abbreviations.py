# SPDX-License-Identifier: GPL-3.0-or-later
"""Words whose full stop need not end a sentence, by language. Data.

All entries are case-folded, without their last full stop ("e.g", "dr").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Lexicon:
    tied: frozenset[str]
    """What follows belongs to it: titles, "e.g.", "vs."."""
    numbered: frozenset[str]
    """Tied to a number that follows ("No. 5"); otherwise an ordinary word ("No. Never.")."""
    open: frozenset[str]
    """May end a sentence as well ("Inc.", "p.m.", months): the next word decides."""
    starters: frozenset[str]
    """Words that, capitalised, show that a sentence begins."""
    has_ordinals: bool
    """Whether a number with a full stop is an ordinal ("am 3. Oktober")."""


@lru_cache(maxsize=128)
def find_lexicon(language: str) -> Lexicon:
    """The words of a language, with those that all languages in Latin script share."""
    code = language.partition("-")[0]
    tied, numbered, open_, starters = _WORDS.get(code, ("", "", "", ""))
    return Lexicon(
        tied=frozenset(f"{_TIED} {tied}".split()),
        numbered=frozenset(f"{_NUMBERED} {numbered}".split()),
        open=frozenset(f"{_OPEN} {open_}".split()),
        starters=frozenset((starters or _WORDS["en"][3]).split()),
        has_ordinals=code in _ORDINAL_LANGUAGES,
    )


_ORDINAL_LANGUAGES = frozenset("de lb da no fi et lv hu cs sk sl hr bs sr pl tr az is mk".split())

_TIED = "dr prof mr mrs ms mme mlle vs approx cf viz dipl ing rev hon capt lt col gen sgt maj"
_NUMBERED = "no nos nr p pp vol vols fig figs abb ch pg eq eqs"
_OPEN = "etc inc ltd co corp jr sr bros ph.d m.d b.a m.a d.c u.s u.k u.n e.u a.m p.m b.c a.d"
_WORDS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "e.g i.e eg ie messrs sen rep gov pres supt cmdr adm pvt cpl fr br sr esp incl excl resp min max avg misc "
        "ca w.r.t mt a.k.a aka orig univ assn assoc bldg",
        "chap chaps art sec pt edn rm apt ste hwy rte ext tel para ver op ref refs",
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues thu thur thurs fri st ave blvd rd dept "
        "est esq et.al al dist intl hrs hr mins secs sec lbs lb oz ft yr yrs u.s.a g.m",
        "the a an i he she it we you they this that these those there here his her its our their my your but and or so "
        "then if when while as at in on for from with after before since because although however what who why how "
        "where which no not now today tomorrow yesterday everyone someone one some many most all each both another "
        "please let let's it's that's there's he's she's i'm i've i'll we're they're you're don't do did is are was",
    ),
    "de": (
        "bzw z.b d.h u.a z.t i.d.r s.o s.u vgl ca evtl ggf inkl exkl zzgl sog gem lt insb hr fr hl frl nr str bsp "
        "max min ungef bes einschl entspr geb gest jhd mio mrd o.ä o.g i.a u.u v.a z.zt m.e phil med jur rer nat "
        "hrsg verf zw allg",
        "abs bd bde kap s z anm aufl",
        "usw etc jan feb mär mrz apr jun jul aug sep sept okt nov dez jh gmbh e.v v.chr n.chr std sek min u.s.w z.hd",
        "der die das ein eine einer ich du er sie es wir ihr man dies diese dieser dieses und aber oder denn doch wenn "
        "als da dann so in im am an auf bei mit nach von vor zu zum zur für was wer wie wo warum danach heute morgen "
        "gestern hier dort nun jetzt kein keine nicht alle viele bitte",
    ),
    "fr": (
        "m mm mme mmes mlle mlles me dr pr p.ex c.-à-d ex env cf av bd st ste gal col cdt cap boul max min tél éd",
        "n chap p pp t art fig vol liv §",
        "etc janv févr avr juil sept oct nov déc apr j.-c s.a s.a.r.l",
        "le la les l' un une des je tu il elle on nous vous ils elles ce cet cette ces c'est et mais ou donc car puis "
        "si quand comme dans en à au aux pour par avec sans sur sous après avant qui que quoi où pourquoi comment "
        "mon ma mes son sa ses notre votre leur voici voilà hier demain ne pas",
    ),
    "es": (
        "sr sra sres sras srta dr dra prof profa d dña ud uds vd vds p.ej ej aprox av avda gral cap lic ing arq st sta "
        "sto máx mín excmo ilmo fdo fr",
        "núm n.º pág págs cap art vol fig tel apdo",
        "etc ene febr mzo abr jun jul ago sept oct nov dic ee.uu s.a s.l a.c d.c a.m p.m",
        "el la los las un una unos unas yo tú él ella usted nosotros ellos ellas esto este esta ese esa y pero o si "
        "cuando como en con de por para sin sobre tras después antes qué quién dónde no sí hay hoy ayer mañana su mi",
    ),
    "pt": (
        "sr sra srs sras srta dr dra prof profa d v.exa ex p.ex aprox av gal cap eng arq exmo sto sta máx mín",
        "núm n.º pág págs cap art vol fig tel",
        "etc jan fev mar abr mai jun jul ago set out nov dez s.a ltda a.c d.c",
        "o a os as um uma eu tu ele ela você nós eles elas isto este esta isso esse essa e mas ou se quando como em no "
        "na com de por para sem sobre depois antes que quem onde não sim há hoje ontem amanhã seu sua meu minha",
    ),
    "it": (
        "sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv ing arch geom rag on sen p.es es ca circa gen col cap "
        "mons s ss spett egr gent.mo tel max min",
        "n num pag pagg cap art vol fig",
        "ecc gen feb mar apr mag giu lug ago set ott nov dic s.p.a s.r.l a.c d.c",
        "il lo la i gli le un uno una io tu lui lei noi voi loro questo questa quello quella e ma o se quando come in "
        "nel nella con di da per senza su dopo prima che chi dove non sì oggi ieri domani c'è suo mio",
    ),
    "nl": (
        "dhr mevr mej drs mr ir ing prof dr bijv bv d.w.z m.a.w o.a ca enz.z incl excl max min resp zgn t.a.v i.p.v jl",
        "nr blz p art hfst fig",
        "enz etc jan feb mrt apr mei jun jul aug sep sept okt nov dec n.v b.v",
        "de het een ik jij je hij zij ze wij we jullie u dit dat deze die en maar of want als toen in op aan bij met "
        "na van voor naar wat wie waar hoe waarom er niet geen nu vandaag gisteren morgen",
    ),
    "sv": (
        "bl.a t.ex d.v.s dvs m.fl s.k ca fr.o.m t.o.m p.g.a hr fru prof dr inkl exkl max min",
        "nr s sid kap",
        "osv m.m",
        "",
    ),
    "da": ("bl.a f.eks dvs d.v.s ca hr fr s.k pga m.fl inkl ekskl maks min jf vedr", "nr s kap stk", "osv m.m mv", ""),
    "no": ("bl.a f.eks dvs d.v.s ca hr fr s.k pga m.fl inkl ekskl maks min jf vedr", "nr s kap", "osv m.m mv", ""),
    "fi": ("esim ns mm n ks vrt ts t hra rva tri prof mahd", "nro s luku", "jne ym yms klo", ""),
    "pl": (
        "np tzn tj m.in ul al pl os prof dr hab inż mgr płk gen kpt św ks por zob tzw im pn ds",
        "ok nr s str rozdz art ust pkt poz tel",
        "itd itp r w godz zł jw tys mln mld",
        "",
    ),
    "cs": (
        "např tj tzv resp cca p pí sl doc ing mgr judr mudr prof sv ul nám gen kpt tzn popř příp",
        "č s str kap odst čl",
        "atd apod hod kč",
        "",
    ),
    "sk": (
        "napr tj tzv resp cca p sl doc ing mgr judr mudr prof sv ul nám gen tzn popr príp",
        "č s str kap ods čl",
        "atď apod hod",
        "",
    ),
    "hr": ("npr tj tzv odn gđa gosp g prof dr sv ul ing mr", "br str čl st pogl", "itd sl god st", ""),
    "hu": ("pl ill ún kb vö dr özv ifj id prof min max", "sz o old", "stb u", ""),
    "ro": ("dl dna d-na d-l prof dr ing av str bd ex aprox gen sf", "nr pag art cap vol", "etc ș.a", ""),
    "tr": ("örn bkz dr prof doç av sn vb.n yrd uzm alb gen müh", "no s sf cad sok", "vb vs yy", ""),
    "id": ("dr prof ir hj h jl sdr sdri yth a.n d.a s.d", "no hlm hal", "dll dsb dst", ""),
    "ru": (
        "т.е т.к т.н т.д.н напр г-н г-жа г-жи проф акад доц гр см ср ул пр просп пер пл наб обл р-н св гл обр ред",
        "№ стр с гл рис табл п пп ст тел кв д корп",
        "т.д т.п т.е др пр г гг в вв н.э руб коп тыс млн млрд мин сек ч",
        "я ты он она оно мы вы они это этот эта эти и а но или если когда как в на с по за для от до у к из о что кто "
        "где почему не нет да вот так там здесь теперь сегодня вчера завтра потом все его её их",
    ),
    "uk": (
        "т.зв напр проф акад доц див пор вул просп пл обл ім св гр п",
        "№ стор с рис табл ст тел",
        "т.д т.п та.ін ін р рр ст грн тис млн млрд",
        "",
    ),
    "bg": (
        "т.е т.нар напр проф акад доц инж г-н г-жа г-ца вж ул бул пл св",
        "№ стр с фиг табл чл ал т",
        "т.н др г лв хил млн млрд",
        "",
    ),
    "el": (
        "π.χ δηλ κ κα κος βλ πρβλ δρ καθ αγ οδ λεωφ",
        "αρ σελ κεφ εικ τηλ",
        "κ.λπ κλπ κ.ά κ.ο.κ π.μ μ.μ π.χ μ.χ",
        "",
    ),
    "hi": ("डॉ श्री श्रीमती प्रो कु पं", "नं सं", "", ""),
    "ar": ("د أ م", "ص", "إلخ", ""),
    "he": ("ד פרופ מר גב", "מס עמ", "וכו", ""),
}
"""Language → tied, numbered, open, starters."""
