// What a lecturer reads and the hall does not: the notes of the slide that is shown, and what comes
// next, in a window of its own. The window holds copies, so it needs nothing of JupyterLab's.

const NAME = "convlab-notes";
const SHEET = `
  body { font: 20px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46em; padding: 16px 24px; color: #1F2933; background: #FFF; }
  header { display: flex; justify-content: space-between; color: #52606D; font-variant-numeric: tabular-nums; }
  footer { border-top: 1px solid #CBD2D9; margin-top: 24px; color: #52606D; }
  h1 { font-size: 1.2em; } img { max-width: 100%; } a { color: #0A5C91; }
  math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math; }
  pre, table, math[display=block] { max-width: 100%; overflow-x: auto; } table { border-collapse: collapse; }
  td, th { border-bottom: 1px solid #CBD2D9; padding: 4px 10px; text-align: left; }
  @media (prefers-color-scheme: dark) { body { color: #E4E7EB; background: #1F2933; } a { color: #7CC4FA; }
    header, footer { color: #9AA5B1; } }`;

let opened = null, say = null;

export const isOpen = () => Boolean(opened && !opened.closed);

// Open the window, in a language, or bring it to the front; false if the browser does not let it
// open.
export function open(language, saying, onKey) {
  if (isOpen()) {
    opened.focus();
    return true;
  }
  opened = window.open("", NAME, "popup,width=760,height=820");
  if (!opened) return false;
  say = saying;
  const page = opened.document;
  page.documentElement.lang = language;
  page.head.innerHTML = `<title>${say("Notes")}</title><style>${SHEET}</style>`;
  page.body.innerHTML = "<header><output></output><time></time></header><main aria-live=polite></main><footer></footer>";
  opened.addEventListener("keydown", onKey);
  const began = Date.now();
  const tick = () => {
    const time = page.querySelector("time");
    const minutes = Math.floor((Date.now() - began) / 60000);
    time.textContent = `${new Date().toTimeString().slice(0, 5)} · ${say("{minutes} min", { minutes })}`;
  };
  tick();
  opened.setInterval(tick, 5000);
  return true;
}

export function close() {
  if (isOpen()) opened.close();
  opened = null;
}

// Show where the deck is, the cells that are notes there, and the cells of the slide that follows.
export function follow({ place, title, notes, next }) {
  if (!isOpen()) return;
  const page = opened.document;
  page.querySelector("output").textContent = place;
  const heading = page.createElement("h1");
  heading.textContent = title;
  const words = notes.flatMap(copied);
  if (!words.length) words.push(Object.assign(page.createElement("p"), { textContent: say("No notes for this slide.") }));
  page.querySelector("main").replaceChildren(heading, ...words);
  page.querySelector("footer").textContent = next ? say("Next: {title}", { title: next }) : say("This is the last slide.");
  opened.scrollTo(0, 0);
}

function copied(cell) {
  return [...cell.node.querySelectorAll(".jp-RenderedMarkdown")].map((words) => {
    const copy = words.cloneNode(true);
    // MathJax draws by a stylesheet of its own; beside that, each formula lies there as MathML.
    for (const formula of copy.querySelectorAll("mjx-container")) {
      const math = formula.querySelector("math");
      if (math) formula.replaceWith(math);
    }
    for (const mark of copy.querySelectorAll(".jp-InternalAnchorLink")) mark.remove();
    return copy;
  });
}

// What a slide is called: its heading, or else its explorer, or else how it begins.
export function titleOf(cells) {
  for (const cell of cells) {
    const heading = cell.node.querySelector(".jp-RenderedMarkdown :is(h1, h2, h3)");
    if (heading) return heading.textContent.replace("¶", "").trim();
  }
  for (const cell of cells) {
    const named = cell.node.querySelector(".convlab-explorer")?.ariaLabel;
    if (named) return named;
    const words = cell.node.querySelector(".jp-RenderedMarkdown")?.textContent.trim();
    if (words) return words.split("\n")[0].slice(0, 80);
  }
  return "";
}
