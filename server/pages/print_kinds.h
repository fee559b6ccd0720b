/* What the pages of the print office share; private to them. */
#ifndef PAGES_PRINT_KINDS_H
#define PAGES_PRINT_KINDS_H

#include "pages/print.h"

/* print_job.c: one row of the jobs of a person. */
void put_print_row(struct request *rq, struct vm *vm, const struct q_print_jobs_of_person *row);

/* print_invoice.c: who writes letters and invoices. */
void print_sender(struct request *rq, struct vm *model);

/*
 * print_certificate.c: who signs, as the fields `signatory` and `office` say; both or neither, else
 * INVALID at the one that is missing.
 */
enum rc print_signatory_check(struct request *rq) NODISCARD;
void print_signatory(struct request *rq, struct vm *vm);

/* badge.c: what badges are as they are designed now. */
enum rc about_badges(struct request *rq, const char **out) NODISCARD;

/* Options of a kind's form, in the file of its model. */
enum rc fill_badges(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_door_signs(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_poster_labels(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_sign_in_sheets(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_glance(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_invoices(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_certificates(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_review_packs(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_letters(struct request *rq, struct form_view *form) NODISCARD;
enum rc fill_book(struct request *rq, struct form_view *form) NODISCARD;

#endif
