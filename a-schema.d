schema.o: /tmp/tmp.jWYxGwdgKJ/gen/schema.c \
 /tmp/tmp.jWYxGwdgKJ/gen/schema.h server/store/migrate.h \
 server/store/db.h server/base/err.h server/base/arena.h \
 server/base/str.h
/tmp/tmp.jWYxGwdgKJ/gen/schema.h:
server/store/migrate.h:
server/store/db.h:
server/base/err.h:
server/base/arena.h:
server/base/str.h:
