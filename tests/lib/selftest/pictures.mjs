// Pictures and a PDF small enough to be written out.

const QR_OF_SYMPOSIARCH = `
#######..#.#..#######
#.....#....##.#.....#
#.###.#..#....#.###.#
#.###.#....##.#.###.#
#.###.#...#.#.#.###.#
#.....#.#..##.#.....#
#######.#.#.#.#######
.........#.##........
#..#.##.###..#.#.....
.....#.#.##..#.#.##..
###.#.##..#.#.##.##.#
#.#.#...#..#..#..#...
.#..###..#..###...#.#
........#..#...##.##.
#######..#....###.##.
#.....#.#..##...#...#
#.###.#..#.#.##..###.
#.###.#.###..##....##
#.###.#.....##.##.#.#
#.....#..#.#.#.......
#######.#..#...#.###.
`.trim().split('\n');

// The QR code (version 1, level M) of "SYMPOSIARCH", one pixel a module, with its quiet zone.
export const tinyQr = (() => {
  const size = QR_OF_SYMPOSIARCH.length + 8;
  const rgb = Buffer.alloc(size * size * 3, 255);
  QR_OF_SYMPOSIARCH.forEach((line, y) => [...line].forEach((module, x) => {
    if (module === '#') rgb.fill(0, ((y + 4) * size + x + 4) * 3, ((y + 4) * size + x + 5) * 3);
  }));
  return { width: size, height: size, rgb };
})();

export function scaled({ width, height, rgb }, factor) {
  const out = Buffer.alloc(width * factor * height * factor * 3);
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
      rgb.copy(out, (y * width * factor + x) * 3, from, from + 3);
    }
  }
  return { width: width * factor, height: height * factor, rgb: out };
}

// One page of 200 x 100 points with one line of text.
export function tinyPdf(text) {
  const stream = `BT /F 24 Tf 10 40 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return String(at).padStart(10, '0');
  });
  const xref = pdf.length;
  pdf += `xref\n0 6\n0000000000 65535 f \n${offsets.map((at) => `${at} 00000 n \n`).join('')}`;
  return Buffer.from(`${pdf}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`, 'latin1');
}
