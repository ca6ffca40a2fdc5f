# SPDX-License-Identifier: GPL-3.0-or-later
"""Russian, Ukrainian, Belarusian, Polish, Czech, Slovak, Slovene, Serbian, Croatian, Bosnian, Bulgarian, Macedonian."""

from __future__ import annotations

from dataclasses import replace

from oscine.text.normalize.world.locale import Locale, agreement, nouns

_CROATIAN = Locale(
    "hr",
    plural="east slavic",
    percent="{} posto",
    to="do",
    and_="i",
    web=("točka", "kosa crta", "at"),
    units=nouns("""
        km: kilometar/kilometra/kilometara; m: metar/metra/metara; cm: centimetar/centimetra/centimetara
        mm: milimetar/milimetra/milimetara; kg: kilogram/kilograma/kilograma; g: gram/grama/grama
        l: litra/litre/litara f; ml: mililitar/mililitra/mililitara; °C: stupanj/stupnja/stupnjeva Celzijevih
        km/h: kilometar na sat/kilometra na sat/kilometara na sat; h: sat/sata/sati; min: minuta/minute/minuta f
        s: sekunda/sekunde/sekundi f; MB: megabajt/megabajta/megabajta; GB: gigabajt/gigabajta/gigabajta
    """),
    currencies=nouns("€: euro/eura/eura; $: dolar/dolara/dolara; £: funta/funte/funti f; kn: kuna/kune/kuna f"),
    months=tuple(
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca".split()
    ),
)

