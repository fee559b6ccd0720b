/* web/static/symposiarch.css has the same values. */
#include "pdf/documents/hues.h"

#include "pdf/page/page.h"

unsigned hue_colour(int number)
{
	static const unsigned hues[N_HUES] = {
		COLOUR_LINE, 0x0f5f6b, 0x2d4f9e, 0x50611a, 0x8f3f1d, 0x6a3d8f, 0x4a5560};
	return hues[number > 0 && number < N_HUES ? number : 0];
}
