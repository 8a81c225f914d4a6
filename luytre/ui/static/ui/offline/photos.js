// Photos are drawn anew before they are kept: smaller, and without where and when they were taken.

const EDGE = 1600, QUALITY = 0.82, SMALLEST = 480;

export async function shrunk(blob, edge = EDGE, quality = QUALITY) {
  const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, fail) => { canvas.toBlob((made) => (made ? done(made) : fail(new Error("no picture"))), "image/jpeg", quality); });
}

// The next smaller one, for a server that says "too big"; nothing when it cannot get smaller. Not in the worker.
export async function smaller(blob) {
  if (typeof document === "undefined") return undefined;
  const picture = await createImageBitmap(blob), edge = Math.round(Math.max(picture.width, picture.height) * 0.6);
  picture.close();
  if (edge < SMALLEST) return undefined;
  const made = await shrunk(blob, edge, 0.7);
  return made.size < blob.size ? made : undefined;
}
