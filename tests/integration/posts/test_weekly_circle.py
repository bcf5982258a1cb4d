"""An ask for every week is spread over several neighbours, from the form to the talk they share."""

import pytest
from django.urls import reverse

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat.models import Conversation, Participant
from matching.asks import places_of
from matching.models import Invitation, Search
from matching.services import answer_invitation, start_search
from posts.models import Engagement, Post
from posts.services import change_post, copy_draft
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.matching import make_invitation
from tests.factories.posts import make_post
from tests.factories.residents import make_resident
from tests.integration.posts.asking import ready_sheet, send, shown, write_plan, write_words

pytestmark = pytest.mark.django_db
WEEKLY = {"timing": "weekly", "weekday": "1"}


@pytest.fixture
def helpers(zaanstad: Community) -> list[Resident]:
    return [make_resident(community=zaanstad) for _ in range(4)]


@pytest.fixture
def weekly(anna: Resident) -> Post:
    post = make_post(author=anna, timing=Post.Timing.WEEKLY, places=3)
    start_search(post=post)
    return post


def test_three_take_turns_unless_somebody_chooses_otherwise(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    second = write_words(client)
    assert 'value="3" selected' in shown(client, second).split('name="circle"')[1]

    check = write_plan(client, second, **WEEKLY, places="7")
    page = shown(client, check)
    assert "We zoeken 3 buren, om de beurt. Zo komt het niet op één iemand neer." in page
    assert "3 buren, om de beurt" in page
    send(client, check)
    assert Post.objects.get().slots.get().places == 3

    alone = shown(client, ready_sheet(client, **WEEKLY, circle="1"))
    assert "Elke week is veel voor één buur." in alone
    assert "om de beurt" not in alone


def test_number_of_who_takes_turns_is_judged_and_can_be_changed(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    send(client, ready_sheet(client, **WEEKLY, circle="4"))
    post = Post.objects.get()
    edit = reverse("posts:edit", args=[post.public_id])
    page = shown(client, edit)
    assert 'value="4" selected' in page.split('name="circle"')[1]

    plan = {"title": post.title, "text": post.text, "category": "transport", "on_behalf_of": "self"}
    plan |= {"visibility": "public", "reach": "town", **WEEKLY}
    refused = client.post(edit, {**plan, "circle": "40"})
    assert "Kies iets uit de lijst." in refused.content.decode()
    assert client.post(edit, {**plan, "circle": "2"}).status_code == 302
    assert post.slots.get().places == 2


def test_circle_of_another_moment_does_not_count(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    send(client, ready_sheet(client, circle="40", places="2"))

    assert Post.objects.get().slots.get().places == 2


def test_search_goes_on_until_three_said_yes_and_they_share_a_talk(
    client_for: ClientFor, weekly: Post, helpers: list[Resident]
) -> None:
    invitations = [make_invitation(post=weekly, helper=helper) for helper in helpers]
    asked = client_for(helpers[0]).get(reverse("matching:invitation", args=[invitations[0].public_id]))
    assert "3 buren, om de beurt" in asked.content.decode()
    # Each of the three is worth having: no wave waits for three yeses at once.
    assert places_of(weekly, weekly.slots.all()) == 1

    for number, (helper, invitation) in enumerate(zip(helpers[:3], invitations, strict=False), 1):
        assert answer_invitation(by=helper, invitation=invitation, answer="yes").outcome == "reserved"
        state = Search.objects.get(post=weekly).state
        assert state == (Search.State.RUNNING if number < 3 else Search.State.STOPPED)

    circle = Conversation.objects.get()
    assert circle.kind == Conversation.Kind.CIRCLE
    assert Participant.objects.filter(conversation=circle).count() == 4
    assert Invitation.objects.get(helper=helpers[3]).state == Invitation.State.WITHDRAWN
    assert answer_invitation(by=helpers[3], invitation=invitations[3], answer="yes").outcome == "full"


def test_who_only_asks_something_does_not_read_along(
    client_for: ClientFor, anna: Resident, weekly: Post, helpers: list[Resident]
) -> None:
    first, asks = helpers[:2]
    circle = answer_invitation(by=first, invitation=make_invitation(post=weekly, helper=first), answer="yes")
    question = make_invitation(post=weekly, helper=asks)
    alone = answer_invitation(by=asks, invitation=question, answer="question").conversation

    assert circle.conversation is not None and alone is not None
    assert alone.kind == Conversation.Kind.PAIR
    address = reverse("chat:conversation", args=[circle.conversation.public_id])
    assert client_for(asks).get(address).status_code == 404
    joined = answer_invitation(by=asks, invitation=question, answer="yes").conversation
    assert joined == circle.conversation
    assert client_for(asks).get(address).status_code == 200


def test_weekly_helper_can_give_the_turn_back(
    client_for: ClientFor, anna: Resident, weekly: Post, helpers: list[Resident]
) -> None:
    helper = helpers[0]
    talk = answer_invitation(by=helper, invitation=make_invitation(post=weekly, helper=helper), answer="yes")
    assert talk.conversation is not None
    place = Engagement.objects.get()
    client = client_for(helper)
    client.post(reverse("chat:agree", args=[talk.conversation.public_id]), {"plek": place.pk})
    page = client.get(reverse("chat:conversation", args=[talk.conversation.public_id])).content.decode()
    assert "om de beurt" in page
    assert page.count("nog vrij") == 2
    cancel = reverse("chat:cancel", args=[talk.conversation.public_id])
    assert cancel in page

    client.post(cancel, {"plek": place.pk})

    place.refresh_from_db()
    assert place.state == Engagement.State.CANCELLED
    assert Search.objects.get(post=weekly).state == Search.State.RUNNING
    assert weekly.slots.get().taken == 0


def test_fewer_people_than_thought_stops_the_search_at_once(
    client_for: ClientFor, weekly: Post, helpers: list[Resident], after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    first, waits = (make_invitation(post=weekly, helper=helper) for helper in helpers[:2])
    answer_invitation(by=helpers[0], invitation=first, answer="yes")
    Post.objects.filter(pk=weekly.pk).update(weekday=1)

    draft = copy_draft(Post.objects.get(pk=weekly.pk)).with_(places=1)
    with after_commit():
        change_post(by=weekly.author, post=weekly, draft=draft)
    run_jobs()

    assert Search.objects.get(post=weekly).state == Search.State.STOPPED
    waits.refresh_from_db()
    assert waits.state == Invitation.State.WITHDRAWN
