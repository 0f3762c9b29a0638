from django.urls import path

from portal.accounts.joining import views_invitations
from portal.accounts.member_files import views as views_file
from portal.accounts.organisations import views
from portal.accounts.reminding import views as views_remind

app_name = "organisations"

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("<slug:code>/", views.organisation, name="organisation"),
    path("<slug:code>/add/", views.add, name="add"),
    path("<slug:code>/invitations/", views_invitations.invitations, name="invitations"),
    path("<slug:code>/invitations/<int:invitation>/", views_invitations.invitation, name="invitation"),
    path(
        "<slug:code>/invitations/<int:invitation>/withdraw/",
        views_invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("<slug:code>/domains/", views_invitations.domains, name="domains"),
    path("<slug:code>/members/file/", views_file.send, name="member_files"),
    path("<slug:code>/members/file/sample/", views_file.sample, name="member_sample"),
    path("<slug:code>/members/file/<int:file>/", views_file.file, name="member_file"),
    path("<slug:code>/members/file/<int:file>/progress/", views_file.progress, name="member_file_progress"),
    path("<slug:code>/members/file/<int:file>/read/", views_file.read, name="read_member_file"),
    path("<slug:code>/members/file/<int:file>/faults/", views_file.faults, name="member_file_faults"),
    path("<slug:code>/assign/", views.assign, name="assign"),
    path("<slug:code>/reminders/", views_remind.rule, name="reminders"),
    path("<slug:code>/courses/<slug:course>/remind/", views_remind.remind, name="remind"),
    path("<slug:code>/courses/<slug:course>/", views.change, name="change"),
    path("<slug:code>/members/<int:membership>/end/", views.end, name="end"),
]
