/* See http_fixture.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "http/csrf.h"
#include "http/form_view.h"
#include "http_fixture.h"

enum { PUBLIC = 1, SELF, CHAIR, HIDDEN };

static struct site *site_of(const struct request *rq)
{
	const void *p = rq->app;
	union {
		const void *constant;
		struct site *site;
	} u = {p};
	return u.site;
}

/* ---- handlers ---- */

static enum rc get_front(struct request *rq, struct vm *vm)
{
	site_of(rq)->n_pages++;
	vm_text(vm, "title", "Front");
	return OK;
}

static enum rc get_health(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_bytes(rq, "text/plain", STR("ok"), NULL, false);
	return OK;
}

static enum rc get_event(struct request *rq, struct vm *vm)
{
	site_of(rq)->n_pages++;
	vm_text(vm, "title", path_param(rq, "event"));
	vm_text(vm, "q", form_text(&rq->form, "q"));
	vm_page_text(vm, "long", arena_printf(rq->arena, "%01500d", 7));
	return OK;
}

static enum rc get_account(struct request *rq, struct vm *vm)
{
	(void)rq;
	vm_text(vm, "title", "Account");
	return OK;
}

static enum rc get_scan(struct request *rq, struct vm *vm)
{
	vm_text(vm, "title", "Scan");
	rq->reply.allows_camera = true;
	return OK;
}

static enum rc get_broken(struct request *rq, struct vm *vm)
{
	(void)vm;
	return err_internal(&rq->err, "broken on purpose");
}

static enum rc get_file(struct request *rq, struct vm *vm)
{
	(void)vm;
	const char *path = arena_printf(rq->arena, "%s/static/a.css", site_of(rq)->directory);
	reply_file(rq, "text/html", path, "Ægir \"1\".css");
	return OK;
}

static enum rc get_table(struct request *rq, struct vm *vm)
{
	vm_text(vm, "title", "Table");
	if (rq->suffix != NULL && strcmp(rq->suffix, "csv") == 0)
		reply_bytes(rq, "text/csv", STR("\"a\"\r\n"), "table.csv", true);
	return OK;
}

static enum rc post_form(struct request *rq, struct vm *vm);

static enum rc get_form(struct request *rq, struct vm *vm)
{
	struct form_view *f = form_view_new(rq, vm, post_form, NULL);
	vm_text(vm, "title", "Form");
	form_view_text(f, "title", "Default");
	form_view_option(f, "theme", "t", "Teaching", NULL);
	form_view_option(f, "theme", "r", "Research", NULL);
	form_view_row(f, "author");
	form_view_row_text(f, "author", 0, "name", "Ada");
	form_view_bool(f, "consent", true);
	return OK;
}

static enum rc post_form(struct request *rq, struct vm *vm)
{
	(void)vm;
	site_of(rq)->n_posts++;
	if (strcmp(form_text(&rq->form, "title"), "taken") == 0)
		return err_set(&rq->err, CONFLICT, "Somebody else has this title");
	if (strcmp(form_text(&rq->form, "title"), "late") == 0)
		return err_set(&rq->err, GONE, "The call is over");
	reply_created(rq, "/summit/form?n=%zu", form_n_rows(&rq->form, "author"));
	reply_flash(rq, "Saved «%s»", form_text(&rq->form, "title"));
	return OK;
}

static enum rc post_upload(struct request *rq, struct vm *vm)
{
	const struct upload *file = form_upload(&rq->form, "file");
	site_of(rq)->n_posts++;
	vm_text(vm, "name", file != NULL ? file->file_name : NULL);
	vm_int(vm, "size", file != NULL ? file->size_bytes : 0);
	vm_text(vm, "note", form_text(&rq->form, "note"));
	reply_to(rq, "/summit/form");
	return OK;
}

static enum rc post_device(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "/");
	return OK;
}

static enum rc post_mine(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "/");
	return OK;
}

