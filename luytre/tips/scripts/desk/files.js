// Files of a reporter, shown so that they can do nothing: a picture is decoded and drawn on a canvas, everything else
// is only saved, after a warning.
import { kilobytes, made, say } from "./page.js";

const PICTURE = /^image\/(jpeg|png|webp|gif|avif)$/;
const EDGE = 4000;

const named = (head) => (head.name ?? say("a_file")).replace(/[\\/:*?"<>|\u0000-\u001f\u202a-\u202e\u2066-\u2069]/g, "_").slice(-80);

export function shownFile(part) {
  const name = named(part.head);
  const box = made("div", { class: "tip-file" }, made("p", {}, `${name} (${kilobytes(part.head.size)})`));
  if (PICTURE.test(part.head.type ?? "")) {
    drawn(part).then(
      (canvas) => {
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", name);
        box.append(canvas, save(say("save_picture"), () => encoded(canvas), name.replace(/\.\w+$/, "") + ".jpg"));
      },
      () => box.append(made("p", {}, say("picture_broken")), warned(part, name)),
    );
  } else {
    box.append(warned(part, name));
  }
  return box;
}

async function drawn(part) {
  const picture = await createImageBitmap(new Blob([part.body], { type: part.head.type }), { imageOrientation: "from-image" });
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = made("canvas", { class: "tip-picture", tabindex: "0" });
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

const encoded = (canvas) => new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));

function save(words, blob, name) {
  const button = made("button", { type: "button", class: "button secondary small" }, words);
  button.addEventListener("click", async () => {
    const address = URL.createObjectURL(await blob());
    made("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });
  return button;
}

// As it came: the browser is told nothing of its kind, so that it can only be saved.
function warned(part, name) {
  return made(
    "details",
    { class: "more" },
    made("summary", {}, say("save_anyway")),
    made("p", {}, say("save_warning")),
    save(say("save_file"), async () => new Blob([part.body], { type: "application/octet-stream" }), name),
  );
}

export const fetchButton = (part, act) => {
  const button = made("button", { type: "button", class: "button secondary small" }, say("fetch_file"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    await act(part);
  });
  return made("div", { class: "tip-file" }, button);
};

