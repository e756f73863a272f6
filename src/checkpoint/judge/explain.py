"""Say in a beginner's words what Python's and Flask's own messages mean.

Each entry is a pattern over `Type: message` and what to tell beside Python's words. They know Flask, not
any exercise.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NAME_CHARS = 80  # of what an exception's words name; the words themselves are told in full beside it


class Explanation(NamedTuple):
    """A pattern and the sentence that goes with it (its groups fill the braces)."""

    pattern: str
    words: str


EXPLANATIONS = [
    Explanation(
        r"TypeError: can only concatenate str \(not \"(int|float)\"\) to str",
        "This adds a number to a text. What comes with a request (cookies, form fields, query arguments) is "
        "always text: turn it into a number with int(...) before you calculate with it.",
    ),
    Explanation(
        r"TypeError: unsupported operand type\(s\) for \+=?: 'int' and 'str'",
        "This adds a text to a number. What comes with a request (cookies, form fields, query arguments) is "
        "always text: turn it into a number with int(...) before you calculate with it.",
    ),
    Explanation(
        r"TypeError: unsupported operand type\(s\) for \+=?: 'NoneType' and '(\w+)'",
        "The left side is None: there was no such value. Give .get(...) a second argument to use when nothing "
        "is there yet, for example .get(\"name\", \"0\").",
    ),
    Explanation(
        r"TypeError: int\(\) argument must be .* not 'NoneType'",
        "int(...) was given None: there was no such value. Give .get(...) a second argument to use when nothing "
        "is there yet, for example .get(\"name\", \"0\").",
    ),
    Explanation(
        r"ValueError: invalid literal for int\(\) with base 10: '(?P<text>[^']*)'",
        "int(...) was given the text '{text}', which is not a whole number.",
    ),
    Explanation(
        r"KeyError: '(?P<name>[^']*)'$",
        "There is no key `{name}` in it. Look whether it is there before you use it; .get(\"{name}\") gives None where "
        "it is not.",
    ),
    Explanation(
        r"AttributeError: 'str' object has no attribute '(?P<name>set_cookie|headers|status_code|delete_cookie)'",
        "A rendered template is plain text, and text has no .{name}. Wrap it in a response first: "
        "response = make_response(...).",
    ),
    Explanation(
        r"AttributeError: 'tuple' object has no attribute '(?P<name>set_cookie|headers)'",
        "A tuple has no .{name}. Make a response first: response = make_response(...).",
    ),
    Explanation(
        # g itself raises with nothing but the name (flask.ctx._AppCtxGlobals).
        r"AttributeError: (?P<name>\w+)$",
        "Nothing has put `{name}` on g in this request. Set g.{name} = ... in a before_request hook, with exactly "
        "this name.",
    ),
    Explanation(
        r"AttributeError: 'NoneType' object has no attribute '(?P<name>\w+)'",
        "The value in front of .{name} is None: something that should have returned a value returned nothing.",
    ),
    Explanation(
        r"AttributeError: '(?P<name>\w*View)' object has no attribute '(?P<attr>\w+)'",
        "Nothing has set self.{attr} in this request. Flask makes a new {name} for each one, so what an earlier "
        "request put on self is gone.",
    ),
    Explanation(
        r"TypeError: The view function for .* did not return a valid response\. The function either returned None",
        "The view, or a decorator around it, has no `return` on this path. Flask sends what comes back, so return the "
        "response.",
    ),
    Explanation(
        r"TypeError: The view function .*but it was an? (?P<name>[A-Z]\w*)\.",
        "Flask called `{name}` and got an object of that class, not a response. A class-based view is registered with "
        "as_view: app.add_url_rule(\"/\", view_func={name}.as_view(\"...\")).",
    ),
    Explanation(
        r"TypeError: The view function .*did not return a valid response",
        "Flask can send text, a dict, a list, a response, or a tuple of these with a status.",
    ),
    Explanation(
        r"TypeError: the endpoint of the route",
        "The second argument of add_url_rule is the endpoint's name. Write view_func= in front of the view: "
        "app.add_url_rule(\"/\", view_func=MyView.as_view(\"...\")).",
    ),
    Explanation(
        r"TypeError: 'ImmutableMultiDict' objects? (is|are) immutable",
        "What came with a request cannot be changed. A cookie is set on the response: response.set_cookie(...).",
    ),
    Explanation(
        r"AttributeError: 'Request' object has no attribute 'set_cookie'",
        "A cookie is set on the response that the view returns: response.set_cookie(...).",
    ),
    Explanation(
        r"TypeError: 'Response' object does not support item assignment",
        "Headers are set on the response's headers: response.headers[\"...\"] = ...",
    ),
    Explanation(
        r"TypeError: render_template(_string)?\(\) takes 1 positional argument but",
        "Values for a template are given by name: render_template_string(PAGE, name=name).",
    ),
    Explanation(
        r"TypeError: (?P<name>[\w.<>]+)\(\) takes 0 positional arguments but 1 was given",
        "Python hands one argument to {name}() that its `def` line does not list. A method's first parameter is "
        "`self`; an after_request hook's is `response`.",
    ),
    Explanation(
        r"TypeError: \w+\.(?P<hook>\w+_request|route)\(\) missing 1 required positional argument: '\w+'",
        "Leave out the parentheses: @app.{hook}, not @app.{hook}().",
    ),
    Explanation(
        r"TypeError: \w+\.as_view\(\) missing 1 required positional argument: 'name'",
        "as_view needs the name of the endpoint, for example as_view(\"home\").",
    ),
    Explanation(
        r"AttributeError: type object '(?P<name>\w+)' has no attribute 'as_view'",
        "`{name}` is no view class. Let it inherit from MethodView: class {name}(MethodView).",
    ),
    Explanation(
        r"AttributeError: 'Flask' object has no attribute 'before_first_request'",
        "Flask took before_first_request out in version 2.3. Use @app.before_request.",
    ),
    Explanation(
        r"TypeError: expected string or bytes-like object, got 'int'",
        "A number was given where a text is needed: turn it into one with str(...).",
    ),
    Explanation(
        r"AssertionError: Unimplemented method '(?P<method>\w+)'",
        "The view class has no method for {method} requests. GET is answered by def get(self), POST by def post(self): "
        "the name in small letters, the `def` indented below the class line.",
    ),
    Explanation(
        r"MethodNotAllowed: 405",
        "There is a route for that address, but not for this method. In a view class def get(self) answers GET and "
        "def post(self) POST.",
    ),
    Explanation(
        r"UnboundLocalError: .*local variable '(?P<name>\w+)'",
        "Because {name} is assigned somewhere in this function, it is a variable of the function alone, and here "
        "it has no value yet.",
    ),
    Explanation(
        r"TypeError: '_AppCtxGlobals' object (does not support item assignment|is not subscriptable)",
        "g takes attributes, not keys: g.name, not g[\"name\"].",
    ),
    Explanation(
        r"TypeError: '(ImmutableMultiDict|Headers|EnvironHeaders|SecureCookieSession)' object is not callable",
        "This is used like a dict: .get(\"name\") or [\"name\"], without parentheses of its own.",
    ),
    Explanation(
        r"TypeError: 'str' object is not callable",
        "A text is being called like a function: take out the parentheses behind it (uuid4().hex has none).",
    ),
    Explanation(
        r"TypeError: (?P<name>[\w.<>]+\.(?:get|post|put|patch|delete))\(\) missing 1 required positional argument: "
        r"'(?P<arg>\w+)'",
        "Flask gives {name}() only what stands in <...> in its route. Take `{arg}` out, or put <{arg}> into the route.",
    ),
    Explanation(
        r"TypeError: (?P<name>[\w.<>]+)\(\) missing 1 required positional argument: '(?P<arg>\w+)'",
        "{name}() expects `{arg}`, and nobody hands it one. Check which decorator it has: before_request hooks "
        "get no argument, after_request hooks get the response.",
    ),
    Explanation(
        r"NotImplementedError: $",
        "A class that inherits from View has to define dispatch_request(). If it defines get(), let it inherit from "
        "MethodView instead.",
    ),
    Explanation(
        r"ImportError: cannot import name '(?P<name>\w+)' from (partially initialized module )?'(?P<module>[\w.]+)'.*"
        r"(circular import|app\.py)",
        "Two files import each other, so one of them is only half there. Move `{name}` into a file that imports "
        "neither.",
    ),
    Explanation(
        r"BadRequestKeyError",
        "The request has no such value yet, and square brackets insist on one, so Flask answered 400. Use "
        ".get(\"name\", default) instead.",
    ),
    Explanation(
        r"TemplateSyntaxError: expected token 'end of print statement', got '(?P<got>[^']*)'",
        "Inside {{{{ }}}} there may only be a value to show. Statements such as for and if stand in {{% %}}: "
        "{{% for item in items %}} ... {{% endfor %}}.",
    ),
    Explanation(
        r"TemplateSyntaxError: Unexpected end of template",
        "A block was opened and not closed: each {{% for %}} needs its {{% endfor %}}, each {{% if %}} its "
        "{{% endif %}}.",
    ),
    Explanation(
        r"TemplateSyntaxError: Encountered unknown tag '(?P<tag>end(?:for|if|block|with|macro)|else|elif)'.*"
        r"innermost block that needs to be closed is '(?P<open>\w+)'",
        "A {{% {open} %}} above is still open where {{% {tag} %}} comes: close it first, with {{% end{open} %}}.",
    ),
    Explanation(
        r"TemplateSyntaxError: Encountered unknown tag '(?P<tag>\w+)'",
        "Jinja2 has no tag `{tag}`. Check its spelling: a loop is {{% for item in items %}} ... {{% endfor %}}.",
    ),
    Explanation(
        r"TemplateNotFound: .*[<\n]",
        "render_template takes the name of a file. To render a text, use render_template_string(PAGE, ...).",
    ),
    Explanation(
        r"TemplateNotFound: (?P<name>\S+)",
        "Flask looks for templates in the folder `templates` beside app.py, and {name} is not there. If the app has "
        "another folder for them, grade the whole folder: with app.py alone comes `templates` only.",
    ),
    Explanation(
        r"UndefinedError: '(?P<name>(?i:urls?_?fo?r?))' is undefined",
        "There is no `{name}`. The function that gives a view's address is url_for, here as everywhere in Flask.",
    ),
    Explanation(
        r"UndefinedError: '(?P<name>\w+)' is undefined",
        "The template uses `{name}`, but nobody gave it one. Hand it over: render_template_string(PAGE, {name}=...).",
    ),
    Explanation(
        r"BuildError: Could not build url for endpoint '(?P<name>[^']*)'",
        "No route has the endpoint '{name}'. For a class-based view the endpoint is the name given to "
        "as_view(...); in a blueprint it is 'blueprint.name'.",
    ),
    Explanation(
        r"AssertionError: View function mapping is overwriting an existing endpoint function: (?P<name>\w+)",
        "Two routes have the same endpoint `{name}`. Give one of the two functions or as_view(...) another name.",
    ),
    Explanation(
        r"RuntimeError: Working outside of (application|request) context",
        "request, g, session and render_template_string only work while a request is being answered. Move this "
        "into the view or into a hook.",
    ),
    Explanation(
        r"RuntimeError: The session is unavailable because no secret key was set",
        "The session needs app.secret_key. Set it right after app = Flask(__name__).",
    ),
    Explanation(
        r"RuntimeError: Install Flask with the 'async' extra",
        "Async views need one more package: pip install \"flask[async]\".",
    ),
    Explanation(
        r"RecursionError",
        "A function keeps calling itself without an end.",
    ),
    Explanation(
        r"EOFError: EOF when reading a line",
        "input(...) waits for somebody at the keyboard. A web app has nobody there: take what you need from the "
        "request instead.",
    ),
    Explanation(
        r".*an app that is being graded cannot start other programs",
        "What another program would do, Python can often do itself (shutil, pathlib, zipfile, datetime, platform). If "
        "the app can do without, catch the error: except OSError.",
    ),
    Explanation(
        r".*(multiprocessing does not work in an app that is being graded|cannot start other processes)",
        "Threads are allowed: threading.Thread, threading.Lock, queue.Queue, concurrent.futures.ThreadPoolExecutor.",
    ),
    Explanation(
        r".*an app that is being graded cannot use the network",
        "Nothing else answers there, so that everybody is graded alike. If this starts a server, put it behind "
        "if __name__ == \"__main__\":. If it asks another one, catch the error and show the page without the answer.",
    ),
    Explanation(
        r"FileNotFoundError: \[Errno 2\] (?:No such file|Unable to load)[^']*: '(?P<name>(?:/|\.\.|~|[A-Za-z]:)[^']*)'",
        "`{name}` is no part of the submission, and nothing else of a computer is there while an app is being graded. "
        "Put the file beside app.py and start from there: Path(__file__).parent / \"...\".",
    ),
    Explanation(
        r"FileNotFoundError: \[Errno 2\] (?:No such file|Unable to load)[^']*: '(?P<name>[^']*)'",
        "`{name}` is not there; names count from the folder of app.py. With app.py come only the templates, static and "
        ".py files beside it: if the app needs more, grade the whole folder.",
    ),
    Explanation(
        r"(?:PermissionError: \[Errno 13\] Permission denied|OSError: \[Errno 30\] Read-only file system): "
        r"'(?P<name>[^']*)'",
        "An app that is being graded may read and write in the folder of app.py, and wherever tempfile puts "
        "a file; `{name}` lies elsewhere. Start from Path(__file__).parent or app.instance_path.",
    ),
    Explanation(
        r"PermissionError: \[Errno 1\] Operation not permitted",
        "An app that is being graded cannot open sockets, start processes, send signals or become another user. If "
        "this starts a server, put it behind if __name__ == \"__main__\":.",
    ),
    Explanation(
        r"OSError: \[Errno (28|27)\] ",
        "The app has written more to files than it may while it is being graded, which is 64 MiB. Look for a file "
        "that grows without an end.",
    ),
    Explanation(
        r"OSError: \[Errno (25|6)\] ",
        "This asks about a terminal, and a web app has none. shutil.get_terminal_size() and getpass.getuser() can do "
        "without.",
    ),
    Explanation(
        r"RuntimeError: can't start new thread",
        "The app has started more threads than it may have. Look for one that starts again and again and never ends; "
        "one ThreadPoolExecutor for the whole app keeps them few.",
    ),
    Explanation(
        r"OperationalError: unable to open database file",
        "SQLite finds no folder in which it could make this file. os.makedirs(app.instance_path, exist_ok=True) makes "
        "the instance folder; a path that starts elsewhere than at app.py's folder leads nowhere while it is graded.",
    ),
    Explanation(
        r"OperationalError: no such table: (?P<name>\w+)",
        "The database has no table `{name}`. Make it when the app starts: CREATE TABLE IF NOT EXISTS {name} (...). A "
        "database file that lies beside app.py comes along only when the whole folder is graded.",
    ),
    Explanation(
        r"Error: unsupported locale setting",
        "The computer that grades does not have this language. Catch locale.Error and go on without it.",
    ),
    Explanation(
        r"MemoryError",
        "The app asked for more memory than it may have.",
    ),
    Explanation(
        r"NameError: name '(?P<name>\w+)' is not defined",
        "Nothing called `{name}` exists at this point. Check its spelling, and whether it is imported.",
    ),
]  # fmt: skip


def explain(kind: str, message: str) -> str | None:
    """Return what to tell a beginner about an exception, None if its own words have to do."""
    text = f"{kind}: {message}"
    for explanation in EXPLANATIONS:
        match = re.match(explanation.pattern, text, re.DOTALL)
        if match:
            named = {name: " ".join(value[:NAME_CHARS].split()) for name, value in match.groupdict("").items()}
            return explanation.words.format(**named)
    return None


class SyntaxAdvice(NamedTuple):
    """A pattern over Python's message, one over the line that it names, and the next step."""

    pattern: str
    words: str
    line: str = ""


