query.o: /tmp/tmp.jWYxGwdgKJ/gen/query.c /tmp/tmp.jWYxGwdgKJ/gen/query.h \
 server/store/db.h server/base/err.h server/base/arena.h \
 server/base/str.h
/tmp/tmp.jWYxGwdgKJ/gen/query.h:
server/store/db.h:
server/base/err.h:
server/base/arena.h:
server/base/str.h:
