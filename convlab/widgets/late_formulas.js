// Formulas are typeset once the picture that came with them is on the screen, two frames later: to
// typeset takes as long as all the rest of a step. Of several that come meanwhile, the last is.
export default {
  async initialize({ model }) {
    const shown = await known(model.widget_manager, model.get("shown"));
    let waits = false;
    const show = () => { waits = false; shown.set("value", model.get("text")); };
    const soon = () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(show)));
    };
    show();
    model.on("change:text", soon);
  },
};
