/* Invented people whose names try every part of the setting: marks, directions, joins, no spaces.
 */
#include "pdf/badge.h"

const char *const badge_example[] = {
	"{\n  \"lang\": \"en-GB\",\n"
	"  \"event\": {\"title\": \"Rehumanising Healthcare in a Divided World\",\n"
	"    \"starts_on\": \"2027-09-08\", \"ends_on\": \"2027-09-10\", \"place\": "
	"\"Leicester\"},\n"
	"  \"badges\": [\n",
	"    {\"name\": \"Łukasz Wiśniewski\", \"lang\": \"pl\", \"said_name\": \"WOO-kash "
	"vish-NYEF-skee\",\n"
	"      \"pronouns\": \"he/him\", \"affiliation\": \"Uniwersytet Jagielloński, Kraków\",\n"
	"      \"role\": \"Speaker\", \"role_number\": 1,\n"
	"      \"qr\": \"https://symposium.example/t/4b6k2m9x7q3wz8r5t1c0v6n2ha\", \"code\": "
	"\"K7QF-3M2XA\"},\n",
	"    {\"name\": \"Nguyễn Thị Minh Hạnh\", \"lang\": \"vi\", \"pronouns\": \"she/her\",\n"
	"      \"affiliation\": \"Bệnh viện Đa khoa Huế\", \"role\": \"Attendee\", "
	"\"role_number\": 0,\n"
	"      \"qr\": \"https://symposium.example/t/8r5t1c0v6n2ha4b6k2m9x7q3wz\", \"code\": "
	"\"9XD4-T0R8V\"},\n",
	"    {\"name\": \"Ægir Sturluson\", \"lang\": \"is\", \"said_name\": \"EYE-yir\",\n"
	"      \"affiliation\": \"Heilsugæslan á Akureyri\", \"role\": \"Facilitator\", "
	"\"role_number\": 3,\n"
	"      \"qr\": \"https://symposium.example/t/2m9x7q3wz8r5t1c0v6n2ha4b6k\", \"code\": "
	"\"P2WC-6JH1N\"},\n",
	"    {\"name\": \"Dr Ana-Marija Žižek Đurđević-Kovačić\", \"lang\": \"hr\",\n"
	"      \"affiliation\": \"University Hospital Centre Zagreb and the Andrija Štampar School "
	"of Public Health\",\n"
	"      \"role\": \"Reviewer\", \"role_number\": 5,\n"
	"      \"qr\": \"https://symposium.example/t/x7q3wz8r5t1c0v6n2ha4b6k2m9\", \"code\": "
	"\"M8YB-4EZ7G\"},\n",
	"    {\"name\": \"山田 千尋\", \"lang\": \"ja\", \"said_name\": \"Yamada Chihiro\", "
	"\"pronouns\": \"they/them\",\n"
	"      \"affiliation\": \"東北緩和ケア研究所 (Sendai)\", \"role\": \"Plenary speaker\", "
	"\"role_number\": 2,\n"
	"      \"qr\": \"https://symposium.example/t/wz8r5t1c0v6n2ha4b6k2m9x7q3\", \"code\": "
	"\"D5TK-9A3SQ\"},\n",
	"    {\"name\": \"אבי לוינסון\", \"lang\": \"he\", \"said_name\": \"AH-vee\", "
	"\"affiliation\": \"Haifa Clinic for Narrative Medicine\",\n"
	"      \"role\": \"Debater\", \"role_number\": 4,\n"
	"      \"qr\": \"https://symposium.example/t/t1c0v6n2ha4b6k2m9x7q3wz8r5\", \"code\": "
	"\"H3ZV-8NC6F\"},\n",
	"    {\"name\": \"فاطمة الزهراء بنّاني\", \"lang\": \"ar\", \"said_name\": \"FAH-ti-ma\", "
	"\"pronouns\": \"she/her\",\n"
	"      \"affiliation\": \"كلية الطب، الرباط\", \"role\": \"Masterclass leader\", "
	"\"role_number\": 3,\n"
	"      \"qr\": \"https://symposium.example/t/n2ha4b6k2m9x7q3wz8r5t1c0v6\", \"code\": "
	"\"R6GX-2BD5W\"},\n",
	"    {\"name\": \"अनुराधा कुलकर्णी\", \"lang\": \"mr\", \"said_name\": \"a-noo-RAA-dhaa\", "
	"\"affiliation\": \"Pune Medical Education Trust\",\n"
	"      \"role\": \"Chair\", \"role_number\": 6,\n"
	"      \"qr\": \"https://symposium.example/t/ha4b6k2m9x7q3wz8r5t1c0v6n2\", \"code\": "
	"\"T1JM-7KP4E\"},\n",
	"    {\"name\": \"Ελένη Παπαδημητρίου\", \"lang\": \"el\", \"affiliation\": \"Πανεπιστήμιο "
	"Πατρών\",\n"
	"      \"role\": \"Author\", \"role_number\": 1,\n"
	"      \"qr\": \"https://symposium.example/t/6k2m9x7q3wz8r5t1c0v6n2ha4b\", \"code\": "
	"\"W4SN-5QR9C\"},\n",
	"    {\"name\": \"สุภาพร ศรีวัฒนกุล\", \"lang\": \"th\", \"affiliation\": "
	"\"โรงพยาบาลเชียงใหม่\",\n"
	"      \"role\": \"Attendee\", \"role_number\": 0,\n"
	"      \"qr\": \"https://symposium.example/t/9x7q3wz8r5t1c0v6n2ha4b6k2m\", \"code\": "
	"\"B9EF-1VW6H\"},\n",
	"    {\"name\": \"김서연\", \"lang\": \"ko\", \"said_name\": \"kim suh-yun\", "
	"\"affiliation\": \"Busan Hospice Network\",\n"
	"      \"role\": \"Volunteer\", \"role_number\": 5,\n"
	"      \"qr\": \"https://symposium.example/t/3wz8r5t1c0v6n2ha4b6k2m9x7q\", \"code\": "
	"\"F7HA-3XT2K\"}\n"
	"  ]\n}\n",
	NULL};
