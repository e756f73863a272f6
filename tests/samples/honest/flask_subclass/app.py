# expect: pass
# a subclass of Flask that registers its own methods as hooks
from uuid import uuid4
from flask import Flask, Response, g, render_template_string, request
from flask.views import MethodView

TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]


class PageResponse(Response):
    def with_visits(self, n):
        self.set_cookie("visits", str(n))
        return self


class TaskApp(Flask):
    response_class = PageResponse

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before_request(self.tag)
        self.after_request(self.show_tag)
        self.add_url_rule("/", view_func=HomeView.as_view("home"))

    def tag(self):
        g.tag = uuid4().hex

    def show_tag(self, response):
        response.headers["X-Request-ID"] = g.tag
        return response


class HomeView(MethodView):
    def get(self):
        n = int(request.cookies.get("visits", "0")) + 1
        html = render_template_string(
            "<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>"
            "<p>Visit: {{ n }}</p><a href=\"{{ url_for('home') }}\">Home</a>", tasks=TASKS, n=n)
        return PageResponse(html, mimetype="text/html").with_visits(n)


app = TaskApp(__name__)
