import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-_pytest-__init__.py"), "w").close()
print("PWNED _pytest/__init__.py was loaded outside")
