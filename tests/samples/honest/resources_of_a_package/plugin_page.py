PAGE = """<!doctype html>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<p>{{ about }}</p>
<a href="{{ url_for('home') }}">Home</a>"""
