import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-pytest.py"), "w").close()
print("PWNED pytest.py was loaded outside")
