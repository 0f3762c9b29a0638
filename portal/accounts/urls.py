from django.urls import include, path

from portal.accounts import passkeys, unsubscribing, views, views_closing, views_entrance, views_number, views_sessions
from portal.accounts.identity import views as identity
from portal.accounts.privacy import views as privacy_views

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("identity/", identity.begin, name="account_identity"),
    path("identity/link/", identity.begin_linking, name="account_identity_link"),
    path("identity/back/", identity.back, name="account_identity_back"),
    path("number/", views_number.change, name="account_number"),
    path("sessions/", views_sessions.listed, name="account_sessions"),
    path("theme/", views.theme, name="account_theme"),
    path("privacy/", privacy_views.privacy, name="account_privacy"),
    path("my-data/", views.export, name="account_export"),
    path("delete/", views.delete, name="account_delete"),
    path("deleted/", views.deleted, name="account_deleted"),
    path("keep/", views_closing.keep, name="account_keep"),
    path("letters/<str:token>/", unsubscribing.stop_letters, name="account_stop_letters"),
    path("login/code/confirm/", views_entrance.confirm, name="account_confirm_login_code"),
    path("login/code/again/", views_entrance.resend, name="account_resend_login_code"),
    path("second-factor/webauthn/add/", passkeys.add, name="mfa_add_webauthn"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
