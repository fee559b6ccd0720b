/* RFC 9110 section 12, as far as two representations need it. */
#include <string.h>
#include <strings.h>

#include "http/negotiate.h"

struct preference {
	int quality;   /* thousandths */
	int precision; /* 0 none, 1 any type, 2 any subtype, 3 named */
};

bool mime_is(const char *content_type, const char *wanted)
{
	if (content_type == NULL)
		return false;
	struct str rest = str_from(content_type);
	struct str essence = str_trim(str_cut(&rest, ';'));
	return essence.n == strlen(wanted) && strncasecmp(essence.p, wanted, essence.n) == 0;
}

/* "0", "1", "0.8", "0.123"; anything else counts as 1. */
static int parse_quality(struct str s)
{
	double q;
	if (s.n == 0 || s.n > 5 || !str_to_double(s, &q) || q < 0 || q > 1)
		return 1000;
	return (int)(q * 1000 + 0.5);
}

static int quality_of(struct str parameters)
{
	while (parameters.p != NULL) {
		struct str value = str_trim(str_cut(&parameters, ';'));
		struct str name = str_cut(&value, '=');
		if (value.p != NULL && name.n == 1 && (name.p[0] == 'q' || name.p[0] == 'Q'))
			return parse_quality(value);
	}
	return 1000;
}

static int precision_of(struct str range, const char *type, const char *subtype)
{
	struct str rest = range;
	struct str major = str_cut(&rest, '/');
	if (rest.p == NULL)
		return 0;
	if (str_is(major, "*") && str_is(rest, "*"))
		return 1;
	if (major.n != strlen(type) || strncasecmp(major.p, type, major.n) != 0)
		return 0;
	if (str_is(rest, "*"))
		return 2;
	return rest.n == strlen(subtype) && strncasecmp(rest.p, subtype, rest.n) == 0 ? 3 : 0;
}

static struct preference preference_for(const char *accept, const char *type, const char *subtype)
{
	struct preference best = {0, 0};
	struct str rest = str_from(accept);
	while (rest.p != NULL) {
		struct str parameters = str_cut(&rest, ',');
		struct str range = str_trim(str_cut(&parameters, ';'));
		int precision = precision_of(range, type, subtype);
		if (precision > best.precision)
			best = (struct preference){quality_of(parameters), precision};
	}
	return best;
}

static struct preference better(struct preference a, struct preference b)
{
	return b.quality > a.quality || (b.quality == a.quality && b.precision > a.precision) ? b
											      : a;
}

bool negotiate_wants_json(const struct request *rq)
{
	if (text_equal(rq->suffix, "json"))
		return true;
	bool is_json_body = mime_is(request_header(rq, "Content-Type"), "application/json");
	const char *accept = request_header(rq, "Accept");
	if (accept == NULL)
		return is_json_body;
	struct preference html = preference_for(accept, "text", "html");
	struct preference json = better(preference_for(accept, "application", "json"),
		preference_for(accept, "application", "problem+json"));
	if (is_json_body && (html.precision < 3 || html.quality == 0))
		return true;
	if (json.quality != html.quality)
		return json.quality > html.quality;
	return json.quality > 0 && json.precision > html.precision;
}

bool negotiate_takes_gzip(const struct request *rq)
{
	const char *accept = request_header(rq, "Accept-Encoding");
	if (accept == NULL)
		return false;
	int gzip = -1, any = 0;
	struct str rest = str_from(accept);
	while (rest.p != NULL) {
		struct str parameters = str_cut(&rest, ',');
		struct str coding = str_trim(str_cut(&parameters, ';'));
		if (coding.n == 4 && strncasecmp(coding.p, "gzip", 4) == 0)
			gzip = quality_of(parameters);
		else if (str_is(coding, "*"))
			any = quality_of(parameters);
	}
	return gzip >= 0 ? gzip > 0 : any > 0;
}
