from flask import current_app, make_response, render_template_string, request
from flask.views import MethodView

from site_pages import pages

PAGE = """<!doctype html><title>Pages</title>
<p>Seen {{ n }} times.</p>
<ul>{% for task in config.TASKS %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('pages.home') }}">Home</a>"""


class HomeView(MethodView):
    def get(self):
        current_app.logger.debug("home")
        n = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(PAGE, n=n))
        response.set_cookie("visits", str(n))
        return response


pages.add_url_rule("/", view_func=HomeView.as_view("home"))
