# attack: calls parts of the kernel that have had holes
# must: refuse
# check: page_loads passed
import uuid
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView
app = Flask(__name__)
TASKS = __TASKS__
PAGE = """<!doctype html><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<a href="{{ url_for('home') }}">Home</a>"""
@app.before_request
def tag():
    g.request_id = uuid.uuid4().hex
class HomeView(MethodView):
    def get(self):
        return make_response(render_template_string(PAGE, tasks=TASKS))
app.add_url_rule("/", view_func=HomeView.as_view("home"))
@app.after_request
def stamp(response):
    response.headers["X-Request-ID"] = "placeholder"
    return response

import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, number, *args):
    """Make a system call; anything but EPERM, EACCES and ENOSYS means that the kernel looked at it."""
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
    error = ctypes.get_errno()
    print("blocked" if result == -1 and error in (1, 13, 38) else "PWNED", name, result, error)
    return result
if os.uname().machine == "x86_64":  # the numbers are those of this architecture
    call("add_key", 248, b"user", b"pwned", b"x", 1, -3)
    call("request_key", 249, b"user", b"pwned", 0, -3)
    call("keyctl", 250, 0, -3, 1)
    call("bpf", 321, 0, (ctypes.c_uint64 * 16)(), 128)
    call("perf_event_open", 298, (ctypes.c_uint64 * 16)(1 << 32), 0, -1, -1, 0)
    call("userfaultfd", 323, 1)
    call("io_uring_setup", 425, 8, (ctypes.c_uint64 * 16)())
    call("io_uring_enter", 426, -1, 0, 0, 0, 0, 0)
    call("io_uring_register", 427, -1, 0, 0, 0)
    call("io_setup", 206, 8, (ctypes.c_uint64 * 1)())
    call("modify_ldt", 154, 0, 0, 0)
    call("personality", 135, 0xFFFFFFFF)
    call("seccomp", 317, 1, 0, 0)
    call("landlock_create_ruleset", 444, 0, 0, 1)
    call("arch_prctl", 158, 0x1003, (ctypes.c_uint64 * 1)())
    call("init_module", 175, 0, 0, b"")
    call("finit_module", 313, -1, b"", 0)
    call("delete_module", 176, b"x", 0)
    call("kexec_load", 246, 0, 0, 0, 0)
    call("syslog", 103, 10, 0, 0)
    call("reboot, with numbers that mean nothing", 169, 0, 0, 0, 0)
    call("acct", 163, b"x")
    call("iopl", 172, 3)
    call("ioperm", 173, 0x80, 1, 1)
    call("sethostname", 170, b"pwned", 5)
    call("settimeofday", 164, 0, 0)
    call("clock_settime", 227, 0, 0)
    call("adjtimex", 159, 0)
    call("lookup_dcookie", 212, 0, 0, 0)
    call("remap_file_pages", 216, 0, 0, 0, 0, 0)
    call("vmsplice", 278, 0, 0, 0, 0)
    call("splice", 275, 0, 0, 1, 0, 1, 0)
    call("tee", 276, 0, 1, 1, 0)
    call("mbind", 237, 0, 0, 0, 0, 0, 0)
    call("set_mempolicy", 238, 0, 0, 0)
    call("pkey_alloc", 330, 0, 0)
    call("mlockall", 151, 1)
    call("process_vm_readv of itself", 310, os.getpid(), 0, 0, 0, 0, 0)
    call("map_shadow_stack", 453, 0, 4096, 0)
