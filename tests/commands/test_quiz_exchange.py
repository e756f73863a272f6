"""`checkpoint quiz export`, `import` and `schema`: questions go out and come in, and what is lost is said."""

from __future__ import annotations

import io
import json
import zipfile
from xml.etree import ElementTree

import pytest

from checkpoint.quiz import bank

QUIZ = """
quiz: Small
time: 5m
questions:
  - ask: Which one = {this}?
    options: [( ) ~this~, (x) that]
    why: It is that.
  - ask: Which word?
    answer: [flask, Flask app]
    why: It holds.
    see: lesson.md
"""


@pytest.fixture
def quiz(write):
    return write("quiz.yaml", QUIZ)


def test_out_to_gift_and_back_in(cli, quiz, tmp_path):
    gift, again = tmp_path / "q.gift", tmp_path / "again.yaml"
    out = cli("quiz", "export", quiz, "--to", "gift", "-o", gift)
    assert (out.code, out.out) == (0, "")
    assert "question 2, see: there is no place for what to read again" in out.err
    back = cli("quiz", "import", gift, "-o", again)
    assert back.code == 0
    before, after = bank.load(quiz).quiz, bank.load(again).quiz
    assert after.title == before.title
    assert [(one.ask, one.options, one.answers, one.why) for one in after.questions] == [
        (one.ask, one.options, one.answers, one.why) for one in before.questions
    ]
    assert cli("quiz", "--check", again).code == 0


def test_to_standard_output(cli, quiz):
    assert "Which word?{" in cli("quiz", "export", quiz, "--to", "gift").out
    root = ElementTree.fromstring(cli("quiz", "export", quiz, "--to", "moodle-xml").out)
    assert [one.get("type") for one in root] == ["category", "multichoice", "shortanswer"]


def test_an_archive_is_not_thrown_at_a_terminal(cli, quiz, tmp_path, monkeypatch):
    file = tmp_path / "q.zip"
    assert cli("quiz", "export", quiz, "--to", "qti", "-o", file).code == 0
    assert "imsmanifest.xml" in zipfile.ZipFile(io.BytesIO(file.read_bytes())).namelist()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    refused = cli("quiz", "export", quiz, "--to", "qti")
    assert (refused.code, refused.out) == (2, "")
    assert "help: -o FILE.zip" in refused.err


def test_the_quiz_of_the_checkpoint_around(cli, course, write, monkeypatch):
    grader = 'from checkpoint import Checkpoint\ncheckpoint = Checkpoint(id="h", title="Hello", quiz="quiz.yaml")\n'
    monkeypatch.chdir(course(grader=grader))
    write("course/quiz.yaml", QUIZ)
    assert "Which word?" in cli("quiz", "export", "--to", "gift").out


def test_import_never_writes_over_work_unasked(cli, write, quiz):
    gift = write("q.gift", "What is it?{=this #yes ~that}\n")
    before = quiz.read_bytes()
    refused = cli("quiz", "import", gift, "-o", quiz)
    assert refused.code == 2
    assert "help: --force writes over it" in refused.err
    assert quiz.read_bytes() == before
    assert cli("quiz", "import", gift, "-o", quiz, "--force").code == 0
    assert bank.load(quiz).quiz.questions[0].ask == "What is it?"


def test_what_cannot_be_imported(cli, write, tmp_path):
    broken = cli("quiz", "import", write("q.gift", "What is it?{=this\n"))
    assert broken.code == 2
    assert "q.gift:1:" in broken.err
    (tmp_path / "latin.gift").write_bytes("Grün?{T}".encode("latin-1"))
    latin = cli("quiz", "import", tmp_path / "latin.gift")
    assert latin.code == 2
    assert "help: save the file as UTF-8" in latin.err
    assert cli("quiz", "import", tmp_path / "none.gift").code == 2


def test_formats_that_do_not_exist(cli, quiz):
    answer = cli("quiz", "export", quiz, "--to", "word")
    assert answer.code == 2
    assert "gift, moodle-xml, qti" in answer.err


def test_the_schema_is_the_published_one(cli):
    assert json.loads(cli("quiz", "schema").out)["properties"]["questions"]
    usage = cli("quiz", "export", "--help")
    assert usage.code == 0
    assert "Usage: checkpoint quiz export [OPTIONS] [FILE]" in usage.out
