import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-usercustomize.py"), "w").close()
print("PWNED usercustomize.py was loaded outside")
