// What can be scrolled sideways is reached by the keyboard, too; what is folded is printed.
const reach = () => {
  for (const one of document.querySelectorAll("article :is(pre, table, math, p, ul, ol, div)"))
    if (one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === "auto") one.tabIndex = 0;
};
// Paper shows what is folded on a screen: code, answers, and the pictures behind questions.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
reach();
