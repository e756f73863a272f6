"""Templates lose loops, values and links; the plain text around them stays."""

from __future__ import annotations

import pytest

from checkpoint.verify.mutants import mutants

LIST = "<title>A</title>\n<ul>{% for a in items %}\n<li>{{ a|upper }}</li>{% endfor %}</ul>\n"


def made(text: str, operator: str, file: str = "templates/page.html") -> list[str]:
    """Return what an operator makes of a file."""
    return [mutant.content.decode() for mutant in mutants({file: text.encode()}) if mutant.operator == operator]


CHANGES = [
    ("loop-lost", LIST, ["<title>A</title>\n<ul>\n<li>{{ a|upper }}</li></ul>\n"]),
    ("loop-gone", LIST, ["<title>A</title>\n<ul></ul>\n"]),
    ("loop-in-braces", LIST, [LIST.replace("{% for a in items %}", "{{ for a in items }}")]),
    ("endfor-lost", LIST, [LIST.replace("{% endfor %}", "")]),
    ("first-item-only", LIST, [LIST.replace("in items", "in items[:1]")]),
    ("first-item-lost", LIST, [LIST.replace("in items", "in items[1:]")]),
    ("loop-twice", LIST, [LIST.replace("{% endfor %}", "{% endfor %}" + LIST[LIST.index("{%") : -len("</ul>\n")])]),
    ("template-off-by-one", "{{ n }}{% for a in b %}{{ a }}{{ a.n }}{% endfor %}", [
        "{{ n + 1 }}{% for a in b %}{{ a }}{{ a.n }}{% endfor %}",
    ]),
    ("loop-reversed", LIST, [LIST.replace("in items", "in items|reverse")]),
    ("whole-list", LIST, [LIST.replace("{{ a|upper }}", "{{ items }}")]),
    ("template-value-lost", LIST, [LIST.replace("{{ a|upper }}", "")]),
    ("template-value-typed", LIST, [LIST.replace("{{ a|upper }}", "1")]),
    ("template-filter-lost", LIST, [LIST.replace("|upper", "")]),
    ("first-item-only", "{%- for a, b in d.items() if a -%}{{ a }}{%- endfor -%}", [
        "{%- for a, b in (d.items()|list)[:1] if a -%}{{ a }}{%- endfor -%}",
    ]),
    ("whole-list", "{% for a in b %}{% for c in a %}{{ c }}{% endfor %}{% endfor %}{{ c }}", [
        "{% for a in b %}{% for c in a %}{{ a }}{% endfor %}{% endfor %}{{ c }}",
    ]),
    ("template-filter-lost", "{{ a|join(', ')|e }}", ["{{ a|e }}", "{{ a|join(', ') }}"]),
    ("template-sum-lost", "{{ loop.index0 + 1 }}", ["{{ loop.index0 }}"]),
    ("template-if-true", "{% if a %}b{% elif c %}d{% endif %}", [
        "{% if true %}b{% elif c %}d{% endif %}",
        "{% if a %}b{% elif true %}d{% endif %}",
    ]),
    ("template-if-negated", "{% if a or b %}c{% endif %}", ["{% if not (a or b) %}c{% endif %}"]),
    ("template-part-lost", "{% extends 'a' %}\n{% include 'b' %}", ["\n{% include 'b' %}", "{% extends 'a' %}\n"]),
    ("typed-address", "<a href=\"{{ url_for('page', n=1) }}\">", ['<a href="/">']),
    ("wrong-endpoint", "{{ url_for('page', n=1) }}", ["{{ url_for('pae', n=1) }}"]),
    ("link-lost", "<a href='/about'>{{ a }}</a>", ["<a href='#'>{{ a }}</a>"]),
]  # fmt: skip


@pytest.mark.parametrize("operator, text, expected", CHANGES, ids=[f"{row[0]}-{n}" for n, row in enumerate(CHANGES)])
def test_a_template_is_mistaken_as_its_operator_says(operator: str, text: str, expected: list[str]) -> None:
    assert made(text, operator) == expected


def test_no_plain_text_no_comment_and_nothing_raw_is_changed() -> None:
    text = "<title>A</title> 1 {# {{ a }} #} {% raw %}{{ b }}{% endraw %}"
    assert mutants({"templates/page.html": text.encode()}) == []


@pytest.mark.parametrize("file, found", [("templates/a.txt", True), ("pages/a.html", True), ("static/a.html", False)])
def test_templates_are_known_by_their_folder_or_their_name(file: str, found: bool) -> None:
    assert bool(made("{{ a }}", "template-value-lost", file)) is found


@pytest.mark.parametrize(
    "before, after",
    [
        ("PAGE = '''{{ a }}'''", "PAGE = ''''''"),
        ('PAGE = "<b>" "{{ a }}é"', 'PAGE = "<b>" "é"'),
        ('PAGE = "é{{ url_for(\\"page\\") }}"', 'PAGE = "é/"'),
        (
            "def page():\n    return render('{{ a }}')",
            "def page():\n    return render('')",
        ),
    ],
)
def test_templates_in_python_are_changed_where_they_stand(before: str, after: str) -> None:
    assert after in made(before, "template-value-lost", "app.py") + made(before, "typed-address", "app.py")


def test_a_mutant_of_a_template_names_what_holds_it() -> None:
    names = [mutant.id for mutant in mutants({"app.py": b'PAGE = "{{ a }}"\n', "templates/a.html": b"{{ a }}"})]
    assert "template-value-lost:PAGE" in names
    assert "template-value-lost:templates/a.html" in names


def test_bytes_that_are_no_text_are_no_template() -> None:
    assert mutants({"templates/page.html": b"{{ a }}\xff"}) == []
