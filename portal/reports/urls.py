from django.urls import path, re_path

from portal.reports import views, views_home, views_roll
from portal.reports.people import views as people
from portal.reports.saved import views as saved
from portal.reports.standing.rooms import ROOMS

app_name = "reports"

urlpatterns = [
    path("", views_home.home, name="home"),
    path("definitions/", views_home.definitions, name="definitions"),
    path("completion/", views.completion, name="completion"),
    path("completion.csv", views.completion_csv, name="completion_csv"),
    path("completion.xlsx", views.completion_xlsx, name="completion_xlsx"),
    path("overdue/", people.overdue, name="overdue"),
    path("due-soon/", people.due_soon, name="due_soon"),
    path("expiring/", people.expiring, name="expiring"),
    re_path(r"^(?P<name>overdue|due-soon|expiring)\.(?P<kind>csv|xlsx)$", people.file, name="people_file"),
    path("saved/new/", saved.new, name="save_view"),
    path("saved/<int:pk>/", saved.change, name="saved_view"),
    path("roll.csv", views_roll.roll_csv, name="roll_csv"),
    path("roll.xlsx", views_roll.roll_xlsx, name="roll_xlsx"),
]
for _room in ROOMS:
    urlpatterns += _room.urls()
