// "Exit this page": away at once, and nothing of it left behind the back button.
import { $$ } from "./page.js";

let depth = 0; // entries that this page has put into the history
let held = null;

export function step(name) {
  depth += 1;
  history.pushState({ name, depth }, "");
}

export function begin(name, shown) {
  history.replaceState({ name, depth: 0 }, "");
  addEventListener("popstate", (event) => {
    depth = event.state?.depth ?? 0;
    if (leaving) leaving();
    else shown(event.state?.name ?? name);
  });
  for (const link of $$("[data-exit]")) link.addEventListener("click", leave);
}

// While the code has not been written down, the browser asks before it lets go.
export function hold() {
  held = (event) => {
    event.preventDefault();
    event.returnValue = "";
  };
  addEventListener("beforeunload", held);
}

export function letGo() {
  if (held) removeEventListener("beforeunload", held);
  held = null;
}

let leaving = null;

function leave(event) {
  event.preventDefault();
  const to = event.currentTarget.href;
  letGo();
  document.body.hidden = true;
  document.title = "…";
  // Back at the first entry its address becomes the front page's; going on from there cuts off the later ones.
  leaving = () => {
    history.replaceState(null, "", "/");
    location.assign(to);
  };
  if (depth > 0) history.go(-depth);
  else leaving();
}
