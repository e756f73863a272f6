"""One sitting, with a fake clock, to the last edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkpoint.quiz.paper import Slot
from checkpoint.quiz.question import Option, Question, Quiz
from checkpoint.quiz.sitting import Interruption, Remaining, Sitting, Terms, marked

OPTIONS = (Option("no"), Option("yes", right=True))


class Clock:
    """Stand still until it is told to go on."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept = 0.0

    def now(self) -> float:
        return self.time

    def asleep(self) -> float:
        return self.slept

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.slept += seconds


@pytest.fixture
def clock():
    return Clock()


def question(number, kind="one", **fields):
    given = {"options": OPTIONS} if kind in ("one", "many") else {"answers": ("yes",)}
    return Question(number, kind, f"{number}?", "!", **{**given, **fields})


def sitting(clock, *questions, seconds=None, pass_percent=70, started=True, **terms):
    quiz = Quiz("t", questions, "0" * 64, seconds, pass_percent)
    paper = tuple(Slot(one, tuple(range(len(one.options)))) for one in questions)
    made = Sitting(quiz, paper, Terms(1, **terms), clock)
    if started:
        made.start()
    return made


def statuses(sitting):
    return [one.status for one in sitting.result().answered]


YES, NO = (1,), (0,)


def test_right_and_wrong_to_the_end(clock):
    one = sitting(clock, question(1), question(2), question(3))
    for answer in (YES, NO, YES):
        assert one.phase == "asking"
        one.answer(answer)
        assert one.phase == "explaining"
        one.go_on()
        one.start()
    assert one.phase == "over"
    assert statuses(one) == ["right", "wrong", "right"]
    score = one.result().score
    assert (score.earned, score.possible, score.percent, score.passed) == (2, 3, 66.67, False)


@pytest.mark.parametrize("right, of, mark, passed", [
    (7, 10, 70, True), (6, 10, 70, False), (2, 3, 66.67, True), (0, 1, 0, True), (1, 1, 100, True),
])  # fmt: skip
def test_the_pass_mark(clock, right, of, mark, passed):
    one = sitting(clock, *(question(n + 1) for n in range(of)), pass_percent=mark, exam=True)
    for place in range(of):
        one.answer(YES if place < right else NO)
    assert one.result().passed is passed


def test_a_sitting_that_is_not_over_is_not_passed(clock):
    one = sitting(clock, question(1), question(2), pass_percent=50)
    one.answer(YES)
    assert one.result().score.passed
    assert not one.result().passed
    assert statuses(one) == ["right", "not_reached"]


def test_the_clock_stands_before_the_start_and_during_explanations(clock):
    one = sitting(clock, question(1), question(2), seconds=100, started=False)
    clock.time += 50
    assert one.remaining() == Remaining(100, "quiz")
    one.start()
    clock.time += 10
    assert one.remaining() == Remaining(90, "quiz")
    one.answer(YES)
    clock.time += 1000
    one.tick()
    one.go_on()
    clock.time += 1000  # drawn, but not started yet
    one.start()
    assert one.remaining() == Remaining(90, "quiz")
    clock.time += 5
    one.answer(YES)
    assert one.result().seconds == 15
    assert [each.seconds for each in one.result().answered] == [10, 5]


def test_in_an_exam_the_next_question_comes_at_once(clock):
    one = sitting(clock, question(1), question(2), seconds=100, exam=True)
    one.answer(NO)
    assert (one.phase, one.place) == ("asking", 1)


# The last instant


@pytest.mark.parametrize("ticked", [False, True], ids=["answer alone", "tick before the answer"])
@pytest.mark.parametrize("late, status", [(-0.001, "right"), (0, "right"), (0.001, "unanswered")])
def test_an_answer_in_the_instant_of_the_time_out_counts(clock, ticked, late, status):
    one = sitting(clock, question(1), question(2), seconds=64)
    clock.time += 64 + late
    if ticked:
        one.tick()
    one.answer(YES)
    assert statuses(one)[0] == status


def test_whoever_answers_in_the_last_instant_gets_no_other_question(clock):
    one = sitting(clock, question(1), question(2), seconds=64)
    clock.time += 64
    one.answer(YES)
    one.go_on()
    assert one.phase == "over"
    assert statuses(one) == ["right", "not_reached"]
    assert one.result().timed_out


