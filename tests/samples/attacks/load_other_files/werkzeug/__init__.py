print('a werkzeug of its own')