/* Answers when the test has seen that it runs. */
static enum rc get_slow(struct request *rq, struct vm *vm)
{
	(void)vm;
	struct site *s = site_of(rq);
	atomic_store(&s->is_slow_running, true);
	nanosleep(&(struct timespec){.tv_nsec = 300 * 1000000L}, NULL);
	reply_bytes(rq, "text/plain", STR("done"), NULL, false);
	return OK;
}

#define GET(pattern, cap, fn, name, bits)                                                          \
	{                                                                                          \
		METHOD_GET, pattern, cap, #cap, fn, #fn, name, NULL, bits                          \
	}
#define POST(pattern, cap, fn, again, bits)                                                        \
	{                                                                                          \
		METHOD_POST, pattern, cap, #cap, fn, #fn, NULL, again, bits                        \
	}

static const struct route routes[] = {
	GET("/", PUBLIC, get_front, "page", ROUTE_CACHED),
	GET("/healthz", PUBLIC, get_health, NULL, ROUTE_ANY_HOST),
	GET("/account", SELF, get_account, "page", 0),
	GET("/account/roles", CHAIR, get_account, "page", 0),
	GET("/account/ghost", HIDDEN, get_account, "page", 0),
	GET("/scan", PUBLIC, get_scan, "page", 0),
	GET("/broken", PUBLIC, get_broken, "page", 0),
	GET("/file", PUBLIC, get_file, NULL, 0),
	GET("/noview", PUBLIC, get_account, "missing/template", 0),
	GET("/:event", PUBLIC, get_event, "page", ROUTE_CACHED),
	GET("/:event/table", PUBLIC, get_table, "page", 0),
	GET("/:event/form", PUBLIC, get_form, "form", 0),
	POST("/:event/form", PUBLIC, post_form, get_form, 0),
	POST("/:event/files", PUBLIC, post_upload, get_form, ROUTE_UPLOAD),
	POST("/:event/private", SELF, post_device, NULL, 0),
	POST("/:event/mine", SELF, post_mine, get_form, 0),
	GET("/slow", PUBLIC, get_slow, NULL, 0),
	POST("/device", PUBLIC, post_device, NULL, ROUTE_NO_CSRF),
};

#define ONE(fn, name, type, min, max, label)                                                       \
	{                                                                                          \
		fn, #fn, NULL, name, type, FIELD_ONE, min, max, label                              \
	}

static const struct field fields[] = {
	ONE(get_event, "q", FIELD_TEXT, 0, 100, "Search"),
	ONE(post_form, "title", FIELD_TEXT, 1, 300, "Title"),
	ONE(post_form, "abstract", FIELD_BLOCK, 0, 100000, "Abstract"),
	ONE(post_form, "score", FIELD_INT, 1, 5, "Score"),
	ONE(post_form, "email", FIELD_EMAIL, 0, 254, "E-mail"),
	ONE(post_form, "password", FIELD_SECRET, 0, 200, "Password"),
	ONE(post_form, "consent", FIELD_BOOL, 0, 1, "Consent"),
	{post_form, "post_form", NULL, "theme", FIELD_WORD, FIELD_LIST, 0, 0, "Theme"},
	{post_form, "post_form", "author", "name", FIELD_TEXT, FIELD_ROWS, 1, 200, "Name"},
	{post_form, "post_form", "author", "presents", FIELD_BOOL, FIELD_ROWS, 0, 1, "Presents"},
	{post_form, "post_form", NULL, "mark", FIELD_INT, FIELD_MAP, 1, 5, "Mark"},
	ONE(post_mine, "text", FIELD_BLOCK, 0, 1000, "Text"),
	ONE(post_mine, "pin", FIELD_SECRET, 0, 20, "PIN"),
	ONE(post_upload, "note", FIELD_TEXT, 0, 100, "Note"),
	ONE(post_upload, "file", FIELD_FILE, 1, 2000000, "File"),
};

static const struct route_table table = {
	routes, sizeof routes / sizeof routes[0], fields, sizeof fields / sizeof fields[0]};

