"""A blog, made by a factory."""

from blog import blog
from flask import Flask, g


def create_app(settings: dict | None = None) -> Flask:
    """Make the app."""
    app = Flask(__name__)
    app.config["TITLE"] = "My blog"
    app.config.update(settings or {})
    app.register_blueprint(blog, url_prefix="/blog")

    @app.before_request
    def begin():
        g.posts = 0

    @app.after_request
    def stamp(response):
        response.headers.set("X-Posts", str(g.posts))
        return response

    return app
