# SPDX-License-Identifier: GPL-3.0-or-later
"""Finnish, Estonian, Hungarian, Latvian, Lithuanian, Greek, Turkish, Azerbaijani, Kazakh, Tajik, Chechen, Welsh,
Esperanto."""

from __future__ import annotations

from oscine.text.normalize.world.locale import Locale, agreement, nouns

LOCALES: tuple[Locale, ...] = (
    Locale(
        "fi",
        numbers="fi",
        minus="miinus",
        point="pilkku",
        reads_fraction_whole=False,
        percent="",
        to="viiva",
        and_="ja",
        web=("piste", "kauttaviiva", "ät"),
        units=nouns("""
            %: prosentti/prosenttia; km: kilometri/kilometriä; m: metri/metriä; cm: senttimetri/senttimetriä
            mm: millimetri/millimetriä; m²: neliömetri/neliömetriä; km²: neliökilometri/neliökilometriä
            kg: kilo/kiloa; g: gramma/grammaa; mg: milligramma/milligrammaa; t: tonni/tonnia; l,L: litra/litraa
            dl: desilitra/desilitraa; ml: millilitra/millilitraa; km/h: kilometri tunnissa/kilometriä tunnissa
            °C: celsiusaste/celsiusastetta; °: aste/astetta; h,t: tunti/tuntia; min: minuutti/minuuttia
            s: sekunti/sekuntia; MB: megatavu/megatavua; GB: gigatavu/gigatavua; Mt: megatavu/megatavua
            Gt: gigatavu/gigatavua; kW: kilowatti/kilowattia; V: voltti/volttia
        """),
        currencies=nouns("€: euro/euroa; $: dollari/dollaria; £: punta/puntaa; ¥: jeni/jeniä; kr: kruunu/kruunua"),
        months=tuple(
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
            "marraskuuta joulukuuta".split()
        ),
        day="dotted",
    ),
    Locale(
        "et",
        to="kuni",
        and_="ja",
        units=nouns("""
            %: protsent/protsenti; km: kilomeeter/kilomeetrit; m: meeter/meetrit; cm: sentimeeter/sentimeetrit
            kg: kilogramm/kilogrammi; g: gramm/grammi; l: liiter/liitrit; °C: kraadi; h: tund/tundi
            min: minut/minutit; km/h: kilomeetrit tunnis; GB: gigabait/gigabaiti; MB: megabait/megabaiti
        """),
        currencies=nouns("€: euro/eurot; $: dollar/dollarit; £: nael/naela"),
        months=tuple(
            "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember".split()
        ),
    ),
    Locale(
        "hu",
        numbers="hu",
        minus="mínusz",
        point="egész",
        percent="{} százalék",
        to="től",
        and_="és",
        web=("pont", "per", "kukac"),
        units=nouns("""
            km: kilométer; m: méter; cm: centiméter; mm: milliméter; m²: négyzetméter; km²: négyzetkilométer
            m³: köbméter; kg: kilogramm; g: gramm; dkg: dekagramm; mg: milligramm; t: tonna; l,L: liter; dl: deciliter
            ml: milliliter; km/h: kilométer per óra; °C: Celsius-fok; °: fok; h: óra; min: perc; s: másodperc
            MB: megabájt; GB: gigabájt; TB: terabájt; kW: kilowatt; V: volt
        """),
        currencies=nouns("€: euró; $: dollár; £: font; ¥: jen; Ft,HUF: forint"),
        months=tuple(
            "január február március április május június július augusztus szeptember október november december".split()
        ),
        date="{y} {m} {d}",
        order="ymd",
        clock="{h} óra {m} perc",
        oclock="{h} óra",
    ),
    Locale(
        "lv",
        numbers="lv",
        agreement=agreement("f viens=viena divi=divas"),
        plural="latvian",
        minus="mīnus",
        point="komats",
        to="līdz",
        and_="un",
        units=nouns("""
            %: procents/procenti; km: kilometrs/kilometri; m: metrs/metri; cm: centimetrs/centimetri
            kg: kilograms/kilogrami; g: grams/grami; l: litrs/litri; °C: Celsija grāds/Celsija grādi
            h: stunda/stundas f; min: minūte/minūtes f; s: sekunde/sekundes f; km/h: kilometrs stundā/kilometri stundā
            MB: megabaits/megabaiti; GB: gigabaits/gigabaiti
        """),
        currencies=nouns("€: eiro; $: dolārs/dolāri; £: mārciņa/mārciņas f"),
        months=tuple(
            "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris "
            "novembris decembris".split()
        ),
    ),
    Locale(
        "lt",
        numbers="lt",
        agreement=agreement("f vienas=viena du=dvi"),
        plural="lithuanian",
        minus="minus",
        point="kablelis",
        to="iki",
        and_="ir",
        units=nouns("""
            %: procentas/procentai/procentų; km: kilometras/kilometrai/kilometrų; m: metras/metrai/metrų
            cm: centimetras/centimetrai/centimetrų; kg: kilogramas/kilogramai/kilogramų; g: gramas/gramai/gramų
            l: litras/litrai/litrų; °C: laipsnis/laipsniai/laipsnių; h,val.: valanda/valandos/valandų f
            min: minutė/minutės/minučių f; s: sekundė/sekundės/sekundžių f; MB: megabaitas/megabaitai/megabaitų
            km/h: kilometras per valandą/kilometrai per valandą/kilometrų per valandą
            GB: gigabaitas/gigabaitai/gigabaitų
        """),
        currencies=nouns("€: euras/eurai/eurų; $: doleris/doleriai/dolerių; £: svaras/svarai/svarų"),
        months=tuple(
            "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio".split()
        ),
        date="{y} {m} {d}",
    ),
    Locale(
        "el",
        percent="{} τοις εκατό",
        to="έως",
        and_="και",
        web=("τελεία", "κάθετος", "παπάκι"),
        units=nouns("""
            km,χλμ: χιλιόμετρο/χιλιόμετρα n; m,μ: μέτρο/μέτρα n; cm: εκατοστό/εκατοστά n; mm: χιλιοστό/χιλιοστά n
            kg,κιλά: κιλό/κιλά n; g,γρ: γραμμάριο/γραμμάρια n; l: λίτρο/λίτρα n; ml: μιλιλίτρ n; t: τόνος/τόνοι
            km/h: χιλιόμετρο την ώρα/χιλιόμετρα την ώρα n; °C: βαθμός Κελσίου/βαθμοί Κελσίου; h: ώρα/ώρες f
            min: λεπτό/λεπτά n; s: δευτερόλεπτο/δευτερόλεπτα n; MB: μεγαμπάιτ n; GB: γιγαμπάιτ n
        """),
        currencies=nouns("€: ευρώ n; $: δολάριο/δολάρια n; £: λίρα/λίρες f"),
        months=tuple(
            "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
            "Δεκεμβρίου".split()
        ),
    ),
    Locale(
        "tr",
        numbers="tr",
        minus="eksi",
        point="virgül",
        percent="yüzde {}",
        to="ila",
        and_="ve",
        web=("nokta", "eğik çizgi", "et"),
        units=nouns("""
            km: kilometre; m: metre; cm: santimetre; mm: milimetre; m²: metrekare; km²: kilometrekare; m³: metreküp
            kg: kilogram; g,gr: gram; mg: miligram; t: ton; l,L,lt: litre; ml: mililitre
            km/s,km/h,km/sa: kilometre bölü saat; °C: santigrat derece; °: derece; sa: saat; dk: dakika; sn: saniye
            KB: kilobayt; MB: megabayt; GB: gigabayt; TB: terabayt; MHz: megahertz; GHz: gigahertz; W: vat
            kW: kilovat; V: volt
        """),
        currencies=nouns("€: avro; $: dolar; £: sterlin; ¥: yen; ₺,TL: lira"),
        months=tuple("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()),
    ),
    Locale(
        "az",
        numbers="az",
        minus="mənfi",
        point="vergül",
        percent="{} faiz",
        and_="və",
        units=nouns(
            "km: kilometr; m: metr; cm,sm: santimetr; kg: kiloqram; g,q: qram; l: litr; °C: dərəcə; GB: giqabayt"
        ),
        currencies=nouns("€: avro; $: dollar; £: funt sterlinq; ₼: manat"),
        months=tuple("yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split()),
    ),
    Locale(
        "kk",
        numbers="kz",
        minus="минус",
        point="бүтін",
        percent="{} пайыз",
        and_="және",
        units=nouns("км,km: километр; м: метр; см: сантиметр; кг,kg: килограмм; г: грамм; л: литр; ГБ,GB: гигабайт"),
        currencies=nouns("€: еуро; $: доллар; ₸: теңге; ₽: рубль"),
        months=tuple("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()),
    ),
    Locale("tg", numbers="tg", minus="минус", point="нуқта", percent="{} фоиз", and_="ва"),
    Locale("ce", numbers="ce", limit=12, point="а"),
    Locale(
        "cy",
        numbers="cy",
        decimal=".",
        group=",",
        minus="minws",
        point="pwynt",
        reads_fraction_whole=False,
        percent="{} y cant",
        to="i",
        and_="a",
    ),
    Locale(
        "eo",
        numbers="eo",
        minus="minus",
        point="komo",
        percent="{} procentoj",
        to="ĝis",
        and_="kaj",
        units=nouns(
            "km: kilometro/kilometroj; m: metro/metroj; kg: kilogramo/kilogramoj; g: gramo/gramoj; l: litro/litroj"
        ),
        currencies=nouns("€: eŭro/eŭroj; $: dolaro/dolaroj"),
        months=tuple(
            "januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro".split()
        ),
    ),
)
