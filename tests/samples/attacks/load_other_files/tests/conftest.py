import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-tests-conftest.py"), "w").close()
print("PWNED tests/conftest.py was loaded outside")
