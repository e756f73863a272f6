TITLE = "My tasks"
TESTING = False
