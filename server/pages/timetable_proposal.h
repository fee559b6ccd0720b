/* What the pages of proposed timetables share. */
#ifndef PAGES_TIMETABLE_PROPOSAL_H
#define PAGES_TIMETABLE_PROPOSAL_H

#include "pages/proposal.h"

extern const struct proposal_kind timetable_kind;

#endif
