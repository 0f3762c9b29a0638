from django.urls import path

from portal.accounts.joining import views

urlpatterns = [
    path("join/", views.enter_code, name="account_enter_join_code"),
    path("join/<str:key>/", views.join_organisation, name="account_join"),
    path("account/organisations/", views.organisations, name="account_organisations"),
    path("account/organisations/reminders/", views.reminders, name="account_reminders"),
    path("account/organisations/join/<slug:code>/", views.join_offered, name="account_join_offered"),
    path("account/organisations/<int:membership>/leave/", views.leave_organisation, name="account_leave"),
]
