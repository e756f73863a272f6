import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-grader.py"), "w").close()
print("PWNED grader.py was loaded outside")