LOCALES: tuple[Locale, ...] = (
    Locale(
        "ru",
        numbers="ru",
        agreement=agreement("f один=одна два=две; n один=одно"),
        plural="east slavic",
        minus="минус",
        point="запятая",
        to="до",
        and_="и",
        web=("точка", "слэш", "собака"),
        units=nouns("""
            %: процент/процента/процентов; км,km: километр/километра/километров; м,m: метр/метра/метров
            см,cm: сантиметр/сантиметра/сантиметров; мм,mm: миллиметр/миллиметра/миллиметров
            м²,m²: квадратный метр/квадратных метра/квадратных метров; кг,kg: килограмм/килограмма/килограммов
            мг,mg: миллиграмм/миллиграмма/миллиграммов; т: тонна/тонны/тонн f; л,l: литр/литра/литров
            мл,ml: миллилитр/миллилитра/миллилитров; °C,°С: градус Цельсия/градуса Цельсия/градусов Цельсия
            °: градус/градуса/градусов; км/ч,km/h: километр в час/километра в час/километров в час
            м/с: метр в секунду/метра в секунду/метров в секунду; ч: час/часа/часов; мин,мин.: минута/минуты/минут f
            сек,с: секунда/секунды/секунд f; мс: миллисекунда/миллисекунды/миллисекунд f
            КБ: килобайт/килобайта/килобайт; МБ,MB: мегабайт/мегабайта/мегабайт; ГБ,GB: гигабайт/гигабайта/гигабайт
            ТБ,TB: терабайт/терабайта/терабайт; Гц: герц/герца/герц; кГц: килогерц/килогерца/килогерц
            МГц: мегагерц/мегагерца/мегагерц; ГГц: гигагерц/гигагерца/гигагерц; Вт: ватт/ватта/ватт
            кВт: киловатт/киловатта/киловатт; В: вольт/вольта/вольт; тыс.: тысяча/тысячи/тысяч f
            млн: миллион/миллиона/миллионов; млрд: миллиард/миллиарда/миллиардов
        """),
        currencies=nouns("""
            €: евро n; $: доллар/доллара/долларов; £: фунт/фунта/фунтов; ¥: иена/иены/иен f
            ₽,руб.,руб: рубль/рубля/рублей; ₹: рупия/рупии/рупий f; ₴: гривна/гривны/гривен f
        """),
        months=tuple("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()),
        date="{d} {m} {y} года",
        day="ordinal",
        ordinal="-?(?:й|я|е)",
    ),
    Locale(
        "uk",
        numbers="uk",
        agreement=agreement("f один=одна два=дві; n один=одне"),
        plural="east slavic",
        minus="мінус",
        point="кома",
        to="до",
        and_="і",
        web=("крапка", "скісна риска", "равлик"),
        units=nouns("""
            %: відсоток/відсотки/відсотків; км,km: кілометр/кілометри/кілометрів; м,m: метр/метри/метрів
            см,cm: сантиметр/сантиметри/сантиметрів; мм,mm: міліметр/міліметри/міліметрів
            кг,kg: кілограм/кілограми/кілограмів; г,g: грам/грами/грамів; т: тонна/тонни/тонн f
            л,l: літр/літри/літрів; мл,ml: мілілітр/мілілітри/мілілітрів
            °C,°С: градус Цельсія/градуси Цельсія/градусів Цельсія
            км/год,km/h: кілометр на годину/кілометри на годину/кілометрів на годину; год: година/години/годин f
            хв: хвилина/хвилини/хвилин f; с: секунда/секунди/секунд f; МБ,MB: мегабайт/мегабайти/мегабайтів
            ГБ,GB: гігабайт/гігабайти/гігабайтів; ГГц: гігагерц/гігагерци/гігагерців; тис.: тисяча/тисячі/тисяч f
            млн: мільйон/мільйони/мільйонів; млрд: мільярд/мільярди/мільярдів
        """),
        currencies=nouns("€: євро n; $: долар/долари/доларів; £: фунт/фунти/фунтів; ₴,грн: гривня/гривні/гривень f"),
        months=tuple("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split()),
        date="{d} {m} {y}",
    ),
    Locale(
        "be",
        numbers="be",
        agreement=agreement("f адзін=адна два=дзве; n адзін=адно"),
        plural="east slavic",
        minus="мінус",
        point="коска",
        to="да",
        and_="і",
        units=nouns("""
            %: працэнт/працэнты/працэнтаў; км,km: кіламетр/кіламетры/кіламетраў; м,m: метр/метры/метраў
            см: сантыметр/сантыметры/сантыметраў; кг,kg: кілаграм/кілаграмы/кілаграмаў; г: грам/грамы/грамаў
            л: літр/літры/літраў; °C: градусаў Цэльсія; км/г: кіламетраў у гадзіну; хв: хвіліна/хвіліны/хвілін f
            ГБ,GB: гігабайт/гігабайты/гігабайтаў
        """),
        currencies=nouns("€: еўра n; $: долар/долары/долараў; £: фунт/фунты/фунтаў; руб.: рубель/рублі/рублёў"),
        months=tuple(
            "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня".split()
        ),
    ),
    Locale(
        "pl",
        numbers="pl",
        agreement=agreement("f jeden=jedna dwa=dwie; n jeden=jedno"),
        plural="polish",
        minus="minus",
        point="przecinek",
        percent="{} procent",
        to="do",
        and_="i",
        web=("kropka", "ukośnik", "małpa"),
        units=nouns("""
            km: kilometr/kilometry/kilometrów/kilometra; m: metr/metry/metrów/metra
            cm: centymetr/centymetry/centymetrów/centymetra; mm: milimetr/milimetry/milimetrów/milimetra
            kg: kilogram/kilogramy/kilogramów/kilograma; g: gram/gramy/gramów/grama
            m²: metr kwadratowy/metry kwadratowe/metrów kwadratowych/metra kwadratowego; t: tona/tony/ton/tony f
            mg: miligram/miligramy/miligramów/miligrama; l: litr/litry/litrów/litra
            ml: mililitr/mililitry/mililitrów/mililitra
            °C: stopień Celsjusza/stopnie Celsjusza/stopni Celsjusza/stopnia Celsjusza
            °: stopień/stopnie/stopni/stopnia
            km/h: kilometr na godzinę/kilometry na godzinę/kilometrów na godzinę/kilometra na godzinę
            h,godz.: godzina/godziny/godzin/godziny f; min: minuta/minuty/minut/minuty f
            s,sek.: sekunda/sekundy/sekund/sekundy f; MB: megabajt/megabajty/megabajtów/megabajta
            GB: gigabajt/gigabajty/gigabajtów/gigabajta; TB: terabajt/terabajty/terabajtów/terabajta
            kW: kilowat/kilowaty/kilowatów/kilowata; V: wolt/wolty/woltów/wolta; tys.: tysiąc/tysiące/tysięcy/tysiąca
            mln: milion/miliony/milionów/miliona; mld: miliard/miliardy/miliardów/miliarda
        """),
        currencies=nouns("""
            €: euro n; $: dolar/dolary/dolarów/dolara; £: funt/funty/funtów/funta; ¥: jen/jeny/jenów/jena
            zł,PLN: złoty/złote/złotych/złotego
        """),
        months=tuple(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
        ),
        day="ordinal",
    ),
    Locale(
        "cs",
        numbers="cs",
        agreement=agreement("m jedna=jeden; f dva=dvě; n jedna=jedno dva=dvě"),
        plural="czech",
        minus="minus",
        point="celá",
        to="až",
        and_="a",
        web=("tečka", "lomítko", "zavináč"),
        units=nouns("""
            %: procento/procenta/procent/procenta n; km: kilometr/kilometry/kilometrů/kilometru
            m: metr/metry/metrů/metru; cm: centimetr/centimetry/centimetrů/centimetru
            mm: milimetr/milimetry/milimetrů/milimetru; kg: kilogram/kilogramy/kilogramů/kilogramu
            g: gram/gramy/gramů/gramu; m²: metr čtvereční/metry čtvereční/metrů čtverečních/metru čtverečního
            t: tuna/tuny/tun/tuny f; l: litr/litry/litrů/litru; ml: mililitr/mililitry/mililitrů/mililitru
            °: stupeň/stupně/stupňů/stupně; °C: stupeň Celsia/stupně Celsia/stupňů Celsia/stupně Celsia
            h,hod.: hodina/hodiny/hodin/hodiny f
            km/h: kilometr za hodinu/kilometry za hodinu/kilometrů za hodinu/kilometru za hodinu
            min: minuta/minuty/minut/minuty f; s: sekunda/sekundy/sekund/sekundy f
            MB: megabajt/megabajty/megabajtů/megabajtu; GB: gigabajt/gigabajty/gigabajtů/gigabajtu
            kW: kilowatt/kilowatty/kilowattů/kilowattu; V: volt/volty/voltů/voltu; tis.: tisíc/tisíce/tisíc
            mil.: milion/miliony/milionů/milionu; mld.: miliarda/miliardy/miliard/miliardy f
        """),
        currencies=nouns("""
            €: euro/eura/eur/eura n; $: dolar/dolary/dolarů/dolaru; £: libra/libry/liber/libry f
            Kč,CZK: koruna/koruny/korun/koruny f
        """),
        months=tuple("ledna února března dubna května června července srpna září října listopadu prosince".split()),
        day="dotted",
    ),
    Locale(
        "sk",
        numbers="sk",
        agreement=agreement("f jeden=jedna dva=dve; n jeden=jedno dva=dve"),
        plural="czech",
        minus="mínus",
        point="celá",
        to="až",
        and_="a",
        web=("bodka", "lomka", "zavináč"),
        units=nouns("""
            %: percento/percentá/percent/percenta n; km: kilometer/kilometre/kilometrov/kilometra
            m: meter/metre/metrov/metra; cm: centimeter/centimetre/centimetrov/centimetra
            mm: milimeter/milimetre/milimetrov/milimetra; kg: kilogram/kilogramy/kilogramov/kilogramu
            g: gram/gramy/gramov/gramu; l: liter/litre/litrov/litra; ml: mililiter/mililitre/mililitrov/mililitra
            t: tona/tony/ton/tony f; °C: stupeň Celzia/stupne Celzia/stupňov Celzia/stupňa Celzia
            h,hod.: hodina/hodiny/hodín/hodiny f
            km/h: kilometer za hodinu/kilometre za hodinu/kilometrov za hodinu/kilometra za hodinu
            min: minúta/minúty/minút/minúty f; s: sekunda/sekundy/sekúnd/sekundy f
            MB: megabajt/megabajty/megabajtov/megabajtu; GB: gigabajt/gigabajty/gigabajtov/gigabajtu
        """),
        currencies=nouns("€: euro/eurá/eur/eura n; $: dolár/doláre/dolárov/dolára; £: libra/libry/libier/libry f"),
        months=tuple(
            "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra".split()
        ),
        day="dotted",
    ),
    Locale(
        "sl",
        numbers="sl",
        agreement=agreement("m ena=en dve=dva; n ena=eno"),
        plural="slovene",
        minus="minus",
        point="cela",
        to="do",
        and_="in",
        units=nouns("""
            %: odstotek/odstotka/odstotki/odstotkov; km: kilometer/kilometra/kilometri/kilometrov
            m: meter/metra/metri/metrov; cm: centimeter/centimetra/centimetri/centimetrov
            kg: kilogram/kilograma/kilogrami/kilogramov; g: gram/grama/grami/gramov; l: liter/litra/litri/litrov
            °C: stopinja Celzija/stopinji Celzija/stopinje Celzija/stopinj Celzija f; h: ura/uri/ure/ur f
            km/h: kilometer na uro/kilometra na uro/kilometri na uro/kilometrov na uro
            min: minuta/minuti/minute/minut f; s: sekunda/sekundi/sekunde/sekund f
            GB: gigabajt/gigabajta/gigabajti/gigabajtov
        """),
        currencies=nouns("€: evro/evra/evri/evrov; $: dolar/dolarja/dolarji/dolarjev; £: funt/funta/funti/funtov"),
        months=tuple(
            "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra".split()
        ),
        day="dotted",
    ),
    Locale(
        "sr",
        numbers="sr",
        limit=9,
        agreement=agreement("f jedan=jedna dva=dve; n jedan=jedno"),
        plural="east slavic",
        minus="minus",
        point="zapeta",
        percent="{} odsto",
        to="do",
        and_="i",
        units=nouns("""
            km: kilometar/kilometra/kilometara; m: metar/metra/metara; cm: centimetar/centimetra/centimetara
            kg: kilogram/kilograma/kilograma; g: gram/grama/grama; l: litar/litra/litara; h: sat/sata/sati
            °C: stepen Celzijusa/stepena Celzijusa/stepeni Celzijusa; min: minut/minuta/minuta
            km/h: kilometar na sat/kilometra na sat/kilometara na sat; s: sekunda/sekunde/sekundi f
            GB: gigabajt/gigabajta/gigabajta; MB: megabajt/megabajta/megabajta
        """),
        currencies=nouns("€: evro/evra/evra; $: dolar/dolara/dolara; £: funta/funte/funti f; RSD: dinar/dinara/dinara"),
        months=tuple(
            "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra".split()
        ),
    ),
    _CROATIAN,
    replace(
        _CROATIAN,
        code="bs",
        months=tuple(
            "januara februara marta aprila maja juna jula augusta septembra oktobra novembra decembra".split()
        ),
    ),
    Locale(
        "bg",
        to="до",
        and_="и",
        web=("точка", "наклонена черта", "кльомба"),
        units=nouns("""
            %: процент/процента; км,km: километър/километра; м,m: метър/метра; см: сантиметър/сантиметра
            мм: милиметър/милиметра; кг,kg: килограм/килограма; г,гр: грам/грама; л: литър/литра
            мл: милилитър/милилитра; т: тон/тона; °C: градус по Целзий/градуса по Целзий
            км/ч,km/h: километър в час/километра в час; ч: час/часа; мин: минута/минути f; сек: секунда/секунди f
            MB,МБ: мегабайт/мегабайта; GB,ГБ: гигабайт/гигабайта
        """),
        currencies=nouns("€: евро n; $: долар/долара; £: паунд/паунда; лв.,лв: лев/лева"),
        months=tuple("януари февруари март април май юни юли август септември октомври ноември декември".split()),
    ),
    Locale(
        "mk",
        to="до",
        and_="и",
        units=nouns(
            "%: процент/проценти; "
            "км,km: километар/километри; м: метар/метри; кг,kg: килограм/килограми; °C: степени Целзиусови"
        ),
        currencies=nouns("€: евро/евра n; $: долар/долари; ден.: денар/денари"),
    ),
)
