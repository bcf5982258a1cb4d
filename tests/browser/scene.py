"""A street in the middle of its life, for tests that look at every page: rows from the factories, addresses by name."""

from datetime import timedelta

from django.utils import timezone

from buurt.communities.border_offers import offer_share
from buurt.communities.borders import share_areas
from buurt.communities.categories import Category
from buurt.communities.models import Community
from buurt.moderation.models import Report
from buurt.residents.models import Resident
from chat.models import Appointment
from chat.services import agree, invite_guest, join_as_guest, open_conversation, send_message, take_date, write_handover
from chat.services.turns import coming_dates
from matching.links import path_for
from matching.models import Invitation, Search
from notifications.models import Delivery
from posts.models import Engagement, Post, Slot
from tests.factories.chat import make_appointment, make_conversation, make_message
from tests.factories.communities import make_community
from tests.factories.matching import make_factor, make_invitation, make_search, make_wave
from tests.factories.moderation import make_decision, make_report
from tests.factories.notifications import make_delivery
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_block, make_helper

ASKS = (
    (Category.GARDEN, "Wie kan ons gras maaien?", "Ons gras staat kniehoog. Wie heeft een grasmaaier en een uurtje?"),
    (
        Category.COMPANY,
        "Wie drinkt een kopje koffie mee?",
        "Ik ben vaak alleen. Een uurtje praten bij de koffie is fijn.",
    ),
    (Category.ADMIN, "Hulp bij een brief van de bank", "Ik begrijp de brief niet goed. Wie leest hem met mij door?"),
)
OFFERING = "Een lekkende kraan, een plank of een lamp: ik heb gereedschap en kom graag."
SORTING = "Er ligt een stapel post. Wie kijkt met mij wat ik moet bewaren?"
RIDING = "Ik moet donderdag om tien uur in het ziekenhuis zijn. Ik loop met een rollator."
COOKING = "Ik ben net geopereerd en kan nog niet lang staan. Wie kookt er een avond voor mij?"
WALKING = "Saar is een rustige hond van elf. Een rondje van twintig minuten is genoeg."
EVENING = {
    Category.TRANSPORT: ("Wie brengt mij naar het koor?", "Het koor zingt in het wijkcentrum. Terug kan ik meerijden."),
    Category.GROCERIES: (
        "Wie haalt boodschappen voor mij?",
        "Ik heb de griep. Het zijn een paar dingen van de winkel.",
    ),
    Category.REPAIRS: ("Wie hangt een lamp op?", "De lamp ligt klaar. Ik durf zelf de ladder niet meer op."),
}


def set_scene(*, zaanstad: Community, anna: Resident, bilal: Resident, dirk: Resident) -> dict[str, str]:
    """Fill the street; return the names that addresses are made with."""
    now = timezone.now()
    names: dict[str, str] = {}
    for number, (kind, title, text) in enumerate(ASKS):
        make_post(author=dirk, category=kind, title=title, text=text, published_at=now - timedelta(days=number * 2))
    offer = make_post(
        author=bilal,
        kind=Post.Kind.OFFER,
        category=Category.REPAIRS,
        title="Ik help met klusjes",
        text=OFFERING,
        places=3,
    )
    names["offer"] = offer.public_id
    names |= _asked(zaanstad, anna, bilal)
    names |= _talked(anna, bilal)
    names |= _moderated(zaanstad, anna, dirk)
    names["desk"] = _at_the_desk(anna)
    _over_the_border(zaanstad)
    stranger = make_helper(community=zaanstad, name="Gerard", kinds=(Category.PETS,))
    make_block(blocker=anna, blocked=stranger)
    return names


