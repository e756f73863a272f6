# expect: pass
# -*- coding: latin-1 -*-   (Windows editor, accents: é è ü ñ)
# the file is not UTF-8 but says so; the page has accents
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
PÁGINA = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Mes tâches</title></head>
<h1>À faire</h1>
<p>Déjà {{ visites }} visites, très bien&nbsp;!</p>
<ul>{% for tâche in tâches %}<li>{{ tâche }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Début</a></html>"""

@app.before_request
def créer():
    g.numéro = uuid4().hex

class Accueil(MethodView):
    def get(self):
        visites = int(request.cookies.get("visits", "0")) + 1
        réponse = make_response(render_template_string(PÁGINA, tâches=TASKS, visites=visites))
        réponse.set_cookie("visits", str(visites))
        return réponse

app.add_url_rule("/", view_func=Accueil.as_view("home"))

@app.after_request
def écrire(réponse):
    réponse.headers["X-Request-ID"] = g.numéro
    return réponse
