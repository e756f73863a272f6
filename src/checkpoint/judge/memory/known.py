"""Hold what is known to keep nothing: modules, functions, methods; and what a value may be."""

from __future__ import annotations

import collections
import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a value may be; 0 is a constant. OPAQUE is anything, also what differs from process to process.
FLAT, DEEP, OPAQUE, APP, CODE = 1, 2, 4, 8, 16  # containers of constants, of containers; Flask objects; functions
SHARED, HOLDS = 32, 64  # others may hold it too; it is this request's own, but what is in it may be shared

# Modules that keep nothing, whole or by these names. Not random.seed, functools.cache, os.getpid, flask.signals, ...
MODULES = {
    name: _words(only)
    for name, only in {
        "flask": "Blueprint Flask Response abort current_app escape flash g get_flashed_messages has_app_context "
        "has_request_context json jsonify make_response redirect render_template render_template_string request "
        "session stream_template stream_template_string stream_with_context typing url_for views after_this_request",
        "os": "environ getenv urandom path sep linesep", "os.path": "join dirname basename abspath normpath splitext",
        "sys": "stderr stdout version version_info platform", "http": "HTTPStatus HTTPMethod", "urllib": "parse",
        "functools": "partial wraps reduce total_ordering cmp_to_key", "calendar": "month_name day_name month_abbr "
        "day_abbr monthrange isleap", "contextlib": "contextmanager suppress nullcontext closing",
        "random": "Random SystemRandom betavariate choice choices gauss randbytes randint random randrange sample "
        "shuffle uniform", "secrets": "choice randbelow token_bytes token_hex token_urlsafe compare_digest",
        "logging": "getLogger basicConfig debug info warning error exception critical DEBUG INFO WARNING ERROR",
        "decimal": "Decimal ROUND_HALF_UP ROUND_HALF_EVEN ROUND_DOWN ROUND_UP InvalidOperation",
        "werkzeug": "exceptions utils security http datastructures middleware wrappers",
        "werkzeug.utils": "escape redirect secure_filename", "werkzeug.middleware": "proxy_fix",
        "jinja2": "StrictUndefined Undefined pass_context", "warnings": "warn", "json": "dumps loads JSONDecodeError",
        **dict.fromkeys(
            _words(
                "markupsafe uuid datetime time math re string html typing collections dataclasses enum itertools "
                "operator textwrap hashlib hmac base64 fractions statistics zoneinfo abc copy types numbers __future__"
            ), "",
        ),
    }.items()
}  # fmt: skip
ROOTS = {
    "flask.g": OPAQUE, "flask.session": OPAQUE, "flask.request": OPAQUE, "flask.current_app": APP | SHARED,
    "os.environ": FLAT | SHARED,
}  # fmt: skip
# Read their arguments, and answer with something new, or with a constant when they are given constants.
CONSTANT = _words(
    "str int float bool complex repr abs round sum any all isinstance issubclass hasattr callable ord chr hex oct bin "
    "format divmod pow bytes len range slice print ascii property staticmethod classmethod "
    "flask.render_template flask.render_template_string flask.url_for flask.flash flask.get_flashed_messages "
    "markupsafe.escape markupsafe.Markup flask.json.dumps json.dumps html.escape html.unescape re.compile re.match "
    "re.search re.fullmatch re.sub datetime.timedelta datetime.date datetime.time datetime.timezone datetime.datetime "
    "datetime.datetime.fromisoformat datetime.datetime.strptime decimal.Decimal fractions.Fraction zoneinfo.ZoneInfo "
    "uuid.UUID os.getenv os.path.join os.path.dirname os.path.abspath os.path.basename math.prod math.ceil math.floor "
    "textwrap.dedent string.Template hmac.compare_digest enum.auto typing.TypeVar typing.NewType operator.itemgetter "
    "operator.attrgetter statistics.mean base64.b64encode urllib.parse.quote urllib.parse.urlencode"
)
FRESH = _words("flask.make_response flask.jsonify flask.Response flask.redirect flask.abort "
    "flask.stream_template flask.stream_template_string flask.stream_with_context logging.info")  # fmt: skip