def _over_the_border(zaanstad: Community) -> None:
    """Three areas of a neighbouring town: one is shared, one was offered to us, one we offered."""
    points = {"Heemskerk-Oost": {"1967": (52.5080, 4.6880)}, "Commandeurs": {"1965": (52.5134, 4.6674)}}
    town = make_community(slug="heemskerk", name="Heemskerk", areas=points)
    east, west = town.areas.order_by("order")
    there = make_helper(community=town, name="Ineke", kinds=(Category.PETS,), postcode="1967")
    make_post(author=there, category=Category.PETS, title="Wie laat mijn hond uit?", text=WALKING)
    here = {area.slug: area for area in zaanstad.areas.all()}
    share_areas(by=None, one=here["krommenie"], other=east)
    offer_share(by=None, one=west, other=here["krommenie"])
    offer_share(by=None, one=here["assendelft"], other=east)


def _asked(zaanstad: Community, anna: Resident, bilal: Resident) -> dict[str, str]:
    """An ask that three neighbours were asked for: one could not, two are thinking."""
    now = timezone.now()
    ask = make_post(author=anna, published_at=now - timedelta(hours=5))
    search = make_search(post=ask, next_wave_at=now + timedelta(hours=3), started_at=now - timedelta(hours=5))
    wave = make_wave(search=search, sent_at=now - timedelta(hours=5))
    invitation = make_invitation(post=ask, helper=bilal, wave=wave)
    make_invitation(post=ask, helper=make_helper(community=zaanstad), wave=wave)
    make_invitation(post=ask, helper=make_helper(community=zaanstad), wave=wave, state="answered", answer="no")
    make_factor(helper=bilal, factor=1.3)
    names = {"ask": ask.public_id, "invitation": str(invitation.public_id), "link": path_for(invitation, "yes")[1:]}
    return names | {"evening": _asked_for_an_evening(zaanstad, bilal)}


def _asked_for_an_evening(zaanstad: Community, bilal: Resident) -> str:
    """An ask for Tuesday evening that carries three more, with the reasons a wave gives."""
    evening = timezone.localtime().replace(hour=19, minute=30, second=0, microsecond=0)
    evening += timedelta(days=7 + (1 - evening.weekday()) % 7)
    kinds = (Category.TRANSPORT, Category.GROCERIES, Category.REPAIRS, Category.TRANSPORT)
    head = None
    for kind in kinds:
        author = make_helper(community=zaanstad, kinds=(Category.PETS,))
        title, text = EVENING[kind]
        post = make_post(author=author, category=kind, title=title, text=text)
        if head is None:
            Slot.objects.filter(post=post).update(starts_at=evening)
        wave = make_wave(search=make_search(post=post, next_wave_at=timezone.now() + timedelta(hours=2)), asked=2)
        one = make_invitation(post=post, helper=bilal, wave=wave)
        reasons = {"starts_at": evening.isoformat(), "said_time": True, "asked_lately": 1, "asks_a_month": 5}
        Invitation.objects.filter(pk=one.pk).update(reasons=reasons, carried_by=head)
        head = head or one
    assert head is not None
    return str(head.public_id)


def _at_the_desk(anna: Resident) -> str:
    """An ask that waits for the team's help: Anna lets them look along."""
    post = make_post(author=anna, category=Category.ADMIN, title="Samen de post op orde brengen", text=SORTING)
    Post.objects.filter(pk=post.pk).update(broker_consent=True)
    search = make_search(post=post, state=Search.State.BROKER, started_at=timezone.now() - timedelta(days=2))
    numbers = {"km": 1.4, "chance": 0.12, "price": 0.01, "recent": 0.4, "helps": 1, "extras": 0}
    log = {"fitting": 9, "chosen": [numbers, numbers | {"km": 2.2}], "passed": [numbers | {"km": 5.1, "recent": 2.1}]}
    wave = make_wave(search=search, asked=2)
    wave.log = log
    wave.save()
    return post.public_id


