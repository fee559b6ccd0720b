/*
 * Affinities of a large event: 1,000 submissions of about 220 words, 200 reviewers with three texts
 * each, in invented words as frequent as Zipf has them. Beside it its floor: ICU parting the same
 * texts into words, which is the least that has to be done.
 *   affinity [SUBMISSIONS] [REVIEWERS]
 */
#include <stdio.h>
#include <sys/resource.h>
#include "base/text.h"
#include "optimise/affinity.h"
#include "optimise/rng.h"

enum { N_LEXICON = 20000, N_WORDS = 220, MAX_BYTES = 8192, TEXTS_EACH = 3 };

static double cpu_s(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

static const char **make_lexicon(struct arena *a, struct rng *rng)
{
	static const char *const syllables[] = {"em", "pa", "thy", "care", "ward", "lis", "ten",
		"ver", "mo", "ri", "sta", "con", "ple", "dor", "nu", "gal"};
	static const char *const endings[] = {"", "s", "ing", "ed", "ation", "ly"};
	const char **words = ARENA_ARRAY(a, N_LEXICON, const char *);

	for (size_t i = 0; i < N_LEXICON; i++)
		words[i] = arena_printf(a, "%s%s%s%s", syllables[rng_below(rng, 16)],
			syllables[rng_below(rng, 16)], syllables[rng_below(rng, 16)],
			endings[rng_below(rng, 6)]);
	return words;
}

/* A third of the words are stop words; of the others the k-th is drawn about 1/k as often. */
static const char *make_text(struct arena *a, struct rng *rng, const char *const *lexicon)
{
	static const char *const small[] = {"the", "of", "and", "in", "to", "was", "with", "for"};
	struct buf b = buf_in(a, MAX_BYTES);

	for (size_t i = 0; i < N_WORDS; i++) {
		double u = rng_unit(rng);
		size_t rank = (size_t)(N_LEXICON * u * u * u * u);
		const char *word = rng_below(rng, 3) ? lexicon[rank] : small[rng_below(rng, 8)];
		buf_printf(&b, "%s%s", word, i % 15 == 14 ? ". " : " ");
	}
	return buf_cstr(&b);
}

static void make_input(
	struct arena *a, uint32_t n_submissions, uint32_t n_reviewers, struct affinity_input *in)
{
	size_t n = n_submissions + (size_t)n_reviewers * TEXTS_EACH;
	struct affinity_text *texts = ARENA_ARRAY(a, n, struct affinity_text);
	struct affinity_submission *submissions =
		ARENA_ARRAY(a, n_submissions, struct affinity_submission);
	struct affinity_reviewer *reviewers = ARENA_ARRAY(a, n_reviewers, struct affinity_reviewer);
	uint32_t *own = ARENA_ARRAY(a, (size_t)n_reviewers * TEXTS_EACH, uint32_t);
	struct rng rng;

	rng_seed(&rng, 1);
	const char **lexicon = make_lexicon(a, &rng);
	for (size_t i = 0; i < n; i++)
		texts[i] = (struct affinity_text){.abstract = make_text(a, &rng, lexicon)};
	for (uint32_t i = 0; i < n_submissions; i++)
		submissions[i].text = i;
	for (uint32_t i = 0; i < n_reviewers; i++) {
		for (uint32_t k = 0; k < TEXTS_EACH; k++)
			own[i * TEXTS_EACH + k] = n_submissions + i * TEXTS_EACH + k;
		reviewers[i] = (struct affinity_reviewer){
			.texts = own + (size_t)i * TEXTS_EACH, .n_texts = TEXTS_EACH};
	}
	*in = (struct affinity_input){.texts = texts,
		.n_texts = n,
		.submissions = submissions,
		.n_submissions = n_submissions,
		.reviewers = reviewers,
		.n_reviewers = n_reviewers};
}

static int64_t or_else(char **argv, int argc, int i, int64_t otherwise)
{
	int64_t n;

	return argc > i && str_to_i64(str_from(argv[i]), &n) && n > 0 && n < 100000 ? n : otherwise;
}

int main(int argc, char **argv)
{
	uint32_t n_submissions = (uint32_t)or_else(argv, argc, 1, 1000);
	uint32_t n_reviewers = (uint32_t)or_else(argv, argc, 2, 200);
	struct arena *a = arena_new(), *scratch = arena_new();
	struct affinity_input in;
	struct rusage usage;
	size_t n_words = 0;

	make_input(a, n_submissions, n_reviewers, &in);
	int32_t *all = heap_alloc((size_t)n_submissions * n_reviewers * sizeof *all);
	double t0 = cpu_s();
	for (size_t i = 0; i < in.n_texts; i++) {
		size_t n;
		arena_reset(scratch);
		text_words(scratch, in.texts[i].abstract, &n);
		n_words += n;
	}
	double t1 = cpu_s();
	size_t before = arena_used_bytes(a);
	const struct affinity *f = affinity_prepare(a, &in);
	double t2 = cpu_s();
	affinity_fill(f, all);
	double t3 = cpu_s();
	getrusage(RUSAGE_SELF, &usage);
	printf("%u x %u, %zu texts, %zu words: parting %.3f s | weighing %.3f s, %u x %u pairs "
	       "%.3f s "
	       "(CPU); vectors %zu kB, at most %ld kB in memory\n",
		n_submissions, n_reviewers, in.n_texts, n_words, t1 - t0, t2 - t1, n_submissions,
		n_reviewers, t3 - t2, (arena_used_bytes(a) - before) / 1024, usage.ru_maxrss);
	heap_free(all);
	arena_free(scratch);
	arena_free(a);
	return 0;
}
