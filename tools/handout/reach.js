// What can be scrolled sideways is reached by the keyboard, too.
const reach = () => {
  for (const one of document.querySelectorAll("article :is(pre, table, math, p, ul, ol, div)"))
    if (one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === "auto") one.tabIndex = 0;
};
addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
reach();
