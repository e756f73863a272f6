from flask import make_response, render_template_string, request
from flask.views import MethodView
from app import TASKS


class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visits: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response
