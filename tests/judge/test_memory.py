"""A solution that keeps anything is never taken for one that keeps nothing; ordinary ones are known to."""

from __future__ import annotations

import re
import sys
import types
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from checkpoint.judge.memory import keeps_nothing

from .apps import ROOT, SOLUTION

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = ROOT / "tests" / "samples"
HEAD = """
import collections, copy, functools, itertools, json, logging, os, random, secrets, time, uuid
from dataclasses import dataclass, field
from enum import Enum
from functools import partial, wraps
from typing import NamedTuple
from flask import Blueprint, Flask, Response, abort, after_this_request, current_app, flash, g, jsonify, make_response
from flask import redirect, render_template, render_template_string, request, session, url_for
from flask.views import MethodView, View

app = Flask(__name__)
TASKS = ["a", "b"]
USERS = {"ann": {"seen": 0}, "bob": {"seen": 0}}
PAGE = "<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
"""


def cases(text: str) -> dict[str, str]:
    """Return apps by name."""
    return dict(part.split("\n", 1) for part in text.split("### ")[1:])


KEEPING = cases(r"""
### global
n = 0
@app.get('/')
def home():
    global n
    n += 1
    return str(n)
### nonlocal
def make():
    n = 0
    def home():
        nonlocal n
        n += 1
        return str(n)
    return home
app.add_url_rule('/', view_func=make())
### module dict
n = {'n': 0}
@app.get('/')
def home():
    n['n'] += 1
    return str(n)
### module list
@app.get('/')
def home():
    TASKS.append('c')
    return str(TASKS)
### list added to
@app.get('/')
def home():
    tasks = TASKS
    tasks += ['c']
    return str(tasks)
### alias
@app.get('/')
def home():
    tasks = TASKS
    tasks.append('c')
    return str(tasks)
### alias by choice
@app.get('/')
def home():
    tasks = request.args and TASKS or []
    tasks.append('c')
    return str(tasks)
### alias by walrus
@app.get('/')
def home():
    if tasks := TASKS:
        tasks.pop()
    return str(tasks)
### alias by unpacking
@app.get('/')
def home():
    ann, bob = USERS.values()
    ann['seen'] += 1
    return str(ann)
### alias by with
@app.get('/')
def home():
    with app.app_context() as c, open_it() as tasks:
        tasks.append(1)
    return ''
def open_it():
    return TASKS
### alias by match
@app.get('/')
def home():
    match USERS:
        case {'ann': ann}:
            ann['seen'] += 1
    return ''
### bound method
add = TASKS.append
@app.get('/')
def home():
    add('c')
    return str(TASKS)
### bound method within
@app.get('/')
def home():
    add = TASKS.append
    add('c')
    return str(TASKS)
### slice
@app.get('/')
def home():
    TASKS[:] = ['c']
    return str(TASKS)
### del
@app.get('/')
def home():
    del TASKS[0]
    return str(TASKS)
### loop target
@app.get('/')
def home():
    for TASKS[0] in 'xy':
        pass
    return str(TASKS)
### inner dict
@app.get('/')
def home():
    USERS['ann']['seen'] += 1
    return str(USERS)
### inner dict by get
@app.get('/')
def home():
    user = USERS.get('ann')
    user['seen'] += 1
    return str(USERS)
### inner dict by get beside a view
class Home(MethodView):
    def get(self):
        USERS.get('ann')['seen'] += 1
        return str(USERS)
app.add_url_rule('/', view_func=Home.as_view('home'))
### inner dict by loop
@app.get('/')
def home():
    for name, user in USERS.items():
        user['seen'] += 1
    return str(USERS)
### inner dict by sort
@app.get('/')
def home():
    first = sorted(USERS.values(), key=str)[0]
    first['seen'] += 1
    return str(USERS)
### inner dict by copy
@app.get('/')
def home():
    users = dict(USERS)
    users['ann']['seen'] += 1
    return str(USERS)
### inner dict by next
@app.get('/')
def home():
    user = next(u for u in USERS.values() if u)
    user['seen'] += 1
    return str(USERS)
### inner dict by max
@app.get('/')
def home():
    max(USERS.values(), key=len)['seen'] += 1
    return str(USERS)
### inner dict by comprehension
@app.get('/')
def home():
    [u.update(seen=u['seen'] + 1) for u in USERS.values()]
    return str(USERS)
### inner list filled at import
rows = []
rows.append([])
@app.get('/')
def home():
    rows[0].append(1)
    return str(rows)
### inner dict stored at import
state = {}
state['seen'] = {}
@app.get('/')
def home():
    state['seen'][request.path] = 1
    return str(state)
### by helper
def add(to):
    to.append('c')
@app.get('/')
def home():
    add(TASKS)
    return str(TASKS)
### by helpers
def add(to):
    add2(to)
def add2(to):
    to.append('c')
@app.get('/')
def home():
    add(to=TASKS)
    return str(TASKS)
### by getter
def tasks():
    return TASKS
@app.get('/')
def home():
    tasks().append('c')
    return str(TASKS)
### by getters
def tasks():
    return tasks2()
def tasks2():
    return TASKS
@app.get('/')
def home():
    found = tasks()
    found.append('c')
    return str(TASKS)
### by generator
def users():
    yield from USERS.values()
@app.get('/')
def home():
    for user in users():
        user['seen'] += 1
    return str(TASKS)
### by lambda
find = lambda name: USERS[name]
@app.get('/')
def home():
    find('ann')['seen'] += 1
    return str(USERS)
### by stars
def add(*to, **more):
    to[0].append('c')
@app.get('/')
def home():
    add(*[TASKS])
    return str(TASKS)
### by map
def add(user):
    user['seen'] += 1
@app.get('/')
def home():
    list(map(add, USERS.values()))
    return str(USERS)
### in g
@app.before_request
def before():
    g.tasks = TASKS
@app.get('/')
def home():
    g.tasks.append('c')
    return str(TASKS)
### in a local
@app.get('/')
def home():
    context = {}
    context['tasks'] = TASKS
    context['tasks'].append('c')
    return str(context)
### in a local's display
@app.get('/')
def home():
    context = {'tasks': TASKS}
    context['tasks'].append('c')
    return str(context)
### in a local's display, got
@app.get('/')
def home():
    context = dict(tasks=TASKS)
    context.get('tasks').append('c')
    return str(context)
### in an instance
class Box:
    def __init__(self, items):
        self.items = items
@app.get('/')
def home():
    Box(TASKS).items.append('c')
    return str(TASKS)
### default argument
@app.get('/')
def home(seen=[]):
    seen.append(1)
    return str(seen)
### default keyword
@app.get('/')
def home(*, seen={}):
    seen[request.path] = 1
    return str(seen)
### default iterator
@app.get('/')
def home(numbers=itertools.count()):
    return str(next(numbers))
### route defaults
def home(seen):
    seen.append(1)
    return str(seen)
app.add_url_rule('/', view_func=home, defaults={'seen': []})
### partial
def home(seen):
    seen.append(1)
    return str(seen)
app.add_url_rule('/', 'home', partial(home, []))
### partial of a name
def home(seen):
    seen.append(1)
    return str(seen)
app.add_url_rule('/', 'home', partial(home, TASKS))
### closure list
def make():
    seen = []
    @app.get('/')
    def home():
        seen.append(1)
        return str(seen)
make()
### factory parameter
def make(seen):
    @app.get('/')
    def home():
        seen.append(1)
        return str(seen)
make([])
### factory method
def make(add):
    @app.get('/')
    def home():
        add(1)
        return str(TASKS)
make(TASKS.append)
### memo decorator
def memo(fn):
    kept = {}
    @wraps(fn)
    def inner(*args):
        if args not in kept:
            kept[args] = fn(*args)
        return kept[args]
    return inner
@app.get('/')
@memo
def home():
    return uuid.uuid4().hex
### counting decorator
def counted(fn):
    @wraps(fn)
    def inner(*args):
        inner.calls += 1
        return fn(*args)
    inner.calls = 0
    return inner
@app.get('/')
@counted
def home():
    return str(home.calls)
### function attribute
@app.get('/')
def home():
    home.n = getattr(home, 'n', 0) + 1
    return str(home.n)
### function attribute by setattr
@app.get('/')
def home():
    setattr(home, 'n', getattr(home, 'n', 0) + 1)
    return str(home.n)
### class attribute
class Home(MethodView):
    n = 0
    def get(self):
        Home.n += 1
        return str(Home.n)
app.add_url_rule('/', view_func=Home.as_view('home'))
### class attribute by type
class Home(MethodView):
    n = 0
    def get(self):
        type(self).n += 1
        return str(self.n)
app.add_url_rule('/', view_func=Home.as_view('home'))
### class attribute by class
class Home(MethodView):
    n = 0
    def get(self):
        self.__class__.n += 1
        return str(self.n)
app.add_url_rule('/', view_func=Home.as_view('home'))
### class attribute by cls
class Home(MethodView):
    n = 0
    @classmethod
    def count(cls):
        cls.n += 1
        return cls.n
    def get(self):
        return str(self.count())
app.add_url_rule('/', view_func=Home.as_view('home'))
### class attribute by helper
class Counter:
    n = 0
def bump(of):
    of.n += 1
@app.get('/')
def home():
    bump(Counter)
    return str(Counter.n)
### class attribute by alias
class Counter:
    n = 0
@app.get('/')
def home():
    c = Counter
    c.n += 1
    return str(c.n)
### class list
class Home(MethodView):
    seen = []
    def get(self):
        self.seen.append(1)
        return str(self.seen)
app.add_url_rule('/', view_func=Home.as_view('home'))
### class list by name
class Store:
    seen = []
@app.get('/')
def home():
    Store.seen.append(1)
    return str(Store.seen)
### class defaultdict
class Home(MethodView):
    seen = collections.defaultdict(int)
    def get(self):
        return str(len(self.seen)) + str(self.seen[request.path])
app.add_url_rule('/', view_func=Home.as_view('home'))
### class iterator
class Home(MethodView):
    ids = itertools.count(1)
    def get(self):
        return str(next(self.ids))
app.add_url_rule('/', view_func=Home.as_view('home'))
### one view object
class Home(MethodView):
    init_every_request = False
    n = 0
    def get(self):
        self.n += 1
        return str(self.n)
app.add_url_rule('/', view_func=Home.as_view('home'))
### view given a list
class Home(MethodView):
    def __init__(self, seen):
        self.seen = seen
    def get(self):
        self.seen.append(1)
        return str(self.seen)
app.add_url_rule('/', view_func=Home.as_view('home', []))
### object
class Counter:
    def __init__(self):
        self.n = 0
    def hit(self):
        self.n += 1
        return self.n
counter = Counter()
@app.get('/')
def home():
    return str(counter.hit())
### object changed outside
class Counter:
    def __init__(self):
        self.n = 0
counter = Counter()
@app.get('/')
def home():
    counter.n += 1
    return str(counter.n)
### object's list
class Log:
    def __init__(self):
        self.rows = []
log = Log()
@app.get('/')
def home():
    log.rows.append(1)
    return str(log.rows)
### object's method given away
class Counter:
    def __init__(self):
        self.n = 0
    def __call__(self):
        self.n += 1
        g.n = self.n
app.before_request(Counter())
### dataclass
@dataclass
class Stats:
    rows: list = field(default_factory=list)
stats = Stats()
@app.get('/')
def home():
    stats.rows.append(1)
    return str(stats)
### dataclass field
@dataclass
class Stats:
    n: int = 0
stats = Stats()
@app.get('/')
def home():
    stats.n += 1
    return str(stats)
### dict subclass
class Store(dict):
    pass
store = Store()
@app.get('/')
def home():
    store['n'] = store.get('n', 0) + 1
    return str(store)
### counter
seen = collections.Counter()
@app.get('/')
def home():
    seen[request.path] += 1
    return str(seen)
### counter updated
seen = collections.Counter()
@app.get('/')
def home():
    seen.update([request.path])
    return str(seen)
### deque
seen = collections.deque(maxlen=5)
@app.get('/')
def home():
    seen.appendleft(1)
    return str(seen)
### defaultdict read
seen = collections.defaultdict(list)
@app.get('/')
def home():
    seen[request.path]
    return str(seen)
### count
ids = itertools.count(1)
@app.get('/')
def home():
    return str(next(ids))
### iterator
it = iter(TASKS)
@app.get('/')
def home():
    return next(it, 'none')
### iterated iterator
it = (t for t in TASKS)
@app.get('/')
def home():
    return ''.join(it)
### zip
pairs = zip(TASKS, TASKS)
@app.get('/')
def home():
    return str([p for p in pairs])
### own generator
def ids():
    n = 0
    while True:
        n += 1
        yield n
numbers = ids()
@app.get('/')
def home():
    return str(next(numbers))
### next as a function
following = itertools.count().__next__
@app.get('/')
def home():
    return str(following())
### seeded random
rng = random.Random(3)
@app.get('/')
def home():
    return str(rng.random())
### random seed
random.seed(3)
@app.get('/')
def home():
    return str(random.random())
### shuffled at import
random.shuffle(TASKS)
@app.get('/')
def home():
    return str(TASKS)
### shuffled
@app.get('/')
def home():
    random.shuffle(TASKS)
    return str(TASKS)
### chance at import
boot = f'{uuid.uuid4()}'
@app.get('/')
def home():
    return boot
### chance in a factory
def make():
    boot = str(time.time())
    @app.get('/')
    def home():
        return boot
make()
### chance in a class
class Home(MethodView):
    boot = secrets.token_hex()
    def get(self):
        return self.boot
app.add_url_rule('/', view_func=Home.as_view('home'))
### chance as the key
app.secret_key = secrets.token_hex()
@app.get('/')
def home():
    session['n'] = 1
    return ''
### chance as the key, factory
def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.urandom(16))
    app.config['X'] = 1
    return app
### chance as the key, item
def create_app():
    app = Flask(__name__)
    app.config['SECRET_KEY'] = os.urandom(16)
    return app
### cache
@functools.cache
def made(path):
    return uuid.uuid4().hex
### lru_cache
from functools import lru_cache
@lru_cache(maxsize=None)
def made(path):
    return uuid.uuid4().hex
### config
@app.get('/')
def home():
    app.config['N'] = app.config.get('N', 0) + 1
    return str(app.config['N'])
### config of current_app
@app.get('/')
def home():
    current_app.config.update(N=1)
    return ''
### config's list
app.config['SEEN'] = []
@app.get('/')
def home():
    current_app.config['SEEN'].append(1)
    return ''
### app attribute
app.n = 0
@app.get('/')
def home():
    app.n += 1
    return str(app.n)
### app attribute in factory
def create_app():
    app = Flask(__name__)
    app.n = 0
    @app.get('/')
    def home():
        app.n += 1
        return str(app.n)
    return app
### app extensions
@app.get('/')
def home():
    current_app.extensions.setdefault('n', []).append(1)
    return ''
### app given along
def bump(of):
    of.n = getattr(of, 'n', 0) + 1
@app.get('/')
def home():
    bump(current_app)
    return ''
### jinja globals
@app.get('/')
def home():
    app.jinja_env.globals['n'] = 1
    return ''
### first request
@app.get('/')
def home():
    return str(app._got_first_request)
### environ
@app.get('/')
def home():
    os.environ['N'] = str(int(os.environ.get('N', '0')) + 1)
    return ''
### module attribute
@app.get('/')
def home():
    time.n = getattr(time, 'n', 0) + 1
    return ''
### globals()
@app.get('/')
def home():
    globals()['n'] = 1
    return ''
### open
@app.get('/')
def home():
    with open('n.txt', 'a') as file:
        file.write('1')
    return ''
### path
from pathlib import Path
@app.get('/')
def home():
    Path('n.txt').write_text('1')
    return ''
### sqlite
import sqlite3
@app.get('/')
def home():
    return str(sqlite3.connect('x.db').execute('select 1').fetchone())
### shelve
import shelve
### threading.local
import threading
kept = threading.local()
### contextvar
import contextvars
n = contextvars.ContextVar('n', default=0)
### multiprocessing
from multiprocessing import Value
n = Value('i', 0)
### unknown package
from flask_caching import Cache
cache = Cache(app)
### upload
@app.post('/')
def home():
    request.files['x'].save('x')
    return ''
### signal
from flask import request_started
@request_started.connect_via(app)
def count(sender, **more):
    sender.n = 1
### middleware
class Counts:
    def __init__(self, inner):
        self.inner, self.n = inner, 0
    def __call__(self, environ, start_response):
        self.n += 1
        return self.inner(environ, start_response)
app.wsgi_app = Counts(app.wsgi_app)
### app subclass
class Counting(Flask):
    n = 0
    def process_response(self, response):
        self.n += 1
        return super().process_response(response)
web = Counting(__name__)
### template append
@app.get('/')
def home():
    return render_template_string('{{ tasks.append(1) }}', tasks=TASKS)
### template do
@app.get('/')
def home():
    return render_template_string('{% do tasks.append(1) %}', tasks=TASKS)
### template filter
@app.template_filter()
def more(tasks):
    tasks.append('c')
    return tasks
### template global
def more(tasks):
    tasks.append('c')
    return tasks
app.jinja_env.globals['more'] = more
### function for the template
def more(tasks):
    tasks.append('c')
@app.get('/')
def home():
    return render_template_string('{{ more(tasks) }}', tasks=TASKS, more=more)
### logger handler
@app.get('/')
def home():
    app.logger.addHandler(logging.StreamHandler())
    return ''
### undefined name
@app.get('/')
def home():
    return str(whatever)
### not Python
def home(:
### class list by a fresh object
class Store:
    rows = []
@app.get('/')
def home():
    store = Store()
    store.rows.append(1)
    return str(store.rows)
### class list by an object on g
class Store:
    rows = []
@app.get('/')
def home():
    g.store = Store()
    g.store.rows.append(1)
    return str(g.store.rows)
### property
class Store:
    @property
    def rows(self):
        return TASKS
@app.get('/')
def home():
    Store().rows.append(1)
    return str(TASKS)
### decorator that returns
def give(fn):
    def inner():
        return TASKS
    return inner
@give
def tasks():
    return str(1)
@app.get('/')
def home():
    tasks().append('c')
    return ''
### decorator that returns something else
def give(fn):
    def inner():
        return TASKS
    return inner
@give
def tasks():
    return request.get_json()
@app.get('/')
def home():
    tasks().append('c')
    return ''
### filled by a helper
rows = []
def fill(to):
    to.append({'n': 0})
def bump(row):
    row['n'] += 1
fill(rows)
@app.get('/')
def home():
    bump(rows[0])
    return str(rows)
### filled by a helper and stars
rows = []
def fill(to):
    to.append([])
fill(*[rows])
@app.get('/')
def home():
    rows[0].append(1)
    return str(rows)
### what is mostly constant
import string
page = string.Template('$n')
@app.get('/')
def home():
    page.template += 'x'
    return page.template
### view made once
class Home(MethodView):
    n = 0
    def get(self):
        self.n += 1
        return str(self.n)
home = Home()
app.add_url_rule('/', 'home', home.get)
### inherited view made once
class Base(MethodView):
    init_every_request = False
class Home(Base):
    def get(self):
        self.n = 1
        return ''
app.add_url_rule('/', view_func=Home.as_view('home'))
### by a parameter called like a function
def add(task):
    return task
def apply(add):
    add(TASKS)
@app.get('/')
def home():
    apply(lambda tasks: tasks.append('c'))
    return ''
### in the session
@app.get('/')
def home():
    session.setdefault('tasks', TASKS).append('c')
    return ''
### in g, imported within
@app.get('/')
def home():
    from flask import g
    g.tasks = TASKS
    g.tasks.append('c')
    return ''
### counter in an enum
class State(Enum):
    SEEN = []
@app.get('/')
def home():
    State.SEEN.value.append(1)
    return ''
### class cache
class Home(MethodView):
    cache = {}
    def get(self):
        if 'page' not in self.cache:
            self.cache['page'] = uuid.uuid4().hex
        return self.cache['page']
app.add_url_rule('/', view_func=Home.as_view('home'))
### dict of lists by setdefault
seen = {}
@app.get('/')
def home():
    seen.setdefault(request.remote_addr, []).append(1)
    return ''
### tuple of lists
pair = ([], [])
@app.get('/')
def home():
    pair[0].append(1)
    return ''
### lambda view
seen = []
app.add_url_rule('/', 'home', lambda: str(seen.append(1)))
### default of a lambda
app.add_url_rule('/', 'home', lambda seen=[]: str(seen.append(1)))
### async
seen = []
@app.get('/')
async def home():
    async def add():
        seen.append(1)
    await add()
    return ''
### teardown
seen = set()
@app.teardown_request
def after(error):
    seen.add(request.path)
### swapped by name
last, before = [], []
@app.get('/')
def home():
    a, b = last, before
    a.append(1)
    return ''
### chosen
@app.get('/')
def home():
    random.choice([*USERS.values()])['seen'] += 1
    return ''
### reversed
@app.get('/')
def home():
    for user in reversed(list(USERS.values())):
        user.clear()
    return ''
### starred
@app.get('/')
def home():
    first, *rest = USERS.values()
    rest[0]['seen'] = 1
    return ''
### cast
import typing
@app.get('/')
def home():
    typing.cast(list, TASKS).append('c')
    return ''
### copied but one level
@app.get('/')
def home():
    users = copy.copy(USERS)
    users['ann'].update(seen=1)
    return ''
### after this request
@app.get('/')
def home():
    @after_this_request
    def count(response):
        TASKS.append('c')
        return response
    return ''
""")

