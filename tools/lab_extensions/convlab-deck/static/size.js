// The size of a slide: everything on it grows until it fills the screen, its picture first.

export const SMALLEST = 0.5;
const LARGEST = 2, LARGEST_PICTURE = 1.75; // times the size in the notebook, at 1280 × 720
const NARROW = 660; // pixels that a picture may have with its words and controls beside it
const BAR = 36, AIR = 20; // pixels at the bottom of the screen, and around words

const WIDE = ".jp-RenderedHTMLCommon, .jp-OutputArea-output, .cm-scroller, pre, .convlab-explorer";
function overflows(cell) {
  return [cell, ...cell.querySelectorAll(WIDE)].some(
    (el) => el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1,
  );
}

// Words could grow on, but a picture that is as wide as the screen could not.
const picturesOf = (cell) => [...cell.querySelectorAll("img.convlab-picture")];
const widthOf = (picture) => parseFloat(picture.style.width);
function squeezes(cell, size) {
  return picturesOf(cell).some(
    (picture) => picture.getBoundingClientRect().width < (widthOf(picture) - 8) * size,
  );
}

const screenSize = () => Math.min(window.innerHeight / 720, window.innerWidth / 1280);

let anyWidth = false; // what sticks out at the smallest size will always stick out

// Whether slides have room as a look says: how many times larger than in the notebook everything is,
// how many times its picture, and whether what belongs to the picture stands beside it or below.
// It is set on the cells that are seen: higher up, it would cost the style of the whole notebook
// anew.
export function fits(cells, { zoom, picture, beside }) {
  for (const cell of cells) {
    cell.style.setProperty("--convlab-zoom", zoom);
    cell.style.setProperty("--convlab-picture", picture / zoom);
    cell.style.setProperty("--convlab-screen", Math.max(1, screenSize()));
    cell.toggleAttribute("data-convlab-beside", beside);
  }
  const height = cells.reduce((sum, cell) => sum + cell.getBoundingClientRect().height, 0);
  const air = cells.some((cell) => picturesOf(cell).length) ? BAR : BAR + AIR;
  const room = height <= window.innerHeight - air && (anyWidth || !cells.some(overflows));
  return room && (picture <= 1 || !cells.some((cell) => squeezes(cell, picture)));
}

// The largest number at which all fits, if it fits at the lowest.
function largest(low, high, fitsAt) {
  if (fitsAt(high)) return high;
  while (high - low > 0.02) {
    const middle = (low + high) / 2;
    if (fitsAt(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function together(cells, high) {
  const at = (zoom) => ({ zoom, picture: zoom, beside: false });
  anyWidth = !fits(cells, at(SMALLEST));
  return at(largest(SMALLEST, high, (zoom) => fits(cells, at(zoom))));
}

// The picture comes first: it grows as far as its words and controls leave room, and they grow
// into what it leaves.
function aroundPicture(cells, layouts) {
  const zoom = screenSize(), high = LARGEST_PICTURE * zoom;
  anyWidth = false;
  const found = layouts
    .filter((beside) => fits(cells, { zoom, picture: zoom, beside }))
    .map((beside) => ({ beside, picture: largest(zoom, high, (picture) => fits(cells, { zoom, picture, beside })) }));
  if (!found.length) return null;
  const best = found.reduce((one, other) => (other.picture > one.picture ? other : one));
  return { ...best, zoom: largest(zoom, best.picture, (one) => fits(cells, { ...best, zoom: one })) };
}

// Give a slide the size at which it fills the screen, and return its look. With an earlier look, it
// keeps its layout if it can: what grows on a slide moves nothing to another side.
export function fit(cells, earlier = null) {
  const pictures = cells.flatMap(picturesOf);
  const narrow = pictures.every((picture) => widthOf(picture) <= NARROW);
  const layouts = narrow ? [true, false] : [false];
  let look = null;
  if (pictures.length && earlier) look = aroundPicture(cells, [earlier.beside]);
  if (pictures.length && !look) look = aroundPicture(cells, layouts);
  look ||= together(cells, screenSize() * LARGEST);
  fits(cells, look);
  return look;
}
