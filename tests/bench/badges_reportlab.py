"""Prints the same badges as `symposiarch print badge` with ReportLab, the way registration systems do.

    python3 tests/bench/badges_reportlab.py badges.json badges.pdf

Text is drawn as ReportLab draws it, without shaping: it has less to do for Arabic, Hindi and Thai.
"""
import json
import sys
import unicodedata

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PAGE_W, PAGE_H, MARGIN, BLEED = 105 * mm, 148 * mm, 9 * mm, 3 * mm
BAND_H, RULE_H, ROLE_H, SYMBOL = 27 * mm, 1 * mm, 20 * mm, 30 * mm
BAND, OCHRE, INK, INK_2 = HexColor(0x5B1F35), HexColor(0xB98A2F), HexColor(0x231F1C), HexColor(0x5A534D)
ROLES = [BAND, *map(HexColor, (0x0F5F6B, 0x2D4F9E, 0x50611A, 0x8F3F1D, 0x6A3D8F, 0x4A5560))]

FONTS = "/usr/share/fonts/truetype/"
FILES = {
    "serif-bold": ("gentiumplus/GentiumBookPlus-Bold.ttf", 0), "serif-italic": ("gentiumplus/GentiumBookPlus-Italic.ttf", 0),
    "text": ("lato/Lato-Regular.ttf", 0), "text-bold": ("lato/Lato-Bold.ttf", 0),
    "any": ("noto/NotoSans-Regular.ttf", 0), "any-bold": ("noto/NotoSans-Bold.ttf", 0),
    "han": ("wqy/wqy-microhei.ttc", 0), "han-bold": ("wqy/wqy-microhei.ttc", 0),
}
for script in ("Hebrew", "Arabic", "Devanagari", "Thai"):
    FILES[script.lower()] = (f"noto/NotoSans{script}-Regular.ttf", 0)
    FILES[script.lower() + "-bold"] = (f"noto/NotoSans{script}-Bold.ttf", 0)
HAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def family_of(text):
    """The face that has the letters; registered when first wanted."""
    for letter in text:
        name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        if name in HAN:
            return "han"
        if name.lower() in FILES:
            return name.lower()
    return "text"


def font(name):
    if name not in pdfmetrics.getRegisteredFontNames():
        path, index = FILES[name]
        pdfmetrics.registerFont(TTFont(name, FONTS + path, subfontIndex=index))
    return name


def fitted(text, name, size, width, height, leading):
    """The largest size at which the text fits, and its lines."""
    while True:
        lines = simpleSplit(text, name, size, width)
        fits = len(lines) * leading * size <= height and all(stringWidth(line, name, size) <= width for line in lines)
        if fits or size <= 7:
            return size, lines
        size -= 1


def put(canvas, text, name, size, colour, x, top, width, height, leading=1.2, middle=False, bottom=False):
    size, lines = fitted(text, font(name), size, width, height, leading)
    spare = height - len(lines) * leading * size
    y = PAGE_H - top - (spare / 2 if middle else spare if bottom else 0)
    canvas.setFillColor(colour)
    canvas.setFont(name, size)
    for line in lines:
        y -= leading * size
        canvas.drawString(x, y + (leading - 0.8) * size, line)
    return len(lines) * leading * size


def draw_band(canvas, event, dates):
    canvas.setFillColor(BAND)
    canvas.rect(-BLEED, PAGE_H - BAND_H, PAGE_W + 2 * BLEED, BAND_H + BLEED, stroke=0, fill=1)
    canvas.setFillColor(OCHRE)
    canvas.rect(-BLEED, PAGE_H - BAND_H - RULE_H, PAGE_W + 2 * BLEED, RULE_H, stroke=0, fill=1)
    canvas.setStrokeColor(white)
    canvas.circle(MARGIN + 5 * mm, PAGE_H - BAND_H / 2, 4.5 * mm)
    x = MARGIN + 14 * mm
    put(canvas, event["title"], "serif-bold", 15, white, x, 5 * mm, PAGE_W - x - MARGIN, 12.5 * mm, 1.15, bottom=True)
    put(canvas, dates, "text", 8.5, white, x, 17.5 * mm, PAGE_W - x - MARGIN, 5 * mm, 1.4)


def draw_symbol(canvas, text, x, y, side):
    drawing = Drawing(side, side)
    drawing.add(QrCodeWidget(text, barLevel="M", barWidth=side, barHeight=side, barBorder=4))
    renderPDF.draw(drawing, canvas, x, y)


def draw_badge(canvas, badge):
    outer = SYMBOL * 41 / 33
    left, foot = PAGE_W - MARGIN - outer, ROLE_H + 1 * mm
    top = BAND_H + RULE_H + 8 * mm
    pronouns = badge.get("pronouns")
    height = PAGE_H - foot - outer - top - (18 if pronouns else 0)
    family = family_of(badge["name"])
    name = family + "-bold"
    top += put(canvas, badge["name"], name, 44, INK, MARGIN, top, PAGE_W - 2 * MARGIN, height, 1.1) + 1.5 * mm
    if pronouns:
        put(canvas, pronouns, "text", 12, INK_2, MARGIN, top, PAGE_W - 2 * MARGIN, 18)
    draw_symbol(canvas, badge["qr"], left, foot, outer)
    at = PAGE_H - foot - outer + 4 * mm
    put(canvas, badge["affiliation"], family_of(badge["affiliation"]), 13, INK, MARGIN, at, left - MARGIN, SYMBOL - 7 * mm, 1.28)
    put(canvas, badge["code"], "text-bold", 12, INK, MARGIN, at + SYMBOL - 5 * mm, left - MARGIN, 5 * mm, 1, bottom=True)
    canvas.setFillColor(ROLES[badge["role_number"]])
    canvas.rect(-BLEED, -BLEED, PAGE_W + 2 * BLEED, ROLE_H + BLEED, stroke=0, fill=1)
    put(canvas, badge["role"], "text-bold", 25, white, MARGIN, PAGE_H - ROLE_H, PAGE_W - 2 * MARGIN, ROLE_H, 1, middle=True)


def main(source, target):
    with open(source, encoding="utf-8") as file:
        model = json.load(file)
    event = model["event"]
    canvas = Canvas(target, pagesize=(PAGE_W, PAGE_H), pageCompression=1)
    canvas.setTitle(event["title"] + ": badges")
    dates = f'{event["place"]}, {event["starts_on"]} – {event["ends_on"]}'
    for badge in model["badges"]:
        draw_badge(canvas, badge)
        draw_band(canvas, event, dates)
        canvas.showPage()
    canvas.save()


main(sys.argv[1], sys.argv[2])
