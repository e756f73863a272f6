from flask import Blueprint

pages = Blueprint("pages", __name__)

from . import home  # noqa: E402,F401  (the routes)
