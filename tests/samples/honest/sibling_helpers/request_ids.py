from uuid import uuid4
from flask import g


def _begin():
    g.request_id = uuid4().hex


def _end(response):
    response.headers["X-Request-ID"] = g.request_id
    return response


def install(app):
    app.before_request(_begin)
    app.after_request(_end)
