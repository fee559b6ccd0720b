/* Starting and stopping, in the order of app.h. */
#include "app.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "http/server.h"
#include "jobs/jobs.h"
#include "jobs/smtp.h"
#include "pages/page.h"
#include "pdf/worker.h"

enum { SECRET_BYTES = 32, SOCKET_LIFETIME_S = 10 };

static enum rc make_directory(const char *path, struct err *err)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return OK;
	return err_set(err, INVALID, "Cannot make the directory %s: %s", path, strerror(errno));
}

static enum rc secret_create(const char *path, char *bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool is_written;

	if (fd < 0)
		return err_set(err, INVALID, "Cannot write %s: %s", path, strerror(errno));
	random_bytes(bytes, SECRET_BYTES);
	is_written = write(fd, bytes, SECRET_BYTES) == SECRET_BYTES && fsync(fd) == 0;
	close(fd);
	return is_written ? OK : err_set(err, INVALID, "Cannot write %s", path);
}

/* The key file is made at the first start and never changed; losing it voids tickets and links. */
static enum rc secret_read(struct arena *a, const char *data, struct str *out, struct err *err)
{
	const char *path = arena_printf(a, "%s/secret.key", data);
	char *bytes = arena_alloc(a, SECRET_BYTES);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	*out = (struct str){bytes, SECRET_BYTES};
	if (fd < 0 && errno == ENOENT)
		return secret_create(path, bytes, err);
	if (fd < 0)
		return err_set(err, INVALID, "Cannot read %s: %s", path, strerror(errno));
	n = read(fd, bytes, SECRET_BYTES);
	close(fd);
	return n == SECRET_BYTES
		       ? OK
		       : err_set(err, INVALID, "%s is not %d bytes long", path, SECRET_BYTES);
}

/* Size and time of an executable: another build has another one of them. */
static const char *build_of(struct arena *a, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return "";
	return arena_printf(a, "%lld.%lld.%ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec,
		st.st_mtim.tv_nsec);
}

enum rc app_open(struct arena *a, const struct config *config, struct app *out, struct err *err)
{
	struct store_options options = {
		.database = *config->database ? config->database
					      : arena_printf(a, "%s/symposiarch.db", config->data),
		.n_readers = (int)config->readers,
		.is_new_allowed = true,
	};

	json_setup();
	out->config = config;
	TRY(make_directory(config->data, err));
	TRY(secret_read(a, config->data, &out->secret, err));
	TRY(store_new(&options, &out->store, err));
	out->blobs = blobs_new(arena_printf(a, "%s/blobs", config->data));
	out->prints = blobs_new(arena_printf(a, "%s/prints", config->data));
	out->print_program = print_program(a);
	out->build = arena_printf(
		a, "%s %s", build_of(a, "/proc/self/exe"), build_of(a, out->print_program));
	out->assets = assets_new(*config->dev ? config->dev : NULL);
	TRY(i18n_new(out->assets, &out->i18n, err));
	return templates_new(out->assets, out->i18n, &out->templates, err);
}

static enum rc start_jobs(struct app *app, struct err *err)
{
	const struct config *c = app->config;
	/* Nothing of a rehearsal leaves this machine. */
	bool may_send = !c->demo || smtp_is_loopback(c->smtp_url);

	return jobs_new(
		&(struct jobs_options){
			.store = app->store,
			.prints = app->prints,
			.print = app->print,
			.templates = app->templates,
			.smtp_url = may_send ? c->smtp_url : "",
			.smtp_user = c->smtp_user,
			.smtp_password = c->smtp_password,
			.smtp_ca = c->smtp_ca,
			.mail_from = c->mail_from,
			.base_url = app_url(app, err->arena),
		},
		&app->jobs, err);
}

/*
 * All but documents works without the executable of print: it is worth a line in the log at once,
 * and not the symposium.
 */
static void start_print(struct app *app, struct arena *a)
{
	struct err err = err_in(a);

	if (print_program_check(app->print_program, &err) != OK)
		log_event(LOG_ERROR, "print", "reason=%s", log_value(a, err.message));
	app->print = print_pool_new(app->print_program, (int)app->config->print_workers);
}

enum rc app_serve(struct app *app, struct err *err)
{
	const struct config *c = app->config;
	struct http_hooks hooks = page_hooks(app);
	struct http_options options = {
		.address = c->address,
		.port = (int)c->port,
		.base_url = *c->base_url ? c->base_url
					 : arena_printf(err->arena, "http://%s", c->address),
		.extra_hosts = c->extra_hosts,
		.is_behind_proxy = c->behind_proxy,
		.n_threads = (int)c->threads,
		.max_per_address = (int)c->max_per_address,
		.lifetime_s = SOCKET_LIFETIME_S,
		.secret = app->secret,
	};

	if (c->demo && strncmp(c->address, "127.", 4) != 0)
		return err_set(err, INVALID,
			"Rehearsal mode serves 127.0.0.1 only: its links are "
			"open to everybody");
	start_print(app, err->arena);
	TRY(start_jobs(app, err));
	return http_server_new(&options, page_routes(), &hooks, app->templates, app->i18n,
		app->assets, &app->http, err);
}

const char *app_url(const struct app *app, struct arena *a)
{
	if (*app->config->base_url)
		return app->config->base_url;
	return arena_printf(a, "http://%s:%d", app->config->address,
		app->http ? http_port(app->http) : (int)app->config->port);
}

const char *app_key(const struct app *app, struct arena *a, const char *purpose)
{
	return hash_mac(a, app->secret, str_from(arena_printf(a, "purpose:%s", purpose)));
}

void app_close(struct app *app)
{
	if (app->http)
		http_server_free(app->http);
	if (app->jobs)
		jobs_free(app->jobs);
	if (app->print)
		print_pool_free(app->print);
	if (app->templates)
		templates_free(app->templates);
	if (app->i18n)
		i18n_free(app->i18n);
	if (app->assets)
		assets_free(app->assets);
	blobs_free(app->prints);
	blobs_free(app->blobs);
	if (app->store)
		store_free(app->store);
}
