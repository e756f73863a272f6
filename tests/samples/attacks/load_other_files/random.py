def getrandbits(n): return 0
