def after(cookies):
    return int(cookies.get("visits", "0")) + 1
