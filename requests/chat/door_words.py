"""Two easy Dutch words that both know, to check at the door: things everybody can say, hear and remember."""

import secrets

# Chosen by hand: short and friendly, known to a child and to somebody who learns Dutch.
_WORDS = """
aardbei aardappel agenda ananas anker appel appelboom armband auto avocado bakfiets ballon banaan
bank beker berg beuk bezem bij blad bloem bloempot boek boekenkast boerderij bol boom boot bord bos
braam brievenbus bril brood brug bus buurman cactus cake cirkel citroen citer clown dak deken
dennenboom doos dorp driehoek druif duif eekhoorn eend eiland ekster emmer ezel fiets fietsbel fluit
fontein framboos garage gans gieter giraf gitaar glas gras haan hamer handdoek handschoen haring
hark haven hazelnoot hert heuvel honing hoed hond huis iglo iris jas kaars kaas kabouter kameel
kanaal kano karper kasteel kastanje kat ketel kikker kip kiwi klaver klok klomp knoop koek koffer
koffie kompas konijn koning kopje kraan krant kroon kruik kussen kwast laars ladder lamp lammetje
lantaarn lepel lente limonade lucifer maan mand mango margriet markt meer meeuw melk merel meloen
mier molen muis mus muts muziek noot nest olifant olijf orgel otter paard paddenstoel palm
pannenkoek paraplu park parel peer pen penseel perzik piano pinda pinguin plant poes polder pompoen
pop potlood pruim radijs regenboog reiger ring rivier roos rugzak sinaasappel schaap schelp schip
schommel schoen sjaal slak sleutel sloot sneeuw soep spiegel spin ster stoel strand tafel tandem
taart theepot toren trap trein trommel tuin tulp uil veer vijver viool vis vlag vlinder vogel
vuurtoren walnoot wandeling wiel windmolen wolk wortel zand zebra zee zeilboot zon zonnebloem zwaan
"""
DOOR_WORDS = tuple(_WORDS.split())


def new_door_word() -> str:
    """Return two different words, drawn so that nobody can guess them."""
    first = secrets.choice(DOOR_WORDS)
    second = secrets.choice([word for word in DOOR_WORDS if word != first])
    return f"{first} {second}"
