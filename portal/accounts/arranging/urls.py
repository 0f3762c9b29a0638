from django.urls import path, re_path

from portal.accounts.arranging import views, views_file

app_name = "places"

KIND = r"^(?P<kind>organisations|regions)/"

urlpatterns = [
    path("file/", views_file.send, name="file"),
    path("file/read/", views_file.read, name="read_file"),
    re_path(KIND + "$", views.tree, name="tree"),
    re_path(KIND + "add/$", views.add, name="add"),
    re_path(KIND + r"(?P<code>[-\w]+)/change/$", views.change, name="change"),
    re_path(KIND + r"(?P<code>[-\w]+)/remove/$", views.remove, name="remove"),
]
