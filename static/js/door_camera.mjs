/** Reads tickets with the camera: each code once, and again only after a pause. */
const PAUSE = 4000;
const LOOK = 250;

export async function onCamera(video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  const seen = new Map();
  const look = async () => {
    if (video.srcObject !== stream) return;
    const codes = await detector.detect(video).catch(() => []);
    for (const { rawValue } of codes) {
      const last = seen.get(rawValue) ?? -PAUSE;
      if (performance.now() - last >= PAUSE) found(rawValue);
      seen.set(rawValue, performance.now());
    }
    setTimeout(look, LOOK);
  };
  look();
}

export function offCamera(video) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}