/* ---- hooks ---- */

static enum rc enter(void *context, struct request *rq)
{
	struct site *s = context;
	void *app = s;
	rq->app = app;
	__atomic_fetch_add(&s->n_enters, 1, __ATOMIC_RELAXED);
	const char *session = request_cookie(rq, "session");
	const char *bearer = request_header(rq, "Authorization");
	if (bearer != NULL) {
		rq->is_bearer = rq->has_session = true;
		if (strcmp(bearer, "Bearer good") != 0)
			return err_set(&rq->err, FORBIDDEN, "This token is revoked");
	} else if (session != NULL && strcmp(session, "ada") == 0) {
		rq->has_session = true;
		rq->csrf_key = STR("key of ada");
	}
	if (strncmp(rq->route->pattern, "/:event", 7) == 0 &&
		strcmp(path_param(rq, "event"), "summit") != 0)
		return err_set(&rq->err, NOT_FOUND, "There is no such event");
	return OK;
}

static bool is_stranger(void *context, const struct request *rq)
{
	(void)context;
	return !rq->has_session;
}

static enum rc may(void *context, struct request *rq, int capability)
{
	(void)context;
	if (capability == HIDDEN)
		return NOT_FOUND;
	return capability == PUBLIC || (capability == SELF && rq->has_session) ? OK : FORBIDDEN;
}

static void leave(void *context, struct request *rq)
{
	struct site *s = context;
	(void)rq;
	__atomic_fetch_add(&s->n_leaves, 1, __ATOMIC_RELAXED);
}

static void frame(void *context, struct request *rq, struct vm *vm)
{
	(void)context;
	struct vm *page = vm_page_object(vm, "page");
	vm_page_text(page, "flash", request_flash(rq));
}

static struct vm_format format(void *context, const struct request *rq)
{
	(void)context;
	return (struct vm_format){.lang = rq->lang, .now_ms = rq->now_ms};
}

static enum rc upload_begin(void *context, struct request *rq, int64_t max_bytes, void **writer)
{
	struct site *s = context;
	(void)rq;
	(void)max_bytes;
	s->n_uploaded_bytes = 0;
	*writer = s;
	return OK;
}

static enum rc upload_add(void *context, struct request *rq, void *writer, struct str piece)
{
	struct site *s = writer;
	(void)context;
	s->n_uploaded_bytes += piece.n;
	if (memmem(piece.p, piece.n, "FAIL", 4) != NULL)
		return err_internal(&rq->err, "the disk is full, on purpose");
	return OK;
}

static enum rc upload_end(void *context, struct request *rq, void *writer, struct upload *out)
{
	struct site *s = writer;
	(void)context;
	(void)rq;
	s->n_commits++;
	*out = (struct upload){.sha256 = "00",
		.mime_type = "application/octet-stream",
		.size_bytes = (int64_t)s->n_uploaded_bytes};
	return OK;
}

static void upload_abort(void *context, void *writer)
{
	struct site *s = writer;
	(void)context;
	s->n_aborts++;
}

static uint64_t revision(void *context, const struct request *rq)
{
	struct site *s = context;
	(void)rq;
	return s->revision;
}

/* ---- the site ---- */

