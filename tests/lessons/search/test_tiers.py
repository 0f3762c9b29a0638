from lessons.search.tiers import Part, any_of, tiers

ONE = ((("burn",),),)
TWO = ((("burn",),), (("child",),))


def test_one_word_is_looked_for_in_titles_then_near_them_then_everywhere() -> None:
    assert tiers(ONE, every=True) == [
        (Part("title", ONE, True),),
        (Part("near", ONE, True),),
        (Part("all", ONE, True),),
    ]


def test_of_several_words_some_in_a_title_come_before_all_near_it() -> None:
    assert tiers(TWO, every=True) == [
        (Part("title", TWO, True),),
        (Part("all", TWO, True), Part("title", TWO, False)),
        (Part("near", TWO, True),),
        (Part("all", TWO, True), Part("near", TWO, False)),
        (Part("all", TWO, True),),
    ]


def test_where_any_word_will_do_there_is_no_tier_for_some_of_them() -> None:
    assert [part.every for (part,) in tiers(TWO, every=False)] == [False] * 3


def test_the_last_tier_holds_whatever_an_earlier_one_does() -> None:
    for every in (True, False):
        assert tiers(TWO, every=every)[-1] == (Part("all", TWO, every),)


def test_conditions_are_held_together() -> None:
    assert any_of(["a", "b"], " OR ") == "(a OR b)"
