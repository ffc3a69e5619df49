const players = document.querySelectorAll(".convlab-player");
for (const root of players) {
  const frames = JSON.parse(root.querySelector("script").textContent);
  const get = selector => root.querySelector(selector);
  const slider = get("input"), play = get(".play"), still = play.innerHTML;
  let timer = null, quiet = null;
  const show = to => {
    const number = (to + frames.length) % frames.length, frame = frames[number];
    slider.value = number;
    slider.setAttribute("aria-valuetext", frame.label);
    get("output").textContent = frame.label;
    get("img").src = frame.picture;
    get(".convlab-caption").innerHTML = frame.caption;
    get(".convlab-details").innerHTML = frame.details;
    get("img").alt = get(".convlab-caption").textContent;
    clearTimeout(quiet);  // said once, when a drag or the play has come to rest
    quiet = setTimeout(() => get(".convlab-spoken").textContent = get("img").alt, 700);
  };
  const stop = () => { clearInterval(timer); timer = null; play.innerHTML = still; };
  const now = () => Number(slider.value);
  slider.oninput = () => show(now());
  get(".back").onclick = () => { stop(); show(now() - 1); };
  get(".next").onclick = () => { stop(); show(now() + 1); };
  play.onclick = () => {
    if (timer) return stop();
    play.innerHTML = `<span aria-hidden="true">\u275A\u275A</span> ${play.dataset.pause}`;
    timer = setInterval(() => show(now() + 1), Number(root.dataset.interval));
  };
  show(now());
  clearTimeout(quiet);
  if (players.length === 1) document.onkeydown = event => {  // a page of its own: from anywhere
    if (event.target === slider) return;
    if (event.key === "ArrowRight") get(".next").onclick();
    if (event.key === "ArrowLeft") get(".back").onclick();
  };
}
