import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-setup.py"), "w").close()
print("PWNED setup.py was loaded outside")
