# expect: pass
# dataclasses with slots, enums, protocols, generics, abstract classes, context variables, decimals, match
from __future__ import annotations

import contextvars
import enum
from abc import ABC, abstractmethod
from collections import Counter, defaultdict, namedtuple
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from decimal import Decimal, getcontext
from fractions import Fraction
from typing import Annotated, ClassVar, Generic, NamedTuple, Protocol, TypedDict, TypeVar, get_type_hints
from uuid import UUID, uuid4

from flask import Flask, Response, g, make_response, render_template_string, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

getcontext().prec = 20
T = TypeVar("T")
current: contextvars.ContextVar[str] = contextvars.ContextVar("current", default="-")
TASKS: list[str] = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
app = Flask(__name__)
app.config["PRICE"] = Decimal("1") / Decimal("3") + Decimal(Fraction(1, 4).numerator)


class State(enum.StrEnum):
    OPEN = enum.auto()
    DONE = enum.auto()


@dataclass(frozen=True, slots=True, order=True)
class Task:
    title: Annotated[str, "shown on the page"]
    state: State = State.OPEN
    tags: tuple[str, ...] = field(default=(), compare=False)
    kind: ClassVar[str] = "task"


class Store(Protocol[T]):
    def all(self) -> list[T]: ...


class Base(ABC, Generic[T]):
    @abstractmethod
    def all(self) -> list[T]: ...


class Memory(Base[Task]):
    def all(self) -> list[Task]:
        return [Task(title) for title in TASKS]


@contextmanager
def named(name: str):
    token = current.set(name)
    try:
        yield
    finally:
        current.reset(token)


store: Store[Task] = Memory()
print(asdict(store.all()[0]), get_type_hints(Task))


@app.before_request
def assign_request_id() -> None:
    g.request_id = uuid4()


class HomeView(MethodView):
    init_every_request: ClassVar[bool] = False

    def get(self) -> ResponseReturnValue:
        match request.cookies.get("visits", ""):
            case "":
                visits = 1
            case number:
                visits = int(number) + 1
        with named("home"):
            response = make_response(render_template_string("""<!doctype html>
<ul>{% for task in tasks %}<li class="{{ task.state }}">{{ task.title }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=store.all(), visits=visits))
        response.set_cookie("visits", str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response: Response) -> Response:
    request_id: UUID = g.request_id
    response.headers["X-Request-ID"] = str(request_id)
    return response
