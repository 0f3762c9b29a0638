from lessons.models.courses import Course, CourseEdition, EditionSource, EditionText, Module, ModuleText, Placement
from lessons.models.covers import EditionCover
from lessons.models.credits import Licence, PictureCredit
from lessons.models.facts import PROFILE_FACT, LocalFact, LocalFactText, LocalFactValue
from lessons.models.identity import PUBLIC, RELEASED, Profile, State
from lessons.models.lessons import Lesson, LessonText, Revision, RevisionSource
from lessons.models.media import Media, Rendition, RevisionMedia
from lessons.models.narration import Narration, Recording
from lessons.models.search import SearchDocument, SearchWord
from lessons.models.sources import Source
from lessons.models.suspensions import Suspension, SuspensionText
from lessons.models.topics import CallWhen, GlossaryTerm, GlossaryText, Skill, SkillText, Topic, TopicSource, TopicText

__all__ = [
    "PROFILE_FACT",
    "PUBLIC",
    "RELEASED",
    "CallWhen",
    "Course",
    "CourseEdition",
    "EditionCover",
    "EditionSource",
    "EditionText",
    "GlossaryTerm",
    "GlossaryText",
    "Lesson",
    "LessonText",
    "Licence",
    "LocalFact",
    "LocalFactText",
    "LocalFactValue",
    "Media",
    "Module",
    "ModuleText",
    "Narration",
    "PictureCredit",
    "Placement",
    "Profile",
    "Recording",
    "Rendition",
    "Revision",
    "RevisionMedia",
    "RevisionSource",
    "SearchDocument",
    "SearchWord",
    "Skill",
    "SkillText",
    "Source",
    "State",
    "Suspension",
    "SuspensionText",
    "Topic",
    "TopicSource",
    "TopicText",
]
