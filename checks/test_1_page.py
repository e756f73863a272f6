"""The page itself: it loads, lists the tasks, links to itself, and a class serves it."""

from itertools import pairwise

from checkpoint import check, expect, fail

# What shows of a list around its parts when it is made a text with them in it.
LITERAL = {"['", "', '", "']", '["', '", "', '"]'}


@check(
    points=1,
    hints=[
        "Run the file yourself with python, and open the page twice. What does it print last?",
        "The app needs a route for / whose view returns the rendered page.",
        'app.add_url_rule("/", view_func=HomeView.as_view("home"))',
    ],
)
def test_page_loads(pages):
    """The page at / loads."""
    _first, page = (page.ok() for page in pages)
    expect(
        page.mimetype == "text/html",
        "The page at / should be HTML, so that a browser shows it as a page.",
        expected="text/html",
        actual=page.mimetype or "no Content-Type",
        at=page.source.where("mimetype") or page.source.where("content_type") or page.source.where("get"),
    )


@check(
    points=1,
    needs="page_loads",
    hints=[
        "TASKS is handed to the template; the template has to walk through it.",
        "In Jinja2, statements stand in {% %} and values in {{ }}.",
        "{% for task in tasks %}<li>{{ task }}</li>{% endfor %}",
    ],
)
def test_task_list(pages, reference):
    """The page lists all tasks, in order."""
    tasks = reference.lists[0]
    first, page = (page.ok() for page in pages)
    shown = _shown_tasks(page, tasks)
    if shown == tasks:
        _expect_no_literal(page, tasks)
        return
    _expect_rendered(page, tasks)
    if _shown_tasks(first, tasks) == tasks:
        fail(
            "The first visitor's page lists all tasks, and the next visitor's does not: what the page lists was used "
            "up or changed. A list can be walked through again and again, an iterator or generator only once.",
            expected="\n".join(tasks),
            actual="\n".join(shown) or "no task at all",
            at=page.source.where("TASKS") or page.source.jinja("for"),
        )
    _expect_apart(page, tasks)
    missing = [task for task in tasks if task not in shown]
    if missing:
        what = f"The page leaves out {len(missing)} of the {len(tasks)} tasks: {', '.join(missing)}."
    else:
        twice = len(set(shown)) < len(shown)
        how = "some of them more than once" if twice else "in another order or with others among them"
        what = f"The page should list each task once, in the order of TASKS. It lists {len(shown)}, {how}."
    other = next((item for item in shown if item not in tasks), None)
    fail(
        what,
        expected="\n".join(tasks),
        actual="\n".join(shown) or "no task at all",
        at=(page.source.text(other) if other else None) or page.source.jinja("for") or page.source.where("TASKS"),
    )


def _expect_no_literal(page, tasks):
    """Fail if what shows around the tasks is what Python writes around the parts of a list."""
    brackets = next((text for text in page.texts if text in LITERAL), None)
    expect(
        brackets is None,
        "Between the tasks the page shows the brackets and quotation marks of a Python list: the list was made a text "
        'as it is. Join its parts with "".join(...), or walk through it with a loop.',
        expected=tasks[0],
        actual=brackets,
        at=page.source.where("TASKS"),
    )


def _expect_rendered(page, tasks):
    """Fail if the page is a template as it was written."""
    raw = next((line for line in page.lines if "{%" in line or "{{" in line), None)
    if raw:
        where = page.source.where
        fail(
            "The template was sent as it is, with its {{ }} and {% %}: render_template_string(PAGE, ...) renders it.",
            expected=tasks[0],
            actual=raw,
            at=where("render_template_string") or where("make_response") or page.source.text(raw),
        )


def _expect_apart(page, tasks):
    """Fail if several tasks are one piece of text."""
    source = page.source
    joined = next((line for line in page.lines for one, other in pairwise(tasks) if one + other in line), None)
    if joined:
        fail(
            "Two tasks run into one another: a comma is missing between them in TASKS.",
            expected=tasks[0],
            actual=joined,
            at=source.text(next(task for task in tasks if task in joined)),
        )
    dumped = next((line for line in page.lines if sum(task in line for task in tasks) > 1), None)
    expect(
        dumped is None,
        "The page shows the whole list as one piece of text instead of one item for each task: walk through it with a "
        "loop.",
        expected=tasks[0],
        actual=dumped,
        at=source.text("{{ tasks") or source.text("{{tasks") or source.jinja("tasks") or source.where("TASKS"),
    )