def test_time_out_leaves_answers_and_does_not_count_what_was_not_reached_as_wrong(clock):
    one = sitting(clock, question(1), question(2), question(3), seconds=60)
    one.answer(YES)
    one.go_on()
    one.start()
    clock.time += 61
    one.tick()
    assert one.phase == "over"
    assert statuses(one) == ["right", "unanswered", "not_reached"]
    assert one.result().answered[1].out_of == "quiz"
    assert one.result().seconds == 60  # no more than there was
    assert one.result().score.possible == 3


def test_nothing_is_taken_once_it_is_over(clock):
    one = sitting(clock, question(1), question(2), seconds=60)
    clock.time += 61
    one.answer(YES)
    one.answer(YES)
    one.skip()
    one.draft(YES)
    one.go_on()
    one.start()
    assert statuses(one) == ["unanswered", "not_reached"]


def test_what_was_typed_is_handed_in_at_the_time_out(clock):
    one = sitting(clock, question(1, "text"), question(2), seconds=60)
    clock.time += 30
    one.draft("ye")
    clock.time += 29
    one.draft("yes")
    clock.time += 2
    one.tick()
    assert statuses(one)[0] == "right"
    assert one.result().answered[0].answer == "yes"
    assert one.result().answered[0].seconds == 60


def test_what_was_typed_too_late_is_not(clock):
    one = sitting(clock, question(1, "text"), seconds=60)
    one.draft("no")
    clock.time += 61
    one.draft("yes")
    assert one.result().answered[0].answer == "no"


def test_a_draft_that_was_taken_back_is_no_answer(clock):
    one = sitting(clock, question(1, "text"), seconds=60)
    one.draft("yes")
    one.draft(None)
    clock.time += 61
    one.tick()
    assert statuses(one) == ["unanswered"]


def test_a_draft_belongs_to_its_question(clock):
    one = sitting(clock, question(1, "text"), question(2, "text"), seconds=60, exam=True)
    one.draft("yes")
    one.skip()
    one.start()
    clock.time += 61
    one.tick()
    assert statuses(one) == ["unanswered", "unanswered"]


# A question's own limit


def test_a_questions_own_time_runs_out_for_it_alone(clock):
    one = sitting(clock, question(1, seconds=5), question(2), seconds=60)
    assert one.remaining() == Remaining(5, "question")
    clock.time += 5.5
    one.tick()
    assert one.phase == "explaining"
    assert one.last.out_of == "question"
    one.go_on()
    one.start()
    assert one.remaining() == Remaining(55, "quiz")  # five were used up, no matter when it was noticed


def test_the_shorter_of_two_limits_counts(clock):
    one = sitting(clock, question(1, seconds=50), question(2, seconds=50), seconds=60, exam=True)
    clock.time += 40
    one.answer(YES)
    one.start()
    assert one.remaining() == Remaining(20, "quiz")
    clock.time += 21
    one.tick()
    assert one.phase == "over"


def test_the_next_question_of_an_exam_gets_its_full_time(clock):
    one = sitting(clock, question(1, seconds=5), question(2, seconds=5), exam=True)
    clock.time += 3600
    one.tick()
    assert one.place == 1
    one.start()
    assert one.remaining() == Remaining(5, "question")


def test_skip_is_no_answer(clock):
    one = sitting(clock, question(1))
    one.skip()
    assert statuses(one) == ["unanswered"]
    assert one.last.out_of is None


# Accommodations


def test_time_scale_stretches_every_limit(clock):
    one = sitting(clock, question(1, seconds=10), question(2), seconds=60, time_scale=1.5)
    assert one.remaining() == Remaining(15, "question")
    one.answer(YES)
    one.go_on()
    one.start()
    assert one.remaining() == Remaining(90, "quiz")


def test_untimed_has_no_limit_but_still_measures(clock):
    one = sitting(clock, question(1, seconds=10), seconds=60, untimed=True)
    assert one.remaining() is None
    clock.time += 10_000
    one.tick()
    one.answer(YES)
    assert statuses(one) == ["right"]
    assert one.result().seconds == 10_000
    assert not one.result().timed_out


# Sleep, and being stopped


