// What holds for every kind of document: other programs read it without complaint, it can be copied
// from and listened to, and the same model gives the same bytes.
import { test, assert } from '../lib/test.mjs';
import { checkPdf, complaintsAboutPdf, fontsOfPdf, infoOfPdf } from '../lib/pdf.mjs';
import { exampleAsPdf, exampleOf, kinds, print } from '../lib/print.mjs';
import {
  PAINTING, bookmarksOf, contentOf, objectsOfPdf, pagesIn, structureOf, textOf, walkMarks,
} from '../lib/pdf_tree.mjs';

// ISO 32000-1, 14.8.4; and what may stand in what, for types that are nothing by themselves.
const TYPES = new Set(['Document', 'Part', 'Art', 'Sect', 'Div', 'BlockQuote', 'Caption', 'TOC', 'TOCI', 'Index',
  'NonStruct', 'P', 'H', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'TR', 'TH', 'TD', 'THead',
  'TBody', 'TFoot', 'Span', 'Quote', 'Note', 'Reference', 'BibEntry', 'Code', 'Link', 'Annot', 'Figure', 'Formula', 'Form']);
const PARENTS = {
  LI: ['L'], LBody: ['LI'], TR: ['Table', 'THead', 'TBody', 'TFoot'], TH: ['TR'], TD: ['TR'], THead: ['Table'],
  TBody: ['Table'], TFoot: ['Table'], TOCI: ['TOC'],
};
const CHILDREN = {
  L: ['LI', 'L', 'Caption'], LI: ['Lbl', 'LBody'], Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'], TR: ['TH', 'TD'],
  TOC: ['TOCI', 'TOC', 'Caption'],
};

// The marks of all pages: "PAGE MCID" -> the tag that the content names.
function marksOf(pdf) {
  const marks = new Map();
  for (const page of pagesIn(pdf)) {
    walkMarks(contentOf(pdf, page), ({ operator }, open) => {
      const last = open.at(-1);
      if (operator !== 'BDC' || last.mcid === undefined) return;
      assert.equal(open.length, 1, 'a marked content within another one');
      assert.ok(!marks.has(`${page.ref} ${last.mcid}`), `two contents are MCID ${last.mcid} of ${page.ref}`);
      marks.set(`${page.ref} ${last.mcid}`, last.tag);
    });
  }
  return marks;
}

function annotationsOf(pdf) {
  return pagesIn(pdf).flatMap((page) => (pdf.get(page.dict['/Annots']) ?? []).map((ref) => ({ ref, page, dict: pdf.get(ref) })));
}

function checkElement(element) {
  const { type, parent, children, dict } = element;
  assert.ok(TYPES.has(type), `${type} is no standard type`);
  if (PARENTS[type]) assert.ok(PARENTS[type].includes(parent?.type), `${type} in ${parent?.type}`);
  if (!parent) assert.equal(type, 'Document');
  for (const child of children) {
    if (CHILDREN[type]) assert.ok(CHILDREN[type].includes(child.type), `${child.type} in ${type}`);
  }
  if (type === 'Figure' || type === 'Formula') assert.ok(textOf(dict['/Alt']), `${type} says nothing`);
  if (type === 'Link') assert.ok(element.annotations.length, 'a Link without a place to press');
  if (dict['/Lang']) assert.match(textOf(dict['/Lang']), /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/);
}

// A row of headings stands above the rows it names.
function checkTable(table) {
  const rows = table.children.flatMap((child) => (child.type === 'TR' ? [child] : child.children));
  const isHead = (row) => row.children?.length && row.children.every((cell) => cell.type === 'TH');
  const at = rows.findIndex(isHead);
  assert.ok(at <= 0, `the headings of a table are read behind ${at} of its rows`);
}

// Headings rise by one: a screen reader jumps from one to the next.
function checkHeadings(elements) {
  let level = 0;
  for (const { type } of elements.filter((one) => /^H[1-6]$/.test(one.type))) {
    const next = Number(type[1]);
    assert.ok(next <= level + 1, `H${next} follows ${level ? `H${level}` : 'nothing'}`);
    level = next;
  }
}

