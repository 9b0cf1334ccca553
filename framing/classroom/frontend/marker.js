// Marking phrases in texts without names: by two clicks, by drawing over words, or by keyboard.
//
// Text reaches the page only through text nodes. Only the numbers of words leave it: Python
// knows where each word stands.

const panes = new WeakMap();

export default function (component) {
  const root = component.parentElement;
  let pane = panes.get(root);
  if (!pane) panes.set(root, (pane = new Marker(root)));
  pane.update(component);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  for (const child of children) made.append(child); // strings become text nodes
  return made;
}

class Marker {
  constructor(root) {
    this.rev = null;
    this.anchor = null;
    this.box = element("div", { class: "marker" });
    root.append(this.box);
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("click", (event) => this.click(event));
    this.box.addEventListener("mouseup", () => this.drawn(root));
    this.box.addEventListener("focusin", (event) => this.focus(event));
  }

  update({ data, setTriggerValue }) {
    this.send = (value) => setTriggerValue("marked", value);
    this.theme();
    this.locked = data.locked;
    this.help = data.help;
    if (data.rev !== this.rev) {
      this.rev = data.rev;
      this.build(data);
    }
    this.box.classList.toggle("locked", this.locked);
    this.paint(data.marks);
    this.cancel();
  }

  theme() {
    const ground = getComputedStyle(this.box).getPropertyValue("--st-background-color").trim();
    const probe = element("span", { style: `color: ${ground || "#fff"}` });
    this.box.append(probe);
    const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    probe.remove();
    const dark = 0.299 * r + 0.587 * g + 0.114 * b < 128;
    this.box.classList.toggle("f-dark", dark);
    this.box.classList.toggle("f-light", !dark);
  }

  build(data) {
    this.texts = new Map();
    this.status = element("p", { class: "help", role: "status", id: "help" });
    const columns = element("div", { class: "columns" });
    for (const text of data.texts) columns.append(this.text(text));
    this.box.replaceChildren(this.status, columns);
  }

  text(text) {
    const head = element("h2", { id: `head-${text.key}` }, text.name);
    const body = element("div", { class: "text", lang: text.lang || null, dir: "auto" });
    const found = [];
    for (const block of text.blocks) {
      const paragraph = element("div", { class: `p p-${block.role}`, dir: "auto" });
      for (const [before, word] of block.words) {
        const node = element("span", { class: "w" }, word);
        node.place = { text: text.key, n: found.length };
        found.push(node);
        paragraph.append(before, node);
      }
      body.append(paragraph);
    }
    this.texts.set(text.key, found);
    if (found.length) this.stop(found[0]);
    return element("article", { "aria-labelledby": head.id, "data-text": text.key }, head, body);
  }

  // One Tab stop a text: the word that was focused last.
  stop(node) {
    for (const other of this.texts.get(node.place.text)) {
      if (other === node) continue;
      other.removeAttribute("tabindex");
      other.removeAttribute("role");
      other.removeAttribute("aria-describedby");
    }
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.setAttribute("aria-describedby", "help");
  }

  paint(marks) {
    for (const [key, found] of this.texts) {
      for (const node of found) node.className = "w";
      for (const mark of marks.filter((one) => one.text === key)) {
        for (let n = mark.first; n <= mark.last; n++) {
          found[n].className = `w ${mark.cls}${n === mark.first ? " f-start" : ""}`;
          if (n === mark.first) found[n].setAttribute("data-letter", mark.letter);
        }
      }
    }
  }

  target(event) {
    return event.composedPath().find((node) => node.place);
  }

  choose(node) {
    if (this.locked) return;
    if (!this.anchor || this.anchor.place.text !== node.place.text) {
      this.cancel();
      this.anchor = node;
      node.classList.add("anchor", "in");
      this.status.textContent = `Begins with “${node.textContent}”. Choose the last word, or the same word again; Esc takes it back.`;
      return;
    }
    const [first, last] = [this.anchor.place.n, node.place.n].sort((a, b) => a - b);
    this.cancel();
    this.send({ text: node.place.text, first, last });
  }

  cancel() {
    this.anchor = null;
    this.drawnOver = false;
    for (const found of this.texts.values()) {
      for (const node of found) node.classList.remove("anchor", "in");
    }
    this.status.textContent = this.help;
  }

  extend(node) {
    if (!this.anchor || this.anchor.place.text !== node.place.text) return;
    const [first, last] = [this.anchor.place.n, node.place.n].sort((a, b) => a - b);
    for (const other of this.texts.get(node.place.text)) {
      other.classList.toggle("in", other.place.n >= first && other.place.n <= last);
    }
  }

  click(event) {
    if (this.drawnOver) {
      this.drawnOver = false;
      return;
    }
    const node = this.target(event);
    if (node) this.choose(node);
  }

  drawn(root) {
    const shadow = root instanceof ShadowRoot ? root : root.getRootNode();
    const selection = (shadow.getSelection ? shadow : document).getSelection();
    if (this.locked || !selection || selection.isCollapsed) return;
    for (const found of this.texts.values()) {
      const inside = found.filter((node) => selection.containsNode(node, true));
      if (inside.length > 1) {
        this.drawnOver = true;
        selection.removeAllRanges();
        const [first, last] = [inside[0].place, inside[inside.length - 1].place];
        this.send({ text: first.text, first: first.n, last: last.n });
        return;
      }
    }
  }

  focus(event) {
    const node = this.target(event);
    if (!node) return;
    this.stop(node);
    this.extend(node);
  }

  key(event) {
    if (event.key === "Escape" && this.anchor) {
      event.stopPropagation();
      this.cancel();
      return;
    }
    const node = this.target(event);
    if (!node) return;
    const found = this.texts.get(node.place.text);
    const to = { ArrowRight: node.place.n + 1, ArrowLeft: node.place.n - 1, ArrowDown: this.line(node, 1),
      ArrowUp: this.line(node, -1), Home: 0, End: found.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const next = found[Math.max(0, Math.min(found.length - 1, to))];
      this.stop(next);
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      this.choose(node);
    }
  }

  // The word above or below: the nearest one in the next line that is drawn.
  line(node, step) {
    const found = this.texts.get(node.place.text);
    const here = node.getBoundingClientRect();
    let best = node.place.n;
    let row = null;
    for (let n = node.place.n + step; n >= 0 && n < found.length; n += step) {
      const box = found[n].getBoundingClientRect();
      if (Math.abs(box.top - here.top) < here.height / 2) continue;
      if (row === null) row = box.top;
      if (Math.abs(box.top - row) > here.height / 2) break;
      const better = Math.abs(box.left - here.left) < Math.abs(found[best].getBoundingClientRect().left - here.left);
      if (best === node.place.n || better) best = n;
    }
    return best;
  }
}
