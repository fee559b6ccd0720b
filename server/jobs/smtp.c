/*
 * The conversation with the relay, by libcurl. What matters is which of three things a failure
 * means: this mail is refused for good, this mail is to be tried again, or the relay is of no use
 * to any mail at present. The codes of libcurl do not tell; the lines that go back and forth do.
 */
#include "jobs/smtp.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/fault.h"
#include "base/log.h"
#include "base/text.h"

enum {
	CONNECT_S = 15,
	SEND_S = 45, /* less than the lease of a job (jobs/queue.h) */
	IDLE_S = 60, /* a connection unused for longer is not trusted to be alive */
	REPLY_MAX_BYTES = 400
};

struct smtp {
	char *url, *user, *password, *ca_file;
	bool is_tls_demanded;
	CURL *easy; /* NULL: not connected */
	atomic_bool is_cancelled;
	bool is_down;
	bool has_named_sender;       /* MAIL FROM has gone out: replies are about this mail */
	bool is_reply_whole;         /* the next line begins another reply */
	char reply[REPLY_MAX_BYTES]; /* the last one, its lines joined by spaces */
	size_t n_reply;
};

/* ---- the address ---- */

static char *url_part(CURLU *url, CURLUPart part)
{
	char *text = NULL;

	return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static CURLU *url_parse(const char *text)
{
	CURLU *url = curl_url();

	if (url && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK)
		return url;
	curl_url_cleanup(url);
	return NULL;
}

static bool is_loopback_host(const char *host)
{
	size_t n_digits = strspn(host, "0123456789.");

	return text_equal(host, "localhost") || text_equal(host, "[::1]") ||
	       (strncmp(host, "127.", 4) == 0 && host[n_digits] == '\0');
}

bool smtp_is_loopback(const char *text)
{
	CURLU *url = url_parse(text);
	char *host = url ? url_part(url, CURLUPART_HOST) : NULL;
	bool is_loopback = host && is_loopback_host(host);

	curl_free(host);
	curl_url_cleanup(url);
	return is_loopback;
}

static enum rc check_url(CURLU *url, const char **scheme_out, struct err *err)
{
	char *scheme = url ? url_part(url, CURLUPART_SCHEME) : NULL;
	char *user = url ? url_part(url, CURLUPART_USER) : NULL;
	bool is_user_there = user != NULL;

	*scheme_out = text_equal(scheme, "smtp")    ? "smtp"
		      : text_equal(scheme, "smtps") ? "smtps"
						    : NULL;
	curl_free(user);
	curl_free(scheme);
	if (!*scheme_out)
		return err_set(err, INVALID,
			"smtp_url must look like smtp://mail.example.org:587 or "
			"smtps://mail.example.org");
	if (is_user_there)
		return err_set(err, INVALID,
			"Give user and password as smtp_user and smtp_password, not in smtp_url");
	return OK;
}

/* ---- life ---- */

static void curl_begin(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static enum rc check_options(const struct smtp_options *o, const char **scheme, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	CURLU *url;
	enum rc rc;

	pthread_once(&once, curl_begin);
	url = url_parse(o->url);
	rc = check_url(url, scheme, err);
	curl_url_cleanup(url);
	TRY(rc);
	if (!text_is_empty(o->ca_file) && access(o->ca_file, R_OK) != 0)
		return err_set(err, INVALID, "smtp_ca: %s cannot be read", o->ca_file);
	return OK;
}

enum rc smtp_new(const struct smtp_options *o, struct smtp **out, struct err *err)
{
	const char *scheme;
	struct smtp *s;

	TRY(check_options(o, &scheme, err));
	s = heap_alloc(sizeof(*s));
	s->url = heap_strdup(o->url);
	s->user = heap_strdup(o->user ? o->user : "");
	s->password = heap_strdup(o->password ? o->password : "");
	s->ca_file = heap_strdup(o->ca_file ? o->ca_file : "");
	s->is_tls_demanded = text_equal(scheme, "smtps") || *s->user || !smtp_is_loopback(s->url);
	*out = s;
	return OK;
}

/*
 * libcurl says QUIT and would wait two minutes for the answer, whatever its options say. So the
 * socket is told beforehand that nothing more will come, or, after a conversation that went wrong,
 * that nothing more will go either.
 */
static void hang_up(struct smtp *s, int how)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (!s->easy)
		return;
	if (curl_easy_getinfo(s->easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
		fd != CURL_SOCKET_BAD)
		shutdown(fd, how);
	curl_easy_cleanup(s->easy);
	s->easy = NULL;
}

void smtp_rest(struct smtp *s)
{
	hang_up(s, SHUT_RD);
}

void smtp_free(struct smtp *s)
{
	if (!s)
		return;
	smtp_rest(s);
	heap_free(s->url);
	heap_free(s->user);
	heap_free(s->password);
	heap_free(s->ca_file);
	heap_free(s);
}

void smtp_cancel(struct smtp *s)
{
	atomic_store(&s->is_cancelled, true);
}

bool smtp_is_down(const struct smtp *s)
{
	return s->is_down;
}

/* ---- what libcurl calls ---- */

/* "250-PIPELINING" goes on, "250 OK" ends. */
static void hear(struct smtp *s, struct str line)
{
	if (s->is_reply_whole)
		s->n_reply = 0;
	s->is_reply_whole = !(line.n > 3 && line.p[3] == '-');
	line = str_trim(line);
	if (s->n_reply && s->n_reply < REPLY_MAX_BYTES)
		s->reply[s->n_reply++] = ' ';
	if (line.n > REPLY_MAX_BYTES - s->n_reply)
		line.n = REPLY_MAX_BYTES - s->n_reply;
	memcpy(s->reply + s->n_reply, line.p, line.n);
	s->n_reply += line.n;
}

static int listen_in(CURL *easy, curl_infotype kind, char *bytes, size_t n, void *context)
{
	struct smtp *s = context;
	struct str line = {bytes, n};

	(void)easy;
	if (kind == CURLINFO_HEADER_IN)
		hear(s, line);
	else if (kind == CURLINFO_HEADER_OUT && str_starts_with(line, STR("MAIL FROM:")))
		s->has_named_sender = true;
	return 0;
}

static size_t read_message(char *to, size_t size, size_t n, void *context)
{
	struct str *rest = context;
	size_t taken = size * n < rest->n ? size * n : rest->n;

	memcpy(to, rest->p, taken);
	*rest = (struct str){rest->p + taken, rest->n - taken};
	return taken;
}

static int may_go_on(
	void *context, curl_off_t to_get, curl_off_t got, curl_off_t to_put, curl_off_t put)
{
	struct smtp *s = context;

	(void)to_get;
	(void)got;
	(void)to_put;
	(void)put;
	return atomic_load(&s->is_cancelled);
}

/* ---- one mail ---- */

static bool connect_options(struct smtp *s)
{
	CURL *e = s->easy;
	long ssl = s->is_tls_demanded ? CURLUSESSL_ALL : CURLUSESSL_NONE;
	int n_failed = 0;

	n_failed += curl_easy_setopt(e, CURLOPT_URL, s->url) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps") != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_USE_SSL, ssl) != CURLE_OK;
	n_failed +=
		curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L) != CURLE_OK;
	if (*s->ca_file)
		n_failed += curl_easy_setopt(e, CURLOPT_CAINFO, s->ca_file) != CURLE_OK;
	if (*s->user) {
		n_failed += curl_easy_setopt(e, CURLOPT_USERNAME, s->user) != CURLE_OK;
		n_failed += curl_easy_setopt(e, CURLOPT_PASSWORD, s->password) != CURLE_OK;
	}
	n_failed += curl_easy_setopt(e, CURLOPT_NOPROXY, "*") != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_TIMEOUT, (long)SEND_S) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_MAXAGE_CONN, (long)IDLE_S) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_VERBOSE, 1L) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_DEBUGFUNCTION, listen_in) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_DEBUGDATA, s) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_NOPROGRESS, 0L) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_XFERINFOFUNCTION, may_go_on) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_XFERINFODATA, s) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_READFUNCTION, read_message) != CURLE_OK;
	n_failed += curl_easy_setopt(e, CURLOPT_UPLOAD, 1L) != CURLE_OK;
	return n_failed == 0;
}

