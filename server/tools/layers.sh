#!/bin/sh
# Includes point only downwards, and every foreign header has one home (server/README.md).
#   server/tools/layers.sh [ROOT]
# Prints one line an offence and fails when there is any.
set -eu
cd "${1:-.}"

find server pdf -name '*.[ch]' 2>/dev/null | sort | xargs -r grep -HnE '^[ 	]*#[ 	]*include' | awk -F: '
BEGIN {
	# A layer, and those it may include from. "gen" is what the build makes of schema/; "top" are the
	# headers directly in server/: app.h, config.h.
	may["base"] = "base"
	may["store"] = "base store gen"
	may["view"] = "base view"
	may["optimise"] = "base optimise"
	may["pdf"] = "base pdf"
	n = split("text file page layout documents", rooms, " ")
	for (i = 1; i <= n; i++)
		floor_of[rooms[i]] = i
	may["http"] = "base view http"
	may["domain"] = "base store gen domain"
	may["planning"] = "base store gen domain optimise planning"
	may["jobs"] = "base store gen domain planning view jobs"
	may["pages"] = "base store gen domain planning jobs http view pages top"
	may["demo"] = "base store gen domain planning top demo"
	may["top"] = "base store gen domain planning jobs http view pages demo top optimise pdf"
	may["tools"] = "base tools"

	# What pages and jobs may know of the solvers and of print: how to ask, not how it is done.
	front["pages"] = " optimise/effort.h optimise/assign.h optimise/affinity.h optimise/allocate.h " \
		"optimise/timetable.h pdf/print.h pdf/worker.h pdf/page/qr.h "
	front["jobs"] = " optimise/effort.h pdf/worker.h pdf/text/warning.h "

	# A foreign header, as the start of its name, and the paths that may include it.
	home["civetweb.h"] = "^server/http/civet\\.c$"
	home["sqlite3.h"] = "^server/(store/sqlite\\.c$|tools/)"
	home["libpq-fe.h"] = "^server/store/postgres\\.c$"
	home["hpdf"] = home["qrencode.h"] = home["hb"] = "^pdf/"
	home["png.h"] = home["jpeglib.h"] = home["jerror.h"] = "^pdf/page/"
	home["unicode/"] = "^(server/base/|server/view/i18n|pdf/)"
	home["cjson/"] = "^server/(base|view)/"
	home["sodium"] = "^server/(base|tools)/"
	home["curl/"] = "^server/jobs/"
	home["cmark-gfm"] = "^server/view/markdown"
	home["libstemmer.h"] = "^server/optimise/stem\\.c$"
	home["zlib.h"] = "^(server/http/gzip\\.c$|server/tools/)"
	home["libdeflate.h"] = "^pdf/file/deflate\\.c$"

	# Of C and POSIX.
	n = split("aio alloca arpa/ assert complex ctype dirent dlfcn endian errno execinfo fcntl fenv ftw " \
		"float getopt glob grp ifaddrs inttypes iso646 libgen limits linux/ malloc math mqueue net/ " \
		"netdb netinet/ poll pthread pwd sanitizer/ sched semaphore setjmp signal spawn stdalign stdarg " \
		"stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings sys/ syslog termios " \
		"threads time uchar unistd utime wchar wctype", words, " ")
	for (i = 1; i <= n; i++)
		system_header[words[i]] = 1
}

function layer_of(path, parts)
{
	if (path ~ /^pdf\//)
		return "pdf"
	split(path, parts, "/")
	return path ~ /^server\/[^\/]+\// ? parts[2] : "top"
}

function complain(what)
{
	print file ":" line ": " what
	n_offences++
}

# pdf/ is a house of its own: text <- file <- page <- layout <- documents <- what stands in pdf/.
function floor_in_pdf(path, parts, n)
{
	n = split(path, parts, "/")
	return n == 3 && parts[1] == "pdf" ? floor_of[parts[2]] : path ~ /^pdf\/(model\.|documents\.def)/ ? 1 : 6
}

function check_foreign(header, start, best, base)
{
	best = ""
	for (start in home)
		if (index(header, start) == 1 && length(start) > length(best))
			best = start
	if (best != "") {
		if (file !~ home[best])
			complain("<" header "> belongs elsewhere: see the homes in server/tools/layers.sh")
		return
	}
	base = header
	sub(/\.h$/, "", base)
	sub(/\/.*/, "/", base)
	if (!(base in system_header))
		complain("<" header "> has no home: give it one in server/tools/layers.sh")
}

function check_own(header, from, to, parts)
{
	from = layer_of(file)
	if (header !~ /\//)
		to = from == "tools" || from == "pdf" ? from : "top"
	else {
		split(header, parts, "/")
		to = parts[1]
	}
	if (!(from in may))
		complain("server/" from "/ is not a layer of server/tools/layers.sh")
	else if (index(" " may[from] " ", " " to " ") == 0 && index(front[from], " " header " ") == 0)
		complain(from "/ must not include " header)
	else if (from == "pdf" && header ~ /^pdf\// && floor_in_pdf(header) > floor_in_pdf(file))
		complain(file " must not include " header ", which stands above it")
}

{
	file = $1
	line = $2
	text = $0
	if (match(text, /<[^>]+>/))
		check_foreign(substr(text, RSTART + 1, RLENGTH - 2))
	else if (match(text, /"[^"]+"/))
		check_own(substr(text, RSTART + 1, RLENGTH - 2))
	else
		complain("an include that cannot be read")
}

END {
	exit n_offences > 0
}
'
