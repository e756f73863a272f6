import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-sitecustomize.py"), "w").close()
print("PWNED sitecustomize.py was loaded outside")
