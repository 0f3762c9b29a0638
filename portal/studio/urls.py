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
    views_send,
)
from portal.studio.courses.urls import urlpatterns as of_courses
from portal.studio.facts import views as views_facts
from portal.studio.facts import views_release as views_facts_release
from portal.studio.history import views as views_history
from portal.studio.keeping import views as views_keeping
from portal.studio.log import views as views_log
from portal.studio.narration import views as views_narration
from portal.studio.outside import views_studio as views_experts
from portal.studio.pictures import views as views_pictures
from portal.studio.pictures import views_add, views_crop
from portal.studio.replace import views as views_replace
from portal.studio.review import views as views_remarks
from portal.studio.suspensions import views as views_suspensions
from portal.studio.translating import views as views_translating
from portal.studio.translating import views_board, views_questions, views_words
from portal.studio.upkeep import views as views_upkeep
from portal.studio.writing import views as views_writing

app_name = "studio"

urlpatterns = [
    path("", views_overview.home, name="home"),
    *of_courses,
    path("courses/<slug:course>/", views_overview.course, name="course"),
    path("courses/<slug:course>/release/", views_release.new_release, name="new_release"),
    path("find-lessons/", views_writing.lessons, name="find_lessons"),
    path("lessons/<slug:lesson>/", views_lesson.lesson, name="lesson"),
    path("lessons/<slug:lesson>/release/", views_send.send_lesson, name="send_lesson"),
    path("lessons/<slug:lesson>/keeping/", views_keeping.keeping, name="keeping"),
    path("lessons/<slug:lesson>/keeping/drop/", views_keeping.drop, name="drop_copy"),
    path("lessons/<slug:lesson>/preview/", views_preview.preview, name="preview"),
    path("lessons/<slug:lesson>/preview/live/", views_live.live_preview, name="live_preview"),
    path("lessons/<slug:lesson>/narration/<slug:language>/", views_narration.narration, name="narration"),
    path("lessons/<slug:lesson>/narration/<slug:language>/remove/", views_narration.remove, name="remove_narration"),
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
    path("lessons/<slug:lesson>/translate/<slug:language>/", views_translating.translate, name="translate"),
    path(
        "lessons/<slug:lesson>/translate/<slug:language>/questions/",
        views_questions.translate_questions,
        name="translate_questions",
    ),
    path("languages/", views_board.languages, name="languages"),
    path("languages/<slug:language>/words/", views_words.words, name="language_words"),
    path("languages/<slug:language>/courses/<slug:course>/", views_board.language_course, name="language_course"),
    path("languages/<slug:language>/courses/<slug:course>/send/", views_board.send, name="send_language"),
    path("facts/", views_facts.facts, name="facts"),
    path("facts/try/", views_facts.try_facts, name="try_facts"),
    path("facts/review/", views_facts_release.send_facts, name="send_facts"),
    path("replace/", views_replace.replace, name="replace"),
    path("replace/preview/", views_replace.preview, name="replace_preview"),
    path("replace/write/", views_replace.write, name="replace_write"),
    path("log/", views_log.log, name="log"),
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
    path("releases/<int:release>/ticks/", views_release.keep_ticks, name="keep_ticks"),
    path("releases/<int:release>/remark/", views_remarks.add, name="remark"),
    path("remarks/<int:comment>/answer/", views_remarks.reply, name="answer"),
    path("remarks/<int:comment>/settle/", views_remarks.settle, name="settle"),
    path("releases/<int:release>/experts/", views_experts.invite_expert, name="invite"),
    path("releases/<int:release>/experts/<int:invitation>/revoke/", views_experts.revoke_link, name="revoke"),
    path("lessons/<slug:lesson>/history/", views_history.history, name="history"),
    path("lessons/<slug:lesson>/history/compare/", views_history.compare, name="compare"),
    path("lessons/<slug:lesson>/history/<int:revision>/begin/", views_history.begin, name="begin_from"),
    path("lessons/<slug:lesson>/questions/<str:key>/history/", views_history.question, name="question_history"),
    path(
        "lessons/<slug:lesson>/questions/<str:key>/history/<int:version>/begin/",
        views_history.begin_question,
        name="begin_question_from",
    ),
    path("lessons/<slug:lesson>/out-of-view/", views_suspensions.suspend_lesson, name="suspend"),
    path("lessons/<slug:lesson>/out-of-view/<int:suspension>/end/", views_suspensions.resume_lesson, name="resume"),
]
