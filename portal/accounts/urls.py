from django.urls import include, path

from portal.accounts import unsubscribing, views, views_entrance

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("theme/", views.theme, name="account_theme"),
    path("my-data/", views.export, name="account_export"),
    path("delete/", views.delete, name="account_delete"),
    path("deleted/", views.deleted, name="account_deleted"),
    path("letters/<str:token>/", unsubscribing.stop_letters, name="account_stop_letters"),
    path("login/code/confirm/", views_entrance.confirm, name="account_confirm_login_code"),
    path("login/code/again/", views_entrance.resend, name="account_resend_login_code"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
