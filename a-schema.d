schema.o: /tmp/tmp.esCI22xAPg/gen/schema.c \
 /tmp/tmp.esCI22xAPg/gen/schema.h server/store/migrate.h \
 server/store/db.h server/base/err.h server/base/arena.h \
 server/base/str.h
/tmp/tmp.esCI22xAPg/gen/schema.h:
server/store/migrate.h:
server/store/db.h:
server/base/err.h:
server/base/arena.h:
server/base/str.h:
