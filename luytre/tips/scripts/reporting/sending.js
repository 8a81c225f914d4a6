// Posts over a bad network: with progress, again and again until it is there or refused.
const PAUSES = [2, 4, 8, 15, 30, 60];

export class Refusal extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
    this.why = why;
  }
}

function once(path, body, type, progress) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.responseType = "arraybuffer";
    request.setRequestHeader("Content-Type", type);
    request.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total);
    request.onload = () => done(request);
    request.onerror = request.ontimeout = request.onabort = () => failed(new TypeError("network"));
    request.send(body);
  });
}

const wait = (seconds) =>
  new Promise((done) => {
    const timer = setTimeout(over, seconds * 1000);
    function over() {
      clearTimeout(timer);
      removeEventListener("online", over);
      done();
    }
    addEventListener("online", over);
  });

// The answer's bytes. `waiting(seconds)` is told before each pause; overload and refusals are thrown.
export async function post(path, body, { type = "application/octet-stream", progress, waiting, tries = Infinity } = {}) {
  for (let attempt = 0; ; attempt++) {
    let request;
    try {
      request = await once(path, body, type, progress);
    } catch (error) {
      if (attempt + 1 >= tries) throw error;
    }
    if (request && request.status < 400) return { status: request.status, bytes: new Uint8Array(request.response) };
    if (request) {
      const why = whyOf(request);
      if (why !== "broken") throw new Refusal(request.status, why);
      if (attempt + 1 >= tries) throw new Refusal(request.status, why);
    }
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
    waiting?.(pause);
    await wait(pause);
  }
}

// Our own answers say why in one word; what a proxy says instead means "try again".
function whyOf(request) {
  try {
    return JSON.parse(new TextDecoder().decode(request.response)).why ?? "broken";
  } catch {
    return request.status >= 500 || request.status === 429 ? "broken" : "refused";
  }
}

export const ask = (path, said, more = {}) => post(path, JSON.stringify(said), { type: "application/json", tries: 4, ...more });
export const json = ({ bytes }) => JSON.parse(new TextDecoder().decode(bytes));