def test_the_clock_goes_on_while_the_machine_sleeps_and_that_is_told_once(clock):
    one = sitting(clock, question(1), seconds=600)
    clock.time += 10
    clock.sleep(300)
    assert one.tick() == Interruption("slept", 300, 1)
    assert one.tick() is None
    assert one.remaining() == Remaining(290, "quiz")
    assert one.result().interruptions == (Interruption("slept", 300, 1),)


def test_sleep_that_outlasts_the_time_ends_the_quiz_with_what_was_typed(clock):
    one = sitting(clock, question(1, "text"), question(2), seconds=600)
    one.draft("yes")
    clock.sleep(3600)
    assert one.tick() == Interruption("slept", 3600, 1)
    assert statuses(one) == ["right", "not_reached"]
    assert one.result().seconds == 600


def test_sleep_during_an_explanation_is_nobodys_business(clock):
    one = sitting(clock, question(1), question(2), seconds=600)
    one.answer(YES)
    clock.sleep(3600)
    assert one.tick() is None
    one.go_on()
    one.start()
    assert one.tick() is None
    assert one.remaining() == Remaining(600, "quiz")


def test_being_stopped_is_noted(clock):
    one = sitting(clock, question(1), question(2), seconds=600)
    clock.time += 120
    one.interrupted("stopped", 120)
    assert one.remaining() == Remaining(480, "quiz")
    assert one.result().interruptions == (Interruption("stopped", 120, 1),)


def test_stop_lets_the_clock_stand_and_keeps_what_was_used(clock):
    one = sitting(clock, question(1), seconds=600)
    clock.time += 100
    one.stop()
    clock.time += 5000
    assert one.remaining() == Remaining(500, "quiz")
    assert one.state().elapsed == 100


def test_stop_after_the_time_is_up_is_too_late(clock):
    one = sitting(clock, question(1), seconds=60)
    clock.time += 61
    one.stop()
    assert one.phase == "over"


# Recall cards


def test_a_recall_card_is_neither_scored_nor_timed(clock):
    one = sitting(clock, question(1), question(2, "recall"), question(3, "recall"), seconds=60)
    one.answer(YES)
    one.go_on()
    one.start()
    assert one.remaining() is None
    clock.time += 10_000
    one.answer(True)
    one.go_on()
    one.start()
    one.answer(False)
    assert statuses(one) == ["right", "known", "unknown"]
    assert one.result().score.possible == 1
    assert one.result().seconds == 0
    assert one.result().passed


def test_cards_alone_are_passed_when_they_are_gone_through(clock):
    one = sitting(clock, question(1, "recall"))
    assert not one.result().passed
    one.answer(False)
    assert one.result().passed


# Marks for answers given elsewhere


def test_marked_without_a_clock():
    questions = (question(1), question(2, "text"), question(3))
    quiz = Quiz("t", questions, "0" * 64, 60, 60)
    result = marked(quiz, tuple(Slot(one, (0, 1)) for one in questions), {1: YES, 2: "YES "}, Terms(0))
    assert [one.status for one in result.answered] == ["right", "right", "unanswered"]
    assert result.passed
    assert not result.timed_out
    assert not replace(result, complete=False).passed


def test_starting_again_gives_no_time_back(clock):
    one = sitting(clock, question(1), seconds=60)
    clock.time += 20
    one.start()
    assert one.remaining() == Remaining(40, "quiz")


def test_the_state_of_a_question_that_is_being_asked_has_its_time_in_it(clock):
    one = sitting(clock, question(1), seconds=60)
    clock.time += 20
    assert (one.state().elapsed, one.state().on_question) == (20, 20)


def test_a_questions_own_time_goes_on_where_it_was_left(clock):
    one = sitting(clock, question(1, seconds=30), seconds=600)
    clock.time += 20
    one.stop()
    one.start()
    assert one.remaining() == Remaining(10, "question")


def test_half_a_second_is_enough_to_be_asked(clock):
    one = sitting(clock, question(1), question(2), seconds=60)
    clock.time += 59.5
    one.answer(YES)
    one.go_on()
    assert one.phase == "asking"


def test_two_sleeps_are_two(clock):
    one = sitting(clock, question(1), seconds=6000)
    clock.sleep(300)
    one.tick()
    clock.sleep(20)
    assert one.tick() == Interruption("slept", 20, 1)
