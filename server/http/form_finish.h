/* Private to http/: form_view.h's calls may come in any order, so values are written at the end. */
#ifndef HTTP_FORM_FINISH_H
#define HTTP_FORM_FINISH_H

struct request;

/* Writes what the form views of this request still owe to the model. Before it is drawn. */
void form_finish(struct request *rq);

#endif
