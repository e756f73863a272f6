"""The request id: kept on g before the view, stamped on the response after it."""

from checkpoint import check, expect, fail

HEADER = "X-Request-ID"
PLACEHOLDER = "placeholder"  # what the starter sends


@check(
    points=1,
    needs="page_loads",
    hints=[
        "What has the before_request hook put on g that could be this header's value?",
        "The after_request hook gets the response; response.headers can be set like a dict.",
        'response.headers["X-Request-ID"] = g.request_id',
    ],
)
def test_header_present(page):
    """The response carries an X-Request-ID."""
    value = page.ok().headers.get(HEADER)
    at = page.source.where(HEADER) or page.source.where("headers")
    if value is None:
        near = [name for name, _ in page.headers if "request" in name.lower() or name.lower().startswith("x-")]
        function = page.source.function_around(page.source.where(HEADER))
        why = ""
        if near:
            why = f" There is a {near[0]}; is that a slip of the pen?"
            at = page.source.where(near[0]) or at
        elif function and function.hook != "after_request":
            kind = f"a {function.hook} hook" if function.hook else "not registered as a hook"
            why = f" `{function.name}` would set it, but that is {kind}. It has to be an after_request hook."
            at = function.place
        elif function is None:  # it is spoken of outside of all functions, if at all
            at = page.source.hook("after_request") or at
        fail(f"The response has no {HEADER} header.{why}", expected=HEADER, actual=near[0] if near else "none", at=at)
    values = page.headers.getlist(HEADER)
    expect(
        len(values) == 1,
        f"The response carries {len(values)} {HEADER} headers; one is enough.",
        actual=", ".join(values),
        at=at,
    )
    expect(value.strip(), f"The {HEADER} header is there, but empty.", actual=repr(value), at=at)
    expect(
        value.strip().lower() != PLACEHOLDER,
        f"The {HEADER} header still has the starter's placeholder for its value.",
        expected="the id that is on g",
        actual=value,
        at=page.source.where(HEADER, PLACEHOLDER) or at,
    )


@check(
    points=1,
    needs="header_present",
    hints=[
        "An id that two requests share cannot tell them apart.",
        "Make a new id in the before_request hook each time it runs: uuid4().hex.",
    ],
)
def test_header_fresh(learner, solution):
    """Each request has an id of its own."""
    four = [("GET", "/")] * 4
    wanted = len({page.ok().headers.get(HEADER) for page in solution.ask_all(*four)})
    pages = [page.ok() for page in learner.ask_all(*four)]
    values = [page.headers.get(HEADER) for page in pages]
    expect(
        len(set(values)) == wanted,
        f"{len(values)} requests got only {len(set(values))} different {HEADER}s. An id belongs to one request.",
        expected=f"{wanted} different ids",
        actual=", ".join(str(value) for value in values),
        # An id from g is made where it is put there.
        at=pages[0].source.where("g") if pages[0].source.where(HEADER, "g") else pages[0].source.where(HEADER),
    )


@check(
    points=1,
    needs="page_loads",
    inside=True,
    hints=[
        "g is empty when a request begins. Something has to fill it before the view runs.",
        "@app.before_request above a function makes it run before each view.",
        "g.request_id = uuid4().hex, in a function with @app.before_request",
    ],
)
def test_g_before_view(page):
    """A before_request hook has put something on g before the view starts."""
    # A subclass of Flask may do the same in the method that calls the hooks.
    hooks = [hook.name for hook in page.ok().seen.hooks("before")]
    if page.source.named("preprocess_request"):
        hooks.append("preprocess_request")
    at = page.source.hook("before_request") or page.source.where("g")
    idle = page.source.function_around(page.source.hook("before_request"))
    if idle and not hooks:
        fail(
            f"No before_request hook ran. `{idle.name}` is one, but of a blueprint that serves other pages, or is not "
            "registered, or of another Flask(...). Put @app.before_request above it, with the app that has the page.",
            at=at,
        )
    expect(
        hooks,
        "No before_request hook ran. Write a function that puts an id on g, with @app.before_request above it.",
        at=at,
    )
    expect(
        page.seen.names("g_by_hooks") and page.source.mentions("g"),
        f"When the view started, g was empty: the before_request hook `{hooks[0]}` put nothing on it."
        if not page.seen.names("g_at_view")
        else f"What lies on g when the view starts was there before the before_request hook `{hooks[0]}` ran.",
        expected="something on g, such as g.request_id",
        actual="an empty g",
        at=at,
    )


@check(
    points=4,
    needs="header_present",
    inside=True,
    hints=[
        "The id is made once, before the view. After the view it should only be read.",
        "What the before_request hook puts on g, the after_request hook finds there.",
        'response.headers["X-Request-ID"] = g.request_id',
    ],
)
def test_header_from_g(learner, rng):
    """The header's value comes from g."""
    learner.trace_header(HEADER, rng).expect("g")


@check(
    points=1,
    inside=True,
    hints=[
        "Whatever an after_request hook returns is what gets sent.",
        "The last line of the hook: return response",
    ],
)
def test_after_request_returns(page, learner, rng):
    """Every after_request hook returns a response."""
    missing = "/" + "".join(rng.choice("bcdfghkmnprstvz") for _ in range(9))
    others = learner.ask_all(("GET", missing), ("POST", "/"))
    for answer, status in zip((page, *others), (200, 404, 405), strict=True):
        answer.after_hooks_ok(status)
    expect(
        page.seen.hooks("after") or page.source.named("process_response"),
        "No after_request hook ran. Write a function that takes the response, stamps the header and returns it, with "
        "@app.after_request above it.",
        at=page.source.where("after_request") or page.source.where(HEADER),
    )
