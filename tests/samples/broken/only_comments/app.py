# expect: fail page_loads
# words: empty|Flask|\bapp\b
# cause: not_loadable
# still to do, all of it
#
# app = Flask(__name__)
# TASKS = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
