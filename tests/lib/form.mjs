// A form, filled in and sent exactly as a browser would: the same fields, in the same order, in the
// same encoding (HTML standard, "constructing the entry list" and the two encodings).
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

const BUTTONS = new Set(['submit', 'button', 'reset', 'image']);

const typeOf = (node) => (node.tag === 'input' ? (node.get('type') ?? 'text').toLowerCase() : node.tag);
const isButton = (node) => node.tag === 'button' || (node.tag === 'input' && BUTTONS.has(typeOf(node)));
const toCrlf = (text) => text.replace(/\r\n|\r|\n/g, '\r\n');
const labelOf = (node) => (node.tag === 'button' ? node.text : node.get('value') ?? '');

function isDisabled(node) {
  if (node.has('disabled')) return true;
  return [...node.ancestors()].some((above) => {
    if (above.tag !== 'fieldset' || !above.has('disabled')) return false;
    const legend = above.children.find((child) => child.tag === 'legend');
    return !legend || ![...node.ancestors()].includes(legend);
  });
}

// which: a selector such as '#f', an action such as '/signin', or a function of the form element.
// Without it: the only posting form in <main>, else the only form there.
export function findForm(answer, which) {
  const forms = answer.all('form');
  const describe = () => forms.map((f) => `${f.get('method') ?? 'get'} ${f.get('action') ?? answer.path}`).join(', ');
  let found;
  if (typeof which === 'function') found = forms.filter(which);
  else if (which?.startsWith('/')) found = forms.filter((form) => (form.get('action') || answer.path) === which);
  else if (which) found = answer.all(which).filter((node) => node.tag === 'form');
  else {
    const inMain = forms.filter((form) => form.closest('main'));
    const posting = inMain.filter((form) => (form.get('method') ?? '').toLowerCase() === 'post');
    found = posting.length ? posting : inMain;
  }
  assert.equal(found.length, 1,
    `${answer.name}: ${found.length} forms match ${which ?? 'the page'}; it has: ${describe() || 'none'}`);
  return found[0];
}

// One control with its state: value for texts, isChecked for boxes, chosen for selects, files.
class Control {
  constructor(node) {
    this.node = node;
    this.name = node.get('name') ?? '';
    this.type = typeOf(node);
    this.isBox = this.type === 'checkbox' || this.type === 'radio';
    this.isChecked = node.has('checked');
    this.files = [];
    if (node.tag === 'textarea') this.value = node.rawText.replace(/\r\n?/g, '\n');
    else this.value = node.get('value') ?? (this.isBox ? 'on' : '');
    if (node.tag === 'select') this.readOptions(node);
  }

  readOptions(node) {
    this.options = node.all('option').map((option) => ({
      value: option.get('value') ?? option.text,
      label: option.get('label') ?? option.text,
      isChosen: option.has('selected'),
      isDisabled: option.has('disabled') || Boolean(option.closest('optgroup')?.has('disabled')),
    }));
    this.isMultiple = node.has('multiple');
    const chosen = this.options.filter((option) => option.isChosen);
    if (this.isMultiple) return;
    for (const option of chosen.slice(0, -1)) option.isChosen = false;
    const first = this.options.find((option) => !option.isDisabled);
    if (!chosen.length && first && Number(node.get('size') ?? 1) <= 1) first.isChosen = true;
  }

  entries() {
    if (this.isBox) return this.isChecked ? [[this.name, this.value]] : [];
    if (this.type === 'file') {
      const none = { name: '', type: 'application/octet-stream', bytes: Buffer.alloc(0) };
      return (this.files.length ? this.files : [none]).map((file) => [this.name, file]);
    }
    if (!this.options) return [[this.name, this.value]];
    return this.options.filter((option) => option.isChosen && !option.isDisabled)
      .map((option) => [this.name, option.value]);
  }
}

export class Form {
  constructor(client, answer, node) {
    this.client = client;
    this.answer = answer;
    this.node = node;
    const owned = answer.all('input, select, textarea, button').filter((control) => {
      if (control.has('form')) return control.get('form') === node.id;
      return control.closest('form') === node;
    });
    this.buttons = owned.filter(isButton);
    this.controls = owned.filter((control) => !isButton(control)).map((control) => new Control(control));
    this.order = owned;
  }

  named(name) {
    const found = this.controls.filter((control) => control.name === name);
    const known = [...new Set(this.controls.map((control) => control.name))].join(' ');
    assert.ok(found.length, `the form has no field ${name}, but: ${known}`);
    return found;
  }

  has(name) {
    return this.controls.some((control) => control.name === name);
  }

  // What a field holds now: a text, a boolean for a lone box, the chosen value of radios and of a
  // select, a list for box groups, multiple selects and repeated fields.
  get(name) {
    const found = this.named(name);
    const values = found.flatMap((control) => control.entries()).map(([, value]) => value);
    const [first] = found;
    if (first.type === 'checkbox' && found.length === 1) return first.isChecked;
    if (first.type === 'radio' || (first.options && !first.isMultiple)) return values[0];
    return found.length === 1 && !first.options ? values[0] : values;
  }

  // The choices a person is offered.
  options(name) {
    const found = this.named(name);
    return found.flatMap((control) => control.options?.map((option) => option.value) ?? [control.value]);
  }

