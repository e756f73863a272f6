# expect: pass
# unittest classes in the same file, and a smoke test through the test client before anything else happens
import unittest
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
app.testing = True
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]

@app.before_request
def new_id():
    g.request_id = uuid4().hex

class HomeView(MethodView):
    def get(self):
        visits = int(request.cookies.get("visits", "0")) + 1
        response = make_response(render_template_string(
            """<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
            <p>Visit number: {{ visits }}</p><a href="{{ url_for('home') }}">Home</a>""", tasks=TASKS, visits=visits))
        response.set_cookie("visits", str(visits))
        return response

app.add_url_rule("/", view_func=HomeView.as_view("home"))

@app.after_request
def send_id(response):
    response.headers["X-Request-ID"] = g.request_id
    return response

class HomeTest(unittest.TestCase):
    def setUp(self):
        self.client = app.test_client()

    def test_counts(self):
        for number in (1, 2, 3):
            self.assertIn(f"Visit number: {number}", self.client.get("/").text)

    def test_header(self):
        self.assertNotEqual(*(self.client.get("/").headers["X-Request-ID"] for _ in "ab"))

suite = unittest.defaultTestLoader.loadTestsFromTestCase(HomeTest)
assert unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful()

if __name__ == "__main__":
    app.run()
