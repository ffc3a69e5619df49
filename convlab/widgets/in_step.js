// Keeps a play button and a slider at the same value, inside the page: only the slider tells the
// kernel. With a link of ipywidgets the button tells it too, and is heard first.
export default {
  async initialize({ model }) {
    const manager = model.widget_manager;
    const play = await known(manager, model.get("play"));
    const slider = await known(manager, model.get("slider"));
    const follow = () => play.set("value", slider.get("value"));
    const lead = () => {
      if (slider.get("value") === play.get("value")) return;  // it was the slider that led
      slider.set("value", play.get("value"));
      slider.save_changes();
    };
    follow();
    slider.on("change:value", follow);
    play.on("change:value", lead);
    return () => { slider.off("change:value", follow); play.off("change:value", lead); };
  },
};
