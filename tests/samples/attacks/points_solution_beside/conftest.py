def pytest_runtest_call(item): pass