static enum rc make_ready(struct smtp *s, struct err *err)
{
	if (s->easy)
		return OK;
	s->easy = curl_easy_init();
	if (s->easy && connect_options(s))
		return OK;
	smtp_rest(s);
	return err_internal(err, "libcurl does not take the options for mail");
}

/* The relay's own words, fit for a page: its code and sentence. */
static const char *words_of(const struct smtp *s, struct arena *a)
{
	const char *clean = text_clean(a, (struct str){s->reply, s->n_reply}, TEXT_LINE);

	if (!clean) {
		char *shown = arena_strndup(a, s->reply, s->n_reply);
		for (char *c = shown; *c; c++)
			if ((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7f)
				*c = '?';
		clean = shown;
	}
	return clean;
}

static const char *why_not(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return "The mail relay's name is unknown; is smtp_url right?";
	case CURLE_COULDNT_CONNECT:
		return "The mail relay refused the connection";
	case CURLE_OPERATION_TIMEDOUT:
		return "The mail relay did not answer in time";
	case CURLE_USE_SSL_FAILED:
		return "The mail relay offers no encryption (STARTTLS), so nothing was sent";
	case CURLE_PEER_FAILED_VERIFICATION:
		return "The mail relay's certificate is not one we trust, so nothing was sent; "
		       "smtp_ca names the file of those we do";
	case CURLE_SSL_CACERT_BADFILE:
		return "The file of certificates that smtp_ca names cannot be read";
	case CURLE_LOGIN_DENIED:
		return "The mail relay does not take our user name and password";
	case CURLE_ABORTED_BY_CALLBACK:
		return "The server was stopped while this mail was being sent";
	default:
		return "The connection to the mail relay broke off";
	}
}

