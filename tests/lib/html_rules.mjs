// What every page must have beyond being well-formed: names for controls and pictures, an outline
// without gaps, references that lead somewhere, and nothing the Content-Security-Policy forbids.
// The client applies these to every page it is ever sent.

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const FORBIDDEN = new Set(['iframe', 'object', 'embed', 'applet', 'base', 'frame', 'marquee', 'font', 'center']);
const ID_LISTS = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-details',
  'aria-errormessage', 'aria-owns', 'headers'];
const ID_SINGLE = ['for', 'form', 'list', 'popovertarget', 'commandfor'];
const LINKS = { a: 'href', area: 'href', link: 'href', script: 'src', img: 'src', form: 'action',
  button: 'formaction', input: 'formaction', source: 'src', audio: 'src', video: 'src' };
const OUTSIDE = new Set(['a', 'area']); // may lead to another site

const where = (node) => {
  const name = node.id ? `#${node.id}` : node.has('name') ? `[name="${node.get('name')}"]` : '';
  return `line ${node.line}: <${node.tag}${name}>`;
};

// The accessible name, as far as the attributes and contents the project uses can give one.
function nameOf(node, page) {
  if (node.has('aria-labelledby')) {
    const ids = node.get('aria-labelledby').split(/\s+/);
    return ids.map((id) => page.byId.get(id)?.text ?? '').join(' ').trim();
  }
  if (node.has('aria-label')) return node.get('aria-label').trim();
  const pictures = node.all('img').map((img) => img.get('alt') ?? '').join(' ');
  const drawings = node.all('svg[role="img"]').map((svg) => nameOf(svg, page)).join(' ');
  return `${node.text} ${pictures} ${drawings}`.trim();
}

function checkIds(page, say) {
  for (const node of page.nodes) {
    if (!node.has('id')) continue;
    if (!/^[^\s]+$/.test(node.id)) say(node, 'has an empty id or one with a space');
    else if (page.byId.has(node.id)) say(node, 'repeats an id');
    else page.byId.set(node.id, node);
  }
  for (const node of page.nodes) {
    for (const name of [...ID_LISTS, ...ID_SINGLE]) {
      if (!node.has(name)) continue;
      const ids = ID_SINGLE.includes(name) ? [node.get(name)] : node.get(name).split(/\s+/);
      for (const id of ids) if (!page.byId.has(id)) say(node, `${name} names no element: "${id}"`);
    }
  }
}

function checkDocument(page, say) {
  const [html] = page.nodes;
  if (html?.tag !== 'html') return say(html, 'the page does not begin with <html>');
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(html.get('lang') ?? '')) say(html, 'has no lang');
  const count = (tag) => page.nodes.filter((node) => node.tag === tag && !node.closest('svg')).length;
  for (const tag of ['head', 'body', 'title', 'main', 'h1']) {
    if (count(tag) !== 1) say(html, `has ${count(tag)} <${tag}>, not one`);
  }
  const title = page.nodes.find((node) => node.tag === 'title');
  if (title && !title.text) say(title, 'is empty');
  const metas = page.nodes.filter((node) => node.tag === 'meta');
  if (!metas.some((meta) => /^utf-8$/i.test(meta.get('charset') ?? ''))) say(html, 'has no charset');
  const viewport = metas.find((meta) => meta.get('name') === 'viewport')?.get('content') ?? '';
  if (!viewport.includes('width=device-width')) say(html, 'has no viewport');
  if (/user-scalable|maximum-scale/.test(viewport)) say(html, 'forbids zooming');
  const refresh = metas.find((meta) => meta.has('http-equiv'));
  if (refresh) say(refresh, 'uses http-equiv');
}

// The summary of errors may stand above the h1, as an h2; else no level is left out.
function checkOutline(page, say) {
  let last = 1;
  for (const node of page.nodes) {
    if (!HEADINGS.has(node.tag)) continue;
    const level = Number(node.tag[1]);
    if (!nameOf(node, page)) say(node, 'is an empty heading');
    if (level > last + 1) say(node, `skips a level: it follows an h${last} or nothing`);
    last = level;
  }
}

function labelOf(node, page) {
  if (node.has('aria-label') || node.has('aria-labelledby')) return nameOf(node, page);
  const labels = page.labels.filter((label) => node.id && label.get('for') === node.id);
  const around = node.closest('label');
  return [...labels, ...(around ? [around] : [])].map((label) => label.text).join(' ').trim();
}

function checkControl(node, page, say) {
  const type = node.tag === 'input' ? node.get('type') ?? 'text' : node.tag;
  if (node.tag === 'label' && !node.text) say(node, 'is an empty label');
  if (node.tag === 'fieldset') {
    const legend = node.children.find((child) => typeof child !== 'string');
    if (legend?.tag !== 'legend' || !legend.text) say(node, 'does not begin with a legend');
  }
  if (!['input', 'select', 'textarea', 'button'].includes(node.tag) || type === 'hidden') return;
  if (type === 'image') say(node, 'is a picture button');
  if (node.tag === 'button' || ['submit', 'reset', 'button'].includes(type)) {
    const name = node.tag === 'button' ? nameOf(node, page) : node.get('value') ?? '';
    if (!name) say(node, 'is a button without a name');
  } else if (!labelOf(node, page)) say(node, 'has no label');
  if (type === 'radio' && !node.closest('fieldset') &&
      ![...node.ancestors()].some((above) => above.get('role') === 'radiogroup')) {
    say(node, 'is a radio button outside a fieldset');
  }
}

