from django.urls import path

from portal.reports import views
from portal.reports.standing.rooms import ROOMS

app_name = "reports"

urlpatterns = [
    path("", views.completion, name="completion"),
    path("completion.csv", views.completion_csv, name="completion_csv"),
    path("completion.xlsx", views.completion_xlsx, name="completion_xlsx"),
]
for _room in ROOMS:
    urlpatterns += [
        path(f"{_room.name}/", _room.page(), name=_room.name),
        path(f"{_room.name}.csv", _room.file("csv"), name=f"{_room.name}_csv"),
        path(f"{_room.name}.xlsx", _room.file("xlsx"), name=f"{_room.name}_xlsx"),
    ]
