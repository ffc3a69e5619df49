{
  const slides = [...document.querySelectorAll("section")];
  const bar = document.querySelector(".bar");
  const LARGEST = 1.65; // times the size of a handout, at 1280 × 720
  let here = Math.min(slides.length, Math.max(1, Number(location.hash.slice(1)) || 1)) - 1;
  const fits = (slide, zoom) => {
    slide.style.setProperty("--zoom", zoom);
    const box = slide.firstElementChild.getBoundingClientRect();
    const inside = [...slide.querySelectorAll("pre, table, math, math *, img, .convlab-player")];
    return box.height <= innerHeight - 56 && box.width <= innerWidth
      && !inside.some(el => el.getBoundingClientRect().right > innerWidth - 8);
  };
  const fit = () => {
    const slide = slides[here], screen = Math.min(innerWidth / 1280, innerHeight / 720);
    slide.style.setProperty("--screen", Math.max(1, screen));
    let low = 0.4, high = LARGEST * screen;
    if (fits(slide, high)) return;
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (fits(slide, middle)) low = middle; else high = middle;
    }
    fits(slide, low);
  };
  const go = to => {
    slides[here].classList.remove("here");
    here = Math.min(slides.length - 1, Math.max(0, to));
    slides[here].classList.add("here");
    bar.querySelector("output").textContent = `${here + 1} / ${slides.length}`;
    history.replaceState(null, "", `#${here + 1}`);
    document.activeElement?.blur();
    fit();
  };
  bar.querySelector(".back").onclick = () => go(here - 1);
  bar.querySelector(".on").onclick = () => go(here + 1);
  addEventListener("resize", fit);
  for (const one of document.querySelectorAll("details")) one.ontoggle = fit;
  // Ahead of what has the focus: a clicker never sticks in a slider or a button.
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const takesArrows = event.target.matches?.("input");
    const on = ["PageDown", " ", ...(takesArrows ? [] : ["ArrowRight", "ArrowDown"])];
    const back = ["PageUp", ...(takesArrows ? [] : ["ArrowLeft", "ArrowUp"])];
    if (on.includes(event.key)) go(here + (event.key === " " && event.shiftKey ? -1 : 1));
    else if (back.includes(event.key)) go(here - 1);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener("keyup", event => event.key === " " && event.preventDefault(), true);
  go(here);
}
