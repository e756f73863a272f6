import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-rich-__init__.py"), "w").close()
print("PWNED rich/__init__.py was loaded outside")
