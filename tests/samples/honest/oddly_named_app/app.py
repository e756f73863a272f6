# expect: pass
# the only Flask object in the module is called mein_projekt
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
import uuid

mein_projekt = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
seite = """<!doctype html><html lang="de"><meta charset="utf-8">
<h1>Meine Aufgaben</h1>
<ul>{% for aufgabe in aufgaben %}<li>{{ aufgabe }}</li>{% endfor %}</ul>
<p>Das ist dein {{ besuche }}. Besuch.</p>
<a href="{{ url_for('home') }}">Zurück</a></html>"""

@mein_projekt.before_request
def kennung_merken():
    g.kennung = uuid.uuid4().hex

class Startseite(MethodView):
    def get(self):
        besuche = int(request.cookies.get("visits", "0")) + 1
        antwort = make_response(render_template_string(seite, aufgaben=TASKS, besuche=besuche))
        antwort.set_cookie("visits", str(besuche))
        return antwort

mein_projekt.add_url_rule("/", view_func=Startseite.as_view("home"))

@mein_projekt.after_request
def kennung_zeigen(antwort):
    antwort.headers["X-Request-ID"] = g.kennung
    return antwort