  setBoxes(found, name, value) {
    const wanted = [value].flat().filter((one) => one !== false);
    if (found.length === 1 && typeof value === 'boolean') {
      found[0].isChecked = value;
      return;
    }
    for (const one of wanted) {
      assert.ok(found.some((control) => control.value === String(one)),
        `${name} does not offer ${one}, but: ${found.map((control) => control.value).join(' ')}`);
    }
    for (const control of found) control.isChecked = wanted.map(String).includes(control.value);
  }

  setOptions(control, name, value) {
    const wanted = [value].flat().map(String);
    for (const one of wanted) {
      assert.ok(control.options.some((option) => option.value === one && !option.isDisabled),
        `${name} does not offer ${one}, but: ${control.options.map((option) => option.value).join(' ')}`);
    }
    assert.ok(control.isMultiple || wanted.length === 1, `${name} takes one choice`);
    for (const option of control.options) option.isChosen = wanted.includes(option.value);
  }

  setTexts(found, name, value) {
    const values = Array.isArray(value) ? value : [value];
    assert.equal(values.length, found.length, `${name} stands ${found.length} times in the form`);
    values.forEach((one, i) => {
      found[i].value = found[i].node.tag === 'textarea' ? String(one) : String(one).replace(/[\r\n]/g, '');
    });
  }

  // Does what a person could do: a hidden or disabled field is refused (see force()).
  set(name, value) {
    const found = this.named(name);
    const [first] = found;
    assert.ok(first.type !== 'hidden', `${name} is hidden: nobody can type there`);
    assert.ok(!found.every((control) => isDisabled(control.node)), `${name} is disabled`);
    if (first.isBox) this.setBoxes(found, name, value);
    else if (first.options) this.setOptions(first, name, value);
    else if (first.type === 'file') first.files = [value].flat();
    else this.setTexts(found, name, value);
    return this;
  }

  fill(values) {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
    return this;
  }

  // What only somebody who tampers with the page can do: any value of any field, new fields too.
  force(name, value) {
    const found = this.controls.filter((control) => control.name === name);
    if (found.length) this.controls = this.controls.filter((control) => !found.includes(control));
    for (const one of [value].flat()) this.forced = [...(this.forced ?? []), [name, String(one)]];
    return this;
  }

  // The button a person means by its words, or by its value "do=author.add".
  button(which) {
    const submits = this.buttons.filter((node) => (node.tag === 'button' ? node.get('type') ?? 'submit' : typeOf(node)) === 'submit');
    if (which === undefined) return submits.find((node) => !isDisabled(node));
    const found = submits.filter((node) => labelOf(node) === which ||
      `${node.get('name')}=${node.get('value')}` === which || node.get('aria-label') === which);
    const known = submits.map((node) => `"${labelOf(node)}"`).join(' ');
    assert.equal(found.length, 1, `${found.length} buttons are "${which}"; there are: ${known || 'none'}`);
    assert.ok(!isDisabled(found[0]), `the button "${which}" is disabled`);
    return found[0];
  }

  entries(button) {
    const entries = [];
    for (const node of this.order) {
      if (isDisabled(node)) continue;
      const control = this.controls.find((one) => one.node === node);
      if (control?.name) entries.push(...control.entries());
      if (node === button && node.get('name')) entries.push([node.get('name'), node.get('value') ?? '']);
    }
    return [...entries, ...(this.forced ?? [])];
  }

  checkComplete(button) {
    if (this.node.has('novalidate') || button?.has('formnovalidate')) return;
    for (const control of this.controls) {
      if (!control.node.has('required') || isDisabled(control.node)) continue;
      const group = control.type === 'radio' ? this.named(control.name) : [control];
      const isFilled = group.some((one) => one.entries().some(([, value]) => (value.name ?? value) !== ''));
      assert.ok(isFilled, `a browser would not send this form: ${control.name} is empty`);
    }
  }

  // Presses a button (the first one, as Enter does, unless named) and returns the answer.
  submit(which) {
    const button = this.button(which);
    this.checkComplete(button);
    const choose = (name) => button?.get(`form${name}`) ?? this.node.get(name);
    const method = (choose('method') ?? 'get').toLowerCase();
    const action = new URL(choose('action') || this.answer.path, 'http://x' + this.answer.path);
    const entries = this.entries(button);
    if (method === 'get') {
      action.search = new URLSearchParams(asText(entries)).toString();
      return this.client.page(action.pathname + action.search);
    }
    const encoding = choose('enctype') ?? 'application/x-www-form-urlencoded';
    const { type, body } = encoding === 'multipart/form-data' ? multipart(entries) : urlencoded(entries);
    const origin = this.client.baseUrl;
    return this.client.request('POST', action.pathname + action.search, {
      headers: { accept: 'text/html', 'content-type': type, origin, referer: origin + this.answer.path }, body,
    });
  }
}

const asText = (entries) => entries.map(([name, value]) => [toCrlf(name), toCrlf(value.name ?? value)]);

export function urlencoded(entries) {
  return {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(asText(entries)).toString(),
  };
}

export function multipart(entries) {
  const boundary = `----symposiarch${crypto.randomBytes(12).toString('hex')}`;
  const quote = (text) => text.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');
  const parts = entries.flatMap(([name, value]) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"`;
    if (typeof value === 'string') return [Buffer.from(`${head}\r\n\r\n${toCrlf(value)}\r\n`)];
    const type = value.type ?? 'application/octet-stream';
    const start = `${head}; filename="${quote(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`;
    return [Buffer.from(start), Buffer.from(value.bytes), Buffer.from('\r\n')];
  });
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
