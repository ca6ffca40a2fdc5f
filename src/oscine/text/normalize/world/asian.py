# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages of Asia and Africa.

Arabic, Hebrew and Thai leave figures to the engine although num2words knows their words: without vowel points
(or, in Thai, without a dictionary) the words come out as bare consonants, while engines read figures in full.
"""

from __future__ import annotations

from oscine.text.normalize.world.locale import Locale, nouns

LOCALES: tuple[Locale, ...] = (
    Locale(
        "ar",
        decimal=".",
        group=",",
        plural="arabic",
        percent="{} بالمئة",
        to="إلى",
        and_="و",
        units=nouns("""
            km,كم: كيلومتر/كيلومترات; m,م: متر/أمتار; cm,سم: سنتيمتر/سنتيمترات; mm,مم: مليمتر/مليمترات
            kg,كغ,كجم: كيلوغرام/كيلوغرامات; g,غ: غرام/غرامات; l: لتر/لترات; °C: درجة مئوية/درجات مئوية
            km/h: كيلومتر في الساعة/كيلومترات في الساعة; min: دقيقة/دقائق; MB: ميغابايت; GB: غيغابايت
        """),
        currencies=nouns("€: يورو; $: دولار/دولارات; £: جنيه إسترليني/جنيهات إسترلينية; ¥: ين"),
        months=tuple("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()),
    ),
    Locale(
        "he",
        decimal=".",
        group=",",
        percent="{} אחוז",
        to="עד",
        units=nouns("""
            km,ק"מ: קילומטר/קילומטרים; m: מטר/מטרים; cm,ס"מ: סנטימטר/סנטימטרים; kg,ק"ג: קילוגרם/קילוגרמים
            g: גרם/גרמים; l: ליטר/ליטרים; °C: מעלה צלזיוס/מעלות צלזיוס; km/h,קמ"ש: קילומטר לשעה/קילומטרים לשעה
            MB: מגהבייט; GB: גיגהבייט
        """),
        currencies=nouns("₪: שקל/שקלים; €: אירו; $: דולר/דולרים; £: לירה שטרלינג"),
        months=tuple("בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר".split()),
    ),
    Locale(
        "fa",
        numbers="fa",
        decimal=".",
        group=",",
        minus="منفی",
        point="ممیز",
        percent="{} درصد",
        to="تا",
        and_="و",
        web=("نقطه", "اسلش", "ات"),
        units=nouns("""
            km,کیلومتر: کیلومتر; m: متر; cm: سانتی‌متر; mm: میلی‌متر; kg: کیلوگرم; g: گرم; l: لیتر; ml: میلی‌لیتر
            °C: درجه سانتی‌گراد; °: درجه; km/h: کیلومتر بر ساعت; h: ساعت; min: دقیقه; s: ثانیه; MB: مگابایت
            GB: گیگابایت
        """),
        currencies=nouns("€: یورو; $: دلار; £: پوند; ¥: ین; ﷼: ریال"),
        months=tuple("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split()),
    ),
    Locale(
        "ur",
        decimal=".",
        group=",",
        percent="{} فیصد",
        to="سے",
        units=nouns("km: کلومیٹر; m: میٹر; kg: کلوگرام; g: گرام; l: لیٹر"),
    ),
    Locale(
        "hi",
        decimal=".",
        group=",",
        percent="{} प्रतिशत",
        to="से",
        and_="और",
        units=nouns("""
            km,किमी: किलोमीटर; m: मीटर; cm,सेमी: सेंटीमीटर; mm: मिलीमीटर; kg,किग्रा: किलोग्राम; g: ग्राम; mg: मिलीग्राम
            l: लीटर; ml: मिलीलीटर; °C: डिग्री सेल्सियस; °: डिग्री; km/h: किलोमीटर प्रति घंटा; h: घंटा/घंटे; min: मिनट
            s: सेकंड; MB: मेगाबाइट; GB: गीगाबाइट; kW: किलोवाट; V: वोल्ट
        """),
        currencies=nouns("₹: रुपया/रुपये; €: यूरो; $: डॉलर; £: पाउंड; ¥: येन"),
        months=tuple("जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split()),
    ),
    Locale(
        "mr",
        decimal=".",
        group=",",
        percent="{} टक्के",
        to="ते",
        and_="आणि",
        units=nouns(
            "km,किमी: किलोमीटर; m: मीटर; cm: सेंटीमीटर; kg: किलोग्रॅम; g: ग्रॅम; l: लिटर; °C: अंश सेल्सिअस; GB: गिगाबाइट"
        ),
        currencies=nouns("₹: रुपया/रुपये; $: डॉलर; €: युरो"),
    ),
    Locale(
        "ne",
        decimal=".",
        group=",",
        percent="{} प्रतिशत",
        to="देखि",
        and_="र",
        units=nouns("km: किलोमिटर; m: मिटर; cm: सेन्टिमिटर; kg: किलोग्राम; g: ग्राम; l: लिटर; °C: डिग्री सेल्सियस"),
        currencies=nouns("$: डलर; €: युरो; रु: रुपैयाँ"),
    ),
    Locale(
        "bn",
        numbers="bn",
        decimal=".",
        group=",",
        limit=12,
        minus="মাইনাস",
        point="দশমিক",
        reads_fraction_whole=False,
        percent="{} শতাংশ",
        to="থেকে",
        and_="এবং",
        units=nouns("""
            km,কিমি: কিলোমিটার; m: মিটার; cm: সেন্টিমিটার; mm: মিলিমিটার; kg,কেজি: কিলোগ্রাম; g: গ্রাম; l: লিটার
            ml: মিলিলিটার; °C: ডিগ্রি সেলসিয়াস; km/h: কিলোমিটার প্রতি ঘণ্টা; h: ঘণ্টা; min: মিনিট; MB: মেগাবাইট
            GB: গিগাবাইট
        """),
        currencies=nouns("৳: টাকা; ₹: রুপি; €: ইউরো; $: ডলার; £: পাউন্ড"),
        months=tuple("জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর".split()),
    ),
    Locale(
        "gu",
        decimal=".",
        group=",",
        percent="{} ટકા",
        to="થી",
        and_="અને",
        units=nouns("km: કિલોમીટર; m: મીટર; cm: સેન્ટીમીટર; kg: કિલોગ્રામ; g: ગ્રામ; l: લિટર; °C: ડિગ્રી સેલ્સિયસ"),
        currencies=nouns("₹: રૂપિયો/રૂપિયા; $: ડૉલર; €: યુરો"),
    ),
    Locale(
        "pa",
        decimal=".",
        group=",",
        percent="{} ਫ਼ੀਸਦੀ",
        to="ਤੋਂ",
        and_="ਅਤੇ",
        units=nouns("km: ਕਿਲੋਮੀਟਰ; m: ਮੀਟਰ; kg: ਕਿਲੋਗ੍ਰਾਮ; g: ਗ੍ਰਾਮ; l: ਲੀਟਰ"),
        currencies=nouns("₹: ਰੁਪਿਆ/ਰੁਪਏ; $: ਡਾਲਰ"),
    ),
    Locale(
        "ta",
        decimal=".",
        group=",",
        percent="{} சதவீதம்",
        to="முதல்",
        and_="மற்றும்",
        units=nouns("""
            km,கிமீ: கிலோமீட்டர்; m: மீட்டர்; cm: சென்டிமீட்டர்; kg,கிலோ: கிலோகிராம்; g: கிராம்; l: லிட்டர்; °C: டிகிரி செல்சியஸ்
            min: நிமிடம்/நிமிடங்கள்; MB: மெகாபைட்; GB: ஜிகாபைட்
        """),
        currencies=nouns("₹: ரூபாய்; €: யூரோ; $: டாலர்; £: பவுண்டு"),
        months=tuple("ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்".split()),
    ),
    Locale(
        "te",
        numbers="te",
        decimal=".",
        group=",",
        limit=7,
        minus="మైనస్",
        point="పాయింట్",
        reads_fraction_whole=False,
        percent="{} శాతం",
        to="నుండి",
        and_="మరియు",
        units=nouns("""
            km,కి.మీ.: కిలోమీటర్/కిలోమీటర్లు; m: మీటర్/మీటర్లు; cm: సెంటీమీటర్/సెంటీమీటర్లు; kg: కిలో/కిలోలు
            g: గ్రాము/గ్రాములు; l: లీటర్/లీటర్లు; °C: డిగ్రీల సెల్సియస్; min: నిమిషం/నిమిషాలు; GB: గిగాబైట్లు
        """),
        currencies=nouns("₹: రూపాయి/రూపాయలు; €: యూరో/యూరోలు; $: డాలర్/డాలర్లు"),
        months=tuple("జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్".split()),
    ),
    Locale(
        "kn",
        numbers="kn",
        decimal=".",
        group=",",
        limit=5,
        point="ಬಿಂದು",
        reads_fraction_whole=False,
        percent="ಶೇಕಡಾ {}",
        and_="ಮತ್ತು",
        units=nouns("km: ಕಿಲೋಮೀಟರ್; m: ಮೀಟರ್; kg: ಕಿಲೋಗ್ರಾಂ; g: ಗ್ರಾಂ; l: ಲೀಟರ್; °C: ಡಿಗ್ರಿ ಸೆಲ್ಸಿಯಸ್"),
        currencies=nouns("₹: ರೂಪಾಯಿ; $: ಡಾಲರ್; €: ಯೂರೋ"),
    ),
    Locale(
        "ml",
        decimal=".",
        group=",",
        percent="{} ശതമാനം",
        to="മുതൽ",
        units=nouns("km: കിലോമീറ്റർ; m: മീറ്റർ; cm: സെന്റിമീറ്റർ; kg: കിലോഗ്രാം; g: ഗ്രാം; l: ലിറ്റർ; °C: ഡിഗ്രി സെൽഷ്യസ്"),
        currencies=nouns("₹: രൂപ; $: ഡോളർ; €: യൂറോ"),
    ),
    Locale(
        "id",
        numbers="id",
        minus="minus",
        point="koma",
        reads_fraction_whole=False,
        percent="{} persen",
        to="sampai",
        and_="dan",
        web=("titik", "garis miring", "at"),
        units=nouns("""
            km: kilometer; m: meter; cm: sentimeter; mm: milimeter; m²: meter persegi; km²: kilometer persegi
            m³: meter kubik; kg: kilogram; g,gr: gram; mg: miligram; t: ton; l,L: liter; ml: mililiter
            km/jam,km/h: kilometer per jam; °C: derajat Celsius; °: derajat; jam: jam; menit: menit; s: detik
            KB: kilobita; MB: megabita; GB: gigabita; TB: terabita; kHz: kilohertz; MHz: megahertz; GHz: gigahertz
            W: watt; kW: kilowatt; V: volt
        """),
        currencies=nouns("Rp: rupiah; IDR: rupiah; €: euro; $: dolar; £: pound; ¥: yen"),
        months=tuple("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()),
    ),
    Locale(
        "ms",
        decimal=".",
        group=",",
        percent="{} peratus",
        to="hingga",
        and_="dan",
        units=nouns("""
            km: kilometer; m: meter; cm: sentimeter; mm: milimeter; kg: kilogram; g: gram; l: liter; ml: mililiter
            km/j,km/h: kilometer sejam; °C: darjah Celsius; °: darjah; MB: megabait; GB: gigabait
        """),
        currencies=nouns("RM: ringgit; €: euro; $: dolar; £: paun; ¥: yen"),
        months=tuple("Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember".split()),
    ),
    Locale(
        "fil",
        decimal=".",
        group=",",
        percent="{} porsiyento",
        to="hanggang",
        and_="at",
        units=nouns(
            "km: kilometro; m: metro; cm: sentimetro; kg: kilo; g: gramo; l: litro; km/h: kilometro bawat oras"
        ),
        currencies=nouns("₱: piso; $: dolyar; €: euro"),
        order="mdy",
    ),
    Locale(
        "sw",
        decimal=".",
        group=",",
        percent="asilimia {}",
        to="hadi",
        and_="na",
        units=nouns("km: kilomita; m: mita; cm: sentimita; kg: kilo; g: gramu; l: lita; °C: nyuzi za Selsiasi"),
    ),
    Locale(
        "vi",
        numbers="vi",
        limit=12,
        minus="âm",
        point="phẩy",
        percent="{} phần trăm",
        to="đến",
        and_="và",
        web=("chấm", "gạch chéo", "a còng"),
        units=nouns("""
            km: ki lô mét; m: mét; cm: xen ti mét; mm: mi li mét; m²: mét vuông; km²: ki lô mét vuông; m³: mét khối
            kg: ki lô gam; g: gam; mg: mi li gam; l,L: lít; ml: mi li lít; km/h: ki lô mét trên giờ; °C: độ C; °: độ
            h: giờ; s: giây; KB: ki lô bai; MB: mê ga bai; GB: gi ga bai; kW: ki lô oát; V: vôn
        """),
        currencies=nouns("₫,đ,VND,VNĐ: đồng; €: ơ rô; $: đô la; £: bảng; ¥: yên"),
        date="{d} tháng {m} năm {y}",
        clock="{h} giờ {m} phút",
        oclock="{h} giờ",
    ),
    Locale(
        "th",
        decimal=".",
        group=",",
        percent="{} เปอร์เซ็นต์",
        to="ถึง",
        units=nouns("""
            km,กม.: กิโลเมตร; m,ม.: เมตร; cm,ซม.: เซนติเมตร; mm: มิลลิเมตร; kg,กก.: กิโลกรัม; g: กรัม; l: ลิตร
            ml: มิลลิลิตร; km/h,กม./ชม.: กิโลเมตรต่อชั่วโมง; °C: องศาเซลเซียส; °: องศา; MB: เมกะไบต์; GB: กิกะไบต์
        """),
        currencies=nouns("฿: บาท; €: ยูโร; $: ดอลลาร์; £: ปอนด์; ¥: เยน"),
        months=tuple("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()),
    ),
    Locale(
        "ko",
        numbers="ko",
        decimal=".",
        group=",",
        minus="마이너스",
        point="점",
        reads_fraction_whole=False,
        percent="{} 퍼센트",
        to="에서",
        web=("점", "슬래시", "골뱅이"),
        units=nouns("""
            km: 킬로미터; m: 미터; cm: 센티미터; mm: 밀리미터; m²: 제곱미터; km²: 제곱킬로미터; kg: 킬로그램
            g: 그램; mg: 밀리그램; t: 톤; l,L: 리터; ml,mL: 밀리리터; km/h: 킬로미터 퍼 아워; °C: 도; °: 도
            KB: 킬로바이트; MB: 메가바이트; GB: 기가바이트; TB: 테라바이트; Hz: 헤르츠; MHz: 메가헤르츠
            GHz: 기가헤르츠; W: 와트; V: 볼트
        """),
        currencies=nouns("₩: 원; €: 유로; $: 달러; £: 파운드; ¥: 엔"),
        date="{y}년 {m}월 {d}일",
        order="ymd",
        clock="{h}시 {m}분",
        oclock="{h}시",
    ),
    Locale(
        "ja",
        numbers="ja",
        decimal=".",
        group=",",
        minus="マイナス",
        point="てん",
        reads_fraction_whole=False,
        percent="{}パーセント",
        to="から",
        web=("ドット", "スラッシュ", "アットマーク"),
        glue="",
        units=nouns("""
            km: キロメートル; m: メートル; cm: センチメートル; mm: ミリメートル; m²: へいほうメートル
            kg: キログラム; g: グラム; mg: ミリグラム; t: トン; l,L: リットル; ml,mL: ミリリットル
            km/h: キロメートル毎時; °C,℃: ど; °: ど; KB: キロバイト; MB: メガバイト; GB: ギガバイト; TB: テラバイト
            Hz: ヘルツ; MHz: メガヘルツ; GHz: ギガヘルツ; W: ワット; V: ボルト
        """),
        currencies=nouns("¥,￥,円: えん; €: ユーロ; $: ドル; £: ポンド; ₩: ウォン"),
        date="{y}ねん{m}がつ{d}にち",
        order="ymd",
        clock="{h}じ{m}ふん",
        oclock="{h}じ",
    ),
    Locale(
        "zh",
        decimal=".",
        group=",",
        percent="百分之{}",
        to="到",
        and_="和",
        glue="",
        units=nouns("""
            km: 公里; m: 米; cm: 厘米; mm: 毫米; m²: 平方米; km²: 平方公里; m³: 立方米; kg: 公斤; g: 克; mg: 毫克
            t: 吨; l,L: 升; ml,mL: 毫升; km/h: 公里每小时; °C,℃: 摄氏度; °: 度; min: 分钟; s: 秒; KB: KB; W: 瓦
            kW: 千瓦; V: 伏
        """),
        currencies=nouns("¥,￥: 元; €: 欧元; $: 美元; £: 英镑; ₩: 韩元"),
        date="{y}年{m}月{d}日",
        order="ymd",
        clock="{h}点{m}分",
        oclock="{h}点",
    ),
    Locale(
        "am", numbers="am", decimal=".", group=",", limit=6, point="ነጥብ", reads_fraction_whole=False, percent="{} በመቶ"
    ),
    Locale("tet", numbers="tet", limit=9, minus="menus", point="vírgula", percent="porsentu {}"),
)
