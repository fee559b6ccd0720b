// The HTML reader refuses what a browser would have to repair, and the rules find each fault.
import { test, assert } from '../test.mjs';
import { parseFragment, parsePage } from '../html.mjs';
import { faultsOfPage } from '../html_rules.mjs';
import { bigForm, pageOf } from './site.mjs';

const MALFORMED = {
  'an unclosed element': ['<p>a', /<\/body> while <p>/],
  'crossed elements': ['<b><i>a</b></i>', /<\/b> while <i>/],
  'a stray end tag': ['</p>', /<\/p> while <body>/],
  'a bare less-than sign': ['<p>1 < 2</p>', /bare </],
  'a bare ampersand': ['<p>R&D</p>', /bare &/],
  'an unknown reference': ['<p>&foo;</p>', /unknown reference/],
  'a reference to NUL': ['<p>&#0;</p>', /forbidden character/],
  'a value without quotes': ['<p id=a>a</p>', /without quotes/],
  'an attribute twice': ['<p id="a" id="b">a</p>', /attribute id twice/],
  'no space between attributes': ['<p id="a"class="b">a</p>', /no space/],
  'a bare less-than sign in a value': ['<p title="a<b">a</p>', /bare < in the value/],
  'a block in a paragraph': ['<p><div>a</div></p>', /<div> inside <p>/],
  'a list item outside a list': ['<div><li>a</li></div>', /<li> directly in <div>/],
  'a row directly in a table': ['<table><tr><td>a</td></tr></table>', /directly in <table>/],
  'text directly in a table': ['<table>a</table>', /text directly in <table>/],
  'a button in a link': ['<a href="/"><button>a</button></a>', /<button> inside <a>/],
  'a form in a form': ['<form><form></form></form>', /<form> inside <form>/],
  'a self-closed element': ['<div/>', /closes nothing/],
  'an upper-case tag': ['<P>a</P>', /upper case/],
  'an unclosed comment': ['<!-- a', /comment/],
  'an unclosed textarea': ['<textarea>a', /not closed/],
  'a tag in a textarea': ['<textarea>a<b</textarea>', /bare < in <textarea>/],
  'a control character': ['<p>\u0007</p>', /control character/],
  'an end tag of a void element': ['<br></br>', /<\/br> while/],
};

for (const [name, [source, message]] of Object.entries(MALFORMED)) {
  test(`malformed HTML is refused: ${name}`, () => {
    assert.throws(() => parseFragment(source), message);
  });
}

test('a page must begin with its doctype and one html element', () => {
  assert.throws(() => parsePage('<html></html>'), /doctype/);
  assert.throws(() => parsePage('<!doctype html>text'), /text outside/);
});

test('text, references and values are decoded', () => {
  const body = parseFragment('<p title="a &quot;b&quot; &#x26; &#39;">Ł &lt; \u05d0<br> b</p>');
  assert.equal(body.one('p').get('title'), 'a "b" & \'');
  assert.equal(body.one('p').text, 'Ł < \u05d0 b');
});

test('drawings may close themselves and name attributes in mixed case', () => {
  const body = parseFragment('<svg viewBox="0 0 1 1" aria-hidden="true"><title>x</title><path d="M0 0"/></svg>');
  assert.equal(body.all('svg path').length, 1);
});

test('selectors find by tag, id, class, attribute and ancestor', () => {
  const body = parseFragment('<div id="a" class="x y"><p>1</p><ul><li data-k="v w">2</li></ul></div><p>3</p>');
  assert.equal(body.one('#a.y p').text, '1');
  assert.equal(body.one('[data-k="v w"]').text, '2');
  assert.deepEqual(body.all('li, p').map((node) => node.text), ['1', '2', '3']);
  assert.equal(body.first('div ul li').text, '2');
  assert.equal(body.first('ul p'), null);
  assert.throws(() => body.one('p'), /2 elements match p/);
});

const faultsOf = (main, options) => faultsOfPage(parsePage(pageOf(main, options)));

test('a good page has no fault', () => {
  assert.deepEqual(faultsOf(`${bigForm}<h2>Part</h2><p><a href="https://example.org/" rel="noopener" target="_blank">Out</a></p>
    <table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
    <img src="/a.png" alt=""><svg role="img" aria-label="Mark"><path d=""/></svg>`), []);
});

test('the summary of errors may stand above the h1', () => {
  const page = pageOf('').replace('<h1>', '<h2>Please look again</h2><h1>');
  assert.deepEqual(faultsOfPage(parsePage(page)), []);
  assert.match(faultsOfPage(parsePage(page.replace(/h2>/g, 'h3>'))).join(), /skips a level/);
});

const FAULTY = {
  'an input without a label': ['<input name="a">', /has no label/],
  'an empty label': ['<label for="a"></label><input id="a" name="a">', /has no label/],
  'a repeated id': ['<p id="a">1</p><p id="a">2</p>', /repeats an id/],
  'a reference to nothing': ['<p aria-describedby="no">1</p>', /names no element: "no"/],
  'a label for nothing': ['<label for="no">A</label>', /for names no element/],
  'a picture without alt': ['<img src="/a.png">', /has no alt/],
  'a drawing without a name': ['<svg><path d=""/></svg>', /neither hidden from readers nor named/],
  'a skipped heading level': ['<h3>a</h3>', /skips a level/],
  'a second h1': ['<h1>a</h1>', /2 <h1>, not one/],
  'an empty heading': ['<h2></h2>', /empty heading/],
  'a style attribute': ['<p style="color:red">a</p>', /style attribute/],
  'a style sheet in the page': ['<style>p{}</style>', /inline style sheet/],
  'a script in the page': ['<script>1</script>', /inline script/],
  'a handler in the page': ['<p onclick="x()">a</p>', /inline handler/],
  'a javascript: link': ['<a href="javascript:x()">a</a>', /leads to javascript/],
  'a script from elsewhere': ['<script src="https://example.org/x.js"></script>', /leads to https/],
  'a picture from elsewhere': ['<img src="//example.org/x.png" alt="">', /another host/],
  'an empty link': ['<a href="/"></a>', /without a name/],
  'a link to a missing place': ['<a href="#no">a</a>', /not on the page/],
  'a button without words': ['<button type="button"></button>', /button without a name/],
  'a radio button alone': ['<label><input type="radio" name="a"> A</label>', /outside a fieldset/],
  'a fieldset without a legend': ['<fieldset><p>a</p></fieldset>', /legend/],
  'a header cell without scope': ['<table><tbody><tr><th>A</th></tr></tbody></table>', /no scope/],
  'a form that posts without its token': ['<form method="post"><button>Go</button></form>', /without a csrf_token/],
  'a token in a query': ['<form><input type="hidden" name="csrf_token" value="x"><button>Go</button></form>', /into an address/],
  'a positive tabindex': ['<p tabindex="3">a</p>', /positive tabindex/],
  'a frame': ['<iframe src="/"></iframe>', /forbidden element/],
  'a file in a form of the wrong kind': ['<form method="post"><input type="hidden" name="csrf_token" value="x"><label>F <input type="file" name="f"></label></form>', /enctype/],
};

for (const [name, [main, message]] of Object.entries(FAULTY)) {
  test(`a faulty page is refused: ${name}`, () => {
    assert.match(faultsOf(main).join('\n'), message);
  });
}

test('a page without language, title, main or charset is refused', () => {
  const faults = faultsOfPage(parsePage('<!doctype html><html><head></head><body><p>a</p></body></html>')).join('\n');
  for (const what of [/no lang/, /0 <title>/, /0 <main>/, /0 <h1>/, /no charset/, /no viewport/]) assert.match(faults, what);
});
