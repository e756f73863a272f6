# expect: fail header_present
# words: after_request|__main__|X-Request-ID
# the hook is registered only when the file is run by hand
from uuid import uuid4
from flask.views import MethodView
from flask import Flask, g, make_response, render_template_string, request


app = Flask(__name__)
TASKS = [
    "Sketch the page",
    "Write the template",
    "Count the visits",
    "Stamp the header",
]


@app.before_request
def first():
    g.rid = uuid4().hex


class HomeView(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        answer = make_response(render_template_string(
            """<center><h1>TASKS!!!</h1></center>
<ul>
{% for task in tasks %}
  <li>{{ task }}</li>
{% endfor %}
</ul>
            <p>Number of visits: {{num}}</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, num=num))
        answer.set_cookie("visits", str(num))
        return answer


app.add_url_rule("/", view_func=HomeView.as_view("home"))


def last(answer):
    answer.headers["X-Request-ID"] = g.rid
    return answer


if __name__ == "__main__":
    app.after_request(last)
    app.run()
