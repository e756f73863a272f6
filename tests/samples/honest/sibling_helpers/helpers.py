from flask import request

PAGE = """<h1>Tasks</h1>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>This is your visit number {{ visits }}!</p>
<a href="{{ url_for('home') }}">Home</a>"""


def next_visit():
    return int(request.cookies.get("visits", "0")) + 1


def save_visit(response, number):
    response.set_cookie("visits", str(number))
