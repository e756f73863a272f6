"""What tampers with reports from inside is seen in the source, and what only looks like it is left alone."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from checkpoint.worker import facts, prying

HEAD = "from flask import Flask, g, session, request, current_app\nimport flask\napp = Flask(__name__)\n"


def reaches(source: str, **others: str) -> list[str]:
    files = {"app.py": (HEAD + dedent(source)).encode()}
    files |= {name.replace("__", "/").replace("_", "."): text.encode() for name, text in others.items()}
    return [words for words, _file, _line in facts.read(files)["reaches"]]


HOSTILE = {
    # Frames, code, closures, classes by their names, wherever such a name may stand.
    "import sys\nsys._getframe(1)": "._getframe",
    "from sys import _getframe as f": "sys._getframe",
    "x = f.__code__": ".__code__",
    "f.__code__ = h.__code__": ".__code__",
    "f.__closure__[0].cell_contents = 1": ".__closure__",
    "e.__traceback__.tb_frame.f_back": ".tb_frame",
    "x.f_locals['y']": ".f_locals",
    "f.__globals__['x']": ".__globals__",
    "f().__globals__": ".__globals__",
    "f[0].a.__globals__.b": ".__globals__",
    "object.__subclasses__()": ".__subclasses__",
    "__builtins__['x']": "__builtins__",
    "__loader__.load_module('x')": "__loader__",
    "import sys\nsys.settrace(f)": ".settrace",
    "import threading\nthreading.setprofile(f)": ".setprofile",
    "match f:\n    case object(__globals__=x): pass": "__globals__=...",
    "class A:\n    __match_args__ = (NAME[::-1],)": "__match_args__",
    "f(__globals__=1)": "__globals__=...",
    "def __code__(): pass": "def __code__",
    "'__globals__'": "'__globals__'",
    "'keep(f.__globals__)'": "'__globals__'",
    "b'__globals__'": "'__globals__'",
    "'{0.__globals__}'": "'__globals__'",
    "f'{x}.f_back'": "'f_back'",
    "x = '__slabolg__'": "'__globals__'",
    "x = '__glo' + 'bals__'": "'__globals__'",
    "x = ''.join(['f_', 'ba', 'ck'])": "'f_back'",
    "x = '__code', '__'": "'__code__'",
    "def f():\n    x = 1\n    '__globals__'": "'__globals__'",
    "f('f_back')": "'f_back'",
    # By computed names.
    "getattr(f, name)": "getattr() by a computed name",
    "getattr(f, '__slab'[::-1])": "getattr() by a computed name",
    "getattr(f, name, None)": "getattr() by a computed name",
    "getattr(f, '_' + name)": "getattr() by a computed name",
    "getattr(f, f'{a}{b}')": "getattr() by a computed name",
    "getattr(f, 'f_' + name)": "getattr() by a computed name",
    "getattr(f, name.lower())": "getattr() by a computed name",
    "for name in names: getattr(f, name)": "getattr() by a computed name",
    "for name in ('a', b): getattr(f, name)": "getattr() by a computed name",
    "NAME = 'a'\nNAME = b()\ngetattr(f, NAME)": "getattr() by a computed name",
    "NAME = 'a'\ndef f(NAME): getattr(f, NAME)": "getattr() by a computed name",
    "NAME = 'a'\nNAME += 'b'\ngetattr(f, NAME)": "getattr() by a computed name",
    "getattr(*x)": "getattr(*...)",
    "getattr(f, *x)": "getattr(*...)",
    "look = getattr": "getattr as a value",
    "map(getattr, [f], names)": "getattr as a value",
    "from functools import partial\npartial(getattr, f)": "getattr as a value",
    "def f(look=getattr): pass": "getattr as a value",
    "x = {'look': getattr}": "getattr as a value",
    "import builtins\nx = builtins.getattr": "getattr as a value",
    "import builtins\nbuiltins.getattr(f, name)": "getattr() by a computed name",
    "look = getattr\nlook(f, name)": "getattr() by a computed name",
    "def f(self, name): return getattr(self, name)": "getattr() by a computed name",
    "class A:\n    @staticmethod\n    def f(self, name): return getattr(self, name)": "getattr() by a computed name",
    "class A:\n    def f(self, name): return getattr(self, name)\nA.f(h, 'x')": "getattr() by a computed name",
    "class A:\n    def f(self):\n        def h(self, name): return getattr(self, name)": "getattr() by a computed name",
    "class A:\n    def f(self): return lambda self, name: getattr(self, name)": "getattr() by a computed name",
    "class A:\n    def f(self, name):\n        self = h\n        getattr(self, name)": "getattr() by a computed name",
    "class A:\n    def f(self): pass\nfrom h import *\ngetattr(self, name)": "getattr() by a computed name",
    "class A:\n  def f(self):\n    class B: pass\n    lambda self: 1\ngetattr(self, n)": "getattr() by a computed name",
    "def f(g, name): return getattr(g, name)": "getattr() by a computed name",
    "g = f\ngetattr(g, name)": "getattr() by a computed name",
    "getattr(g.f, name)": "getattr() by a computed name",
    "object.__getattribute__(f, name)": ".__getattribute__",
    "super(type(f), f).__getattribute__(name)": ".__getattribute__",
    "read = object.__getattribute__": ".__getattribute__",
    "app.__getattr__(name)": ".__getattr__",
    "from operator import attrgetter\nattrgetter(name)": "attrgetter() by a computed name",
    "import operator as o\no.attrgetter('a', name)": "attrgetter() by a computed name",
    "from operator import attrgetter\nattrgetter('a.__globals__')": "'__globals__'",
    "from operator import methodcaller\nmethodcaller('__getattribute__', name)": "'__getattribute__'",
    "from operator import methodcaller\nmethodcaller(name)": "methodcaller() by a computed name",
    "from operator import attrgetter\nmap(attrgetter, names)": "operator.attrgetter as a value",
    "import string\nstring.Formatter().get_field(x, (f,), {})": ".get_field",
    "x[::-1].format(f)": ".format() of a text that is put together",
    "('{0.__glo' + x).format(f)": ".format() of a text that is put together",
    "''.join(x).format_map(f)": ".format_map() of a text that is put together",
    "str.format(x + y, f)": ".format() of a text that is put together",
    "vars(type(f))[name]": "vars() of what is not one's own",
    "kind = type(f)\nvars(kind)[name]": "vars() of what is not one's own",
    "vars(f.__class__)": "vars() of what is not one's own",
    "import flask.views\nvars(flask.views)['MethodView'] = object": "vars() of what is not one's own",
    "import flask.views\nflask.views.__dict__['MethodView'] = object": "flask.views.__dict__",
    "from flask import views as v\nv.__dict__.update(x)": "v.__dict__",
    "type(f).__dict__[name]": "type(...).__dict__",
    "f.__class__.__dict__": "f.__class__.__dict__",
    "import types\ntypes.FunctionType.__dict__[name]": "types.FunctionType.__dict__",
    "import builtins\nvars(builtins)['eval']": "vars() of what is not one's own",
    "map(vars, things)": "vars as a value",
    # Modules.
    "import gc\ngc.get_objects()": "gc.get_objects",
    "import gc as g2\ng2.get_referrers(f)": "gc.get_referrers",
    "from gc import get_referents": "gc.get_referents",
    "from gc import *": "from gc import *",
    "import gc\nx = gc": "gc as a value",
    "import gc\nlook(gc)": "gc as a value",
    "import gc\ngetattr(gc, 'get_objects')()": "gc.get_objects",
    "import gc\ngc.callbacks.append(f)": "gc.callbacks",
    "def f():\n    from inspect import stack": "inspect.stack",
    "import inspect as i\ni.currentframe()": "inspect.currentframe",
    "import inspect\ndict(inspect.getmembers(f))": "inspect.getmembers",
    "import ctypes.util": "import ctypes.util",
    "from ctypes import CDLL": "import ctypes",
    "import __main__": "import __main__",
    "from checkpoint.worker import probe": "import checkpoint.worker",
    "import sys\nsys.modules['flask']": "sys.modules",
    "import sys as s\ns.modules": "sys.modules",
    "from sys import modules": "sys.modules",
    "import sys\nother = sys\nother.modules": "sys.modules",
    "import sys\nother, x = sys, 1\nother.modules": "sys.modules",
    "import sys\n(other := sys).x\nother.modules": "sys.modules",
    "import sys\ndef f(s=sys): s.modules": "sys.modules",
    "import sys\nfor s in [sys]: s.modules": "sys.modules",
    "import sys\n[sys][0].modules": "sys as a value",
    "import sys\nf(sys)": "sys as a value",
    "import os\nos.sys.modules": "sys.modules",
    "import os\nx = os.sys": "sys as a value",
    "from os import sys\nsys.modules": "sys.modules",
    "import flask.app\nflask.app.sys.modules": "sys.modules",
    "import os\ngetattr(os, 'sys').modules": "sys.modules",
    "import sys\ngetattr(sys, 'modules')": "sys.modules",
    "import importlib\nimportlib.import_module('sys').modules": "sys.modules",
    "import sys\nsys.meta_path.insert(0, f)": "sys.meta_path",
    "from traceback import walk_stack": "traceback.walk_stack",
    "import traceback\ntraceback.walk_tb(t)": "traceback.walk_tb",
    "import code\ncode.interact()": "code.interact",
    "from code import InteractiveInterpreter as I": "code.InteractiveInterpreter",
    "import codeop\ncodeop.compile_command(x)": "codeop.compile_command",
    "import runpy\nrunpy.run_path('data.txt')": "runpy.run_path",
    "import runpy\nrunpy.run_path(path)": "runpy.run_path",
    "from runpy import run_path\nrun_path('data.txt')": "runpy.run_path",
    "import bdb": "import bdb",
    "import pdb\npdb.Pdb().run(x)": "pdb.Pdb",
    "from trace import Trace": "trace.Trace",
    "import cProfile\ncProfile.run(x)": "cProfile.run",
    "import cProfile\ncProfile.Profile().runctx(x, {}, {})": ".runctx",
    "import doctest\ndoctest.testmod()": "doctest.testmod",
    "import timeit\ntimeit.timeit(x)": "timeit.timeit() of text",
    "import timeit\ntimeit.timeit('f.' + x)": "timeit.timeit() of text",
    "import timeit\ntimeit.timeit('getattr(f, name)')": "timeit.timeit() of text",
    "from timeit import Timer\nTimer(lambda: 1, setup=x)": "timeit.Timer() of text",
    "from importlib.machinery import SourceFileLoader": "importlib.machinery.SourceFileLoader",
    "import importlib.util\nimportlib.util.spec_from_file_location('a', 'b')": "importlib.util.spec_from_file_location",
    "import zipimport\nzipimport.zipimporter('a')": "zipimport.zipimporter",
    "import pkgutil\npkgutil.resolve_name('flask:Flask')": "pkgutil.resolve_name",
    "import pickle\npickle.loads(b'x')": "pickle.loads()",
    "import pickle\nx = bytes([1])\npickle.loads(x)": "pickle.loads()",
    "import pickle\nclass U(pickle.Unpickler): pass": "pickle.Unpickler",
    "class U:\n    def find_class(self, a, b): return x": "def find_class",
    "class A:\n    def __reduce__(self): return getattr, (f, name)": "getattr as a value",
    "import marshal\nmarshal.loads(x)": "marshal.loads",
    "import types\ntypes.FunctionType(c, {})": "types.FunctionType()",
    "from unittest import mock\nmock.patch('flask.views.MethodView', object).start()": "unittest.mock.patch",
    "from unittest.mock import patch": "unittest.mock.patch",
    "import unittest.mock\nunittest.mock.patch('x')": "unittest.mock",
    "exec('x')": "exec()",
    "eval(text)": "eval()",
    "compile(text, 'a', 'exec')": "compile()",
    "__import__('gc')": "__import__()",
    "import builtins\nbuiltins.exec('x')": "builtins.exec",
    "from builtins import exec as run": "builtins.exec",
    "run = exec": "exec as a value",
    "run = eval\nrun(x)": "eval()",
    "app.logger.filters[0]": ".filters of a logger",
    "import logging\nlogging.getLogger('x').filters": ".filters of a logger",
    # What is set on things of others, in each way that something can be set.
    "Flask.process_response = f": "Flask.process_response = ...",
    "flask.Flask.process_response = f": "flask.Flask.process_response = ...",
    "import flask as fl\nfl.Flask.x = 1": "fl.Flask.x = ...",
    "import flask.app\nflask.app.Flask.x = 1": "flask.app.Flask.x = ...",
    "from flask import Flask as F\nF.x = 1": "F.x = ...",
    "from werkzeug.wrappers import Response\nResponse.x: int = 1": "Response.x = ...",
    "from flask.sessions import SecureCookieSession as S\nS.x += 1": "S.x = ...",
    "from flask import *\nResponse.x = 1": "Response.x = ...",
    "a, (Flask.x, b) = f()": "Flask.x = ...",
    "x = Flask.x = 1": "Flask.x = ...",
    "F = Flask\nF.x = 1": "F.x = ...",
    "for Flask.x in y: pass": "Flask.x = ...",
    "with y as Flask.x: pass": "Flask.x = ...",
    "[0 for Flask.x in y]": "Flask.x = ...",
    "type(app).x = f": ".x = ...",
    "app.__class__.x = f": "app.__class__.x = ...",
    "kind = type(app)\nkind.x = f": "kind.x = ...",
    "setattr(type(app), 'x', f)": "setattr(..., 'x')",
    "setattr(*x)": "setattr(...)",
    "del Flask.x": "Flask.x = ...",
    "setattr(Flask, 'process_response', f)": "setattr() on Flask",
    "setattr(Flask, name, f)": "setattr() on Flask",
    "delattr(flask.Flask, 'x')": "delattr() on flask.Flask",
    "type.__setattr__(Flask, 'x', f)": ".__setattr__() of what is not one's own",
    "import json\njson.dumps = f": "json.dumps = ...",
    "import json\njson.dumps, json.loads = f, h": "json.loads = ...",
    "import socket\nsocket.socket.sendall = f": "socket.socket.sendall = ...",
    "import builtins\nbuiltins.issubclass = f": "builtins.issubclass = ...",
    "import time\ntime.sleep = f": "time.sleep = ...",
    "import importlib\nimportlib.import_module('flask.views').MethodView = f": ".MethodView = ...",
    "import importlib\nv = importlib.import_module('flask.views')\nv.View = f": "v.View = ...",
    "from importlib import import_module\nimport_module('flask.views').View = f": ".View = ...",
    "from werkzeug.utils import import_string\nimport_string('flask.views:View').x = f": ".x = ...",
    "from flask import views\nchange(views)": "flask.views as a value",
    "change(flask)": "flask as a value",
    "home.view_class = View": "home.view_class = ...",
    "setattr(home, 'view_class', View)": "setattr(..., 'view_class')",
    "app.view_functions = Views()": "app.view_functions = ...",
    "app.view_functions['home'] = f": ".view_functions[...] = ...",
    "app.view_functions.update(home=f)": ".view_functions.update",
    "x.__class__ = Y": "x.__class__ = ...",
    "class A:\n    __class__ = type": "__class__",
    "def change(c): c.x = f\nchange(Flask)": "c.x = ...",
    # Detours through what reads attributes for others.
    "app.jinja_env.getattr(f, name)": ".getattr",
    "app.jinja_env.filters['attr'](env, f, name)": ".filters['attr']",
    "from jinja2.filters import make_attrgetter\nmake_attrgetter(env, name)": "jinja2.filters.make_attrgetter",
    "import jinja2\njinja2.filters.do_attr(env, f, name)": ".do_attr",
    "from werkzeug.local import LocalProxy\nLocalProxy(lambda: f, name)": "LocalProxy() by a computed name",
    "from functools import wraps\nwraps(f, assigned=[name])": "functools.wraps() by a computed name",
    "from functools import wraps\nwraps(f, [name])": "functools.wraps() by a computed name",
    "import importlib\nimportlib.import_module(name).get_objects()": "import_module(...).get_objects",
    "import importlib\nimportlib.import_module(name).View = f": ".View = ...",
    "print.__self__": ".__self__",
    "x = {'stream': 'ext://sys.modules'}": "'ext://sys.modules'",
    # Descriptors: one of them leads to the judge.
    "import socket\nsocket.socket(fileno=3)": "socket.socket(fileno=...)",
    "import socket\nsocket.socket(1, 2, 3, 4)": "socket.socket(fileno=...)",
    "import socket\nsocket.fromfd(3, 1, 1)": "socket.fromfd",
    "import os\nos.write(3, b'x')": "os.write() of a descriptor",
    "import os\nfor n in range(9): os.write(n, b'x')": "os.write() of a descriptor",
    "import os\nos.read(n + 1, 9)": "os.read() of a descriptor",
    "import os\nos.dup2(5, 6)": "os.dup2() of a descriptor",
    "import os\nos.fdopen(3, 'wb')": "os.fdopen() of a descriptor",
    "open(3, 'wb')": "open() of a descriptor",
    "for n in range(3, 9): open(n, 'wb')": "open() of a descriptor",
    "open(int(x))": "open() of a descriptor",
    # Templates in the code.
    "def h():\n    '{{ f.__globals__ }}'": "'__globals__'",
    "'{{ f.__globals__ }}'": "'__globals__'",
    "'{{ f|attr(name) }}'": "'attr('",
    '\'{{ f|attr("__glo" ~ "bals__") }}\'': "'attr('",
    "'{{ f[\"__glo\" ~ x] }}'": "'__glo'",
    "'{% set x = f.__init__ %}'": "'__init__'",
    "'{{ [f]|map(attribute=n)|list }}'": "'attribute='",
}


@pytest.mark.parametrize("source, words", HOSTILE.items())
def test_tampering_is_seen(source: str, words: str) -> None:
    assert words in reaches(source)


def test_tampering_is_found_at_its_line_and_in_order() -> None:
    source = "import sys\nx = sys.modules\ny = (1,\n  f.__code__)\nz = 'a'\n"
    assert facts.read({"app.py": (HEAD + source).encode()})["reaches"] == [
        ["sys.modules", "app.py", 5],
        [".__code__", "app.py", 7],
    ]


HONEST = [
    "g.x = 1",
    "g.user.name += 'x'",
    "flask.g.x = 1",
    "from flask import g as context\ncontext.x = 1",
    "session['x'] = 1\nsession.permanent = True",
    "flask.session.permanent = True",
    "request.x = 1",
    "current_app.x = 1\ncurrent_app.config['X'] = 1",
    "setattr(g, 'x', 1)\ndelattr(g, 'x')\nsetattr(g, name, 1)",
    "getattr(g, name)\ngetattr(g, name, None)\ngetattr(flask.g, KEY)",
    "getattr(request, name)\ngetattr(session, f'x_{name}')",
    "app.config['SECRET_KEY'] = 'x'\napp.secret_key = 'y'",
    "app.wsgi_app = Middleware(app.wsgi_app)",
    "app.json.sort_keys = False\napp.jinja_env.globals['x'] = 1\napp.jinja_env.filters['x'] = f",
    "app.process_response = f",
    "class Mine(Flask):\n    response_class = R\n    def process_response(self, r):\n        self.x = r",
    "class Mine(Flask): pass\nMine.x = 1",
    "app.after_request(f)",
    "app.response_class = R\napp.app_ctx_globals_class = Ctx",
    "import sys\nprint(sys.argv, sys.path, file=sys.stderr)\nsys.stdout = sys.stderr = x\nsys.excepthook = f",
    "import sys\nsys.dont_write_bytecode = True\nsys.path.insert(0, '.')\nsys.exit(1)",
    "import sys\nif getattr(sys, 'frozen', False) or hasattr(sys, '_MEIPASS'): pass",
    "import sys\nsys.stdout.reconfigure(encoding='utf-8')",
    "import re\nre.compile('x')",
    "model.eval()\ndb.exec('x')",
    "x.modules\nnot_sys.modules",
    "class A:\n    __slots__ = ()\n    def __init__(self): self.code = 1",
    "f.__name__, f.__doc__, type(f).__module__, __file__, self.__class__.__name__, type(x).__name__",
    "'sys.modules', '__name__', '__main__', '__file__', '__init__', '__all__', 'get_objects', 'f-back', 'half_back_x'",
    "import functools, uuid, random, os, time, logging, threading, secrets",
    "response.headers['X'] = g.x",
    "def f(Flask):\n    return Flask",
    "def f():\n    'Look at __globals__ and f_back.'\nclass A:\n    '''As f.__code__ does.'''",
    "# f.__globals__\nx = 1",
    # Modules that pry, used for what does not.
    "import gc\ngc.collect()\ngc.disable()\ngc.freeze()\ngc.get_count(), gc.get_stats()",
    "import inspect\ninspect.signature(f), inspect.getdoc(f), inspect.cleandoc(x)",
    "from inspect import iscoroutinefunction, isclass, getsource, Parameter",
    "import pdb, doctest, code, trace, timeit, unittest.mock, runpy",
    (
        "import traceback\ntraceback.format_exc()\ntraceback.print_exc()\n"
        "traceback.format_exception(type(e), e, e.__traceback__)"
    ),
    (
        "import sys, traceback\nkind, e, t = sys.exc_info()\nprint(t.tb_lineno, e.__traceback__.tb_lineno)\n"
        "traceback.extract_tb(t)"
    ),
    (
        "import timeit\ntimeit.timeit('sorted(range(9))', number=9)\ntimeit.timeit(lambda: f(), number=9)\n"
        "timeit.default_timer()"
    ),
    "import timeit\ndef f(): pass\ntimeit.timeit(f)\ntimeit.timeit('f()', setup='x = 1', globals=globals())",
    "import cProfile, pstats\np = cProfile.Profile()\np.enable()\np.disable()\np.runcall(f)",
    "import runpy\nrunpy.run_path('generated/x.py')\nrunpy.run_module('helpers')",
    "import pickle\nwith open('x', 'rb') as f: x = pickle.load(f)\nwith open('x', 'wb') as f: pickle.dump(x, f)",
    (
        "import pickle\npickle.loads(f.read())\npickle.loads(path.read_bytes())\n"
        "pickle.loads(pickle.dumps(x))\npickle.loads(row['x'].get())"
    ),
    "import pickle\ndata = f.read()\nx = pickle.loads(data)\ncopy = pickle.dumps(x)",
    "import types\nisinstance(f, types.FunctionType)\ntypes.SimpleNamespace(a=1)\ntypes.MethodType(f, x)",
    (
        "import importlib\nimportlib.import_module('helpers')\n"
        "importlib.import_module(f'plugins.{name}').setup(app)\nimportlib.reload(x)"
    ),
    "import importlib.util, importlib.resources\nimportlib.util.find_spec('dotenv')",
    "import string\nstring.Template(x).substitute(a=1)\nlist(string.Formatter().parse(x))",
    "import builtins\nbuiltins.print('x')\nbuiltins._ = f",
    "import importlib.metadata\nimportlib.metadata.version('flask')\nflask.__version__",
    # Names of one's own that are also those of modules and functions.
    "code = 200\nreturn_code(code)\ntrace = []\nmock = 1\nf(trace, mock, code)",
    "vars = {'a': 1}\nrender(vars)\ncompile = 1\nf(compile)",
    "class A:\n    def __getattr__(self, name): return getattr(self._inner, 'x')",
    "class A:\n    def __getattribute__(self, name): return super().__getattribute__(name)",
    "class A:\n    def __getattribute__(self, name): return object.__getattribute__(self, name)",
    "class A:\n    def __setattr__(self, name, value): object.__setattr__(self, name, value)",
    "class E(Exception):\n    def __reduce__(self): return E, (self.x,)",
    # Names that are computed, and cannot be those.
    "class A:\n    def to_dict(self): return {n: getattr(self, n) for n in self.fields}",
    "class A(MethodView):\n    def dispatch(self): return getattr(self, request.method.lower())()",
    "class A:\n    @classmethod\n    def f(cls, n): return getattr(cls, n)",
    "class A:\n    def f(self, n):\n        class B: pass\n        lambda self: 1\n        return getattr(self, n)",
    "class A:\n    def f(self):\n        return [x for x in y if (lambda n: getattr(self, n))(x)]",
    "import hashlib, math, logging\ngetattr(hashlib, name)(), getattr(math, x), getattr(logging, level)",
    "import logging\ngetattr(logging, os.environ['LEVEL'].upper())\nlogging.getLogger().setLevel(level.upper())",
    "NAME = 'x'\ngetattr(f, NAME)\nfor n in ('a', 'b'): print(getattr(f, n))\n[getattr(f, n) for n in ['a', 'b']]",
    "getattr(f, 'handle_' + name), getattr(f, f'on_{name}'), getattr(f, 'do_%s' % name), getattr(f, name.upper())",
    "getattr(f, 'x'), getattr(f, 'x', None), hasattr(f, name), hasattr(f, 'x')",
    "for k, v in data.items(): setattr(todo, k, v)",
    (
        "from operator import attrgetter, itemgetter, methodcaller\nsorted(x, key=attrgetter('a.b', 'c'))\n"
        "methodcaller('lower')"
    ),
    "'{} {x.y}'.format(1)\nPAGE.format(x)\n'{a}'.format_map(x)\nopen('a').read().format(x)\nstr.format('{}', 1)",
    "vars(g), vars(x), x.__dict__, g.__dict__.get('a'), self.__dict__, dir(x), locals(), globals()['x']",
    "render_template('x', **locals())\nglobals()[name]()",
    "class A:\n    def f(self): return vars(self), self.__dict__, type(self).__dict__, vars(type(self))",
    "import json\njson.dumps(x, default=vars)\njson.dumps(x, default=lambda o: o.__dict__)",
    "class A: pass\nA.__dict__, vars(A)\nA.x = 1",
    "class A:\n    def f(self):\n        type(self).count += 1\n        self.__class__.count = self.x = 1",
    "import os\nos.environ['X'] = '1'\nos.getpid(), os.stat('x')",
    "import os\nos.write(1, b'x')\nos.write(2, b'x')\nfd = os.open('x', os.O_RDONLY)\nos.read(fd, 9)\nos.fdopen(fd)",
    (
        "import os, tempfile\nfd, path = tempfile.mkstemp()\nwith os.fdopen(fd, 'w') as f: pass\nr, w = "
        "os.pipe()\nos.write(w, b'x')"
    ),
    "import os, sys\nold = os.dup(1)\nos.dup2(f.fileno(), 1)\nos.dup2(old, 1)\nos.fsync(f.fileno())",
    (
        "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_STREAM)\nsocket.socket()\n"
        "socket.setdefaulttimeout(1)\nsocket.gethostname()"
    ),
    "open('x')\nopen(path, 'w')\nopen(BASE / 'x')\nopen(BASE + '/x')\nopen(0)\nopen(name)",
    "from functools import wraps, update_wrapper\n@wraps(f)\ndef h(): pass\nupdate_wrapper(h, f, updated=())",
    "import functools\nfunctools.wraps(f, assigned=functools.WRAPPER_ASSIGNMENTS)",
    "from werkzeug.local import LocalProxy\nuser = LocalProxy(lambda: g.user)\nLocalProxy(stack, 'user')",
    "x = {'stream': 'ext://sys.stdout', 'y': 'ext://flask.logging.wsgi_errors_stream', 'z': 'ext://app.stream'}",
    (
        "import importlib\nm = importlib.import_module(f'plugins.{name}')\nm.app = app\n"
        "importlib.import_module(name).run()"
    ),
    "def add(task): task.done = True\nadd(Task())\nadd(first)",
    "app.jinja_env.filters['shout'](x)\napp.jinja_env.filters['map_x'] = f\napp.jinja_env.get_template('x')",
    # Harmless attributes of others.
    "import logging\nlogging.raiseExceptions = False\nlogging.root.handlers = []\nlogging.Formatter.converter = x",
    "import warnings\nwarnings.formatwarning = f",
    "import decimal\ndecimal.getcontext().prec = 5",
    "from werkzeug.serving import WSGIRequestHandler\nWSGIRequestHandler.protocol_version = 'HTTP/1.1'",
    "import flask.cli\nflask.cli.show_server_banner = lambda *args: None",
    "import sys\nsetattr(sys, 'stdout', x)",
    "import threading\nt = threading.Thread()\nt.daemon = True\nthreading.current_thread().name = 'x'",
    "import http.client\nhttp.client.HTTPConnection.debuglevel = 1",
    "from datetime import datetime\nnow = datetime.now()\nnow.x = 1",
    "app.logger.handlers[0].setFormatter(f)\napp.logger.addFilter(f)\napp.jinja_env.filters",
    (
        "from flask.views import MethodView\nclass A(MethodView):\n    decorators = [f]\n    methods = "
        "['GET']\nA.methods = []"
    ),
    (
        "home = A.as_view('home')\napp.add_url_rule('/', view_func=home)\nhome.methods = ['GET']\n"
        "app.view_functions['home'](x)"
    ),
    # Templates in the code.
    "'{{ x.y }} {% for a in b %}{{ a[0] }}{{ a[key] }}{% endfor %} {{ x|attr(\"name\") }} {{ e.__class__.__name__ }}'",
    '\'{{ x|map(attribute="name")|join(", ") }} {{ url_for("static", filename="a__b.css") }} {{ x|groupby("y") }}\'',
    "'<p class=\"card__title card--x\">{{ x }}</p> __x__ {# __y__ #}'",
]


@pytest.mark.parametrize("source", HONEST)
def test_honest_code_reaches_for_nothing(source: str) -> None:
    assert reaches(source) == []


# Files beside the app.


def test_what_is_the_submissions_own_may_be_changed() -> None:
    source = """\
        import config, mock
        from models import Task
        from . import trace
        config.DEBUG = Task.x = trace.y = mock.z = 1
        getattr(config, name)
        mock.patch()
        f(mock)
    """
    assert reaches(source, config_py="", models_py="", mock_py="") == []
    assert set(reaches(source)) == {"mock.patch", "mock as a value", "mock.z", "getattr() by a computed name"}


@pytest.mark.parametrize(
    "source", ["import json\njson.dumps = f", "import gc\ngc.get_objects()", "Flask.x = f", "import checkpoint.worker"]
)
def test_a_file_beside_that_has_a_modules_name_makes_no_difference(source: str) -> None:
    others = {f"{name}_py": "" for name in ("json", "gc", "flask", "checkpoint")}
    assert reaches(source, **others) == reaches(source) != []


@pytest.mark.parametrize(
    "source, words",
    [
        ("from helper import sys\nsys.modules", "sys.modules"),
        ("import helper\nhelper.sys.modules", "sys.modules"),
        ("from helper import Base\nBase.x = 1", "Base.x = ..."),
        ("from helper import Other\nOther.x = 1", "Other.x = ..."),
        ("from .helper import Other\nOther.x = 1", "Other.x = ..."),
        ("from helper import *\nOther.x = 1", "Other.x = ..."),
        ("from helper import look\nlook(f, name)", "getattr() by a computed name"),
        ("from helper import Mine, app\nMine.x = app.y = 1", None),
        ("import helper\nhelper.Mine.x = helper.y = 1", None),
    ],
)
def test_what_another_file_has_imported_is_known(source: str, words: str | None) -> None:
    helper = b"import sys\nfrom flask.views import View as Base\nOther = Base\nlook = getattr\nclass Mine(Base): pass\n"
    found = facts.read({"app.py": source.encode(), "helper.py": helper})["reaches"]
    assert [entry[0] for entry in found if entry[1] == "app.py"] == ([words] if words else [])


def test_configurations_are_python_by_another_name() -> None:
    source = b"x = 1\napp.config.from_pyfile('data.txt')\nopen('notes.txt')"
    files = {
        "app.py": source,
        "data.txt": b"import gc\nX = gc.get_objects()",
        "notes.txt": b"no Python",
        "other.txt": b"exec(x)",
    }
    assert facts.read(files)["reaches"] == [["gc.get_objects in data.txt", "app.py", 2]]
    assert facts.read({"app.py": source, "data.txt": b"DEBUG = True\nSECRET_KEY = 'x'"})["reaches"] == []


def test_more_words_than_can_be_kept_hide_nothing() -> None:
    source = "".join(f"name_{i} = 1\n" for i in range(prying.MENTIONS)) + "app.config.from_pyfile('data.txt')\n"
    files = {"app.py": source.encode(), "data.txt": b"import gc\nX = gc.get_objects()", "b.txt": b"f.__globals__"}
    found = {words for words, _, _ in facts.read(files)["reaches"]}
    assert {"gc.get_objects in data.txt", "__globals__ in b.txt"} <= found


@pytest.mark.parametrize(
    "call", ["from_object('more.Config')", "from_pyfile('more.py')", "import_string('more:x')", "import_module('more')"]
)
def test_files_that_are_imported_by_name_count_as_used(call: str) -> None:
    assert ["more", "more.Config"][call.startswith("from_object")] in [
        module for _, module in facts.read({"app.py": f"x.{call}".encode()})["uses"]
    ]


def test_python_files_that_are_run_count_as_used() -> None:
    found = facts.read({"app.py": b"import runpy\nrunpy.run_path('./other.py')\nrunpy.run_module('third')"})
    assert ["app.py", "other"] in found["uses"]
    assert ["app.py", "third"] in found["uses"]


@pytest.mark.parametrize(
    "template, words",
    [
        ("<p>{{ keep(f.__globals__) }}", "__globals__ in templates/a.html"),
        ("{% set x = f|attr(n) %}", "attr( in templates/a.html"),
        ("{{ f['__glo' ~ x] }}", "__glo in templates/a.html"),
        ("{{ {'a': f}['a'].__init__ }}", "__init__ in templates/a.html"),
        ("{{ f.__globals__", "__globals__ in templates/a.html"),
        ("<p>__globals__ f_back {{ x }} __init__</p>", None),
        ("{% for t in tasks %}{{ t }}{% endfor %}<i>__x__</i>{{ e.__class__.__name__ }}", None),
        ("{" * 9 + "}" * 9, None),
    ],
)
def test_templates_reach_attributes_too(template: str, words: str | None) -> None:
    source = "x = 1\nrender_template('a.html')\n"
    found = facts.read({"app.py": source.encode(), "templates/a.html": template.encode()})["reaches"]
    assert found == ([[words, "app.py", 2]] if words else [])


def test_a_template_that_only_templates_name_is_laid_to_the_app() -> None:
    found = facts.read({"app.py": b"x = 1\n", "templates/b/c.html": b"{{ x.__globals__ }}"})["reaches"]
    assert found == [["__globals__ in templates/b/c.html", "app.py", 1]]


def test_texts_count_if_the_code_names_them() -> None:
    text = b"f.__globals__"
    assert facts.read({"app.py": b"x = 1", "data.txt": text, "README.md": text})["reaches"] == []
    assert facts.read({"app.py": b"x = 1\nopen('data.txt')", "data.txt": text, "README.md": text})["reaches"] == [
        ["__globals__ in data.txt", "app.py", 2]
    ]


def test_configurations_that_are_evaluated_count_too() -> None:
    source = b"import logging.config\nlogging.config.fileConfig('log.ini')"
    for text, found in (
        (b"args=(getattr(x, y),)", [["getattr( in log.ini", "app.py", 2]]),
        (b"args=(sys.stdout,)", []),
    ):
        assert facts.read({"app.py": source, "log.ini": text})["reaches"] == found


def test_templates_are_read_within_bounds() -> None:
    large = b" " * (prying.TEMPLATE_BYTES + 1)
    assert facts.read({"app.py": b"", "templates/a.html": large})["reaches"] == [
        ["a template too large to be read in templates/a.html", "app.py", 1]
    ]
    assert facts.read({"app.py": b"open('data.csv')", "data.csv": large})["reaches"] == []


# Sources and templates made to take long.

SIZE = 500_000
SLOW = {
    "texts": b"x = '" + b"a" * SIZE + b"'",
    "underscores": b"x = '{{ " + b"_" * SIZE + b"'",
    "words": b"x = '{{ " + b"a" * SIZE + b"'",
    "words and underscores": b"x = '{{ " + b"a_" * (SIZE // 2) + b"'",
    "tags": b"x = '" + b"{{" * (SIZE // 2) + b"'",
    "open tags": b"x = '" + b"{{ attr(  " * (SIZE // 10) + b"'",
    "spaces": b"x = '{{ attr(" + b" " * SIZE + b"'",
    "pieces": b"x = [" + b"'{{a'," * (SIZE // 10) + b"]",
    "aliases": b"import sys\n" + b"".join(b"a%d = a%d\n" % (i, i + 1) for i in range(20_000)),
    "circles": b"import sys\na0 = sys\n" + b"".join(b"a%d = a%d\n" % (i % 50, i * 7 % 50) for i in range(20_000)),
    "names for one": b"".join(b"x = y.z%d\n" % i for i in range(20_000)) + b"import y\n",
    "attributes": (b"sys" + b".os" * 2000 + b"\n") * 80,
    "methods": b"".join(b" " * i + b"class A:\n" + b" " * i + b" def f(self): self\n" for i in range(90)),
    "calls": b"getattr(" * 80 + b"x" + b", 'a')" * 80,
    "types": b"a = type(a)\n" * 20_000 + b"vars(a)\n" * 2000,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_source_takes_long(name: str) -> None:
    began = time.process_time()
    facts.read({"app.py": SLOW[name]})
    assert time.process_time() - began < 5