/*
 * RFC 4954 6: 530 and 53x mean that we must log in better, 421 that the relay is closing. They are
 * about us, not about the mail.
 */
static bool is_about_mail(const struct smtp *s, long reply)
{
	bool is_login = reply >= 530 && reply <= 538;

	return s->has_named_sender && reply >= 400 && reply != 421 && !is_login;
}

static enum rc judge(struct smtp *s, CURLcode code, struct err *err)
{
	long reply = 0;

	if (code == CURLE_OK)
		return OK;
	curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, &reply);
	log_event(LOG_WARN, "smtp", "curl=%d reply=%ld", (int)code, reply);
	hang_up(s, SHUT_RDWR);
	if (s->n_reply && is_about_mail(s, reply))
		return err_set(err, reply >= 500 ? INVALID : BUSY, "The mail relay said: %s",
			words_of(s, err->arena));
	s->is_down = true;
	if (reply >= 400 && s->n_reply && code != CURLE_LOGIN_DENIED)
		return err_set(err, BUSY, "The mail relay said: %s", words_of(s, err->arena));
	return err_set(err, BUSY, "%s", why_not(code));
}

static enum rc send_text(
	struct smtp *s, const struct smtp_message *m, struct str text, struct err *err)
{
	struct arena *a = err->arena;
	struct curl_slist *to = curl_slist_append(NULL, arena_printf(a, "<%s>", m->to_email));
	const char *from = arena_printf(a, "<%s>", m->from_email);
	CURLcode code;

	curl_easy_setopt(s->easy, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(s->easy, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(s->easy, CURLOPT_READDATA, &text);
	curl_easy_setopt(s->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)text.n);
	s->has_named_sender = false;
	s->is_reply_whole = true;
	s->n_reply = 0;
	code = to ? curl_easy_perform(s->easy) : CURLE_OUT_OF_MEMORY;
	curl_slist_free_all(to);
	return judge(s, code, err);
}

enum rc smtp_send(struct smtp *s, const struct smtp_message *m, struct err *err)
{
	struct str text;

	s->is_down = false;
	TRY(smtp_format(err->arena, m, &text, err));
	if (FAULT(FAULT_MAIL_SEND)) {
		s->is_down = true;
		return err_set(err, BUSY, "%s", why_not(CURLE_COULDNT_CONNECT));
	}
	TRY(make_ready(s, err));
	return send_text(s, m, text, err);
}
