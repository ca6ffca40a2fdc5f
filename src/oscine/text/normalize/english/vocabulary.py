# SPDX-License-Identifier: GPL-3.0-or-later
"""Common words, for reading names that are written as one: "elevenlabs" → "eleven labs"."""

from __future__ import annotations

WORDS = frozenset(
    """
    able about above academy access account action active ad add adventure after agency agent air alarm album alert
    all alpha always amazing american and animal another answer any app apple apps april archive area arena arm army
    around art article artist artists arts ask asset atlas attack auction audio august author auto autumn avenue award
    baby back bad bag ball band bank bar base basket bath bay be beach bear beat beauty bed beer before bell best beta
    better big bike bill bird birth birthday bit black blaze block blog blood blue board boat body bold bolt book books
    boost boot boss bot bottle bottom bowl box boy boys brain brand bread break bridge bright bring broad bubble bucket
    budget bug build builder bull bus business buy buzz cake call calm camera camp campus can cancer candy car card
    cards care career cart case cash cast castle cat catalog catch cats cause center central century chain chair
    challenge change channel chart chat cheap check chef chess chicken child children choice church cinema circle
    city clean clear click client climate clinic clip clock cloud club coach coast code coder codes coffee coin cold
    college color come comic common community company compare connect console contact content control cook cookie
    cool copy core corner cost country course court cover craft crazy create creative credit crew cross crowd crypto
    cup current cut cycle daily dance dark dash data date dating day days deal deals dear debt deck deep delta demo
    design desk detail dev developer device diary diet digital direct discovery disk doc docs doctor dog dogs dollar
    domain door double down download dragon draw dream dress drink drive driver drop duck early earth ease east easy
    eat echo eco edge edit editor education egg eight electric element eleven email emerald empire end energy engine
    english enter event events ever every exchange expert experts explore express eye face fact factory fair family
    fan farm fashion fast father favorite fear feature feed feel festival field fight file films film final finance
    find fine fire first fish fit fitness five fix flag flash flat fleet flex flight flip floor flow flower fly focus
    food foot football for force forest forge forever fork form forum forward found four fox frame free freedom fresh
    friday friend friends from front fruit full fun fund funny future galaxy gallery game gamer games gaming garage
    garden gas gate gear general genius get gift girl girls give glass global go goal gold golden golf good grand
    graph gray great green grid ground group grow growth guard guide guitar gun guy hack hacker hair half hall hand
    happy hard hat have head health heart heat heavy hello help here hero high hill hire history hit hobby holiday
    home honest honey hope horizon horse hospital host hosting hot hotel hotels house how hub hunt hunter ice icon idea
    ideas image impact in index info ink inside insight insta instant inter into invest iron island it jam jazz
    jet job jobs joe john join joy judge juice july jump june junior just keep key kid kids kind king kit kitchen know
    lab labs lady lake lamp land language laser last late launch law layer lead leader league leaf learn learning left
    legal legend level library life lift light like lime line link lion list listen little live living load loan local
    lock log logic long look loop lost love low luck lucky lunch machine mad made magic mail main make maker man
    manage manager map march mark market master match math matter max maze me meal media medical meet memory men menu
    meta method metro micro mid mile milk mind mine mini minute mirror mobile mode model modern moment monday money
    monitor monkey month moon more morning most mother motion motor mountain mouse move movie movies museum music my
    mystery name nation national native nature near net network never new news next night nine node north note notes
    nova now number nurse ocean off offer office official oil old on one online only open option orange orbit order
    organic our out outside over own pack page pages paint pal palace panda panel paper paradise parent park part
    party pass past path pay peace pen people perfect personal pet pets phone photo photos phrase physics piano pick
    picture pin ping pink pipe pirate pixel pizza place plan planet plant play player plus pocket podcast point poker
    pool pop port portal post power premium press price prime print pro product profile program project public pulse
    pump punk pure push puzzle quality quantum queen quest question quick quiet quiz race radar radio rail rain
    rainbow ranch random rapid rate raw reach react read reader ready real record recipe recipes red rent repair report
    rescue research resort rest review reviews rice rich ride right ring rise river road robot rock rocket room root
    rose round route royal ruby run running rush safe sail sale sales salon salt sand saturday save say school science
    scope score scout script sea search season second secret secure security see seed self sell send senior series
    serve server service services set seven shadow shape share shark sharp she shelf shield shift shine ship shirt
    shoe shop shopping short show side sign silent silver simple singer single site six skill skills skin sky sleep
    slice slim small smart smile smith snap snow social soft software solar sold solution song songs sonic soul sound
    soup source south space spark speak special speech speed spirit sport sports spot spring square stack staff stage
    star stars start state station status stay steam steel step stock stone stop storage store storm story strategy
    stream street strong student studio study stuff style success sugar summer summit sun sunday sunset super supply
    support sure surf survey sweet swift swim switch system table tag take talent talk talks tank tap target task taste
    tax taxi tea teach teacher team tech technology ted teen ten tennis test text thank thanks that the theater their
    them theme there they thing things think third this thread three throw throwback thunder thursday ticket tiger time
    times tiny tip tips titan to today together token tool tools top total touch tour tower town toy toys track trade
    trading trail train training transfer transit travel tree trend trip truck true trust truth try tube tuesday turbo
    turn twin two under union unit united unity university up update upload us user value vault vegan venture verse
    very vibe vibes victory video videos view village vintage vision visit visual voice voices volt vote voyage walk
    wall wallet war watch water wave way we wealth wear weather web wedding wednesday week weekend welcome well west
    what wheel where white who wide wife wiki wild will win wind window wine wing winner winter wire wise wish with
    wolf woman women wonder wood word words work worker workout works workshop world worlds write writer yard year
    years yellow yes yoga you young your youth zen zero zone zoo
    facebook youtube linkedin github gitlab wikipedia microsoft google amazon instagram twitter reddit netflix
    huggingface stackoverflow
    """.split()
)
_LONGEST = max(map(len, WORDS))


def split_compound(name: str) -> str:
    """The words that `name` (lower case, at most 40 letters) is made of, with spaces; `name` itself if unsure.

    The fewest words win; every letter must belong to one. Cost: O(len × longest word).
    """
    if len(name) > 40 or name in WORDS:
        return name
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(name) + 1):
        found: tuple[str, ...] | None = None
        for start in range(max(0, end - _LONGEST), end - 1):
            words = best[start]
            if words is not None and name[start:end] in WORDS and (found is None or len(words) + 1 < len(found)):
                found = (*words, name[start:end])
        best.append(found)
    return " ".join(best[-1]) if best[-1] else name