function checkForm(node, say) {
  const method = (node.get('method') ?? 'get').toLowerCase();
  if (!['get', 'post'].includes(method)) say(node, `has method ${method}`);
  const token = node.first('input[name="csrf_token"]');
  if (method === 'post' && !token?.get('value')) say(node, 'posts without a csrf_token');
  if (method === 'get' && token) say(node, 'puts the csrf_token into an address');
  if (node.first('input[type="file"]') && node.get('enctype') !== 'multipart/form-data') {
    say(node, 'sends a file without enctype multipart/form-data');
  }
}

function checkPicture(node, page, say) {
  if (node.tag === 'img' && !node.has('alt')) say(node, 'has no alt');
  if (node.tag !== 'svg' || node.closest('svg')) return;
  const title = node.children.find((child) => child.tag === 'title')?.text;
  const isHidden = [node, ...node.ancestors()].some((each) => each.get('aria-hidden') === 'true');
  const isNamed = node.get('role') === 'img' && (title || nameOf(node, page));
  if (!isHidden && !isNamed) say(node, 'is neither hidden from readers nor named');
}

function checkAddress(node, say) {
  const attribute = LINKS[node.tag];
  const url = attribute && node.get(attribute);
  if (url === undefined || url === null) return;
  if (/^[\s\u0000-\u001f]|[\s\u0000-\u001f]$/.test(url)) say(node, `has spaces around its ${attribute}`);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1].toLowerCase();
  const isLink = OUTSIDE.has(node.tag);
  const allowed = isLink ? ['http', 'https', 'mailto', 'tel', 'webcal'] : node.tag === 'img' ? ['data'] : [];
  const isCanonical = node.tag === 'link' && ['canonical', 'alternate'].includes(node.get('rel'));
  if (scheme && !allowed.includes(scheme) && !(isCanonical && /^https?$/.test(scheme))) {
    say(node, `${attribute} leads to ${url.slice(0, 60)}`);
  }
  if (/^[/\\]{2}|^\/\\/.test(url)) say(node, `${attribute} leads to another host`);
}

function checkSafety(node, say) {
  if (FORBIDDEN.has(node.tag)) say(node, 'is a forbidden element');
  if (node.tag === 'style') say(node, 'is an inline style sheet');
  for (const name of node.attributes.keys()) {
    if (name === 'style') say(node, 'has a style attribute');
    if (/^on/i.test(name)) say(node, `has an inline handler ${name}`);
    if (name === 'srcdoc') say(node, 'has srcdoc');
  }
  if (node.tag === 'script' && node.get('type') === 'application/ld+json') {
    try {
      JSON.parse(node.children.join(''));
    } catch (error) {
      say(node, `is not JSON: ${error.message}`);
    }
  } else if (node.tag === 'script' && (!node.get('src') || node.children.join('').trim())) {
    say(node, 'is an inline script');
  }
  if (node.get('target') === '_blank' && !(node.get('rel') ?? '').includes('noopener')) {
    say(node, 'opens a window without rel noopener');
  }
  if (Number(node.get('tabindex') ?? 0) > 0) say(node, 'has a positive tabindex');
}

function checkNames(node, page, say) {
  if (node.tag === 'a' && node.has('href')) {
    if (!nameOf(node, page)) say(node, 'is a link without a name');
    const target = /^#(.+)$/.exec(node.get('href'))?.[1];
    if (target && target !== 'top' && !page.byId.has(decodeURIComponent(target))) {
      say(node, `leads to #${target}, which is not on the page`);
    }
  }
  if (node.tag === 'th' && !['col', 'row', 'colgroup', 'rowgroup'].includes(node.get('scope'))) {
    say(node, 'has no scope');
  }
  if ((node.tag === 'progress' || node.tag === 'meter') && !labelOf(node, page)) say(node, 'has no label');
  if (node.tag === 'time' && node.has('datetime') && !/^\d{4}-\d{2}|^\d{2}:\d{2}|^P/.test(node.get('datetime'))) {
    say(node, `has the datetime "${node.get('datetime')}"`);
  }
}

// Every fault of a parsed page, as sentences with line numbers; empty when there is none.
export function faultsOfPage(root) {
  const nodes = [...root.descendants()];
  const page = { nodes, byId: new Map(), labels: nodes.filter((node) => node.tag === 'label') };
  const faults = [];
  const say = (node, what) => faults.push(`${node ? where(node) : 'the page'} ${what}`);
  checkIds(page, say);
  checkDocument(page, say);
  checkOutline(page, say);
  for (const node of page.nodes) {
    if (node.tag === 'form') checkForm(node, say);
    checkControl(node, page, say);
    checkPicture(node, page, say);
    checkAddress(node, say);
    checkSafety(node, say);
    checkNames(node, page, say);
  }
  return faults;
}
