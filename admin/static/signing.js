// A signature drawn with a finger becomes a picture in a hidden field. Without this script a photo is enough.
for (const canvas of document.querySelectorAll("canvas[data-into]")) {
  const field = document.getElementById(canvas.dataset.into);
  const clear = document.getElementById(canvas.dataset.clear);
  const pen = canvas.getContext("2d");
  let drawing = false;

  function empty() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#111";
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  }

  canvas.closest("[hidden]").hidden = false;
  empty();
  if (field.value) {
    // What was signed before comes back with the form. Not as an image's address: the page loads none but our own.
    const bytes = Uint8Array.from(atob(field.value.split(",")[1] || ""), (one) => one.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: "image/png" }))
      .then((drawn) => pen.drawImage(drawn, 0, 0))
      .catch(() => { field.value = ""; });
  }
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (drawing) field.value = canvas.toDataURL("image/png");
      drawing = false;
    });
  }
  clear.addEventListener("click", () => {
    empty();
    field.value = "";
  });
}
