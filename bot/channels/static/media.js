"use strict";
// Photos, spoken words and the place, beside what chat.js does. A photo is made smaller here: a mountain's network is
// slow, and what a phone notes in it (the place, the time) stays on the phone. What was sent up gets an id, and the
// message that shows it is sent like any other.

const LONGEST_PX = 2048;
const QUALITY = 0.85;
const UPLOAD_MS = 120000;
const RECORD_MS = 60000;
const RECORD_BITS = 24000;
const POSITION_MS = 20000;

const picker = document.getElementById("pick");
const photoButton = document.getElementById("photo");
const voiceButton = document.getElementById("voice");
const dropButton = document.getElementById("drop");
const placeButton = document.getElementById("place");
const mediaState = document.getElementById("media-state");
let recorder = null;

function setUploading(now) {
  uploading = now;
  mediaState.textContent = now ? words.uploading : "";
  refresh();
}

function tell(text) {
  add({ who: "bot", text });
  keep();
  refresh();
}

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
    const canvas = element("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY))) || file;
  } catch {
    return file; // a kind that this browser cannot draw: the server looks at it
  }
}

// The id of what was sent up, or nothing after saying why not.
async function uploaded(blob) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), UPLOAD_MS);
  try {
    const response = await fetch("/channels/web/media", {
      method: "POST",
      headers: { "Content-Type": blob.type || "application/octet-stream" },
      body: blob,
      signal: stop.signal,
    });
    const answer = await response.json();
    if (response.ok) return answer.media;
    tell(answer.error);
  } catch {
    tell(words.mediaFailed);
  } finally {
    clearTimeout(timer);
  }
  return null;
}

// Sends one up and says it; whether all went well.
async function give(kind, made, shown) {
  setUploading(true);
  const id = await uploaded(await made());
  setUploading(false);
  if (id === null) return false;
  await say({ [kind]: id }, shown);
  return state.waiting === null;
}

photoButton.addEventListener("click", () => picker.click());
picker.addEventListener("change", async () => {
  const files = Array.from(picker.files);
  picker.value = "";
  for (const file of files) {
    if (busy() || !(await give("photo", () => smaller(file), words.photo))) break;
  }
  photoButton.focus();
});

function showRecording(on) {
  voiceButton.toggleAttribute("data-recording", on);
  voiceButton.setAttribute("aria-pressed", String(on));
  voiceButton.lastElementChild.textContent = on ? words.stop : words.record;
  dropButton.hidden = !on;
  photoButton.hidden = on;
  placeButton.hidden = on || !canPlace;
}

async function record() {
  setUploading(true);
  mediaState.textContent = "";
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: RECORD_BITS });
  } catch {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    setUploading(false);
    tell(words.noMicrophone);
    return;
  }
  const parts = [];
  const timer = setTimeout(() => recorder && recorder.stop(), RECORD_MS);
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", async () => {
    const spoken = new Blob(parts, { type: recorder.mimeType });
    const wanted = !recorder.dropped && spoken.size > 0;
    clearTimeout(timer);
    stream.getTracks().forEach((track) => track.stop());
    recorder = null;
    showRecording(false);
    setUploading(false);
    if (wanted) await give("voice", async () => spoken, words.voice);
    voiceButton.focus();
  });
  recorder.start();
  showRecording(true);
  mediaState.textContent = words.recording;
  refresh();
}

function drop() {
  if (!recorder) return;
  recorder.dropped = true;
  recorder.stop();
}

voiceButton.addEventListener("click", () => (recorder ? recorder.stop() : record()));
dropButton.addEventListener("click", drop);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });

placeButton.addEventListener("click", () => {
  setUploading(true);
  mediaState.textContent = words.locating;
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) => {
      setUploading(false);
      await say({ location: coords.latitude.toFixed(6) + "," + coords.longitude.toFixed(6) }, words.place);
      placeButton.focus();
    },
    () => {
      setUploading(false);
      tell(words.noPlace);
    },
    { enableHighAccuracy: true, timeout: POSITION_MS, maximumAge: 60000 },
  );
});

// Browsers give microphone and place to safe pages alone.
const canPlace = window.isSecureContext && "geolocation" in navigator;
const canRecord = window.isSecureContext && "MediaRecorder" in window && !!navigator.mediaDevices;
placeButton.hidden = !canPlace;
voiceButton.hidden = !canRecord;
media.hidden = false;
refresh();