FORGETFUL = cases(r"""
### function view
@app.get('/')
def home():
    return render_template_string(PAGE, tasks=TASKS)
### json
@app.get('/')
def home():
    return jsonify(tasks=TASKS, users=USERS, n=len(TASKS))
### read
@app.get('/<name>')
def home(name):
    if name not in USERS:
        abort(404)
    return f"{USERS[name]['seen']} {TASKS[0]} {', '.join(TASKS)} {sorted(USERS)}"
### read with get
class Home(MethodView):
    def get(self):
        return str(USERS.get('ann', {}).get('seen', 0))
app.add_url_rule('/', view_func=Home.as_view('home'))
### context
@app.get('/')
def home():
    context = {'tasks': TASKS}
    context['n'] = 1
    context['users'] = USERS
    return render_template('home.html', **context)
### copies
@app.get('/')
def home():
    tasks = [*TASKS, 'c']
    more = list(TASKS)
    more.append('d')
    other = TASKS + ['e']
    other.sort()
    return render_template_string(PAGE, tasks=tasks + more + other)
### comprehension
@app.get('/')
def home():
    rows = [{'title': t, 'n': i} for i, t in enumerate(TASKS) if t]
    rows.append({'title': 'c', 'n': 9})
    return str({r['title']: r['n'] for r in rows})
### local list
@app.get('/')
def home():
    seen = []
    for task in TASKS:
        seen.append(task.upper())
    return ''.join(seen)
### helper
def titles(tasks, first=1):
    return [t.title() for t in tasks]
@app.get('/')
def home():
    return str(titles(TASKS))
### helper on a response
def remember(response, number):
    response.set_cookie('n', str(number))
    return response
@app.get('/')
def home():
    return remember(make_response('x'), 1)
### g
@app.before_request
def before():
    g.started, g.id = time.monotonic(), uuid.uuid4().hex
@app.after_request
def after(response):
    response.headers['X-Request-ID'] = g.id
    del g.started
    return response
### g dict
@app.before_request
def before():
    g.notes = []
    g.notes.append(secrets.token_hex(4))
    setattr(g, 'x', 1)
### session
app.secret_key = 'dev'
@app.get('/')
def home():
    session['n'] = session.get('n', 0) + 1
    session.permanent = True
    flash('hello')
    session.setdefault('seen', []).append(1)
    return redirect(url_for('home'))
### key from the environment
app.config['SECRET_KEY'] = os.environ.get('SECRET_KEY', 'dev')
app.config.update(DEBUG=False)
### factory
def create_app(test_config=None):
    app = Flask(__name__)
    app.config.from_mapping(SECRET_KEY='dev')
    if test_config:
        app.config.update(test_config)
    @app.get('/')
    def home():
        current_app.logger.info('home')
        return app.name + app.config['SECRET_KEY']
    return app
### blueprint
bp = Blueprint('site', __name__)
@bp.route('/')
def home():
    return 'x'
@bp.before_app_request
def before():
    g.id = 1
app.register_blueprint(bp, url_prefix='/x')
### installed hooks
def install(app):
    app.before_request(lambda: setattr(g, 'id', uuid.uuid4().hex))
    @app.after_request
    def after(response):
        response.headers['X'] = g.id
        return response
install(app)
### decorator
def signed_in(view):
    @wraps(view)
    def inner(*args, **kwargs):
        if 'user' not in request.cookies:
            return redirect('/')
        response = make_response(view(*args, **kwargs))
        response.headers['X'] = '1'
        return response
    return inner
@app.get('/')
@signed_in
def home():
    return 'x'
### view attributes
class Home(MethodView):
    header = 'X-Request-ID'
    decorators = []
    def __init__(self, template):
        self.template = template
    def get(self):
        self.visits = int(request.cookies.get('visits', '0')) + 1
        response = make_response(render_template_string(self.template, tasks=TASKS, n=self.visits))
        response.headers[self.header] = str(self.visits)
        return response
app.add_url_rule('/', view_func=Home.as_view('home', PAGE))
### view helpers
class Base(MethodView):
    def visits(self):
        return int(request.cookies.get('visits', 0)) + 1
class Home(Base):
    def get(self):
        return str(self.visits()) + str(super().visits())
app.add_url_rule('/', view_func=Home.as_view('home'))
### dispatch
class Home(View):
    methods = ['GET']
    def dispatch_request(self):
        return 'x'
app.add_url_rule('/', view_func=Home.as_view('home'))
### dataclass
@dataclass(frozen=True)
class Task:
    title: str
    done: bool = False
    def label(self):
        return self.title.upper()
ITEMS = [Task('a'), Task('b', done=True)]
@app.get('/')
def home():
    return ''.join(item.label() for item in ITEMS if not item.done)
### own class
class Clock:
    def __init__(self):
        self.started = time.time()
@app.before_request
def before():
    g.clock = Clock()
@app.after_request
def after(response):
    response.headers['X'] = str(g.clock.started)
    return response
### named tuple
class Task(NamedTuple):
    title: str
ITEMS = (Task('a'), Task('b'))
@app.get('/')
def home():
    return str([item.title for item in ITEMS])
### enum
class State(Enum):
    OPEN = 'open'
    DONE = 'done'
@app.get('/')
def home():
    g.state = State.OPEN.value
    return f'{State.DONE.name} {list(State)}'
### errors
@app.errorhandler(404)
def missing(error):
    return 'no', 404
@app.get('/')
def home():
    try:
        return str(int(request.args['n']))
    except (KeyError, ValueError) as error:
        raise LookupError('x') from error
    finally:
        print('done', flush=True)
### context processor
@app.context_processor
def site():
    return {'tasks': TASKS, 'year': 2024}
@app.template_filter('shout')
def shout(text):
    return text.upper() + '!'
### after this request
@app.get('/')
def home():
    visits = int(request.cookies.get('visits', '0')) + 1
    @after_this_request
    def remember(response):
        response.set_cookie('visits', str(visits))
        return response
    return 'x'
### stream
@app.get('/')
def home():
    def lines():
        for task in TASKS:
            yield f'<li>{task}</li>'
    return Response(lines(), mimetype='text/html')
### match and while
@app.route('/<kind>')
def home(kind):
    n = 0
    while n < 3:
        n += 1
    match kind:
        case 'json':
            return jsonify(n)
        case other:
            return other
### async
@app.get('/')
async def home():
    return await page()
async def page():
    return render_template_string(PAGE, tasks=TASKS)
### chance
@app.get('/')
def home():
    return random.choice(TASKS) + str(random.randint(1, 6)) + str(time.time())
### main
def main():
    app.run()
if __name__ == '__main__':
    seen = []
    with app.test_client() as client:
        seen.append(open('x').read())
    main()
### partial
def stamp(name, response):
    response.headers[name] = g.id
    return response
app.after_request(partial(stamp, 'X-Request-ID'))
### sorted by key
@app.get('/')
def home():
    order = {'a': 2, 'b': 1}
    return str(sorted(TASKS, key=lambda task: order[task]))
### annotated
LIMIT: int = 3
NAMES: dict[str, list[str]] = {'x': ['y']}
def total(n: int | None = None) -> int:
    size: int = len(NAMES['x'])
    return size + (n or LIMIT)
""")


