// What a screen reader says of an explorer. ipywidgets gives neither the handle of a slider nor
// a play button nor a picture a name, and makes each text anew, so that nothing is a live region.
const PAUSE = 700;  // milliseconds without a change, after which what changed is said

const set = (element, name, value) => {
  if (value && element.getAttribute(name) !== value) element.setAttribute(name, value);
};

const isShown = element => getComputedStyle(element).visibility !== "hidden";

const label = box => {
  const found = box?.querySelector(".widget-label");
  const seen = found?.textContent.trim() ?? "", tip = found?.title ?? "";
  if (!tip || tip.includes(seen)) return tip || seen;
  return /\p{L}/u.test(seen) ? `${seen}: ${tip}` : tip;
};

function nameParts(root, words) {
  set(root, "role", "group");
  set(root, "aria-label", words.explorer);
  for (const handle of root.querySelectorAll(".noUi-handle")) {
    const box = handle.closest(".jupyter-widgets"), readout = box?.querySelector(".widget-readout");
    set(handle, "aria-label", label(box));
    // In Notebook 7 the arrow keys would fold headings, and never reach the slider.
    if (document.body.dataset.notebook) set(handle, "data-lm-suppress-shortcuts", "true");
    // Nothing here asks where something lies: the page would lay itself out anew at every change.
    if (readout && readout.style.display !== "none") {
      set(handle, "aria-valuetext", readout.textContent.trim());
    }
  }
  for (const icon of root.querySelectorAll(".widget-play .fa")) {
    const kind = ["play", "pause", "stop", "retweet"].find(one => icon.classList.contains(`fa-${one}`));
    set(icon.parentElement, "aria-label", words[kind]);
  }
  for (const picture of root.querySelectorAll("img.widget-image")) set(picture, "alt", words.picture);
}

const sentences = text => text.split(/(?<=[.!?])\s+|(?<=[。！？])/u).filter(Boolean);

function watch(root, region, words) {
  const before = new Map();  // by element: the sentences that it held when it was last read
  const news = () => [...root.querySelectorAll(".convlab-says")].flatMap(element => {
    const now = isShown(element) ? sentences(element.innerText.replace(/\s+/g, " ").trim()) : [];
    const old = before.get(element) ?? [];
    before.set(element, now);
    return now.filter(sentence => !old.includes(sentence));
  });
  let timer = null;
  const speak = () => {
    const changed = news().join(" ");
    if (changed) region.textContent = changed;
  };
  const changed = records => {
    if (records.every(record => region.contains(record.target))) return;
    nameParts(root, words());
    clearTimeout(timer);
    timer = setTimeout(speak, PAUSE);
  };
  nameParts(root, words());
  news();  // what is there from the start is read where it stands
  const observer = new MutationObserver(changed);
  const attributeFilter = ["class", "title", "aria-valuetext"];
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter });
  return () => { observer.disconnect(); clearTimeout(timer); };
}

export default {
  render({ model, el }) {
    const region = document.createElement("div");
    region.setAttribute("role", "status");
    el.append(region);
    let stop = null;
    const start = setInterval(() => {  // it is made before it is on the page
      const root = el.closest(".convlab-spoken-of");
      if (!root) return;
      clearInterval(start);
      stop = watch(root, region, () => model.get("words"));
    }, 50);
    return () => { clearInterval(start); stop?.(); };
  },
};
