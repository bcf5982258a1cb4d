"""Fill the database of a benchmark with pairs of neighbours who talk, all logged in. Run with the site's settings.

python -m tools.bench._chat_people PAIRS   prints one JSON list: [cookie, conversation, resident id] for each person
"""

import json
import os
import sys


def main(pairs: int) -> None:
    """Make two people, a post and a conversation for each pair, in a few statements."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from buurt.communities.models import Area, Community
    from buurt.ledger.sealing import new_sealed_key
    from buurt.residents.models import Resident
    from chat.models import Conversation, Participant
    from posts.models import Post

    now = timezone.now()
    place = Community.objects.create(slug="bench", name="Bench")
    area = Area.objects.create(community=place, name="Midden", slug="midden")
    people = Resident.objects.bulk_create(
        [
            Resident(email=f"buur{n}@bench.example", display_name=f"Buur {n}", community=place, area=area, password="!")  # noqa: S106
            for n in range(pairs * 2)
        ]
    )
    posts = Post.objects.bulk_create(
        [
            Post(author=asker, community=place, area=area, cell=0, category="transport", state="open", published_at=now)
            for asker in people[::2]
        ]
    )
    talks = Conversation.objects.bulk_create(
        [
            Conversation(post=post, helper=helper, sealed_key=new_sealed_key())
            for post, helper in zip(posts, people[1::2], strict=True)
        ]
    )
    Participant.objects.bulk_create(
        [
            Participant(conversation=talks[n // 2], resident=person, role=("asker", "helper")[n % 2])
            for n, person in enumerate(people)
        ]
    )
    cookies = sessions(people)
    print(json.dumps([[cookies[n], talks[n // 2].public_id, person.pk] for n, person in enumerate(people)]))


def sessions(people: list) -> list[str]:  # type: ignore[type-arg] # Django is not there yet when this is read
    """Return a logged-in session for each person."""
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    store = SessionStore()
    rows = [
        Session(
            session_key=f"bench{n:027}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(days=1),
        )
        for n, person in enumerate(people)
    ]
    Session.objects.bulk_create(rows)
    return [str(row.session_key) for row in rows]


if __name__ == "__main__":
    main(int(sys.argv[1]))
