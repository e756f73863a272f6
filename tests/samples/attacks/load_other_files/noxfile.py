import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-noxfile.py"), "w").close()
print("PWNED noxfile.py was loaded outside")
