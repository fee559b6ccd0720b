/*
 * The rule by which a language chooses among plural forms, as gettext writes it:
 *   nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);
 * An expression in C over n with decimal numbers and ?: || && == != < <= > >= + - * / % ! ( ).
 */
#ifndef VIEW_PLURAL_H
#define VIEW_PLURAL_H

#include "base/str.h"

enum { PLURAL_MAX_FORMS = 6, PLURAL_MAX_NODES = 64 };

struct plural_node {
	char op;                          /* see plural.c */
	unsigned char left, right, other; /* indexes of nodes */
	uint32_t number;
};

struct plural {
	unsigned n_forms;
	unsigned root, n_nodes;
	struct plural_node nodes[PLURAL_MAX_NODES];
};

/* false when the text is not such a rule, is too long, or picks a form beyond nplurals. */
bool plural_parse(struct str text, struct plural *out) NODISCARD;

/* English and its like: one, other. */
struct plural plural_english(void);

/* 0..n_forms-1. A negative n counts as its absolute value. */
unsigned plural_form(const struct plural *p, int64_t n);

#endif
