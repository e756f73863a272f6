# expect: pass
# imports much of the standard library without need, as files do that were copied together
import abc, argparse, array, ast, asyncio, base64, bisect, bz2, cmath, codecs, collections.abc, colorsys
import concurrent.futures, configparser, contextvars, copy, csv, curses, dataclasses, dbm, decimal, difflib, doctest
import email.message, email.mime.text, enum, filecmp, fileinput, fractions, ftplib, functools, getpass, glob, graphlib
import gzip, hashlib, heapq, hmac, html, http.client, http.server, imaplib, importlib.metadata, importlib.resources
import io, ipaddress, itertools, json, keyword, linecache, locale, logging.config, lzma, mailbox, math, mimetypes
import multiprocessing, numbers, operator, os, pathlib, pdb, pickle, pkgutil, platform, plistlib, poplib, pprint
import queue, random, re, sched, secrets, select, selectors, shelve, shlex, shutil, signal, site, smtplib, socket
import socketserver, sqlite3, ssl, stat, statistics, string, struct, subprocess, sysconfig, tarfile, tempfile
import textwrap, threading, time, timeit, tokenize, traceback, types, typing, unicodedata, unittest.mock
import urllib.request, urllib.robotparser, uuid, venv, warnings, wave, weakref, webbrowser, wsgiref.simple_server
import xml.etree.ElementTree, xmlrpc.client, zipfile, zlib, zoneinfo
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool, Process
from flask import *
from flask.views import MethodView

app = Flask(__name__)
TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
context = ssl.create_default_context()
kind = mimetypes.guess_type("page.html")[0]
flask_version = importlib.metadata.version("flask")

@app.before_request
def new_id():
    g.request_id = uuid.uuid4().hex

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