def _talked(anna: Resident, bilal: Resident) -> dict[str, str]:
    """Three talks of Anna and Bilal: just reserved, agreed for over two days, and one that is over."""
    now = timezone.now()
    half_past_nine = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)
    talks = {}
    for name, state, at in (
        ("reserved", Engagement.State.RESERVED, None),
        ("talk", Engagement.State.AGREED, half_past_nine + timedelta(days=2)),
        ("over", Engagement.State.AGREED, now - timedelta(days=1)),
    ):
        post = make_post(author=anna, title="Wie rijdt mij naar het ziekenhuis?", text=RIDING)
        place = make_engagement(post=post, helper=bilal, state=state)
        conversation = make_conversation(post=post, helper=bilal)
        make_message(conversation=conversation, sender=bilal, text="Dag Anna, ik heb een ruime auto.")
        make_message(conversation=conversation, sender=anna, text="Wat fijn! Ik sta om half tien klaar.")
        if at is not None:
            moment = make_appointment(
                conversation=conversation,
                engagement=place,
                proposed_by=bilal,
                state=Appointment.State.AGREED,
                starts_at=at,
            )
            make_delivery(resident=anna, kind="appointment_agreed", facts={"appointment": moment.pk})
        else:
            make_delivery(resident=anna, kind="place_reserved", facts={"engagement": place.pk})
        talks[name] = conversation.public_id
    Delivery.objects.filter(kind="appointment_agreed").update(read_at=now)
    return talks | {"circle": _circle(anna, bilal), "weekly": _weekly(anna, bilal)}


def _weekly(anna: Resident, bilal: Resident) -> str:
    """An ask for every week that two take turns for: one date is Bilal's, one of the other."""
    post = make_post(author=anna, category=Category.COMPANY, title="Iemand om mee te wandelen", places=3)
    Post.objects.filter(pk=post.pk).update(timing=Post.Timing.WEEKLY, weekday=1)
    assert anna.community is not None
    other = make_helper(community=anna.community, name="Els", kinds=(Category.PETS,))
    post = Post.objects.get(pk=post.pk)
    circle = None
    for week, helper in enumerate((bilal, other)):
        make_engagement(post=post, helper=helper, state=Engagement.State.AGREED)
        circle = open_conversation(post=post, helper=helper)
        take_date(by=helper, conversation=circle, day=coming_dates(post, now=timezone.now())[week])
    assert circle is not None
    return circle.public_id


def _circle(anna: Resident, bilal: Resident) -> str:
    """A rota's circle: Bilal comes one evening, the others are free; somebody of the team talks along."""
    post = make_post(author=anna, title="Eten op drie avonden", text=COOKING, category=Category.COOKING)
    first = timezone.now() + timedelta(days=1)
    Slot.objects.filter(post=post).delete()
    Slot.objects.bulk_create([Slot(post=post, starts_at=first + timedelta(days=day)) for day in range(3)])
    place = make_engagement(post=post, helper=bilal)
    circle = open_conversation(post=post, helper=bilal)
    agree(by=anna, conversation=circle, engagement_id=place.pk)
    write_handover(by=bilal, conversation=circle, text="De sleutel ligt bij de buren.", seen="")
    guest = Resident.objects.create_user("gast@example.org", display_name="Dounia", community=anna.community)
    join_as_guest(by=guest, invite=invite_guest(by=anna, conversation=circle))
    send_message(by=guest, conversation=circle, text="Dag! Ik ben de dochter van Anna. Kijk op www.voorbeeld.nl")
    return circle.public_id


def _moderated(zaanstad: Community, anna: Resident, dirk: Resident) -> dict[str, str]:
    """One report that waits, and one that was decided."""
    hidden = make_post(author=anna, title="Bel mij op 06", hidden_at=timezone.now())
    waits = make_report(community=zaanstad, subject_key=make_post(author=anna).public_id, reason=Report.Reason.PRIVACY)
    over = make_report(community=zaanstad, subject_key=hidden.public_id, state=Report.State.DECIDED)
    decision = make_decision(report=over, decided_by=dirk, author=anna)
    return {"hidden": hidden.public_id, "report": str(waits.pk), "decision": str(decision.pk)}
