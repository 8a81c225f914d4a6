// Photos are drawn anew before they are kept: smaller, and without where and when they were taken.

const EDGE = 1600, QUALITY = 0.82, SMALLEST = 480;

export async function shrunk(blob, edge = EDGE, quality = QUALITY) {
  const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = paperOf(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((done, fail) => { canvas.toBlob((made) => (made ? done(made) : fail(new Error("no picture"))), "image/jpeg", quality); });
}

// The worker has no page to draw on.
function paperOf(width, height) {
  if (typeof document === "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

// The next smaller one, for a server or a phone that says "too big"; nothing when it cannot get smaller.
export async function smaller(blob) {
  const picture = await createImageBitmap(blob), edge = Math.round(Math.max(picture.width, picture.height) * 0.6);
  picture.close();
  if (edge < SMALLEST) return undefined;
  const made = await shrunk(blob, edge, 0.7);
  return made.size < blob.size ? made : undefined;
}
