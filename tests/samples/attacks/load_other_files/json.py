loads = dumps = None
