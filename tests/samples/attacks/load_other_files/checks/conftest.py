import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-checks-conftest.py"), "w").close()
print("PWNED checks/conftest.py was loaded outside")
