/** Reads tickets with the camera: each code once, and again only after a pause. A browser that reads
 *  no codes by itself has the server read a small grey square, which is not kept. */
import { ask } from "./door_queue.mjs";

const PAUSE = 4000;
const LOOK = 250;
const SIDE = 256; // as in app/door/camera.py

/** The browser's own reader, which needs no network; null where it has none. */
async function ownReader() {
  const formats = (await window.BarcodeDetector?.getSupportedFormats()) ?? [];
  if (!formats.includes("qr_code")) return null;
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => ({ codes: (await detector.detect(video)).map((code) => code.rawValue) });
}

function serverReader(door) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const sheet = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    const side = Math.min(width, height);
    sheet.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    const { data } = sheet.getImageData(0, 0, SIDE, SIDE);
    const reply = await ask(door.say.doorPictureUrl, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": door.list.dataset.token },
      body: Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => data[4 * pixel + 1]), // green
    });
    return reply.trouble ? reply : reply.json();
  };
}

class Camera {
  constructor(door, read) {
    this.door = door;
    this.read = read;
    this.video = door.part("camera").querySelector("video");
    this.trouble = "";
    this.seen = new Map();
  }

  async on() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    this.video.srcObject = stream;
    await this.video.play();
    this.#look(stream);
  }

  off() {
    for (const track of this.video.srcObject?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  async #look(stream) {
    if (this.video.srcObject !== stream) return;
    const { codes = [], trouble = "" } = await this.read(this.video).catch(() => ({}));
    if (trouble && !this.trouble) this.door.tell(this.door.say.sayCameraOffline);
    this.trouble = trouble;
    for (const code of codes) this.#found(code);
    setTimeout(() => this.#look(stream), trouble ? PAUSE : LOOK);
  }

  #found(code) {
    const last = this.seen.get(code) ?? -PAUSE;
    if (performance.now() - last >= PAUSE) this.door.scanned(code);
    this.seen.set(code, performance.now());
  }
}

/** Offers the camera where the device has one that a page may use. */
export async function offerCamera(door) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const own = await ownReader().catch(() => null);
  const camera = new Camera(door, own ?? serverReader(door));
  const offer = door.part("scan");
  const view = door.part("camera");
  const on = offer.querySelector("button");
  const off = view.querySelector("button");
  const show = (running) => {
    offer.hidden = running;
    view.hidden = !running;
    (running ? off : on).focus();
  };
  view.querySelector("[data-door-sent]").hidden = own !== null;
  on.addEventListener("click", async () => {
    show(true);
    try {
      await camera.on();
    } catch {
      camera.off();
      show(false);
      door.tell(door.say.sayCamera);
    }
  });
  off.addEventListener("click", () => {
    camera.off();
    show(false);
  });
  offer.hidden = false;
}
