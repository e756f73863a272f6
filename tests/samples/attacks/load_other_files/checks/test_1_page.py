import os
open(os.path.join(os.path.dirname("__SIBLING__"), "pwned-checks-test_1_page.py"), "w").close()
print("PWNED checks/test_1_page.py was loaded outside")
