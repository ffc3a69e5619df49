// Finds what a part of the page refers to; on a page that is loaded again it may come later.
async function known(manager, reference) {
  const id = reference.replace("IPY_MODEL_", "");
  while (!manager.has_model(id)) await new Promise(done => setTimeout(done, 50));
  return manager.get_model(id);
}
