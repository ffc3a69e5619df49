// What jupyterlab-slideshow leaves open: slides that fill the screen, the keys of a clicker, and a
// deck that starts by itself once all cells have run. Written as JupyterLab loads extensions, so
// that there is nothing to build. It does nothing until a deck is shown.
(() => {
  const NAME = "convlab-deck";
  const PRESENTING = "data-jp-deck-mode";
  const SLIDE = ".jp-Cell.jp-deck-mod-onscreen";
  const TYPES = { starts: ["slide", "subslide"], hidden: ["skip", "notes"] };
  const TYPED = "input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, .cm-content";
  const MOVED_BY_ARROWS = `${TYPED}, .noUi-handle, select`;
  const ON = ["PageDown", " ", "ArrowRight", "ArrowDown"];
  const BACK = ["PageUp", "ArrowLeft", "ArrowUp"];
  const BASE = import_base();

  let app = null; // JupyterLab
  let bar = null; // the number of the slide, and its buttons
  let shown = null; // the notebook whose slides are fitted
  let fitted = null; // the first cell of the slide that has its size
  let look = null; // how that slide is shown
  let size = null, notes = null, words = null; // size.js, words.js, and the window for the lecturer, notes.js

  function import_base() {
    return document.currentScript.src.replace(/[^/]*$/, "");
  }

  const presenting = () => document.body.getAttribute(PRESENTING) === "presenting";
  const panel = () => {
    const widget = app.shell.currentWidget;
    return widget && widget.content && widget.content.widgets && widget.sessionContext ? widget : null;
  };
  // Before a lesson is there, the address of the page says which it will be.
  const language = () => words.languageOf(app && panel() ? panel().context.path : location.pathname);
  const say = (sentence, values) => words.said(language(), sentence, values);
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  function slideType(cell) {
    const metadata = cell.model.getMetadata("slideshow") || {};
    return metadata.slide_type && metadata.slide_type !== "-" ? metadata.slide_type : null;
  }

  // The stops of a deck: at each press one more of them is seen. A stop ends with the last of the
  // cells that come with it: only there jupyterlab-slideshow shows all of them. What is not shown
  // behind it, up to `until`, belongs to it as well.
  function stops(notebook) {
    const found = [];
    let slide = 0;
    notebook.widgets.forEach((cell, index) => {
      const type = slideType(cell);
      if (TYPES.hidden.includes(type)) {
        if (found.length) found[found.length - 1].until = index + 1;
        return;
      }
      const first = found.length === 0;
      if (first || TYPES.starts.includes(type)) slide += 1;
      if (first || type !== null) found.push({ first: index, last: index, slide });
      else found[found.length - 1].last = index;
      found[found.length - 1].until = index + 1;
    });
    return found;
  }

  function place(notebook) {
    const all = stops(notebook);
    const index = all.findLastIndex((stop) => stop.first <= notebook.activeCellIndex);
    return { all, index: Math.max(0, index) };
  }

  function go(steps) {
    const notebook = panel()?.content;
    if (!notebook) return;
    const { all, index } = place(notebook);
    const next = Math.min(all.length - 1, Math.max(0, index + steps));
    notebook.mode = "command";
    notebook.activeCellIndex = all[next].last;
    notebook.deselectAll();
    notebook.activeCell?.node.focus({ preventScroll: true });
  }

  // ---- size ----

  function fit() {
    const notebook = presenting() && size ? panel()?.content : null;
    if (!notebook) return;
    const cells = [...notebook.node.querySelectorAll(SLIDE)];
    if (!cells.length) {
      setTimeout(fitSoon, 100); // the deck has just begun
      return;
    }
    look = size.fit(cells, cells[0] === fitted ? look : null);
    fitted = cells[0];
    notebook.node.scrollTop = 0;
    tell(notebook);
    watch(cells);
  }

  let waiting = 0;
  function fitSoon() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(fit);
  }
  function fitAfresh() {
    fitted = null;
    fitSoon();
  }

  // What grows on a slide, such as an explorer at the press of "more", makes all of it smaller.
  const observer = new ResizeObserver(() => {
    const notebook = presenting() ? panel()?.content : null;
    if (!notebook) return;
    const cells = [...notebook.node.querySelectorAll(SLIDE)];
    if (look.zoom > size.SMALLEST && !size.fits(cells, look)) fitSoon();
  });
  function watch(cells) {
    observer.disconnect();
    cells.forEach((cell) => observer.observe(cell));
  }

  // ---- where we are ----

  function tell(notebook) {
    if (!bar) {
      bar = document.createElement("nav");
      bar.className = "convlab-deck-bar";
      bar.setAttribute("aria-label", say("Slides"));
      const button = (text, label, press) => {
        const made = document.createElement("button");
        made.textContent = text;
        made.title = label;
        made.setAttribute("aria-label", label);
        made.addEventListener("click", press);
        bar.append(made);
      };
      button("‹", say("Back (Page Up)"), () => go(-1));
      bar.append(document.createElement("output"));
      button("›", say("On (Page Down, Space)"), () => go(1));
      button("N", say("Notes in a window of their own (N)"), openNotes);
      button("×", say("Leave the slides (Escape)"), () => app.commands.execute("deck:stop"));
      document.body.append(bar);
    }
    const { all, index } = place(notebook);
    const text = `${all[index].slide} / ${all[all.length - 1].slide}`;
    const output = bar.querySelector("output");
    if (output.textContent !== text) output.textContent = text;
    tellNotes(notebook);
  }

  // ---- notes ----

  function tellNotes(notebook) {
    if (!notes?.isOpen()) return;
    const { all, index } = place(notebook);
    const cellsOf = (slide) => {
      const stops = all.filter((stop) => stop.slide === slide);
      return stops.length ? notebook.widgets.slice(stops[0].first, stops[stops.length - 1].until) : [];
    };
    const number = all[index].slide, here = cellsOf(number);
    const isShown = (cell) => !TYPES.hidden.includes(slideType(cell));
    const titled = (cells) => notes.titleOf(cells.filter(isShown));
    notes.follow({
      place: bar.querySelector("output").textContent,
      title: titled(here),
      notes: here.filter((cell) => slideType(cell) === "notes"),
      next: titled(cellsOf(number + 1)),
    });
  }

  function openNotes() {
    if (notes.open(language(), say, onNotesKey)) tellNotes(panel().content);
    else app.commands.execute("apputils:notify", { type: "warning", message: say("The browser keeps the window with the notes from opening: allow pop-ups for this page.") });
  }

  // The window with the notes is moved by the same keys.
  function onNotesKey(event) {
    if (!presenting() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (ON.includes(event.key)) go(event.key === " " && event.shiftKey ? -1 : 1);
    else if (BACK.includes(event.key)) go(-1);
    else return;
    event.preventDefault();
  }

  // ---- keys ----

  // Ahead of JupyterLab, which listens at the document.
  function onKey(event) {
    if (!presenting() || event.ctrlKey || event.metaKey || event.altKey) return;
    const notebook = panel()?.content;
    const target = event.target;
    if (!notebook || !(target === document.body || document.body.contains(target))) return;
    if (target.closest(".jp-Dialog, .lm-Menu, .convlab-deck-bar")) return;
    const page = event.key.startsWith("Page");
    if (!page && (target.closest(TYPED) || event.key === "Enter" && target.closest("button, select"))) return;
    if (event.key.startsWith("Arrow") && target.closest(MOVED_BY_ARROWS)) {
      // The slider's alone: jupyterlab-slideshow would go to another slide as well.
      target.setAttribute("data-lm-suppress-shortcuts", "true");
      setTimeout(() => target.removeAttribute("data-lm-suppress-shortcuts"));
      return;
    }
    if (ON.includes(event.key)) go(event.key === " " && event.shiftKey ? -1 : 1);
    else if (BACK.includes(event.key)) go(-1);
    else if (event.key === "Home" && !target.closest(MOVED_BY_ARROWS)) go(-1e6);
    else if (event.key === "End" && !target.closest(MOVED_BY_ARROWS)) go(1e6);
    else if (event.key === "n" || event.key === "s") openNotes();
    else if (event.key === "b" || event.key === ".") document.body.classList.toggle("convlab-dark-screen");
    // A letter is a command of the notebook: one press of "x" would cut the cell on the slide.
    else if (event.key.length > 1 && !(event.key === "Enter" && !event.shiftKey)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  // A button takes Space when it is let go.
  function onKeyUp(event) {
    if (presenting() && event.key === " " && !event.target.closest?.(TYPED)) event.preventDefault();
  }

  // ---- start ----

  // Covers the page from the first moment on, until the first slide is there.
  function cover() {
    const note = document.createElement("div");
    note.className = "convlab-deck-start";
    note.setAttribute("role", "status");
    const told = document.createElement("p");
    told.textContent = say("Opening the lesson");
    const progress = document.createElement("progress");
    note.append(told, progress);
    document.body.append(note);
    return { note, told, progress };
  }

  async function run(notebook, { told, progress }) {
    const code = notebook.widgets.filter((cell) => cell.model.type === "code");
    for (const cell of code) cell.model.executionCount = null;
    progress.max = code.length;
    const count = () => {
      progress.value = code.filter((cell) => cell.model.executionCount !== null).length;
      told.textContent = say("Running the lesson: {done} of {all} cells", { done: progress.value, all: code.length });
    };
    const clock = setInterval(count, 100);
    count();
    await app.commands.execute("notebook:run-all-cells");
    clearInterval(clock);
    const views = () => [...notebook.node.querySelectorAll("[data-mime-type*='jupyter.widget-view']")];
    const isDrawn = (view) => view.querySelector(".jupyter-widgets");
    for (let tries = 0; tries < 100 && !views().every(isDrawn); tries++) await pause(100);
  }

  async function present() {
    const covering = cover();
    await app.restored;
    let widget = null;
    while (!(widget = panel())) await pause(100);
    await widget.context.ready;
    await widget.sessionContext.ready;
    await run(widget.content, covering);
    widget.content.activeCellIndex = stops(widget.content)[0].last;
    await app.commands.execute("deck:start");
    fitSoon();
    covering.note.remove();
  }

  function activate(lab) {
    app = lab;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = `${BASE}deck.css`;
    document.head.append(sheet);
    const part = (name) => import(`${BASE}${name}.js`);
    const parts = Promise.all(["size", "notes", "words"].map(part)).then((all) => {
      [size, notes, words] = all;
      fitSoon();
    });
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("keyup", onKeyUp, true);
    window.addEventListener("resize", fitAfresh);
    new MutationObserver((changes) => {
      if (!presenting()) {
        bar?.remove();
        bar = shown = fitted = null;
        notes?.close();
        document.body.classList.remove("convlab-dark-screen");
        return;
      }
      const notebook = panel()?.content;
      if (notebook && notebook !== shown) {
        shown = notebook;
        notebook.activeCellChanged.connect(() => presenting() && fitSoon());
      }
      // A deck begins before its styles are there, and ends with none left.
      for (const time of [0, 300, 1000]) setTimeout(fitAfresh, time);
    }).observe(document.body, { attributes: true, attributeFilter: [PRESENTING] });
    const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
    if (config.convlabPresent) parts.then(present);
  }

  const module = { __esModule: true, default: { id: `${NAME}:plugin`, autoStart: true, activate } };
  (window._JUPYTERLAB ||= {})[NAME] = { init: () => {}, get: async () => () => module };
})();
