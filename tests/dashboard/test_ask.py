from __future__ import annotations

import pytest

from dashboard import ask, owner
from dashboard.ask import QuestionError
from dashboard.owner import Owner
from data.statement import Statement

COUNT = Statement("count_accounts", "How many accounts.", "SELECT count(*) AS accounts FROM accounts")
NUMBERS = Statement("numbers", "Numbers.", "SELECT n FROM range($until) AS t(n)")


def add_account(owning: Owner, name: str) -> None:
    with owning.store.writing() as cursor:
        cursor.execute("INSERT INTO accounts (account_id) VALUES ($name)", {"name": name})


def test_an_answer_is_kept_until_the_stores_version_changes(owning: Owner) -> None:
    assert ask.value(COUNT) == 0
    add_account(owning, "A1")
    assert ask.value(COUNT) == 0
    owner.bump()
    assert ask.value(COUNT) == 1


@pytest.mark.usefixtures("owning")
def test_the_same_question_with_other_parameters_has_another_answer() -> None:
    assert ask.answer(NUMBERS, until=2).column("n").to_pylist() == [0, 1]
    assert ask.answer(NUMBERS, until=3).column("n").to_pylist() == [0, 1, 2]
    assert ask.answer(NUMBERS, until=2) is ask.answer(NUMBERS, until=2)


@pytest.mark.usefixtures("owning")
def test_the_first_rows_come_with_the_number_of_all() -> None:
    table, total = ask.first(NUMBERS, 3, until=1000)
    assert (table.column("n").to_pylist(), total) == ([0, 1, 2], 1000)
    assert ask.first(NUMBERS, 3, until=1000)[1] == 1000
    assert ask.first(NUMBERS, 3, until=2)[1] == 2


@pytest.mark.usefixtures("owning")
def test_rows_are_counted_once_whichever_way_they_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask.how_many(NUMBERS, until=7) == 7
    ask.answer(NUMBERS, until=8)
    ask.first(NUMBERS, 2, until=9)
    monkeypatch.setattr(ask, "cursor", None)
    assert [ask.how_many(NUMBERS, until=until) for until in (7, 8, 9)] == [7, 8, 9]


@pytest.mark.usefixtures("owning")
def test_a_question_that_takes_too_long_is_stopped_and_says_so() -> None:
    endless = Statement("endless", "Never ends.", "SELECT count(*) FROM range(4000000) a, range(4000000) b")
    with pytest.raises(
        QuestionError, match=r"'endless' took longer than 0\.2 seconds and was stopped"
    ) as raised:
        ask.run(endless, {}, seconds=0.2)
    assert "What to do: Choose a shorter period or one region." in str(raised.value)


@pytest.mark.usefixtures("owning")
def test_a_question_that_does_not_fit_the_store_says_what_to_do() -> None:
    with pytest.raises(QuestionError, match="'lost' could not be answered") as raised:
        ask.run(Statement("lost", "Lost.", "SELECT * FROM nowhere"), {})
    assert "watchfloor score" in str(raised.value)


def test_an_unknown_question_names_those_there_are() -> None:
    with pytest.raises(QuestionError, match="There is no question called 'nothing_such'") as raised:
        ask.question("nothing_such")
    assert "store_facts" in str(raised.value)


def test_every_question_is_one_statement_with_a_sentence() -> None:
    assert len(ask.questions()) > 3
    for name in ask.questions():
        statement = ask.question(name)
        assert statement.sentence.endswith((".", "?"))
        assert ";" not in statement.sql
