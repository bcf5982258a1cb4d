"""Addresses of residents. The door's own come before allauth's, which are included later under /account/."""

from django.urls import path

from buurt.residents.views import community, data, door, helping, profile, second_factor

app_name = "residents"
urlpatterns = [
    path("account/login/", door.DoorView.as_view(), name="door"),
    path("account/login/wachtwoord/", door.PasswordDoorView.as_view(), name="password_door"),
    path("account/login/code/", door.to_the_door, name="ask_code"),
    path("account/login/code/confirm/", door.ConfirmCodeView.as_view(), name="confirm_code"),
    path("account/signup/", door.to_the_door, name="sign_up"),
    path("account/2fa/totp/activate/", second_factor.LinkAppView.as_view(), name="link_app"),
    path("account/2fa/webauthn/add/", second_factor.AddPasskeyView.as_view(), name="add_passkey"),
    path("mij/verder", door.after_login, name="after_login"),
    path("mij", profile.me, name="me"),
    path("mij/start", profile.start, name="start"),
    path("mij/jonger-dan-16", profile.young, name="young"),
    path("mij/profiel", profile.profile, name="profile"),
    path("mij/verhuizen", profile.move, name="move"),
    path("mij/blokkades", profile.blocks, name="blocks"),
    path("mij/blokkades/<slug:public_id>/opheffen", profile.unblock, name="unblock"),
    path("mij/gegevens", data.data, name="data"),
    path("mij/gegevens/download", data.download, name="data_download"),
    path("mij/verwijderen", data.erase, name="erase"),
    path("helpen/instellingen", helping.preferences, name="preferences"),
    path("kies-je-gemeente", community.choose_community, name="choose_community"),
]