def of(text: str) -> dict[str, bytes]:
    return {"app.py": (HEAD + text).encode()}


def folder(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_the_reference_solution_keeps_nothing():
    assert keeps_nothing({"app.py": SOLUTION.encode()})


@pytest.mark.parametrize("text", KEEPING.values(), ids=KEEPING)
def test_what_keeps_something_is_doubted(text: str):
    assert not keeps_nothing(of(text))


@pytest.mark.parametrize("text", FORGETFUL.values(), ids=FORGETFUL)
def test_what_keeps_nothing_is_known_to(text: str):
    assert keeps_nothing(of(text))


PAGES = """
from flask import Flask, render_template
import {}
app = Flask(__name__)
@app.get('/')
def home():
    {}
"""


@pytest.mark.parametrize(
    ("others", "imports", "does", "nothing"),
    [
        ({"store.py": "n = 0"}, "store", "store.n += 1; return ''", False),
        ({"store.py": "seen = []"}, "store", "store.seen.append(1); return ''", False),
        ({"store.py": "seen = []"}, "store as s", "s.seen[:] = 'x'; return ''", False),
        ({"store.py": "seen = []\ndef add():\n    seen.append(1)"}, "store", "store.add(); return ''", False),
        ({"store.py": "seen = []\ndef get():\n    return seen"}, "store", "store.get().append(1); return ''", False),
        ({"store.py": "from deep import seen", "deep.py": "seen = []"}, "store", "store.seen.append(1)", False),
        ({"p/__init__.py": "from .deep import seen", "p/deep.py": "seen = []"}, "p", "p.seen.append(1)", False),
        ({"p/__init__.py": "", "p/deep.py": "seen = []"}, "p.deep", "p.deep.seen.append(1)", False),
        ({"store.py": "from itertools import count\nids = count()"}, "store", "return str(next(store.ids))", False),
        ({"other.py": "import sqlite3"}, "flask", "return 'x'", False),
        ({"templates/x.html": "{{ xs.append(1) }}"}, "flask", "return render_template('x.html')", False),
        ({"templates/x.html": "{% do xs.clear() %}"}, "flask", "return render_template('x.html')", False),
        ({"templates/x.html": "{{ xs | join }}"}, "flask", "return render_template('x.html')", True),
        ({"store.py": "XS = ['a']\ndef get(n):\n    return XS[n]"}, "store", "return store.get(0) + store.XS[0]", True),
        ({"p/__init__.py": "from .deep import XS", "p/deep.py": "XS = ['a']"}, "p", "return ''.join(p.XS)", True),
        ({"a.py": "import b\nX = 'x'", "b.py": "import a\ndef f():\n    return a.X"}, "b", "return b.f()", True),
        ({"static/data.json": "{}", "notes.bin": "\xff"}, "flask", "return 'x'", True),
    ],
)  # fmt: skip
def test_a_solution_may_have_many_files(others: dict[str, str], imports: str, does: str, nothing: bool):
    files = {name: text.encode("latin-1") for name, text in others.items()}
    assert keeps_nothing({"app.py": PAGES.format(imports, does).encode(), **files}) is nothing


@pytest.mark.parametrize(
    "text", ["x = " + "-" * 100_000 + "1", "x = " + "+".join("1" * 100_000), "(" * 5000, "# coding: nonsense\n", "\0"]
)
def test_sources_that_cannot_be_read_are_doubted(text: str):
    assert not keeps_nothing({"app.py": text.encode()})


# Samples that keep something in their process, their files or a thing beside them, by words that only they have.
STATE = re.compile(
    r"\bglobal \w|\bnonlocal \w|lru_cache|functools\.cache\b|cached_property|sqlite3|shelve|\bopen\(|write_text"
    r"|threading|contextvars|\bcount\(1\)|\.config\[[^]]+\] \+?= .*\+ 1|tempfile|multiprocessing|os\.environ\[.*\] ="
)
KNOWN = (
    "after_make_response blueprint_siblings cookie_options cookie_try_except extra_routes_errors factory_create_app "
    "fstring_response get_returns_tuple h04_blueprint h10_prints_and_logs_noise hooks_by_call hooks_lambda_partial "
    "init_every_request_false join_and_format many_hooks methodview_chain session_for_other_things sibling_helpers "
    "starter_todos_done streamed_page template_folder_views templates_inheritance type_hints view_decorators walrus "
    "zoneinfo_clock flask_subclass_process_response after_this_request_cookie"
)
CASES = [path for group in ("honest", "broken", "provenance") for path in sorted((SAMPLES / group).iterdir())]


def test_samples_that_keep_something_are_doubted():
    keeping = {
        path
        for path in CASES
        if path.name != "false_alarms" and any(STATE.search(text.decode("latin-1")) for text in folder(path).values())
    }
    assert len(keeping) > 50
    assert not [path.name for path in keeping if keeps_nothing(folder(path))]
    named = [path for path in CASES if re.search("global|count_on_class|count_by|made_once", path.name)]
    assert not [path.name for path in named if keeps_nothing(folder(path))]


@pytest.mark.parametrize("name", KNOWN.split())
def test_honest_samples_that_keep_nothing_are_known_to(name: str):
    assert keeps_nothing(folder(SAMPLES / "honest" / name))


ALONE = [
    path / "app.py"
    for path in CASES
    if path.parent.name == "honest" and list(folder(path)) == ["app.py"]
    if b"basicConfig" not in (path / "app.py").read_bytes()  # would set up the logging of all tests
]
CHANCE = re.compile(r"[0-9a-f]{8,}|\d\d:\d\d:\d\d")
QUESTIONS = ("", "41", "7", "nonsense", "", "41")


def answers(path: Path, questions: tuple[str, ...], patch: pytest.MonkeyPatch) -> list[tuple[int, str, str | None]]:
    """Load a sample's app and ask it for its page with these cookies, one after the other; hide what is by chance."""
    module = types.ModuleType(f"sample_{path.parent.name}")
    module.__file__ = str(path)
    patch.setitem(sys.modules, module.__name__, module)  # dataclasses look there
    space = vars(module)
    exec(compile(path.read_bytes(), path, "exec"), space)
    make = space.get("create_app") or space.get("make_app")
    app = next((value for value in space.values() if isinstance(value, Flask)), None) or make()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    found = []
    for visits in questions:
        client = app.test_client()
        if visits:
            client.set_cookie("visits", visits)
        response = client.get("/")
        cookie = client.get_cookie("visits")
        found.append((response.status_code, CHANCE.sub("#", response.text), cookie and cookie.value))
    return found


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "path", [path for path in ALONE if keeps_nothing(folder(path.parent))], ids=lambda path: path.parent.name
)
def test_a_fresh_process_answers_like_an_old_one(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")  # app.run() does nothing then
    old = answers(path, QUESTIONS, monkeypatch)
    assert old == [answers(path, (visits,), monkeypatch)[0] for visits in QUESTIONS]
    assert old == answers(path, QUESTIONS[::-1], monkeypatch)[::-1]
