from flask import Blueprint

pages = Blueprint("pages", __name__)

import site_home  # noqa: E402,F401  (the routes)