COPIES = _words("list tuple set frozenset dict sorted dataclasses.asdict "
    "copy.copy types.MappingProxyType")  # fmt: skip
ONE_OF = _words("min max typing.cast functools.reduce")
ONCE = _words("enumerate zip reversed map filter iter random.choices random.sample "
    "itertools.chain itertools.islice itertools.zip_longest itertools.groupby itertools.product itertools.cycle "
    "itertools.accumulate itertools.pairwise collections.Counter collections.deque "
    "collections.OrderedDict")  # fmt: skip
CALLABLE = {"super": DEEP | SHARED, "type": CODE, "object": OPAQUE, "next": OPAQUE, "setattr": 0, "getattr": 0,
    "bytearray": FLAT, "dataclasses.field": CODE,
    "flask.Flask": APP, "flask.Blueprint": APP, "logging.getLogger": APP | SHARED, "functools.wraps": CODE,
    "collections.namedtuple": CODE, "dataclasses.dataclass": CODE}  # fmt: skip
BUILTINS = {name for name in CONSTANT | COPIES | ONE_OF | ONCE | CALLABLE.keys() if "." not in name}

READS = frozenset(name for name in dir(str) if name[0] != "_") | _words(
    "isoformat strftime total_seconds date time astimezone search match fullmatch sub findall finditer iter_rules "
    "isdisjoint issubset issuperset hex decode"
)
TEXTS = _words("split rsplit splitlines partition rpartition findall groups")  # give lists
ELEMENTS = _words("get items keys values copy union intersection difference symmetric_difference")
CHANGES = {
    name
    for kind in (list, dict, set, bytearray, collections.deque, collections.Counter, collections.OrderedDict)
    for name in dir(kind)
    if name[0] != "_" and name not in READS | ELEMENTS
}
# Flask refuses these once it has served a request, or they keep nothing.
OF_APP = _words(
    "route get post put delete patch add_url_rule before_request after_request teardown_request teardown_appcontext "
    "before_app_request after_app_request teardown_app_request errorhandler app_errorhandler register_error_handler "
    "register_blueprint context_processor app_context_processor url_defaults url_value_preprocessor "
    "shell_context_processor template_filter template_global template_test app_template_filter app_template_global "
    "app_template_test add_template_filter add_template_global add_template_test make_response url_for run test_client "
    "app_context test_request_context debug info warning error exception critical log isEnabledFor process_response "
    "wsgi_app dispatch_request preprocess_request full_dispatch_request"
)
BARRED = _words(  # attributes of anything
    "save write_text write_bytes mkdir touch unlink open open_resource open_instance_resource from_pyfile connect "
    "cached_property cache lru_cache got_first_request _got_first_request _get_current_object"
)
DUNDERS = _words("__init__ __name__ __qualname__ __doc__ __version__ __call__ __post_init__ __str__")
TEMPLATE = re.compile(
    rf"\.\s*(?:{'|'.join(sorted(CHANGES))}|__\w+__)\s*\(|\{{%[-+]?\s*do\b"
    r"|\|\s*attr\b|\b(?:cycler|joiner|namespace)\s*\(|\.\s*next\s*\("
)
NEVER_RUN = ("__name__ == '__main__'", "'__main__' == __name__", "TYPE_CHECKING", "typing.TYPE_CHECKING")


def hot(value: int) -> bool:
    """Return whether others may hold it, and it can be changed."""
    return bool(value & (SHARED | HOLDS) and value & ~(SHARED | HOLDS | CODE))


def share(value: int) -> int:
    """Return what a value is to code that finds it outside itself."""
    return value | SHARED if value & ~CODE else value


def element(value: int) -> int:
    """Return what is in a container."""
    if not value & ~(FLAT | SHARED):
        return 0
    return value & ~FLAT | (SHARED if value & HOLDS else 0)


def copy(value: int) -> int:
    """Return what a new container of the same things is."""
    held = HOLDS if value & SHARED and value & (DEEP | OPAQUE | APP) else 0
    return value & ~SHARED | held
