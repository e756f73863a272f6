# expect: pass
# time zones by zoneinfo, tzset and astimezone; the page's language by locale, or without if it is not there
import calendar
import locale
import os
import time
from datetime import datetime, timedelta, timezone
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
app.permanent_session_lifetime = timedelta(days=1)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
os.environ["TZ"] = "Europe/Berlin"
if hasattr(time, "tzset"):
    time.tzset()
    assert time.tzname == ("CET", "CEST"), time.tzname
assert "Asia/Tokyo" in available_timezones()
assert datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset() == timedelta(hours=2)
try:
    ZoneInfo("Mars/Olympus")
except ZoneInfoNotFoundError:
    pass
locale.setlocale(locale.LC_ALL, "")
for name in ("de_AT.UTF-8", "de_DE.UTF-8", "C"):
    try:
        locale.setlocale(locale.LC_TIME, name)
        break
    except locale.Error:
        continue


@app.before_request
def clock():
    g.now = datetime.now(timezone.utc)
    g.request_id = uuid4().hex


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        local = g.now.astimezone()
        response = make_response(render_template_string("""<!doctype html>
<time datetime="{{ local.isoformat() }}">{{ local.strftime("%A") }}</time> {{ day }}
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits, local=local, day=calendar.day_name[local.weekday()]))
        response.set_cookie("visits", str(visits), expires=g.now + timedelta(days=30))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response
