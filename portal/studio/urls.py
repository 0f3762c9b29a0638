from django.urls import path

from portal.studio import (
    views_lesson,
    views_live,
    views_live_question,
    views_overview,
    views_preview,
    views_question,
    views_regrade,
    views_release,
)
from portal.studio.pictures import views as views_pictures
from portal.studio.pictures import views_add, views_crop
from portal.studio.upkeep import views as views_upkeep

app_name = "studio"

urlpatterns = [
    path("", views_overview.home, name="home"),
    path("courses/<slug:course>/", views_overview.course, name="course"),
    path("courses/<slug:course>/release/", views_release.new_release, name="new_release"),
    path("lessons/<slug:lesson>/", views_lesson.lesson, name="lesson"),
    path("lessons/<slug:lesson>/preview/", views_preview.preview, name="preview"),
    path("lessons/<slug:lesson>/preview/live/", views_live.live_preview, name="live_preview"),
    path("lessons/<slug:lesson>/discard/<slug:language>/", views_lesson.discard, name="discard"),
    path("lessons/<slug:lesson>/questions/new/<slug:kind>/", views_question.new_question, name="new_question"),
    path(
        "lessons/<slug:lesson>/questions/new/<slug:kind>/live/",
        views_live_question.live_new_question,
        name="live_new_question",
    ),
    path("lessons/<slug:lesson>/questions/<str:key>/live/", views_live_question.live_question, name="live_question"),
    path("lessons/<slug:lesson>/questions/<str:key>/", views_question.question, name="question"),
    path("lessons/<slug:lesson>/questions/<str:key>/try/", views_preview.try_question, name="try_question"),
    path("lessons/<slug:lesson>/questions/<str:key>/discard/", views_question.discard, name="discard_question"),
    path("pictures/", views_pictures.pictures, name="pictures"),
    path("pictures/add/", views_add.add, name="add_pictures"),
    path("pictures/<int:picture>/", views_pictures.picture, name="picture"),
    path("pictures/<int:picture>/credit/", views_pictures.credit, name="credit_picture"),
    path("pictures/<int:picture>/crop/", views_crop.crop_picture, name="crop_picture"),
    path("pictures/<int:picture>/restore/", views_crop.restore, name="restore_picture"),
    path("pictures/<int:picture>/use/", views_add.use, name="use_picture"),
    path("upkeep/", views_upkeep.upkeep, name="upkeep"),
    path("upkeep/<slug:name>/", views_upkeep.upkeep_list, name="upkeep_list"),
    path("corrections/", views_regrade.corrections, name="corrections"),
    path("lessons/<slug:lesson>/questions/<str:key>/regrade/", views_regrade.regrade, name="regrade"),
    path("releases/<int:release>/", views_release.release, name="release"),
    path("releases/<int:release>/edit/", views_release.edit_release, name="edit_release"),
    path("releases/<int:release>/publish/", views_release.publish, name="publish"),
    path("releases/<int:release>/send-back/", views_release.send_back, name="send_back"),
    path("releases/<int:release>/comment/", views_release.comment, name="comment"),
    path("releases/<int:release>/withdraw/", views_release.withdraw_release, name="withdraw"),
]