def _shown_tasks(page, tasks):
    """Return the items of the page's task list, however it is marked up."""
    listed = [
        [next((task for task in tasks if task in item), item) for item in items]
        for items in page.lists
        if any(task in item for item in items for task in tasks)
    ]
    # Other lists, of links say, may speak of some of them, too.
    if tasks in listed or [line for line in page.lines if line in tasks] == tasks:
        return tasks
    if listed:
        return listed[0]
    # No <ul> or <ol>: then each line of the page, or else each piece of text, may hold one task.
    by_line = [[task for task in tasks if task in line] for line in page.lines]
    if all(len(found) <= 1 for found in by_line):
        return [task for found in by_line for task in found]
    return [task for text in page.texts for task in tasks if task in text and len(text) < 2 * len(task)]


@check(
    points=1,
    needs="page_loads",
    hints=[
        "The link's address should be made by Flask, not typed by hand.",
        "url_for takes the endpoint's name, the one given to as_view(...).",
        "<a href=\"{{ url_for('home') }}\">Home</a>",
    ],
)
def test_home_link(learner, solution, rng):
    """The page links to itself with url_for."""
    # Mounted below a random prefix, as behind a proxy, url_for knows the prefix and a typed "/" does not.
    base = f"http://localhost/{_word(rng)}"
    expected = solution.get("/", base_url=base).ok().link_paths[0]
    page = learner.get("/", base_url=base).ok()
    at = page.source.text("<a ") or page.source.where("url_for")
    expect(page.links, "The page has no link: there is no <a href=...> in it.", at=at)
    expect(
        expected in page.link_paths,
        "The page has no link to itself that url_for made. When the app is mounted below a prefix, as it was for this "
        "question, url_for includes the prefix and an address typed by hand does not.",
        expected=expected,
        actual=", ".join(page.links[:5]),
        at=at,
    )


@check(
    points=1,
    needs="page_loads",
    inside=True,
    hints=[
        "A class-based view has one method for each HTTP method that it answers.",
        "Let the class inherit from MethodView and define get(self); define nothing for methods that it should refuse.",
        'class HomeView(MethodView): ... app.add_url_rule("/", view_func=HomeView.as_view("home"))',
    ],
)
def test_method_view(page, learner, solution):
    """A MethodView serves the page."""
    view = page.ok().seen.view
    route = page.source.where("route") or page.source.where("add_url_rule")
    at = (page.source.class_named(view.name) or page.source.named(view.name) if view else None) or route
    if view is None or not view.is_method_view:
        kind = "a class that is no MethodView" if view and view.is_class else "a plain function"
        name = view.name if view else "?"
        fail(
            f"The page at / is served by `{name}`, {kind}. Serve it with a class that inherits from MethodView.",
            expected="a MethodView",
            actual=kind,
            at=at,
        )
    expect(
        page.source.mentions("MethodView"),
        "The page should be served by a MethodView, but the source never mentions one.",
        at=at,
    )
    refused = [(method, "/") for method in ("POST", "PUT", "DELETE")]
    answers, references = learner.ask_all(*refused), solution.ask_all(*refused)
    for (method, _path), answer, reference in zip(refused, answers, references, strict=True):
        wanted = reference.status_code
        if answer.status_code >= 500:
            answer.ok(wanted)
        expect(
            answer.status_code == wanted,
            f"{method} / should be refused with {wanted} Method Not Allowed: a MethodView refuses what it does not "
            "define, as the solution's does.",
            expected=wanted,
            actual=answer.status_code,
            at=page.source.where(method.lower()) or at,
        )


def _word(rng):
    return "".join(rng.choice("bcdfghkmnprstvz") for _ in range(8))