static void write_text(const struct site *s, const char *path, const char *text)
{
	const char *full = arena_printf(s->arena, "%s/%s", s->directory, path);
	int fd = open(full, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static const char *const directories[] = {"templates", "templates/signin", "static", "locale"};
static const char *const files[][2] = {
	{"templates/page.mustache", "<title>{{title}}</title>[{{q}}]({{page.flash}}){{long}}"},
	{"templates/error.mustache",
		"<title>{{status}}</title>{{detail}}|{{reference}}|{{#links}}{{href}} {{/links}}"},
	{"templates/form.mustache",
		"<form action=\"{{form.action}}\" token=\"{{form.csrf_token}}\" "
		"key=\"{{form.idempotency_key}}\">"
		"{{#form.has_errors}}<h2>{{form.n}} wrong {{form.error_text}}</h2>{{#form.errors}}"
		"<a href=\"{{href}}\">{{text}}</a>{{/form.errors}}{{/form.has_errors}}"
		"title=[{{form.title.value}}]{{form.title.error}} "
		"abstract=[{{form.abstract.value}}] score=[{{form.score.value}}] "
		"email=[{{form.email.value}}] password=[{{form.password.value}}] "
		"consent=[{{#form.consent.is_checked}}yes{{/form.consent.is_checked}}] "
		"{{#form.theme.options}}{{value}}={{#is_checked}}on{{/is_checked}};{{/"
		"form.theme.options}} "
		"{{#form.author.rows}}<{{index}} {{name.name}}=[{{name.value}}]"
		"{{#presents.is_checked}}presents{{/presents.is_checked}}"
		"{{#is_last}} last{{/is_last}}>{{/form.author.rows}}({{page.flash}})"},
	{"templates/signin/again.mustache",
		"<form action=\"{{action}}\">{{#fields}}{{name}}=[{{value}}];{{/fields}}</form>"},
	{"static/a.css", "p { color: red }\n"},
	{"locale/en.po", "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n"
			 "\"Plural-Forms: nplurals=2; plural=n != 1;\\n\"\n"},
};

static void make_site(struct site *s)
{
	memcpy(s->directory, "/tmp/test_http.XXXXXX", sizeof "/tmp/test_http.XXXXXX");
	assert_non_null(mkdtemp(s->directory));
	for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++)
		assert_int_equal(
			mkdir(arena_printf(s->arena, "%s/%s", s->directory, directories[i]), 0777),
			0);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		write_text(s, files[i][0], files[i][1]);
}

struct site *site_new(struct site_options options)
{
	struct site *s = heap_alloc(sizeof *s);
	s->arena = arena_new();
	s->revision = 1;
	json_setup();
	log_set_level(LOG_ERROR);
	make_site(s);
	struct err err = err_in(s->arena);
	s->assets = assets_new(s->directory);
	assert_int_equal(i18n_new(s->assets, &s->i18n, &err), OK);
	if (templates_new(s->assets, s->i18n, &s->templates, &err) != OK)
		fail_msg("%s", err.message);
	struct http_options o = {.address = "127.0.0.1",
		.base_url = options.base_url != NULL ? options.base_url : "http://" TEST_HOST,
		.extra_hosts = "other.example, 192.0.2.7:8080",
		.is_behind_proxy = options.is_behind_proxy,
		.n_threads = options.n_threads > 0 ? options.n_threads : 16,
		.max_per_address = options.max_per_address,
		.lifetime_s = options.lifetime_s > 0 ? options.lifetime_s : 5,
		.secret = STR("0123456789abcdef0123456789abcdef")};
	struct http_hooks hooks = {s, enter, may, is_stranger, leave, frame, format, upload_begin,
		upload_add, upload_end, upload_abort, revision};
	if (http_server_new(
		    &o, &table, &hooks, s->templates, s->i18n, s->assets, &s->server, &err) != OK)
		fail_msg("%s", err.message);
	s->port = http_port(s->server);
	return s;
}

void site_free(struct site *s)
{
	http_server_free(s->server);
	templates_free(s->templates);
	i18n_free(s->i18n);
	assets_free(s->assets);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		unlink(arena_printf(s->arena, "%s/%s", s->directory, files[i][0]));
	for (size_t i = sizeof directories / sizeof directories[0]; i-- > 0;)
		rmdir(arena_printf(s->arena, "%s/%s", s->directory, directories[i]));
	rmdir(s->directory);
	arena_free(s->arena);
	heap_free(s);
}

int site_start(void **state)
{
	*state = site_new((struct site_options){0});
	return 0;
}

int site_stop(void **state)
{
	site_free(*state);
	return 0;
}
