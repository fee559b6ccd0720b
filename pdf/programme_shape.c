/* The model of a programme as tables. */
#include "pdf/programme.h"

enum { MAX_DAYS = 31, MAX_SESSIONS = 400, MAX_PRESENTATIONS = 200 };

#define END_OF_MEMBERS                                                                             \
	{                                                                                          \
		NULL, MODEL_TEXT, MODEL_OPTIONAL, 0, 0, NULL, NULL                                 \
	}

static const char *const kind_codes[] = {"plenary", "keynote", "parallel", "poster", "masterclass",
	"workshop", "panel", "debate", "break", "social", NULL};

static const struct model_field person_members[] = {
	{"name", MODEL_TEXT, MODEL_REQUIRED, 1, 160, NULL, NULL},
	{"lang", MODEL_LANG, MODEL_OPTIONAL, 0, 0, NULL, NULL},
	{"affiliation", MODEL_TEXT, MODEL_OPTIONAL, 1, 200, NULL, NULL},
	{"presenting", MODEL_BOOL, MODEL_OPTIONAL, 0, 0, NULL, NULL},
	END_OF_MEMBERS,
};

static const struct model_field presentation_members[] = {
	{"title", MODEL_TEXT, MODEL_REQUIRED, 1, 400, NULL, NULL},
	{"start", MODEL_CLOCK, MODEL_OPTIONAL, 0, 0, NULL, NULL},
	{"authors", MODEL_LIST, MODEL_OPTIONAL, 0, PROGRAMME_MAX_PEOPLE, person_members, NULL},
	END_OF_MEMBERS,
};

static const struct model_field theme_members[] = {
	{"letter", MODEL_TEXT, MODEL_REQUIRED, 1, 1, NULL, NULL},
	{"name", MODEL_TEXT, MODEL_REQUIRED, 1, 80, NULL, NULL},
	{"hue", MODEL_NUMBER, MODEL_REQUIRED, 1, 6, NULL, NULL},
	END_OF_MEMBERS,
};

static const struct model_field session_members[] = {
	{"title", MODEL_TEXT, MODEL_REQUIRED, 1, 300, NULL, NULL},
	{"kind", MODEL_TEXT, MODEL_REQUIRED, 1, 20, NULL, kind_codes},
	{"start", MODEL_CLOCK, MODEL_REQUIRED, 0, 0, NULL, NULL},
	{"end", MODEL_CLOCK, MODEL_REQUIRED, 0, 0, NULL, NULL},
	{"room", MODEL_TEXT, MODEL_OPTIONAL, 1, 80, NULL, NULL},
	{"about", MODEL_TEXT, MODEL_OPTIONAL, 1, 3000, NULL, NULL},
	{"theme", MODEL_OBJECT, MODEL_OPTIONAL, 0, 0, theme_members, NULL},
	{"chairs", MODEL_LIST, MODEL_OPTIONAL, 0, PROGRAMME_MAX_PEOPLE, person_members, NULL},
	{"speakers", MODEL_LIST, MODEL_OPTIONAL, 0, PROGRAMME_MAX_PEOPLE, person_members, NULL},
	{"presentations", MODEL_LIST, MODEL_OPTIONAL, 0, MAX_PRESENTATIONS, presentation_members,
		NULL},
	END_OF_MEMBERS,
};

static const struct model_field day_members[] = {
	{"on", MODEL_DATE, MODEL_REQUIRED, 0, 0, NULL, NULL},
	{"sessions", MODEL_LIST, MODEL_REQUIRED, 1, MAX_SESSIONS, session_members, NULL},
	END_OF_MEMBERS,
};

static const struct model_field word_members[] = {
#define WORD(name)                                                                                 \
	{                                                                                          \
		name, MODEL_TEXT, MODEL_OPTIONAL, 1, 40, NULL, NULL                                \
	}
	WORD("at_a_glance"), WORD("chair"), WORD("programme"), WORD("plenary"), WORD("keynote"),
	WORD("parallel"), WORD("poster"), WORD("masterclass"), WORD("workshop"), WORD("panel"),
	WORD("debate"), WORD("break"), WORD("social"), END_OF_MEMBERS
#undef WORD
};

static const struct model_field event_members[] = {
	{"title", MODEL_TEXT, MODEL_REQUIRED, 1, 160, NULL, NULL},
	{"network", MODEL_TEXT, MODEL_OPTIONAL, 1, 160, NULL, NULL},
	{"starts_on", MODEL_DATE, MODEL_REQUIRED, 0, 0, NULL, NULL},
	{"ends_on", MODEL_DATE, MODEL_REQUIRED, 0, 0, NULL, NULL},
	{"place", MODEL_TEXT, MODEL_OPTIONAL, 1, 120, NULL, NULL},
	END_OF_MEMBERS,
};

const struct model_field programme_shape[] = {
	{"lang", MODEL_LANG, MODEL_REQUIRED, 0, 0, NULL, NULL},
	{"event", MODEL_OBJECT, MODEL_REQUIRED, 0, 0, event_members, NULL},
	{"note", MODEL_TEXT, MODEL_OPTIONAL, 1, 200, NULL, NULL},
	{"words", MODEL_OBJECT, MODEL_OPTIONAL, 0, 0, word_members, NULL},
	{"days", MODEL_LIST, MODEL_REQUIRED, 1, MAX_DAYS, day_members, NULL},
	END_OF_MEMBERS,
};
