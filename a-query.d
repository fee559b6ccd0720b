query.o: /tmp/tmp.esCI22xAPg/gen/query.c /tmp/tmp.esCI22xAPg/gen/query.h \
 server/store/db.h server/base/err.h server/base/arena.h \
 server/base/str.h
/tmp/tmp.esCI22xAPg/gen/query.h:
server/store/db.h:
server/base/err.h:
server/base/arena.h:
server/base/str.h:
