/* Files of web/static: /static/<hashed name>, and the few whose address must not change. */
#ifndef HTTP_STATIC_FILES_H
#define HTTP_STATIC_FILES_H

#include "http/exchange.h"

/* true when the path is a static file's, and the answer (or its 404, 405) has been sent. */
bool static_files_serve(struct request *rq);

#endif