for (const kind of kinds) {
  test(`${kind}: qpdf, poppler and mutool read it without a complaint`, () => {
    checkPdf(exampleAsPdf(kind));
    assert.equal(complaintsAboutPdf(exampleAsPdf(kind)), '');
  });

  test(`${kind}: every font is embedded, a subset, and says what its glyphs mean`, () => {
    const fonts = fontsOfPdf(exampleAsPdf(kind));
    assert.ok(fonts.length);
    for (const font of fonts) assert.deepEqual([font.isEmbedded, font.isSubset, font.hasToUnicode], [true, true, true], font.name);
  });

  test(`${kind}: it is tagged and has a language and a title`, () => {
    const info = infoOfPdf(exampleAsPdf(kind));
    const pdf = objectsOfPdf(exampleAsPdf(kind));
    const catalogue = pdf.get(pdf.trailer['/Root']);
    assert.equal(info.Tagged, 'yes');
    assert.ok(info.Title.length > 3, info.Title);
    assert.equal(textOf(catalogue['/Lang']), exampleOf(kind).lang);
    assert.equal(pdf.get(catalogue['/ViewerPreferences'])['/DisplayDocTitle'], true);
    const metadata = pdf.stream(catalogue['/Metadata']).toString();
    assert.ok(metadata.replaceAll('&amp;', '&').includes(`>${info.Title}<`), 'the metadata have another title');
  });

  test(`${kind}: whatever is drawn belongs to a tag or is an artifact`, () => {
    const pdf = objectsOfPdf(exampleAsPdf(kind));
    let n = 0;
    for (const page of pagesIn(pdf)) {
      walkMarks(contentOf(pdf, page), ({ operator, operands }, open) => {
        if (!PAINTING.has(operator)) return;
        n++;
        const isOwned = open.some((mark) => mark.mcid !== undefined || mark.tag === 'Artifact');
        assert.ok(isOwned, `${operands.join(' ').slice(0, 80)} ${operator} belongs to nothing`);
      });
    }
    assert.ok(n > 0, 'nothing is drawn');
  });

  test(`${kind}: the structure tree owns every content and annotation once, and both lead back`, () => {
    const pdf = objectsOfPdf(exampleAsPdf(kind));
    const { root, elements, parentTree } = structureOf(pdf);
    const marks = marksOf(pdf);
    const pages = new Map(pagesIn(pdf).map((page) => [page.ref, page.dict]));
    const owned = new Set();
    for (const element of elements) {
      checkElement(element);
      if (element.type === 'Table') checkTable(element);
      for (const { page, mcid } of element.marks) {
        const name = `${page} ${mcid}`;
        assert.ok(!owned.has(name), `MCID ${name} has two owners`);
        owned.add(name);
        assert.equal(marks.get(name), element.type, `the content of MCID ${name} names another type`);
        assert.equal(pdf.get(parentTree.get(pages.get(page)['/StructParents']))[mcid], element.ref, `MCID ${name} leads elsewhere`);
      }
    }
    assert.deepEqual([...marks.keys()].filter((name) => !owned.has(name)), [], 'contents without an owner');
    for (const [ref, page] of pages) {
      const back = pdf.get(parentTree.get(page['/StructParents'])) ?? [];
      assert.equal(back.length, [...marks.keys()].filter((name) => name.startsWith(`${ref} `)).length);
    }
    for (const { ref, dict } of annotationsOf(pdf)) {
      const owner = elements.find((element) => element.annotations.includes(ref));
      assert.equal(parentTree.get(dict['/StructParent']), owner?.ref, 'an annotation leads elsewhere');
      assert.equal(owner.type, dict['/Subtype'] === '/Link' ? 'Link' : 'Annot');
      assert.ok(textOf(dict['/Contents']), 'a link that does not say where it leads');
    }
    assert.ok(Math.max(...parentTree.keys()) < root['/ParentTreeNextKey']);
    checkHeadings(elements);
  });

  test(`${kind}: links and bookmarks lead to pages of the document`, () => {
    const pdf = objectsOfPdf(exampleAsPdf(kind));
    const pages = new Set(pagesIn(pdf).map(({ ref }) => ref));
    for (const { title, page } of bookmarksOf(pdf)) {
      assert.ok(title.trim(), 'a bookmark without a title');
      assert.ok(pages.has(page), `the bookmark ${title} leads nowhere`);
    }
    for (const { dict } of annotationsOf(pdf)) {
      const action = pdf.get(dict['/A']);
      if (dict['/Dest']) assert.ok(pages.has(pdf.get(dict['/Dest'])[0]), 'a link leads nowhere');
      else assert.match(textOf(action?.['/URI']), /^(https?|mailto):/);
    }
  });

  test(`${kind}: the same model gives the same bytes, wherever and whenever`, () => {
    const model = exampleOf(kind);
    const first = exampleAsPdf(kind);
    assert.ok(print(kind, model).equals(first), 'a second time');
    const elsewhere = { TZ: 'Pacific/Kiritimati', LC_ALL: 'de_DE.UTF-8', LANG: 'ja_JP.UTF-8', HOME: '/nonexistent' };
    assert.ok(print(kind, model, { env: elsewhere, cwd: '/' }).equals(first), 'in another zone and language');
    const env = { SOURCE_DATE_EPOCH: '1000000000' };
    assert.ok(print(kind, model, { env }).equals(print(kind, model, { env })), 'at a given time');
    assert.doesNotMatch(first.toString('latin1'), /\/(CreationDate|ModDate)/);
  });
}
