// Photos are drawn anew on a canvas: where, when and with what they were taken stays behind.
const EDGE = 2000;
const QUALITY = 0.85;
export const LARGEST = 20 * 1024 * 1024;
export const MOST = 10;

export class CannotClean extends Error {}
export class TooLarge extends Error {}

// Some browsers (Tor Browser) hand out noise instead of what was drawn.
function canvasTellsTheTruth() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 4;
  const pen = canvas.getContext("2d");
  if (!pen) return false;
  pen.fillStyle = "#20a060";
  pen.fillRect(0, 0, 4, 4);
  const pixels = pen.getImageData(0, 0, 4, 4).data;
  return pixels.every((value, place) => value === [0x20, 0xa0, 0x60, 0xff][place % 4]);
}

async function redrawn(file) {
  if (!canvasTellsTheTruth()) throw new CannotClean("canvas");
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new CannotClean("format");
  }
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0;
  if (!blob) throw new CannotClean("canvas");
  return blob;
}

// {name, type, blob, size} of what will be sealed; a photo's name says only its number.
export async function prepared(file, number) {
  if (file.type.startsWith("image/")) {
    const blob = await redrawn(file);
    return { name: `photo-${number}.jpg`, type: "image/jpeg", blob, size: blob.size };
  }
  if (file.size > LARGEST) throw new TooLarge();
  return { name: file.name.slice(-80), type: file.type.slice(0, 80), blob: file, size: file.size };
}