# Of these Python already says, at the place, most of what there is to say.
SYNTAX = [
    SyntaxAdvice(r"invalid non-printable character", "Retype that spot by hand: it was pasted from somewhere."),
    SyntaxAdvice(
        r"invalid character '[\u2018-\u201f\xab\xb4\xbb\u2032\u2033]'",
        "Those are the quotation marks of printed text. Retype them by hand: Python's are straight.",
    ),
    SyntaxAdvice(r"was never closed", "Add the closing bracket."),
    SyntaxAdvice(r"expected ':'", "Python has no `else if`: it is elif.", r"\s*else\s+if\b"),
    SyntaxAdvice(
        r"expected ':'",
        "Python has no braces around blocks: a colon ends this line, and the lines of the block are indented.",
        r".*\{\s*$",
    ),
    SyntaxAdvice(r"expected ':'", "Lines that begin a block (def, class, if, for, with ...) end with a colon."),
    SyntaxAdvice(r"expected '\('", "A function's name is followed by parentheses, be they empty: def name():"),
    SyntaxAdvice(r"expected an indented block", "Indent the line below by four spaces."),
    SyntaxAdvice(r"unindent does not match|unexpected indent", "Line it up with the line above that it belongs to."),
    SyntaxAdvice(r"'return' outside function", "Indent it as deep as the other lines of its function."),
    SyntaxAdvice(r"inconsistent use of tabs", "Use four spaces everywhere; most editors can convert tabs."),
    SyntaxAdvice(
        r"expected 'except' or 'finally'", "Below a try: there is an except that says what to do when it goes wrong."
    ),
    SyntaxAdvice(
        r"positional argument follows keyword", "Arguments with a name (name=value) come after those without one."
    ),
    SyntaxAdvice(r"Missing parentheses in call to 'print'", "In Python 3 print is a function: print(...)."),
    SyntaxAdvice(
        r"f-string: (expecting|unmatched)",
        "Each { in an f-string needs its }, and between them stand other quotation marks than around the text.",
    ),
    SyntaxAdvice(r"unterminated (triple-quoted )?string|unterminated f-string", "Add the closing quotation marks."),
    SyntaxAdvice(
        r"codec can't decode|unknown encoding|invalid or missing encoding|encoding problem",
        "Save the file as UTF-8; your editor shows the encoding in its status bar.",
    ),
    SyntaxAdvice(r"null bytes", "The file is not plain text. Save it as a .py file in UTF-8."),
    SyntaxAdvice(r"cannot assign to|Maybe you meant '=='", "One = stores a value, two == compare."),
    SyntaxAdvice(
        r"invalid syntax", "Python has no ++ and no --: write += 1 or -= 1.", r".*[\w\])](\+\+|--)\s*(;|#|\)|$)"
    ),
    SyntaxAdvice(
        r"invalid syntax", "Python writes and, or, not where other languages write &&, ||, !.", r".*(&&|\|\||!\s*[\w(])"
    ),
    SyntaxAdvice(
        r"invalid syntax", "Python has no ? and :. It is: one if condition else other.", r"[^\"'#]*\?[^\"'#]*:"
    ),
    SyntaxAdvice(
        r"invalid syntax",
        "A variable needs nothing in front of its name: name = value.",
        r"\s*(const|let|var)\s+\w+\s*=",
    ),
    SyntaxAdvice(
        r"invalid syntax|Did you mean to use 'from",
        "It is the other way round: from module import name.",
        r"\s*import\s.*\sfrom\s",
    ),
    SyntaxAdvice(
        r"invalid syntax",
        "There is no `if` directly above that this line could belong to, at the same depth.",
        r"\s*(elif|else)\b",
    ),
]


def explain_syntax(message: str, line: str = "") -> str | None:
    """Return the next step for a syntax error at a line, None if Python's own words have to do."""
    return next(
        (advice.words for advice in SYNTAX if re.search(advice.pattern, message) and re.match(advice.line, line)), None
    )
