/*
 * A tree of at most 64 nodes, built once by precedence climbing and walked for each message.
 * Division by zero gives 0: a rule is data of a translator, it must not stop the server.
 */
#include "view/plural.h"

#include <assert.h>
#include <string.h>

enum { MAX_DEPTH = 16, TOP_LEVEL = 6 };

/* Operators of two characters are known by a letter. */
enum { OP_NUMBER = '0', OP_N = 'n', OP_IF = '?', OP_NOT = '!', OP_LE = 'l', OP_GE = 'g' };

static const struct operator
{
	const char *text;
	int level; /* binds the tighter, the higher */
	char op;
}
operators[] = {
	{"||", 1, '|'},
	{"&&", 2, '&'},
	{"==", 3, '='},
	{"!=", 3, '~'},
	{"<=", 4, OP_LE},
	{">=", 4, OP_GE},
	{"<", 4, '<'},
	{">", 4, '>'},
	{"+", 5, '+'},
	{"-", 5, '-'},
	{"*", 6, '*'},
	{"/", 6, '/'},
	{"%", 6, '%'},
};

struct parser {
	struct str rest;
	struct plural *out;
	int depth;
	bool failed;
};

static unsigned parse_choice(struct parser *p);

static void skip_blanks(struct parser *p)
{
	while (p->rest.n && (p->rest.p[0] == ' ' || p->rest.p[0] == '\t')) {
		p->rest.p++;
		p->rest.n--;
	}
}

static bool take(struct parser *p, const char *text)
{
	skip_blanks(p);
	struct str s = str_from(text);
	if (!str_starts_with(p->rest, s))
		return false;
	p->rest.p += s.n;
	p->rest.n -= s.n;
	return true;
}

static unsigned add_node(struct parser *p, struct plural_node node)
{
	if (p->out->n_nodes == PLURAL_MAX_NODES) {
		p->failed = true;
		return 0;
	}
	p->out->nodes[p->out->n_nodes] = node;
	return p->out->n_nodes++;
}

static unsigned parse_number(struct parser *p)
{
	uint32_t number = 0;
	size_t n = 0;
	skip_blanks(p);
	while (n < p->rest.n && n < 9 && p->rest.p[n] >= '0' && p->rest.p[n] <= '9')
		number = number * 10 + (uint32_t)(p->rest.p[n++] - '0');
	p->failed |= n == 0;
	p->rest.p += n;
	p->rest.n -= n;
	return add_node(p, (struct plural_node){.op = OP_NUMBER, .number = number});
}

static unsigned parse_primary(struct parser *p)
{
	if (p->failed || p->depth == MAX_DEPTH) {
		p->failed = true;
		return 0;
	}
	p->depth++;
	unsigned node;
	if (take(p, "!")) {
		unsigned left = parse_primary(p);
		node = add_node(p, (struct plural_node){.op = OP_NOT, .left = (unsigned char)left});
	} else if (take(p, "(")) {
		node = parse_choice(p);
		p->failed |= !take(p, ")");
	} else if (take(p, "n")) {
		node = add_node(p, (struct plural_node){.op = OP_N});
	} else {
		node = parse_number(p);
	}
	p->depth--;
	return node;
}

static const struct operator* take_operator(struct parser *p, int level)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (operators[i].level == level && take(p, operators[i].text))
			return &operators[i];
	return NULL;
}

static unsigned parse_level(struct parser *p, int level)
{
	if (level > TOP_LEVEL)
		return parse_primary(p);
	unsigned left = parse_level(p, level + 1);
	const struct operator* o;
	while (!p->failed && (o = take_operator(p, level))) {
		unsigned right = parse_level(p, level + 1);
		left = add_node(p, (struct plural_node){.op = o->op,
					   .left = (unsigned char)left,
					   .right = (unsigned char)right});
	}
	return left;
}

static unsigned parse_choice(struct parser *p)
{
	unsigned condition = parse_level(p, 1);
	if (p->failed || !take(p, "?"))
		return condition;
	if (p->depth == MAX_DEPTH) {
		p->failed = true;
		return 0;
	}
	p->depth++;
	unsigned yes = parse_choice(p);
	p->failed |= !take(p, ":");
	unsigned no = p->failed ? 0 : parse_choice(p);
	p->depth--;
	return add_node(p, (struct plural_node){.op = OP_IF,
				   .left = (unsigned char)condition,
				   .right = (unsigned char)yes,
				   .other = (unsigned char)no});
}

static uint64_t evaluate(const struct plural *p, unsigned at, uint64_t n)
{
	const struct plural_node *node = &p->nodes[at];
	if (node->op == OP_NUMBER)
		return node->number;
	if (node->op == OP_N)
		return n;
	uint64_t left = evaluate(p, node->left, n);
	if (node->op == OP_NOT)
		return !left;
	if (node->op == OP_IF)
		return evaluate(p, left ? node->right : node->other, n);
	uint64_t right = evaluate(p, node->right, n);
	switch (node->op) {
	case '|':
		return left || right;
	case '&':
		return left && right;
	case '=':
		return left == right;
	case '~':
		return left != right;
	case OP_LE:
		return left <= right;
	case OP_GE:
		return left >= right;
	case '<':
		return left < right;
	case '>':
		return left > right;
	case '+':
		return left + right;
	case '-':
		return left - right;
	case '*':
		return left * right;
	case '/':
		return right ? left / right : 0;
	case '%':
		return right ? left % right : 0;
	default:
		assert(!"an operator without a meaning");
		return 0;
	}
}

/* Rules depend on the last two or three digits, so a thousand numbers show every form. */
static bool stays_within(const struct plural *p)
{
	for (uint64_t n = 0; n <= 1000; n++)
		if (evaluate(p, p->root, n) >= p->n_forms)
			return false;
	return true;
}

bool plural_parse(struct str text, struct plural *out)
{
	struct parser p = {.rest = str_trim(text), .out = out};
	*out = (struct plural){0};
	if (!take(&p, "nplurals") || !take(&p, "="))
		return false;
	unsigned forms = parse_number(&p);
	out->n_forms = out->nodes[forms].number;
	if (p.failed || out->n_forms < 1 || out->n_forms > PLURAL_MAX_FORMS || !take(&p, ";") ||
		!take(&p, "plural") || !take(&p, "="))
		return false;
	out->root = parse_choice(&p);
	take(&p, ";");
	skip_blanks(&p);
	return !p.failed && p.rest.n == 0 && stays_within(out);
}

struct plural plural_english(void)
{
	struct plural p;
	bool ok = plural_parse(STR("nplurals=2; plural=n!=1;"), &p);
	assert(ok);
	(void)ok;
	return p;
}

unsigned plural_form(const struct plural *p, int64_t n)
{
	uint64_t count = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	uint64_t form = evaluate(p, p->root, count);
	return form < p->n_forms ? (unsigned)form : p->n_forms - 1;
}
