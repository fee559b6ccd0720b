/*
 * Migrations as C: their text and its SHA-256, so that a released one cannot change unnoticed.
 */
#include "mkquery.h"

#include <sodium.h>
#include <stdlib.h>

/* A second question mark is escaped, lest two begin a trigraph. */
void emit_literal(FILE *f, const char *text, size_t n, const char *indent)
{
	fputc('"', f);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '\n' && i + 1 < n)
			fprintf(f, "\\n\"\n%s\"", indent);
		else if (c == '\n')
			fputs("\\n", f);
		else if (c == '"' || c == '\\' || (c == '?' && i > 0 && text[i - 1] == '?'))
			fprintf(f, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			fprintf(f, "\\%03o", c);
		else
			fputc(c, f);
	}
	fputc('"', f);
}

static const char header[] = "/* Made by mkquery from schema/migrations/; do not edit. */\n"
			     "#ifndef GEN_SCHEMA_H\n"
			     "#define GEN_SCHEMA_H\n"
			     "\n"
			     "#include \"store/migrate.h\"\n"
			     "\n"
			     "extern const struct migration migration_table[]; /* by version */\n"
			     "extern const int n_migrations;\n"
			     "\n"
			     "#endif\n";

static void put_hash(FILE *f, const struct file *file)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[sizeof hash * 2 + 1];
	crypto_hash_sha256(hash, (const unsigned char *)file->text, file->n_bytes);
	fputs(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash), f);
}

static void put_source(FILE *f, const struct schema *s)
{
	fputs("/* Made by mkquery from schema/migrations/; do not edit. */\n"
	      "/* clang-format off */\n"
	      "#include \"schema.h\"\n"
	      "\n"
	      "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	      "\n"
	      "const struct migration migration_table[] = {\n",
		f);
	for (int i = 0; i < s->files.n; i++) {
		const struct file *file = &s->files.v[i];
		fprintf(f,
			"\t{\n\t\t.version = %d,\n\t\t.name = \"%s\",\n\t\t.sql = ", file->version,
			file->name);
		emit_literal(f, file->text, file->n_bytes, "\t\t\t");
		fputs(",\n\t\t.sha256 = \"", f);
		put_hash(f, file);
		fputs("\",\n\t},\n", f);
	}
	fprintf(f, "%s};\nconst int n_migrations = %d;\n",
		s->files.n == 0 ? "\t{.version = 0},\n" : "", s->files.n);
}

void emit_schema(const char *folder, const struct schema *s)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	if (f == NULL)
		die("out of memory");
	if (sodium_init() < 0)
		die("libsodium cannot be used");
	put_source(f, s);
	if (fclose(f) != 0)
		die("out of memory");
	write_file(folder, "schema.h", header, sizeof header - 1);
	write_file(folder, "schema.c", text, n);
	free(text);
}
