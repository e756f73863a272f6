import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-conftest.py"), "w").close()
print("PWNED conftest.py was loaded outside")
