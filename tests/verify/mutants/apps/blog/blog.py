"""The blog itself."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for

blog = Blueprint("blog", __name__)
POSTS = []


def shortened(text: str, letters: int = 80) -> str:
    return text if len(text) <= letters else text[:letters] + "..."


@blog.before_app_request
def count():
    g.posts = len(POSTS)


@blog.route("/")
def index():
    title = current_app.config["TITLE"]
    return render_template(
        "list.html", title=title, posts=[shortened(post) for post in POSTS], user=session.get("user")
    )


@blog.route("/new", methods=["GET", "POST"])
def new():
    if "user" not in session:
        return redirect(url_for("blog.index"))
    if request.method == "POST":
        POSTS.append(request.form["text"])
        session["user"] = request.form.get("name", "somebody")
        flash("Thank you.")
        return redirect(url_for("blog.index"))
    return render_template("form.html")
