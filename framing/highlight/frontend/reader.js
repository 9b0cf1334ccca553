// The reading pane: articles side by side with their marks.
//
// Text reaches the page only through text nodes; nothing of it is parsed as markup.
// Positions never reach this file: the text arrives cut into pieces, since Python counts
// code points and JavaScript counts UTF-16 units.

const panes = new WeakMap();
const NOTE_DELAY = 250; // long enough to move the pointer from a mark onto its note

export default function (component) {
  const root = component.parentElement;
  let pane = panes.get(root);
  if (!pane) panes.set(root, (pane = new Pane(root)));
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

class Pane {
  constructor(root) {
    this.rev = null;
    this.entry = null;
    this.selected = "";
    this.hidden = new Set();
    this.plain = false;
    this.together = false;
    this.box = element("div", { class: "reader" });
    this.note = element("div", { class: "note", role: "tooltip", id: "note", hidden: "" });
    this.note.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.note.addEventListener("pointerleave", () => this.hideSoon());
    root.append(this.box);
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("pointerover", (event) => this.over(event));
    this.box.addEventListener("pointerout", () => this.hideSoon());
    this.box.addEventListener("focusin", (event) => this.focus(event));
    this.box.addEventListener("focusout", () => this.hideSoon());
    this.box.addEventListener("click", (event) => this.click(event));
  }

  update({ data, setStateValue, setTriggerValue }) {
    this.send = { setStateValue, setTriggerValue };
    this.theme();
    const built = data.rev === this.rev;
    if (!built || data.entry !== this.entry) {
      // New texts, or a link was followed: what it hides holds, not what was switched here before.
      this.entry = data.entry;
      this.hidden = new Set(data.hidden);
      this.plain = data.plain;
    }
    if (!built) {
      this.rev = data.rev;
      this.build(data);
    }
    this.select(data.selected || "", false);
    this.paint();
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
    this.buttons = new Map();
    this.stops = [];
    const columns = element("div", { class: "columns" });
    columns.style.setProperty("--n", data.articles.length);
    for (const article of data.articles) columns.append(this.article(article));
    this.box.replaceChildren(this.legend(data), columns, this.note);
  }

  legend(data) {
    const bar = element("div", { class: "bar", role: "group", "aria-label": "Marks shown" });
    for (const layer of data.layers) {
      const sample = element("span", { class: layer.sample, "aria-hidden": "true" }, layer.letter);
      const button = element("button", { type: "button", title: layer.meaning }, sample,
        ` ${layer.name} `, element("span", { class: "n" }, String(layer.n)));
      button.addEventListener("click", () => this.toggle(layer.id));
      this.buttons.set(layer.id, button);
      bar.append(button);
    }
    const plain = element("button", { type: "button", class: "plain" }, "Plain text");
    plain.addEventListener("click", () => this.toggle("plain"));
    this.buttons.set("plain", plain);
    bar.append(plain);
    if (data.articles.length > 1) {
      const together = element("button", { type: "button", class: "plain" }, "Scroll together");
      together.addEventListener("click", () => this.toggle("together"));
      this.buttons.set("together", together);
      bar.append(together);
    }
    const speakers = element("ol", { class: "speakers", "aria-label": "Speakers" });
    for (const speaker of data.speakers) {
      const badge = element("span", { class: `badge ${speaker.cls}`, "aria-hidden": "true" }, String(speaker.n));
      speakers.append(element("li", { value: speaker.n }, badge,
        element("bdi", {}, speaker.name), element("span", { class: "n" }, ` ${speaker.words} words`)));
    }
    if (data.more) speakers.append(element("li", { class: "more" }, data.more));
    return element("div", { class: "legend" }, bar, ...(data.speakers.length ? [speakers] : []));
  }

  article(article) {
    const head = element("h2", { id: `head-${article.id}`, dir: "auto" }, article.outlet);
    const text = element("div", { class: "text", lang: article.lang || null, dir: "auto" });
    for (const block of article.blocks) {
      if (typeof block === "string") {
        text.append(block);
        continue;
      }
      const paragraph = element("div", { class: `p p-${block.role}`, dir: "auto" });
      for (const piece of block.pieces) paragraph.append(this.piece(piece, article));
      text.append(paragraph);
    }
    const made = element("article", { "aria-labelledby": head.id, "data-article": article.id },
      head, element("p", { class: "meta", dir: "auto" }, article.meta), ...this.shares(article.shares || []), text);
    made.addEventListener("scroll", () => this.follow(made));
    return made;
  }

  // How much of the text is in whose words: a bar, and the same in words below it
  shares(shares) {
    if (!shares.length) return [];
    const bar = element("div", { class: "shares", "aria-hidden": "true" });
    for (const { voice, share } of shares) {
      const part = element("span", { class: voice });
      part.style.setProperty("flex", `${share} 0 0`);
      bar.append(part);
    }
    return [bar, element("p", { class: "meta" }, shares.map(({ text }) => text).join(" · "))];
  }

  // The other texts go to the same part of their length
  follow(leader) {
    if (!this.together || (this.leader && this.leader !== leader)) return;
    this.leader = leader;
    clearTimeout(this.led);
    this.led = setTimeout(() => (this.leader = null), 120);
    const part = leader.scrollTop / Math.max(1, leader.scrollHeight - leader.clientHeight);
    for (const other of this.box.querySelectorAll("article")) {
      if (other !== leader) other.scrollTop = part * (other.scrollHeight - other.clientHeight);
    }
  }

  piece({ t, m, s, g }, article) {
    let node = document.createTextNode(t);
    if (!m.length && !g) return node;
    for (const i of m) {
      const wrapped = element("span", { class: article.marks[i].cls });
      wrapped.append(node);
      node = wrapped;
    }
    const outer = element("span", { class: g ? `piece f-ground-${g}` : "piece" });
    outer.append(node);
    const marks = m.map((i) => ({ ...article.marks[i], article: article.id }));
    const starts = s.map((i) => ({ ...article.marks[i], article: article.id }));
    if (marks.length) {
      outer.marks = marks; // innermost lane first
      this.stops.push({ node: outer, marks, starts, article: article.id });
    }
    return outer;
  }

  // What is switched on

  shown(mark) {
    return !this.plain && !this.hidden.has(mark.layer);
  }

  toggle(layer) {
    if (layer === "together") {
      this.together = !this.together; // of this window only: no matter of the view
      this.paint();
      return;
    }
    if (layer === "plain") this.plain = !this.plain;
    else if (!this.hidden.delete(layer)) this.hidden.add(layer);
    this.hide();
    this.paint();
    this.send.setStateValue("view", { hidden: [...this.hidden], plain: this.plain });
  }

  paint() {
    for (const [layer, button] of this.buttons) {
      const mode = { plain: this.plain, together: this.together }[layer];
      button.setAttribute("aria-pressed", String(mode ?? (!this.plain && !this.hidden.has(layer))));
    }
    this.box.classList.toggle("plain", this.plain);
    this.box.classList.toggle("together", this.together);
    for (const article of this.box.querySelectorAll("article")) {
      if (this.together) article.setAttribute("tabindex", "0"); // a box that scrolls is to be reached
      else article.removeAttribute("tabindex");
    }
    for (const layer of this.buttons.keys()) {
      if (layer !== "plain" && layer !== "together") this.box.classList.toggle(`off-${layer}`, this.plain || this.hidden.has(layer));
    }
    const first = new Set();
    for (const { node, marks, starts, article } of this.stops) {
      const visible = starts.filter((mark) => this.shown(mark));
      const current = marks.some((mark) => this.shown(mark) && this.full(mark) === this.selected);
      node.classList.toggle("selected", current);
      if (!visible.length) {
        for (const name of ["role", "tabindex", "data-letter", "aria-pressed"]) node.removeAttribute(name);
        node.classList.remove("f-start");
        continue;
      }
      node.classList.add("f-start");
      node.setAttribute("data-letter", visible.map((mark) => mark.letter).filter(Boolean).join(" "));
      node.setAttribute("role", "button");
      node.setAttribute("aria-pressed", String(visible.some((mark) => this.full(mark) === this.selected)));
      const keeps = this.tabstop?.get(article);
      if (!keeps && !first.has(article)) {
        first.add(article);
        node.setAttribute("tabindex", "0");
      } else {
        node.setAttribute("tabindex", keeps === node ? "0" : "-1");
      }
    }
    this.repairTabstops();
  }

  repairTabstops() {
    // The mark that held an article's Tab stop may have been switched off.
    this.tabstop ||= new Map();
    for (const article of new Set(this.stops.map((stop) => stop.article))) {
      const reachable = this.reachable(article);
      const keeps = reachable.find((node) => node === this.tabstop.get(article)) || reachable[0];
      for (const node of reachable) node.setAttribute("tabindex", node === keeps ? "0" : "-1");
      if (keeps) this.tabstop.set(article, keeps);
      else this.tabstop.delete(article);
    }
  }

  reachable(article) {
    return this.stops.filter((s) => s.article === article && s.node.getAttribute("role")).map((s) => s.node);
  }

  full(mark) {
    return `${mark.article}.${mark.id}`;
  }

  // Selection

  select(full, mine) {
    if (full === this.selected) return;
    this.selected = full;
    this.paint();
    const stop = this.stops.find((s) => s.starts.some((mark) => this.full(mark) === full));
    if (stop && !mine) stop.node.scrollIntoView({ block: "center" });
  }

  pick(node) {
    const stop = this.stops.find((s) => s.node === node);
    const visible = stop.marks.filter((mark) => this.shown(mark));
    if (!visible.length) return;
    // Where several marks lie on each other, each further pick goes one outwards.
    const order = visible.sort((a, b) => a.size - b.size);
    const at = order.findIndex((mark) => this.full(mark) === this.selected);
    const mark = order[(at + 1) % order.length];
    this.select(this.full(mark), true);
    this.send.setTriggerValue("picked", this.full(mark));
  }

  // Pointer and keyboard

  target(event) {
    return event.composedPath().find((node) => node.marks);
  }

  click(event) {
    const node = this.target(event);
    if (node && !this.plain) this.pick(node);
  }

  over(event) {
    const node = this.target(event);
    if (node) this.show(node);
  }

  focus(event) {
    const node = this.target(event);
    if (!node) return;
    const { article } = this.stops.find((s) => s.node === node);
    this.tabstop.set(article, node);
    this.repairTabstops();
    this.show(node);
  }

  key(event) {
    if (event.key === "Escape" && !this.note.hidden) {
      event.stopPropagation();
      this.hide();
      return;
    }
    const node = this.target(event);
    if (!node) return;
    const { article } = this.stops.find((s) => s.node === node);
    const stops = this.reachable(article);
    const at = stops.indexOf(node);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
      Home: 0, End: stops.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      stops[Math.max(0, Math.min(stops.length - 1, to))].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      this.pick(node);
    }
  }

  // Notes

  show(node) {
    const visible = node.marks.filter((mark) => this.shown(mark));
    clearTimeout(this.timer);
    if (!visible.length) return this.hide();
    this.noted?.removeAttribute("aria-describedby");
    this.note.replaceChildren(...visible.map((mark) => element("div", { class: "entry" },
      element("strong", { dir: "auto" }, mark.title),
      ...mark.notes.map((line) => element("div", { dir: "auto" }, line)))));
    this.note.hidden = false;
    node.setAttribute("aria-describedby", "note");
    this.noted = node;
    const mark = node.getClientRects()[0];
    const box = this.box.getBoundingClientRect();
    const left = Math.min(mark.left - box.left, box.width - this.note.offsetWidth - 4);
    this.note.style.left = `${Math.max(0, left)}px`;
    const height = this.note.offsetHeight + 6;
    const above = mark.bottom + height > innerHeight && mark.top > height;
    this.note.style.top = `${above ? mark.top - box.top - height : mark.bottom - box.top + 6}px`;
  }

  hideSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), NOTE_DELAY);
  }

  hide() {
    this.note.hidden = true;
    this.noted?.removeAttribute("aria-describedby");
    this.noted = null;
  }
}
