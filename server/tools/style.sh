#!/bin/sh
# What the compiler does not check: banned calls, foreign calls outside their homes, lengths, and
# notes to self.
#   server/tools/style.sh [ROOT]
# Prints one line an offence and fails when there is any; warnings alone do not fail.
set -eu
cd "${1:-.}"

list() {
	find server pdf tests web schema -type d \( -name node_modules -o -path tests/must_fail \
		-o -path tests/golden \) -prune -o -type f "$@" -print 2>/dev/null | sort
}

{
	list \( -name '*.[ch]' -o -name '*.def' -o -name '*.mjs' -o -name '*.js' -o -name '*.sh' \
		-o -name '*.py' -o -name '*.sql' -o -name '*.mk' -o -name '*.css' -o -name '*.mustache' \)
	ls Makefile README.md 2>/dev/null || :
} | xargs -r awk '
BEGIN {
	max_file = 800
	warn_file = 500
	max_function = 60

	# They overflow, lose errors, depend on the locale, or are not safe with threads: base/str.h,
	# base/clock.h, base/zone.h and base/random.h have what to use.
	banned = "sprintf vsprintf strcpy stpcpy strcat strncpy strncat strtok strtok_r gets scanf fscanf sscanf " \
		"atoi atol atoll atof strtol strtoll strtoul strtoull strtoimax strtoumax " \
		"localtime localtime_r gmtime gmtime_r ctime asctime mktime rand srand random srandom drand48 " \
		"system popen setlocale alloca tmpnam mktemp"
	# CivetWeb calls that hang, or answer without our headers.
	banned = banned " mg_handle_form_request mg_get_var mg_get_var2 mg_send_http_ok mg_send_http_error " \
		"mg_send_file"
	n = split(banned, words, " ")
	for (i = 1; i <= n; i++)
		is_banned[words[i]] = 1

	# A foreign call by the start of its name, and where it may stand.
	home["sqlite3_"] = "^(server/(store/sqlite\\.c$|tools/)|tests/)"
	home["PQ"] = "^(server/store/postgres\\.c$|tests/)"
	home["mg_"] = "^(server/http/civet\\.c$|tests/bench/)"
	home["HPDF_"] = home["QRcode_"] = home["hb_"] = "^(pdf|tests)/"
	home["curl_"] = "^server/jobs/"
	home["cmark_"] = "^server/view/markdown"
	home["sb_stemmer_"] = "^server/optimise/stem\\.c$"
}

function complain(at, what)
{
	print file ":" at ": " what
	n_offences++
}

function end_file()
{
	if (file == "")
		return
	if (n_lines > max_file)
		complain(n_lines, n_lines " lines; " max_file " is the most: which concept is missing?")
	else if (n_lines > warn_file && is_code)
		print file ":" n_lines ": warning: " n_lines " lines"
}

FNR == 1 {
	end_file()
	file = FILENAME
	is_c = file ~ /\.(c|h|def)$/
	is_code = is_c || file ~ /\.(mjs|js|sh|py)$/
	# Yardsticks that measure the machine without any code of ours have no base/str.h to use.
	is_yardstick = file ~ /^tests\/bench\//
	is_sheet = file ~ /\.css$/
	in_comment = 0
	start = 0
}

{
	n_lines = is_sheet ? 0 : FNR
}

/TO[D]O|FIX[M]E/ {
	complain(FNR, "a note to self: do it, or leave it out")
}

!is_c {
	next
}

# From here on comments and the contents of quotes do not count.
{
	code = $0
	if (in_comment) {
		if (!match(code, /\*\//))
			next
		code = substr(code, RSTART + 2)
		in_comment = 0
	}
	if (code ~ /["\047\/]/) {
		gsub(/\047(\\.|[^\\\047])+\047/, "0", code)
		gsub(/"(\\.|[^"\\])*"/, "\"\"", code)
		gsub(/\/\*([^*]|\*+[^*\/])*\*+\//, " ", code)
		sub(/\/\/.*/, "", code)
		if (match(code, /\/\*/)) {
			code = substr(code, 1, RSTART - 1)
			in_comment = 1
		}
	}
}

code ~ /^\{/ {
	start = FNR
}

code ~ /^\}/ && start {
	if (file !~ /^tests\// && FNR - start - 1 > max_function)
		complain(start, "a function of " (FNR - start - 1) " lines; " max_function " is the most")
	start = 0
}

code ~ /[A-Za-z0-9_][ \t]*\(/ {
	rest = code
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		name = substr(rest, RSTART, RLENGTH)
		sub(/[ \t]*\($/, "", name)
		before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
		rest = substr(rest, RSTART + RLENGTH)
		if (before == "." || before == ">")
			continue
		if (name in is_banned && !is_yardstick)
			complain(FNR, name "() is banned")
		for (prefix in home)
			if (index(name, prefix) == 1 && file !~ home[prefix])
				complain(FNR, name "() belongs elsewhere: see the homes in server/tools/style.sh")
	}
}

END {
	end_file()
	exit n_offences > 0
}
'
