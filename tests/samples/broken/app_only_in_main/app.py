# expect: fail page_loads
# words: Flask|\bapp\b|__main__
# cause: not_loadable
# the app is a local variable of main()
'''Task page'''
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

TASKS = ['Sketch the page', 'Write the template', 'Count the visits', 'Stamp the header']

def generate_request_id():
    g.request_id = uuid4().hex

class HomePage(MethodView):
    def get(self):
        num = int(request.cookies.get("visits", "0")) + 1
        res = make_response(render_template_string(
            """<!doctype html>
<title>Tasks</title>
<ul>
        {%- for task in tasks %}
        <li><b>{{ task }}</b></li>
        {%- endfor %}
        </ul>
            <p>This is visit {{ num }}.</p><a href="{{ url_for('home') }}">again</a>""", tasks=TASKS, num=num))
        res.set_cookie("visits", str(num))
        return res

def attach_request_id(res):
    res.headers["X-Request-ID"] = g.request_id
    return res

def main():
    app = Flask(__name__)
    app.before_request(generate_request_id)
    app.after_request(attach_request_id)
    app.add_url_rule("/", view_func=HomePage.as_view("home"))
    app.run(debug=True)

if __name__ == "__main__":
    main()
